/* Whom a questionnaire is sent to: the list, and how it grows from lines and from views of the site. */
#include <string.h>

#include "base/text.h"
#include "core/person.h"
#include "core/query.h"
#include "features/moderation/moderation_web.h"
#include "features/survey/call_list.h"
#include "features/survey/campaign.h"
#include "features/survey/campaign.html.h"
#include "features/survey/campaign_web.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { LINES_MAX = 200000 };

static enum code load(struct request *r, struct campaign *c, enum target_state only, struct err *err)
{
	struct survey_target *targets;
	c->only = only;
	TRY(survey_target_counts(r->db, c->form, c->counts, err));
	TRY(survey_target_list(r->db, r->arena, c->form, only, TARGETS_MAX, &targets, &c->n, err));
	c->targets = targets;
	for (int s = 0; s < TARGET_STATES; s++) c->all += c->counts[s];
	c->reachable = c->all - c->counts[TARGET_DUPLICATE];
	for (int i = 0; i < c->n; i++) {
		c->letters += target_is_waited_for(&targets[i]) && *targets[i].email;
		c->calls += call_is_due(&targets[i]);
	}
	return OK;
}

static enum code show(struct request *r, const struct form *form, const char *lines, struct issues *issues,
                      struct err *err)
{
	const struct survey *survey = form->survey;
	struct campaign c = { .form = form, .lines = lines, .closes = request_form(r, "closes") };
	if (r->http->method != HTTP_POST && survey->has_closes)
		c.closes = date_format(r->arena, survey->closes, DATE_NUMERIC, r->page.lang);
	const char *state = request_query(r, "etat");
	int only = *state >= '0' && *state < '0' + TARGET_STATES && state[1] == '\0' ? *state - '0' : TARGET_STATES;
	TRY(load(r, &c, (enum target_state)only, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Whom “%s” is sent to")), t(&r->page, &form->label));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_campaign_page(request_out(r), &r->page, &c);
	return OK;
}

enum code campaign_show(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	return show(r, form, "", NULL, err);
}

enum code campaign_show_mistakes(struct request *r, const struct form *form, struct issues *issues, struct err *err)
{
	return show(r, form, "", issues, err);
}

/* ---- Adding ---- */

static const char *cell(struct arena *a, const char **at)
{
	size_t len = strcspn(*at, ";\t\n");
	char *text = text_trim(a, arena_strndup(a, *at, len));
	*at += len;
	if (**at == ';' || **at == '\t') (*at)++;
	return text;
}

static void check_target(const struct survey_target *target, int line, struct issues *issues)
{
	struct issues own;
	issues_init(&own, issues->arena);
	const char *const texts[] = { target->name, target->email, target->phone, target->place };
	for (size_t i = 0; i < COUNT(texts); i++)
		if (!text_valid(texts[i], strlen(texts[i])) || strlen(texts[i]) > TARGET_TEXT_MAX)
			issues_add(issues, "lines",
			           N_("Line %d: a text is too long, or holds signs that nobody can read."), line);
	person_check("-", *target->email ? target->email : NULL, NULL, &own);
	if (own.count)
		issues_add(issues, "lines", N_("Line %d: “%s” is not an e-mail address."), line,
		           text_cut(issues->arena, target->email, 60));
}

static void read_lines(struct target_adding *x, const char *text, struct issues *issues)
{
	struct arena *a = x->r->arena;
	for (int line = 1; *text; line++) {
		struct survey_target target = { .id = id_random(), .form = x->form };
		target.name = cell(a, &text);
		target.email = cell(a, &text);
		target.phone = cell(a, &text);
		target.place = cell(a, &text);
		text += strcspn(text, "\n");
		text += *text == '\n';
		if (*target.name == '\0' || x->n == x->room) continue;
		check_target(&target, line, issues);
		x->targets[x->n++] = target;
	}
}

/* What she may read of the records of a view, page after page. */
static enum code read_view(struct target_adding *x, const struct view *view, struct err *err)
{
	struct page *p = &x->r->page;
	struct query query = { .form = view->form,
		               .where = view->where,
		               .nwhere = view->nwhere,
		               .sorts = view->sorts,
		               .nsorts = view->nsorts,
		               .search = view->search,
		               .size = QUERY_SIZE_MAX };
	struct result result;
	do {
		struct record **records;
		int n;
		TRY(query_run(x->r->db, p->arena, p->model, p->actor, &query, &result, err));
		TRY(record_load_many(x->r->db, p->arena, p->model, p->actor, result.nums, result.n, &records, &n, err));
		for (int i = 0; i < n && x->n < x->room; i++)
			x->targets[x->n++] = target_of_record(p, x->form, records[i]);
		query.after = result.next;
	} while (result.next && x->n < x->room);
	return OK;
}

enum code campaign_add_post(struct request *r, struct err *err)
{
	struct target_adding x = { .r = r, .room = TARGETS_MAX };
	struct issues issues;
	const char *lines;
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	issues_init(&issues, r->arena);
	TRY(moderation_text(r, "lines", LINES_MAX, false, &issues, &lines, err));
	x.targets = arena_array(r->arena, struct survey_target, TARGETS_MAX);
	const struct view *view = page_view(&r->page, request_form(r, "view"));
	if (view) TRY(read_view(&x, view, err));
	if (issues.count == 0) read_lines(&x, lines, &issues);
	if (x.n == 0 && issues.count == 0) issues_add(&issues, "lines", N_("Choose a list, or write a line for each."));
	if (issues.count) return show(r, x.form, lines, &issues, err);
	TRY(request_write(r, target_add_all, &x, err));
	return request_redirect(r, survey_url(&r->page, x.form, "/campaign"), "cibles");
}

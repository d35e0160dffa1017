/* Reaching the targets of a questionnaire: the list, the letters, the calls. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/letter.h"
#include "core/person.h"
#include "core/query.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_web.h"
#include "features/survey/campaign.h"
#include "features/survey/campaign.html.h"
#include "features/survey/survey_web.h"
#include "page/qr.h"
#include "web/web.h"

enum { LINES_MAX = 200000, CALLS_SHOWN = 100, LETTERS_AT_ONCE = 500 };

void target_code(const struct site *site, struct id target, char out[static CODE_TEXT + 1])
{
	struct id id;
	struct hash mac = hash_blake2b("targ", site_secret(site), target.b, sizeof(target.b));
	memcpy(id.b, mac.b, sizeof(id.b));
	code_format(id, out);
}

const char *target_url(const struct page *p, const struct survey_target *target, const char *rest)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/target/%s%s", id_format(target->id, id), rest);
}

const char *campaign_rate(const struct page *p, const struct campaign *c)
{
	int answered = (int)c->counts[TARGET_ANSWERED], share = c->reachable ? answered * 100 / (int)c->reachable : 0;
	return page_printf(p, _("%1$d of %2$d have answered (%3$d %%)."), answered, (int)c->reachable, share);
}

/* May a letter or a call still change anything? */
static bool is_waited_for(const struct survey_target *target)
{
	return target->state <= TARGET_STARTED;
}

static enum code load(struct request *r, struct campaign *c, enum target_state only, struct err *err)
{
	struct survey_target *targets;
	c->only = only;
	TRY(survey_target_counts(r->db, c->form, c->counts, err));
	TRY(survey_target_list(r->db, r->arena, c->form, only, TARGETS_MAX, &targets, &c->n, err));
	c->targets = targets;
	for (int s = 0; s < TARGET_STATES; s++) c->all += c->counts[s];
	c->reachable = c->all - c->counts[TARGET_DUPLICATE];
	for (int i = 0; i < c->n; i++) c->letters += is_waited_for(&targets[i]) && *targets[i].email;
	return OK;
}

static enum code show(struct request *r, const struct form *form, const char *lines, struct issues *issues,
                      struct err *err)
{
	struct campaign c = { .form = form, .lines = lines };
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

/* ---- Adding ---- */

struct adding {
	struct request *r;
	const struct form *form;
	struct survey_target *targets;
	int n, room;
};

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

static void read_lines(struct adding *x, const char *text, struct issues *issues)
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

static const char *first_of_type(const struct page *p, const struct record *record, const char *type)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = strcmp(field->type->name, type) == 0 ? record_value(record, field) : NULL;
		if (value) return text_cut(p->arena, field_plain(p, field, value), TARGET_TEXT_MAX);
	}
	return "";
}

/* What she may read of the records of a view, page after page. */
static enum code read_view(struct adding *x, const struct view *view, struct err *err)
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
			x->targets[x->n++] = (struct survey_target){
				.id = id_random(),
				.form = x->form,
				.record = records[i]->num,
				.name = text_cut(p->arena, records[i]->title, TARGET_TEXT_MAX),
				.email = first_of_type(p, records[i], "email"),
				.phone = first_of_type(p, records[i], "phone"),
				.place = record_category(records[i]) ? t(p, &record_category(records[i])->label) : ""
			};
		query.after = result.next;
	} while (result.next && x->n < x->room);
	return OK;
}

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	const struct adding *x = arg;
	for (int i = 0; i < x->n; i++) {
		char code[CODE_TEXT + 1];
		bool added;
		target_code(x->r->site, x->targets[i].id, code);
		TRY(survey_target_add(tx, &x->targets[i], code, &added, err));
	}
	return OK;
}

enum code campaign_add_post(struct request *r, struct err *err)
{
	struct adding x = { .r = r, .room = TARGETS_MAX };
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
	TRY(request_write(r, add, &x, err));
	return request_redirect(r, survey_url(&r->page, x.form, "/campaign"), "cibles");
}

/* ---- Letters ---- */

static enum code sheet(struct request *r, const struct survey_target *target, struct target_sheet *ret, struct err *err)
{
	char code[CODE_TEXT + 1];
	target_code(r->site, target->id, code);
	*ret = (struct target_sheet){ .target = target, .code = arena_strdup(r->arena, code) };
	ret->url = arena_printf(r->arena, "%s/-/s/%s", r->page.base_url, code);
	return qr_svg(r->arena, ret->url, tr(r->page.lang, N_("QR code of the questionnaire")), &ret->qr, err);
}

enum code campaign_letters(struct request *r, struct err *err)
{
	const struct form *form;
	struct survey_target *targets;
	int n, kept = 0;
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	TRY(survey_target_list(r->db, r->arena, form, TARGET_STATES, TARGETS_MAX, &targets, &n, err));
	struct target_sheet *sheets = arena_array(r->arena, struct target_sheet, (size_t)n + 1);
	for (int i = 0; i < n && kept < LETTERS_AT_ONCE; i++)
		if (is_waited_for(&targets[i])) TRY(sheet(r, &targets[i], &sheets[kept++], err));
	r->page.title = tr(r->page.lang, N_("Letters to print"));
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	survey_letters_page(request_out(r), &r->page, form, sheets, kept);
	return OK;
}

static enum code write_all(struct tx *tx, void *arg, struct err *err)
{
	const struct adding *x = arg;
	const struct page *p = &x->r->page;
	const char *subject = page_printf(p, _("Your answer is awaited: %s"), t(p, &x->form->label));
	for (int i = 0; i < x->n; i++) {
		char code[CODE_TEXT + 1];
		target_code(x->r->site, x->targets[i].id, code);
		const char *body = arena_printf(
		        p->arena, "%s\n\n%s\n\n%s\n%s/-/s/%s\n\n%s\n",
		        page_printf(p, _("Hello %s,"), x->targets[i].name), t(p, &x->form->survey->welcome),
		        _("This link is yours alone; it also brings you back to where you stopped:"), p->base_url, code,
		        survey_stand_line(p, x->form));
		TRY(letter_send(tx, x->targets[i].email, subject, body, err));
		TRY(survey_target_written(tx, &x->targets[i], err));
	}
	return OK;
}

enum code campaign_remind_post(struct request *r, struct err *err)
{
	struct adding x = { .r = r };
	struct survey_target *all;
	int n;
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	const char *url = survey_url(&r->page, x.form, "/campaign");
	if (survey_stands(&r->page, x.form) != STAND_OPEN)
		FAIL(err, E_INPUT, N_("Open the questionnaire first: the link would lead to a closed door."));
	TRY(web_limit(r, LIMIT_LETTER, NULL, err));
	TRY(survey_target_list(r->db, r->arena, x.form, TARGET_STATES, TARGETS_MAX, &all, &n, err));
	x.targets = arena_array(r->arena, struct survey_target, (size_t)n + 1);
	for (int i = 0; i < n && x.n < LETTERS_AT_ONCE; i++)
		if (is_waited_for(&all[i]) && *all[i].email) x.targets[x.n++] = all[i];
	TRY(request_write(r, write_all, &x, err));
	return request_redirect(r, url, "relances");
}

/* ---- One ---- */

static enum code find(struct request *r, struct survey_target *ret, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(survey_target_find(r->db, r->arena, r->page.model, id, ret, err));
	enum code code = responses_may(r->page.model, &r->actor, ACTION_MANAGE, ret->form, err);
	if (code != OK) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	r->page.space = survey_space(r->page.model, ret->form);
	return OK;
}

static enum code show_target(struct request *r, struct target_typed *x, struct issues *issues, struct err *err)
{
	struct target_call *calls;
	TRY(sheet(r, x->target, &x->sheet, err));
	TRY(survey_target_calls(r->db, r->arena, x->target, CALLS_SHOWN, &calls, &x->ncalls, err));
	x->calls = calls;
	r->page.title = x->target->name;
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_target_page(request_out(r), &r->page, x);
	return OK;
}

enum code survey_target_show(struct request *r, struct err *err)
{
	struct survey_target target;
	TRY(find(r, &target, err));
	struct target_typed x = {
		.target = &target, .note = "", .call_at = target.call_at, .state = (int)target.state
	};
	return show_target(r, &x, NULL, err);
}

struct noting {
	struct request *r;
	struct survey_target target;
	enum target_state state;
	const char *note, *call_at;
	struct response_new new;
};

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct noting *x = arg;
	return survey_target_note(tx, &x->target, &x->r->actor, x->state, x->note, x->call_at, err);
}

enum code survey_target_note_post(struct request *r, struct err *err)
{
	struct noting x = { .r = r };
	struct issues issues;
	TRY(find(r, &x.target, err));
	issues_init(&issues, r->arena);
	TRY(moderation_text(r, "note", TARGET_NOTE_MAX, false, &issues, &x.note, err));
	TRY(people_typed(r, "call_at", &x.call_at, err));
	long state = strtol(request_form(r, "state"), NULL, 10);
	if (state < TARGET_CONTACTED || state >= TARGET_STATES || state == TARGET_ANSWERED)
		issues_add(&issues, "state", N_("Say how it stands."));
	if (text_length(x.call_at) > TARGET_TEXT_MAX)
		issues_add(&issues, "call_at", N_("This is too long: %d letters at most."), TARGET_TEXT_MAX);
	struct target_typed typed = { .target = &x.target, .note = x.note, .call_at = x.call_at, .state = (int)state };
	if (issues.count) return show_target(r, &typed, &issues, err);
	x.state = (enum target_state)state;
	TRY(request_write(r, note, &x, err));
	return request_redirect(r, target_url(&r->page, &x.target, ""), "appel-note");
}

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	return response_begin(tx, &((const struct noting *)arg)->new, err);
}

/* Under the target's own code: what was begun on the site goes on by telephone. */
enum code survey_target_enter_post(struct request *r, struct err *err)
{
	struct noting x = { .r = r };
	struct response begun;
	char code[CODE_TEXT + 1];
	TRY(find(r, &x.target, err));
	target_code(r->site, x.target.id, code);
	const char *url = arena_printf(r->arena, "/-/s/%s", code);
	enum code found = response_find(r->db, r->arena, r->page.model, code, &begun, err);
	if (found == OK || found == E_GONE) return request_redirect(r, url, NULL);
	x.new = (struct response_new){ .form = x.target.form,
		                       .lang = r->page.lang,
		                       .channel = CHANNEL_PHONE,
		                       .code = code,
		                       .target = x.target.num,
		                       .entered_by = r->actor.person };
	TRY(request_write(r, begin, &x, err));
	return request_redirect(r, url, NULL);
}

static enum code remove_one(struct tx *tx, void *arg, struct err *err)
{
	return survey_target_remove(tx, &((const struct noting *)arg)->target, err);
}

enum code survey_target_remove_post(struct request *r, struct err *err)
{
	struct noting x = { .r = r };
	TRY(find(r, &x.target, err));
	const char *url = survey_url(&r->page, x.target.form, "/campaign");
	TRY(request_write(r, remove_one, &x, err));
	return request_redirect(r, url, "cible-otee");
}

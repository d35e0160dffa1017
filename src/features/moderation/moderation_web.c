/* The queue of the facilitators, the log, and what the files of this folder share. */
#include "features/moderation/moderation_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/moderation/log.html.h"
#include "features/moderation/moderation.html.h"

enum { REPORTS = 300, LOG = 50 };

enum code moderation_text(struct request *r, const char *name, size_t max, bool needed, struct issues *issues,
                          const char **ret, struct err *err)
{
	char *text;
	const char *typed = request_form(r, name);
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_BLOCK, &text, err));
	if (needed && text_is_blank(text)) issues_add(issues, name, N_("Write a few words here."));
	if (strlen(text) > max)
		issues_add(issues, name, N_("This is too long by about %d characters."), (int)(strlen(text) - max));
	*ret = text;
	return OK;
}

enum code moderation_reason(struct request *r, const char *name, struct issues *issues, const char **ret,
                            struct err *err)
{
	char *text;
	const char *typed = request_form(r, name);
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_LINE, &text, err));
	if (*text == '\0') issues_add(issues, name, N_("Say why, in one sentence."));
	if (strlen(text) > MEASURE_REASON_MAX)
		issues_add(issues, name, N_("This is too long by about %d characters."),
		           (int)(strlen(text) - MEASURE_REASON_MAX));
	*ret = text;
	return OK;
}

/* ---- Queue ---- */

static const char *person_name(struct request *r, int64_t num)
{
	struct person person;
	struct err err;
	return num && person_load(r->db, r->arena, num, &person, &err) == OK ? person.name : NULL;
}

enum code moderation_is_own(struct request *r, const struct record *record, bool *ret, struct err *err)
{
	const struct measure hers = { .kind = MEASURE_NOTHING,
		                      .space = record->space->num,
		                      .decider = r->actor.person,
		                      .person = r->actor.person };
	*ret = false;
	return record->author == r->actor.person ? measure_others(r->db, &hers, ret, err) : OK;
}

enum code moderation_reported(struct request *r, int64_t record, struct reported **ret, int *n, struct err *err)
{
	struct report *all;
	int nreports, found = 0;
	TRY(report_list(r->db, r->arena, r->page.model, &r->actor, record, REPORTS, &all, &nreports, err));
	struct reported *pages = arena_array(r->arena, struct reported, (size_t)nreports + 1);
	for (int first = 0, last; first < nreports; first = last) {
		struct report_row *rows = arena_array(r->arena, struct report_row, (size_t)nreports);
		struct record *about;
		bool own;
		for (last = first; last < nreports && all[last].record == all[first].record; last++)
			rows[last - first] = (struct report_row){ all[last], person_name(r, all[last].person) };
		enum code code = record_load_num(r->db, r->arena, r->page.model, &r->actor, all[first].record, &about,
		                                 err);
		if (code == E_NOT_FOUND) continue;
		TRY(code);
		TRY(moderation_is_own(r, about, &own, err));
		if (own) continue;
		for (int i = 0; i < last - first && about->author == r->actor.person; i++)
			rows[i].by = tr(r->page.lang, N_("somebody"));
		pages[found++] = (struct reported){ about, rows, last - first };
	}
	*ret = pages;
	*n = found;
	return OK;
}

static bool looks_after(const struct actor *actor, const struct space *space)
{
	return allowed(actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space }) &&
	       (space || actor->site == LEVEL_ADMINISTRATOR);
}

enum code moderation_rows(struct request *r, const struct measure *measures, int n, struct measure_row **ret,
                          struct err *err)
{
	struct measure_row *rows = arena_array(r->arena, struct measure_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const struct measure *m = &measures[i];
		struct person person;
		struct record *record;
		rows[i] = (struct measure_row){ .m = *m,
			                        .space = m->space ? model_space(r->page.model, m->space) : NULL };
		if (!looks_after(&r->actor, rows[i].space)) continue;
		rows[i].decider = person_name(r, m->decider);
		if (m->person && person_load(r->db, r->arena, m->person, &person, err) == OK) {
			rows[i].person = person.name;
			rows[i].person_url = account_url(&r->page, person.id);
		}
		if (m->record &&
		    record_load_num(r->db, r->arena, r->page.model, &r->actor, m->record, &record, err) == OK)
			rows[i].record = record;
	}
	*ret = rows;
	return OK;
}

static enum code queue_show(struct request *r, struct err *err)
{
	struct reported *pages;
	struct measure *appeals;
	struct measure_row *rows;
	int n, nappeals;
	TRY(moderation_reported(r, 0, &pages, &n, err));
	TRY(measure_appeals(r->db, r->arena, r->page.model, &r->actor, &appeals, &nappeals, err));
	TRY(moderation_rows(r, appeals, nappeals, &rows, err));
	r->page.title = tr(r->page.lang, N_("Moderation"));
	r->page.hidden = true;
	queue_page(request_out(r), &r->page, pages, n, rows, nappeals);
	return OK;
}

/* ---- Log ---- */

enum code log_show(struct request *r, struct err *err)
{
	static const char *const keys[] = { "avant", NULL };
	struct measure *all;
	struct measure_row *rows;
	int64_t before = strtoll(request_query(r, "avant"), NULL, 10);
	int n;
	request_share(r, keys);
	TRY(measure_list(r->db, r->arena, r->page.model, &r->actor, MAX(before, 0), LOG, &all, &n, err));
	TRY(moderation_rows(r, all, n, &rows, err));
	const char *older = n == LOG ? arena_printf(r->arena, "/-/moderation/log?avant=%lld", (long long)all[n - 1].num)
	                             : NULL;
	r->page.title = tr(r->page.lang, N_("Log of the moderation"));
	r->page.hidden = true;
	log_page(request_out(r), &r->page, rows, n, older);
	return OK;
}

const struct feature moderation_feature = {
	.name = "moderation",
	.routes = ROUTES(
	        { HTTP_GET, "/-/report/:id", report_form, ACTION_READ, KIND_RECORD, N_("Form to report a page"), 0,
	          false },
	        { HTTP_POST, "/-/report/:id", report_post, ACTION_READ, KIND_RECORD, N_("Report a page"), 0, true },
	        { HTTP_GET, "/-/moderation", queue_show, ACTION_MANAGE, KIND_SPACE, N_("Reported pages and appeals"), 0,
	          false },
	        { HTTP_GET, "/-/moderation/log", log_show, ACTION_READ, KIND_SITE, N_("Public log of the moderation"),
	          0, false },
	        { HTTP_GET, "/-/moderation/record/:id", decide_show, ACTION_MANAGE, KIND_SPACE,
	          N_("Form to decide about a page"), 0, false },
	        { HTTP_POST, "/-/moderation/record/:id", decide_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Decide about a page"), 0, false },
	        { HTTP_GET, "/-/moderation/account/:id", account_lately_show, ACTION_MANAGE, KIND_SPACE,
	          N_("What an account did lately"), 0, false },
	        { HTTP_POST, "/-/moderation/account/:id", account_lately_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Undo what an account did, warn it, block it"), 0, false },
	        { HTTP_GET, "/-/moderation/appeal/:num", answer_show, ACTION_MANAGE, KIND_SPACE,
	          N_("Form to answer an appeal"), 0, false },
	        { HTTP_POST, "/-/moderation/appeal/:num", answer_post, ACTION_MANAGE, KIND_SPACE,
	          N_("Answer an appeal"), 0, false },
	        { HTTP_GET, "/-/appeal", appeal_show, ACTION_READ, KIND_SITE,
	          N_("Form to answer to a decision about oneself"), 0, false },
	        { HTTP_POST, "/-/appeal", appeal_post, ACTION_READ, KIND_SITE, N_("Answer to a decision about oneself"),
	          0, true }),
};

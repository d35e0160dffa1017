/* One of those a questionnaire is sent to: calls noted, answers entered during a call, who calls. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/moment.h"
#include "core/survey_wave.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_web.h"
#include "features/survey/calls.h"
#include "features/survey/campaign.h"
#include "features/survey/campaign_web.h"
#include "features/survey/survey_web.h"
#include "features/survey/target.html.h"
#include "web/web.h"

enum { CALLS_SHOWN = 100 };

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
	struct target_had *had;
	struct caller *team;
	TRY(target_sheet(r, x->target, &x->sheet, err));
	TRY(survey_target_calls(r->db, r->arena, x->target, CALLS_SHOWN, &calls, &x->ncalls, err));
	TRY(survey_target_had(r->db, r->arena, x->target, &had, &x->nhad, err));
	TRY(calls_team(r, x->target->form, NULL, 0, &team, &x->nteam, err));
	x->team = team;
	x->calls = calls;
	x->had = had;
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
		.target = &target, .note = "", .call_at = target.call_at, .due_day = "", .due_time = ""
	};
	if (target.call_due) {
		struct datetime due = zone_local(model_zone(r->page.model), target.call_due);
		x.due_day = date_format(r->arena, due.date, DATE_NUMERIC, r->page.lang);
		x.due_time = page_time(&r->page, target.call_due);
	}
	return show_target(r, &x, NULL, err);
}

struct noting {
	struct request *r;
	struct survey_target target;
	struct target_noted noted;
	struct response_new new;
	int64_t to; /* who shall call */
};

/* A call stands for the letter whose day has come, where this one is reached by calls. */
static enum code note_wave(struct tx *tx, const struct noting *x, struct err *err)
{
	struct survey_wave *waves;
	int n, last = -1;
	bool first;
	enum target_channel by = target_reached_by(&x->target);
	if (by != TARGET_BY_PHONE && by != TARGET_BY_VISIT) return OK;
	TRY(survey_wave_list(tx_db(tx), x->r->arena, x->target.form, &waves, &n, err));
	for (int i = 0; i < n; i++)
		if (waves[i].due <= x->r->page.now && waves[i].state != WAVE_CANCELLED) last = i;
	if (last < 0) return OK;
	return survey_wave_sent(tx, &waves[last], &x->target, by, &first, err);
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct noting *x = arg;
	if (x->noted.outcome != CALL_NOBODY) TRY(note_wave(tx, x, err));
	return survey_target_note(tx, &x->target, &x->r->actor, &x->noted, err);
}

/* A day, an hour: ten in the morning where none is said. */
static int64_t read_due(struct request *r, const char *day, const char *time, struct issues *issues)
{
	struct datetime due = { .hour = 10 };
	struct err why;
	if (text_is_blank(day)) return 0;
	if (date_parse(day, r->page.lang, &due.date, NULL, &why) != OK) {
		issues_add_err(issues, "due_day", &why);
		return 0;
	}
	if (!text_is_blank(time) && time_parse(time, &due, NULL, &why) != OK) issues_add_err(issues, "due_time", &why);
	return zone_utc(model_zone(r->page.model), &due);
}

enum code survey_target_note_post(struct request *r, struct err *err)
{
	struct noting x = { .r = r };
	struct issues issues;
	struct target_typed typed = { .target = &x.target };
	TRY(find(r, &x.target, err));
	issues_init(&issues, r->arena);
	TRY(moderation_text(r, "note", TARGET_NOTE_MAX, false, &issues, &typed.note, err));
	TRY(people_typed(r, "call_at", &typed.call_at, err));
	TRY(people_typed(r, "due_day", &typed.due_day, err));
	TRY(people_typed(r, "due_time", &typed.due_time, err));
	long outcome = strtol(request_form(r, "outcome"), NULL, 10);
	if (outcome <= CALL_UNSAID || outcome >= CALL_OUTCOMES)
		issues_add(&issues, "outcome", N_("Say what came of it."));
	if (text_length(typed.call_at) > TARGET_TEXT_MAX)
		issues_add(&issues, "call_at", N_("This is too long: %d letters at most."), TARGET_TEXT_MAX);
	typed.outcome = (int)outcome;
	x.noted = (struct target_noted){ .outcome = (enum call_outcome)outcome,
		                         .note = typed.note,
		                         .call_at = typed.call_at,
		                         .call_due = read_due(r, typed.due_day, typed.due_time, &issues) };
	if (issues.count) return show_target(r, &typed, &issues, err);
	TRY(request_write(r, note, &x, err));
	return request_redirect(r,
	                        *request_form(r, "list") ? survey_url(&r->page, x.target.form, "/calls")
	                                                 : target_url(&r->page, &x.target, ""),
	                        "appel-note");
}

/* ---- Who calls ---- */

static enum code take(struct tx *tx, void *arg, struct err *err)
{
	const struct noting *x = arg;
	const struct actor *actor = &x->r->actor;
	const char *how = request_form(x->r, "how");
	if (strcmp(how, "mine") == 0) return survey_target_assign(tx, &x->target, actor->person, err);
	if (strcmp(how, "to") == 0) return survey_target_assign(tx, &x->target, x->to, err);
	if (strcmp(how, "nobody") == 0) return survey_target_assign(tx, &x->target, 0, err);
	if (strcmp(how, "free") == 0) return survey_target_let_go(tx, &x->target, actor, err);
	return survey_target_hold(tx, &x->target, actor, err);
}

/* One of the team: nobody else is told of whom is called. */
static enum code read_caller(struct request *r, struct noting *x, struct err *err)
{
	struct caller *team;
	int n;
	TRY(calls_team(r, x->target.form, NULL, 0, &team, &n, err));
	for (int i = 0; i < n; i++)
		if (strcmp(caller_id(&r->page, &team[i].person), request_form(r, "person")) == 0)
			x->to = team[i].person.num;
	if (x->to == 0) FAIL(err, E_INPUT, N_("Choose somebody who looks after the answers."));
	return OK;
}

enum code survey_target_take_post(struct request *r, struct err *err)
{
	struct noting x = { .r = r };
	TRY(find(r, &x.target, err));
	if (strcmp(request_form(r, "how"), "to") == 0) TRY(read_caller(r, &x, err));
	TRY(request_write(r, take, &x, err));
	const char *how = request_form(r, "how");
	if (strcmp(how, "free") == 0) return request_redirect(r, survey_url(&r->page, x.target.form, "/calls"), NULL);
	return request_redirect(r, target_url(&r->page, &x.target, ""), NULL);
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

/* The call list of a questionnaire: who is to be called next, on a telephone or printed. */
#include <string.h>

#include "features/survey/calls.h"
#include "features/survey/calls.html.h"
#include "features/survey/campaign_web.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

const char *call_row_words(const struct page *p, const struct call_row *row)
{
	const struct survey_target *target = row->target;
	const char *who = target->held_name ? target->held_name : _("Somebody who is gone");
	if (row->held) return page_printf(p, _("%s is calling it now."), who);
	if (row->hers) return _("You are calling it.");
	if (row->late) return page_printf(p, _("To be called since: %s"), page_date_time(p, target->call_due));
	if (target->call_due) return page_printf(p, _("To be called: %s"), page_date_time(p, target->call_due));
	if (row->planned) return _("The letter of the day is a call or a visit here.");
	return target->contacted ? page_printf(p, _("Contacted %s"), page_ago(p, target->contacted))
	                         : _("Nobody has called yet.");
}

/* The numbers of those for whom a letter whose day has come is still to be said. */
static enum code load_planned(struct request *r, const struct form *form, int64_t **ret, int *n, struct err *err)
{
	struct survey_wave *waves;
	struct survey_target *targets;
	int nwaves, last = -1;
	*n = 0;
	*ret = arena_array(r->arena, int64_t, TARGETS_MAX + 1);
	TRY(survey_wave_list(r->db, r->arena, form, &waves, &nwaves, err));
	for (int i = 0; i < nwaves; i++)
		if (waves[i].due <= r->page.now && waves[i].state != WAVE_CANCELLED) last = i;
	if (last < 0) return OK;
	TRY(survey_wave_waiting(r->db, r->arena, &waves[last], TARGET_BY_ANY, TARGETS_MAX, &targets, n, err));
	for (int i = 0; i < *n; i++) (*ret)[i] = targets[i].num;
	return OK;
}

enum code calls_show(struct request *r, struct err *err)
{
	struct calls x = { .mine = strcmp(request_query(r, "qui"), "moi") == 0,
		           .alone = strcmp(request_query(r, "qui"), "moi-seule") == 0 };
	struct caller *team;
	struct survey_target *targets;
	int64_t *planned;
	int n, nplanned, kept = 0;
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	TRY(survey_target_list_by_num(r->db, r->arena, x.form, &targets, &n, err));
	TRY(load_planned(r, x.form, &planned, &nplanned, err));
	TRY(calls_team(r, x.form, targets, n, &team, &x.nteam, err));
	x.team = team;
	for (int i = 0; i < n; i++) x.free += call_is_due(&targets[i]) && targets[i].caller == 0;
	for (int i = 0; i < n; i++)
		if ((!x.mine && !x.alone) || (x.mine && targets[i].caller == 0) || targets[i].caller == r->actor.person)
			targets[kept++] = targets[i];
	struct call_row *rows = arena_array(r->arena, struct call_row, (size_t)kept + 1);
	x.all = call_list(targets, kept, planned, nplanned, r->actor.person, r->page.now, rows);
	x.n = MIN(x.all, CALLS_LISTED);
	x.rows = rows;
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Call list of “%s”")), t(&r->page, &x.form->label));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	calls_page(request_out(r), &r->page, &x);
	return OK;
}

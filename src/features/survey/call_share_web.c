/* Who calls whom: the team, calls shared out, what is one's own. */
#include <stdlib.h>
#include <string.h>

#include "core/space.h"
#include "features/survey/calls.h"
#include "features/survey/calls.html.h"
#include "features/survey/campaign_web.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

const char *caller_id(const struct page *p, const struct person *person)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(person->id, id));
}

/* Administrators, and who looks after the space. */
static bool may_call(const struct person *person, const struct membership *members, int n)
{
	bool may = person->level == LEVEL_ADMINISTRATOR;
	for (int i = 0; i < n && !may; i++)
		may = members[i].person == person->num && members[i].level >= LEVEL_FACILITATOR;
	return may && person->state == PERSON_ACTIVE;
}

enum code calls_team(struct request *r, const struct form *form, const struct survey_target *targets, int n,
                     struct caller **ret, int *nret, struct err *err)
{
	struct membership *members;
	struct person *people;
	int nmembers, npeople, kept = 0;
	const struct space *space = survey_space(r->page.model, form);
	TRY(membership_of_space(r->db, r->arena, space ? space->num : 0, &members, &nmembers, err));
	TRY(person_list(r->db, r->arena, &people, &npeople, err));
	struct caller *team = arena_array(r->arena, struct caller, (size_t)npeople + 1);
	for (int i = 0; i < npeople; i++) {
		if (!may_call(&people[i], members, nmembers)) continue;
		team[kept] = (struct caller){ .person = people[i] };
		for (int k = 0; k < n; k++)
			team[kept].waiting += targets[k].caller == people[i].num && call_is_due(&targets[k]);
		kept++;
	}
	*ret = team;
	*nret = kept;
	return OK;
}

/* ---- Shared out ---- */

struct sharing {
	const struct call_row *rows;
	int n;
	int64_t *callers;
	int ncallers;
};

static enum code share(struct tx *tx, void *arg, struct err *err)
{
	const struct sharing *x = arg;
	for (int i = 0, turn = 0; i < x->n; i++) {
		if (x->rows[i].target->caller) continue;
		TRY(survey_target_assign(tx, x->rows[i].target, x->callers[turn++ % x->ncallers], err));
	}
	return OK;
}

static bool is_chosen(const struct request *r, const struct person *person)
{
	const struct form_data *form = &r->form;
	for (int i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, "who[]") == 0 &&
		    strcmp(form->fields[i].value, caller_id(&r->page, person)) == 0)
			return true;
	return false;
}

enum code calls_share_post(struct request *r, struct err *err)
{
	const struct form *form;
	struct survey_target *targets;
	struct caller *team;
	struct sharing x = { 0 };
	int n, nteam;
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	TRY(survey_target_list_by_num(r->db, r->arena, form, &targets, &n, err));
	TRY(calls_team(r, form, targets, n, &team, &nteam, err));
	x.callers = arena_array(r->arena, int64_t, (size_t)nteam + 1);
	for (int i = 0; i < nteam; i++)
		if (is_chosen(r, &team[i].person)) x.callers[x.ncallers++] = team[i].person.num;
	if (x.ncallers == 0) FAIL(err, E_INPUT, N_("Choose somebody who looks after the answers."));
	struct call_row *rows = arena_array(r->arena, struct call_row, (size_t)n + 1);
	x.n = call_list(targets, n, NULL, 0, r->actor.person, r->page.now, rows);
	x.rows = rows;
	TRY(request_write(r, share, &x, err));
	return request_redirect(r, survey_url(&r->page, form, "/calls"), "appels-repartis");
}

/* ---- One's own ---- */

enum code calls_mine_show(struct request *r, struct err *err)
{
	struct survey_target *targets;
	struct my_calls x = { 0 };
	int n;
	TRY(survey_target_of_caller(r->db, r->arena, r->page.model, r->actor.person, TARGETS_MAX, &targets, &n, err));
	struct call_row *rows = arena_array(r->arena, struct call_row, (size_t)n + 1);
	/* Those of one questionnaire follow each other. */
	for (int from = 0, to; from < n; from = to) {
		for (to = from; to < n && targets[to].form == targets[from].form;) to++;
		if (survey_stands(&r->page, targets[from].form) != STAND_OPEN ||
		    !survey_manages(&r->page, targets[from].form))
			continue;
		x.n += call_list(targets + from, to - from, NULL, 0, r->actor.person, r->page.now, rows + x.n);
	}
	x.rows = rows;
	r->page.title = tr(r->page.lang, N_("My calls"));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	my_calls_page(request_out(r), &r->page, &x);
	return OK;
}

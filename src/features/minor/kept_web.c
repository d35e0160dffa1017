/* What a child says about persons: shown to members, and to everybody once somebody who looks after the space says so. */
#include <string.h>

#include "core/audit.h"
#include "features/minor/minor_page.h"
#include "features/minor/minor_web.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "web/web.h"

int kept_shown(const struct page *p, const struct record *record, struct kept_answer **ret)
{
	struct record *whole = (struct record *)record;
	struct err err;
	int n;
	if (record->state == STATE_DRAFT || record->space->visibility != VISIBILITY_PUBLIC || !page_signed_in(p))
		return 0;
	if (!record->parts[AUDIENCE_MEMBERS].present) {
		if (record->author != p->actor->person) return 0;
		if (record_load(p->db, p->arena, p->model, &actor_program, record->id, &whole, &err) != OK) return 0;
	}
	return kept_answers(p->db, p->arena, whole, ret, &n, &err) == OK ? n : 0;
}

/* What can be said of them. To add one: a row, a button in minor.html. */
static const struct {
	const char *name, *action, *notice;
	enum kept_choice choice;
} choices[] = {
	{ "everybody", "kept.everybody", "pour-tout-le-monde", KEPT_EVERYBODY },
	{ "members", "kept.members", "pour-membres", KEPT_MEMBERS },
	{ "nobody", "kept.nobody", "pour-personne", KEPT_NOBODY },
};

struct deciding {
	struct request *r;
	const struct record *record;
	size_t chosen;
};

static enum code decide(struct tx *tx, void *arg, struct err *err)
{
	const struct deciding *x = arg;
	struct request *r = x->r;
	TRY(kept_decide(tx, r->arena, r->page.model, &r->actor, x->record->id, choices[x->chosen].choice, err));
	return audit_note(tx, &r->actor, choices[x->chosen].action, x->record->id, NULL, err);
}

enum code kept_post(struct request *r, struct err *err)
{
	struct record *record;
	struct kept_answer *all;
	struct deciding x = { .r = r };
	TRY(record_of_route(r, ACTION_EDIT, &record, err));
	while (x.chosen < COUNT(choices) && strcmp(request_form(r, "answer"), choices[x.chosen].name) != 0) x.chosen++;
	if (x.chosen == COUNT(choices)) FAIL(err, E_INPUT, N_("Choose one in the list."));
	const struct thing thing = record_thing(record);
	bool hers = choices[x.chosen].choice == KEPT_NOBODY && record->author == r->actor.person;
	if (!hers) TRY(may(&r->actor, ACTION_MANAGE, &thing, err));
	if (kept_shown(&r->page, record, &all) == 0) FAIL(err, E_NOT_FOUND, N_("Nothing of this page is kept back."));
	x.record = record;
	TRY(request_write(r, decide, &x, err));
	return request_redirect(r, record_url(&r->page, record), choices[x.chosen].notice);
}

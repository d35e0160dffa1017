#include "features/people/people_change.h"

#include "core/audit.h"
#include "core/join_request.h"
#include "core/measure.h"
#include "core/minor.h"
#include "core/right.h"

enum code people_note(struct people_change *c, const char *action, struct id person, json_t *detail, struct err *err)
{
	if (detail) json_keep(c->arena, detail);
	return audit_add(c->tx, c->arena, c->actor, action, person, detail, err);
}

enum code people_add(struct people_change *c, const char *name, const char *email, const char *hash, enum level level,
                     int64_t *ret, struct err *err)
{
	struct person person;
	int64_t num;
	TRY(person_create(c->tx, c->arena, name, email, hash, level, &num, err));
	TRY(person_load(tx_db(c->tx), c->arena, num, &person, err));
	TRY(people_note(c, "person.add", person.id, json_pack("{s:s}", "level", level_words(level)), err));
	*ret = num;
	return OK;
}

enum code people_set_level(struct people_change *c, const struct person *person, enum level level, struct err *err)
{
	if (person->level == level) return OK;
	TRY(person_set_level(c->tx, person->num, level, err));
	return people_note(c, "person.level", person->id, json_pack("{s:s}", "level", level_words(level)), err);
}

enum code people_set_state(struct people_change *c, const struct person *person, enum person_state state,
                           struct err *err)
{
	if (person->state == state) return OK;
	if (state == PERSON_ACTIVE) TRY(minor_check(tx_db(c->tx), person->num, err));
	TRY(person_set_state(c->tx, person->num, state, err));
	if (state == PERSON_ACTIVE) TRY(measure_unblocked(c->tx, person->num, err));
	return people_note(c, state == PERSON_ACTIVE ? "person.unblock" : "person.block", person->id, NULL, err);
}

enum code people_set_password(struct people_change *c, const struct person *person, const char *hash, struct err *err)
{
	TRY(person_set_password(c->tx, person->num, hash, err));
	return people_note(c, "person.temporary", person->id, NULL, err);
}

static enum code level_in(struct people_change *c, int64_t person, int64_t space, enum level *ret, struct err *err)
{
	struct membership *all;
	int n;
	*ret = LEVEL_VISITOR;
	TRY(membership_list(tx_db(c->tx), c->arena, person, &all, &n, err));
	for (int i = 0; i < n; i++)
		if (all[i].space == space) *ret = all[i].level;
	return OK;
}

/* Whoever looks after a space alone does not leave it to nobody. */
static enum code check_not_alone(struct people_change *c, const struct person *person, const struct space *space,
                                 enum level now, enum level level, struct err *err)
{
	int64_t others;
	if (now != LEVEL_FACILITATOR || level == LEVEL_FACILITATOR) return OK;
	if (c->actor->person != person->num || c->actor->site == LEVEL_ADMINISTRATOR) return OK;
	TRY(membership_others(tx_db(c->tx), space->num, person->num, &others, err));
	if (others == 0) FAIL(err, E_CONFLICT, N_("You look after this space alone: hand it over to somebody first."));
	return OK;
}

enum code people_set_member(struct people_change *c, const struct person *person, const struct space *space,
                            enum level level, struct err *err)
{
	enum level now;
	TRY(level_in(c, person->num, space->num, &now, err));
	if (now == level) return OK;
	TRY(check_not_alone(c, person, space, now, level, err));
	TRY(join_request_end(c->tx, person->num, space->num, err));
	TRY(membership_set(c->tx, person->num, space->num, level, err));
	if (level == LEVEL_VISITOR)
		return people_note(c, "person.leave", person->id, json_pack("{s:s}", "space", space->slug), err);
	return people_note(c, "person.member", person->id,
	                   json_pack("{s:s, s:s}", "space", space->slug, "level", level_words(level)), err);
}

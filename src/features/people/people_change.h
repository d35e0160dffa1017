/* Changes of accounts and roles, each with its line in the audit. What changes nothing notes nothing.
 * The caller has checked rights. */
#ifndef PARVIS_PEOPLE_CHANGE_H
#define PARVIS_PEOPLE_CHANGE_H

#include "core/person.h"
#include "core/space.h"

/* Who makes them, in which write. */
struct people_change {
	struct tx *tx;
	struct arena *arena;
	const struct actor *actor;
};

/* Adds a line to the audit; takes over `detail` (NULL: none). */
enum code people_note(struct people_change *c, const char *action, struct id thing, json_t *detail,
                      struct err *err) MUST;

/* Opens an account, perhaps without an address or a password (NULL); E_CONFLICT when the address is taken. */
enum code people_add(struct people_change *c, const char *name, const char *email, const char *hash, enum level level,
                     int64_t *ret, struct err *err) MUST;
/* E_CONFLICT when the last administrator would go. */
enum code people_set_level(struct people_change *c, const struct person *person, enum level level,
                           struct err *err) MUST;
enum code people_set_state(struct people_change *c, const struct person *person, enum person_state state,
                           struct err *err) MUST;
enum code people_set_password(struct people_change *c, const struct person *person, const char *hash,
                              struct err *err) MUST;
/* LEVEL_VISITOR: no longer a member. Ends what she asked for. E_CONFLICT: the actor, who looks after it alone,
 * would go. */
enum code people_set_member(struct people_change *c, const struct person *person, const struct space *space,
                            enum level level, struct err *err) MUST;

#endif

/* Spaces and who belongs to them. */
#ifndef PARVIS_SPACE_H
#define PARVIS_SPACE_H

#include "core/actor.h"

/* Creates a space from its definition {"key", "name", "visibility", "publication", "guests", "comments"}; a space
 * of that key is changed instead. Its three compartments are made once. The caller has checked rights. */
enum code space_save(struct tx *tx, struct arena *a, const json_t *definition, struct err *err) MUST;

/* LEVEL_MEMBER, LEVEL_FACILITATOR; LEVEL_VISITOR ends the membership. */
enum code membership_set(struct tx *tx, int64_t person, int64_t space, enum level level, struct err *err) MUST;

struct membership {
	int64_t person, space;
	enum level level;
	int64_t created;
};
/* Of one person, or of everybody (0). The caller has checked rights. */
enum code membership_list(struct db *db, struct arena *a, int64_t person, struct membership **ret, int *n,
                          struct err *err) MUST;
/* Those of one space. */
enum code membership_of_space(struct db *db, struct arena *a, int64_t space, struct membership **ret, int *n,
                              struct err *err) MUST;

#endif

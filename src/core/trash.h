/* What is in the trash. */
#ifndef PARVIS_TRASH_H
#define PARVIS_TRASH_H

#include "core/record.h"

/* How long; then it is deleted for ever (features/upkeep). */
#define TRASH_MS (30LL * 24 * 3600 * 1000)

/* Records of the spaces that the actor looks after, the latest first, at most `limit`. */
enum code trash_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor, int limit,
                     struct record ***ret, int *n, struct err *err) MUST;

#endif

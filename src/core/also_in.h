/*
 * Further spaces whose views show a record, without a copy. It never widens rights: who reads it is what its own space
 * says, and none other. Rows, not revisions; they go with the record or the space.
 */
#ifndef PARVIS_ALSO_IN_H
#define PARVIS_ALSO_IN_H

#include "core/record.h"

enum { ALSO_IN_MAX = 30 /* spaces of one record */ };

/* Those that the actor knows, in the model's order. */
enum code also_in_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       int64_t record, const struct space ***ret, int *n, struct err *err) MUST;
/* May she show it there? Where she adds what is seen at once; not in its own space, nor where it is confidential. */
bool also_in_may(const struct actor *actor, const struct record *record, const struct space *space);
/* May she take it away from there? Who corrects it, and who looks after that space. */
bool also_in_may_end(const struct actor *actor, const struct record *record, const struct space *space);
/* Nothing where it is so already. The caller has checked that she may. E_LIMIT: ALSO_IN_MAX. */
enum code also_in_set(struct tx *tx, int64_t record, const struct space *space, bool shown, struct err *err) MUST;

#endif

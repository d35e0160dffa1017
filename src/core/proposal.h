/*
 * Proposals: where a space wants a yes first, what somebody publishes stays a draft that waits
 * (right_waits, core/right.h). record_save makes one by itself, and publishing ends it.
 */
#ifndef PARVIS_PROPOSAL_H
#define PARVIS_PROPOSAL_H

#include "core/record.h"

enum { PROPOSAL_REASON_MAX = 1000, PROPOSALS_MAX = 500 };

struct proposal {
	struct id record;
	int64_t created, refused; /* ms UTC; refused: 0, it waits */
	const char *reason;       /* why it was refused, "" if it waits */
};

/* Waits, from now on. */
enum code proposal_add(struct tx *tx, int64_t record, struct err *err) MUST;
/* Is over: published, or taken back. */
enum code proposal_end(struct tx *tx, int64_t record, struct err *err) MUST;
/* Not now, and why: its author reads it and may propose it again. The caller has checked rights. */
enum code proposal_refuse(struct tx *tx, struct id record, const char *reason, struct err *err) MUST;

/* E_NOT_FOUND when the record is none. The caller has loaded the record, so may read it. */
enum code proposal_find(struct db *db, struct arena *a, struct id record, struct proposal *ret, struct err *err) MUST;
/* Those that wait in the spaces that the actor looks after, the oldest first; PROPOSALS_MAX at most. */
enum code proposal_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct record ***ret, int *n, struct err *err) MUST;

#endif

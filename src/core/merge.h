/*
 * The state of one part: a pure function of the set of its objects (sync-design 8). Neither arrival
 * order nor local time counts; the clock only breaks ties. No I/O.
 *
 * - An object is complete when all its ancestors are there, at the right depths; others wait, unseen.
 * - Heads: complete objects without complete children. A part is deleted when all its heads are;
 *   archived when all are and none deleted.
 * - A field's candidates: objects that touched it, but for the ancestors of another one. One value:
 *   that one. Several: the greatest (object_compare) is shown and the field is in conflict, unless
 *   exactly two candidates are merged cleanly by the field's type, from the greatest common ancestor
 *   that touched it.
 * - An erased body is a value of its own, "erased": it dominates, shows nothing, and never merges.
 */
#ifndef PARVIS_MERGE_H
#define PARVIS_MERGE_H

#include "core/model.h"
#include "core/object.h"

enum part_state {
	PART_LIVE,
	PART_DELETED,
	PART_REVIVED, /* deleted by some, edited by others meanwhile: the edit wins */
	PART_ARCHIVED,
};

enum { CONFLICT_VALUES = 32 /* listed of one field, the greatest */ };

struct merged {
	const struct hash *heads; /* greatest first */
	int nheads;
	enum part_state state;
	const json_t *values;   /* field key → value; what is cleared or erased is not in it */
	const json_t *conflict; /* NULL, or field key → [{"object": hex, "value": …}, …] greatest first, one of
	                         * each value; {"object", "erased": true} for an erased one */
	const json_t *erased;   /* keys that show nothing because their value was erased */
	int64_t changed;        /* ms: the latest save */
};

/*
 * In three steps, so that only the bodies that count are read:
 *	struct merge *m = merge_plan(a, form, objects, n, heads, nheads);
 *	for (int i = 0; i < merge_needs(m); i++) load the body of merge_need(m, i);
 *	merge_finish(m, &state);
 * `heads` NULL: the present state; else the state as it was at these objects: they and their
 * ancestors. Memory is the arena's; objects must stay until the end. The same one twice counts once.
 */
struct merge;
struct merge *merge_plan(struct arena *a, const struct form *form, struct object *objects, int n,
                         const struct hash *heads, int nheads);
int merge_needs(const struct merge *m);
struct object *merge_need(const struct merge *m, int i);
void merge_finish(struct merge *m, struct merged *ret);

/* The state after a new object whose parents are exactly the heads of `before`: what it touched is as
 * it says, the rest as before. */
void merge_on_top(struct arena *a, const struct merged *before, const struct object *object, struct merged *ret);

#endif

/* The values of one facet as they are counted, and which the reader chose. */
#ifndef PARVIS_FACET_TALLY_H
#define PARVIS_FACET_TALLY_H

#include "core/plan.h"

enum { FACET_VALUES_MAX = 50 };

struct tally {
	const struct field *field;
	bool own; /* she chose some: counted apart, as if she had not */
	struct facet_value *values;
	int64_t *last; /* record that each value was counted for last */
	int n, room;
	int *slots; /* of a hash table of the keys: 1 + the value's place, or 0 */
	int nslots;
};

/* Added with `count` when it is not there. Until the next is added. */
struct facet_value *tally_value(struct arena *a, struct tally *t, const char *key, int64_t count);
/* One more for this record, once; keys of a record come one after the other. */
void tally_count(struct arena *a, struct tally *t, const char *key, int64_t num);
void tally_clear(struct tally *t);

/*
 * What is shown: the most frequent first, the chosen ones among them whatever their count, at most
 * FACET_VALUES_MAX; those that are not there were chosen and match nothing. `counted`: else counts are unknown (-1).
 */
void tally_settle(const struct plan *plan, struct tally *t, bool counted);

#endif

/*
 * Queries over records of one form: filters, facets, sort, keyset paging. The planner (query.c)
 * gathers the smallest filter first when it has at most 10,000 matches (by value_count), else walks
 * the sort index; the same on both engines.
 */
#ifndef PARVIS_QUERY_H
#define PARVIS_QUERY_H

#include "core/record.h"

enum { QUERY_SIZE_MAX = 200, QUERY_COUNT_MAX = 10000 };

/* A facet chosen by the reader: any of `keys` (index keys). */
struct facet_choice {
	const struct field *field;
	const char *const *keys;
	int nkeys;
};

struct query {
	const struct form *form;
	const struct space *space; /* NULL: all readable spaces */
	bool also;                 /* … and what is shown there too (core/also_in.h) */
	const struct condition *where;
	int nwhere;
	const struct facet_choice *chosen;
	int nchosen;
	const struct sort *sorts;
	int nsorts;
	const struct field *const *facets; /* to count */
	int nfacets;
	const char *search; /* words that must match, or NULL */
	const char *after;  /* cursor of the page before, or NULL */
	int size;           /* 1 to QUERY_SIZE_MAX */
	int64_t now;        /* ms UTC, that "now" means; 0: the clock's */
};

struct facet_value {
	const char *key;
	int64_t count; /* -1: not counted */
	bool chosen;
};

struct facet {
	const struct field *field;
	struct facet_value *values; /* most frequent first, a tree in the order of its list; at most 50 */
	int nvalues;
};

struct result {
	int64_t *nums;
	int n;
	int64_t total; /* exact up to QUERY_COUNT_MAX, else QUERY_COUNT_MAX + 1: "more than 10,000" */
	bool more;     /* … but that only some of the many that might match were looked at: "more than total" */
	struct facet *facets;
	int nfacets;
	const char *next; /* cursor, NULL on the last page */
};

/* Counts a facet as if its own choices were not made, so that others can be added. */
enum code query_run(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct query *query, struct result *ret, struct err *err) MUST;

/* When the answer may change by itself, because a condition or a facet is about what is true now (core/moment.h);
 * INT64_MAX: never. */
enum code query_until(struct db *db, const struct model *model, const struct query *query, int64_t *ret,
                      struct err *err) MUST;

/* All that matches, in the query's order, whatever its page: at most QUERY_COUNT_MAX records; `*more` when
 * others are left out. */
enum code query_all(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct query *query, int64_t **ret, int *n, bool *more, struct err *err) MUST;

/* What the matches (the same ones, in no order) are found by in one field, as far as the actor may read:
 * a record without value is not there, one with several values comes several times. Sorted by number. */
struct query_key {
	int64_t num;
	const char *key;
};
enum code query_keys(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                     const struct query *query, const struct field *field, struct query_key **ret, int *n,
                     struct err *err) MUST;

/* Published records of a form whose title (or a field `autres_noms`) folds to the same text; for
 * imports and wiki links. E_NOT_FOUND when none. */
enum code query_find_title(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct form *form, const char *title, int64_t *ret, struct err *err) MUST;

/* The same in any form, in `space` first: for wiki links. */
enum code query_find_name(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                          const struct space *space, const char *name, int64_t *ret, struct err *err) MUST;

#endif

/*
 * What was done here in a year, and by whom: counted from pages, corrections, comments and thanks, as far as the reader
 * may read them. Nobody is ranked; who prefers it is counted without being named.
 */
#ifndef PARVIS_RECOGNITION_H
#define PARVIS_RECOGNITION_H

#include "core/record.h"

enum { RECOGNITION_PEOPLE = 2000 };

struct recognised {
	int64_t person;
	const char *name;           /* NULL: not to be named, or a guest */
	const char *key;            /* its name, to sort by */
	const char *email;          /* for letters; "" when there is none */
	int made, helped, comments; /* pages she made; others' that she corrected; what she said below */
};

struct recognition {
	int months[12]; /* pages made */
	int *kinds;     /* pages made, by the place of their form in the model */
	int made, helped, comments, thanks;
	struct recognised *people; /* by name; those without a name last */
	int n, named;
};

/* `actor`: who reads. From `from` to before `to`, ms UTC, of one year. */
enum code recognition_read(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           int64_t from, int64_t to, struct recognition *ret, struct err *err) MUST;
/* When the first page was made, ms UTC; 0: there is none. */
enum code recognition_begins(struct db *db, int64_t *ret, struct err *err) MUST;

/* Does she want to be named? Yes, until she says no. */
enum code recognition_named(struct db *db, int64_t person, bool *ret, struct err *err) MUST;
enum code recognition_name(struct tx *tx, int64_t person, bool named, struct err *err) MUST;

/* Were the thanks of that year sent to her? `*first`: they were not, and now are noted. */
enum code recognition_thank(struct tx *tx, int64_t person, int year, bool *first, struct err *err) MUST;

#endif

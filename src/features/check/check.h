/*
 * Is the site's data sound? Each check is a row of one table; it changes nothing. To add one: 1. a
 * function; 2. its row in check.c.
 */
#ifndef PARVIS_CHECK_H
#define PARVIS_CHECK_H

#include "core/site.h"

enum { CHECK_FINDINGS = 20 };

/* A check under way. */
struct checking {
	struct site *site;
	struct store *store;
	const struct model *model;
	struct arena *arena;
	/* results */
	const char *note;                    /* what was looked at, already in words; or NULL */
	struct err findings[CHECK_FINDINGS]; /* the first ones */
	int64_t wrong;                       /* how many there are */
	enum lang lang;
};

struct check {
	const char *name;
	const char *title; /* message id: what holds when nothing is found */
	enum code (*run)(struct checking *c, struct err *err);
	bool writes; /* what it undoes: nobody else writes meanwhile */
};

extern const struct check checks[]; /* ends with a row without a name */

/* Something is wrong: kept among the findings. */
void check_found(struct checking *c, const char *msg, ...) PRINTF(2, 3);

/* Runs one check; a failure to look is a finding too. Gives back how many things are wrong. */
int64_t check_run(const struct check *check, struct checking *c);

/* For the table. */
enum code check_database(struct checking *c, struct err *err);
enum code check_objects(struct checking *c, struct err *err);
enum code check_index(struct checking *c, struct err *err);
enum code check_files(struct checking *c, struct err *err);
enum code check_audit(struct checking *c, struct err *err);
enum code check_erasures(struct checking *c, struct err *err);

#endif

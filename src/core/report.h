/*
 * Reports: somebody says that a page should be looked at. A person has one open report for each page; what
 * she says later replaces it. Who reported is told to nobody but those who look after the page's space.
 */
#ifndef PARVIS_REPORT_H
#define PARVIS_REPORT_H

#include "core/right.h"

enum {
	REPORT_TEXT_MAX = 2000,  /* bytes */
	REPORT_VISITORS_MAX = 20 /* open ones of one page by people without an account: more say nothing new */
};

/* Kept in the table: never renumbered. */
enum report_reason { REPORT_RESPECT, REPORT_PRIVACY, REPORT_SPAM, REPORT_LAW, REPORT_OTHER, REPORT_REASONS };

struct report {
	int64_t num, record;
	int64_t person; /* 0: a visitor */
	enum report_reason reason;
	const char *text;
	int64_t created, closed; /* ms UTC; closed 0: open */
};

/* The caller has checked that the person may read the record, and the text's length. */
enum code report_add(struct tx *tx, const struct report *report, struct err *err) MUST;
/* Has she an open report about the record? */
enum code report_is_open(struct db *db, int64_t record, int64_t person, bool *ret, struct err *err) MUST;
/* The open ones about published and archived records of the spaces that the actor looks after, those of one
 * record together, the record reported first at the top; at most `limit`. `record` 0: of all. */
enum code report_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                      int64_t record, int limit, struct report **ret, int *n, struct err *err) MUST;
/* How many records wait for her so. */
enum code report_count(struct db *db, struct arena *a, const struct model *model, const struct actor *actor, int *ret,
                       struct err *err) MUST;
/* Those that a person made, newest first. */
enum code report_of_person(struct db *db, struct arena *a, int64_t person, int limit, struct report **ret, int *n,
                           struct err *err) MUST;
/* Closes all those about a record. */
enum code report_close(struct tx *tx, int64_t record, struct err *err) MUST;

/* For queries of such lists, by the number of a space: '1' for those that the actor looks after. */
const char *spaces_managed(struct arena *a, const struct model *model, const struct actor *actor);

#endif

/* Who is to be called, in which order: for the pages of calls. No I/O. */
#ifndef PARVIS_SURVEY_CALL_LIST_H
#define PARVIS_SURVEY_CALL_LIST_H

#include "core/survey_target.h"

struct call_row {
	const struct survey_target *target;
	bool held;    /* by somebody else */
	bool hers;    /* she has taken it */
	bool late;    /* its time has come */
	bool planned; /* a planned letter stands for a call today */
};

/* Is it on the list: waited for, and reached by telephone or a visit, or to be called again? */
bool call_is_due(const struct survey_target *target);
/*
 * The targets to call, in `rows` (room for n); returns how many. First what the caller has taken, then what was to be called by now
 * (the earliest first), what a planned letter stands for, what nobody has called, what was called longest ago, what is for later,
 * and last what others are calling. `planned`: numbers of targets, in order.
 */
int call_list(const struct survey_target *targets, int n, const int64_t *planned, int nplanned, int64_t person,
              int64_t now, struct call_row *rows);

#endif

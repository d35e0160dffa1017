/*
 * Tells people from simple robots in forms that need no account, without a puzzle and without anybody
 * else's service: a field that people neither see nor reach, and when the form was opened, sealed by the
 * site's secret. The template barrier_fields (page/form.html) writes both.
 */
#ifndef PARVIS_BARRIER_H
#define PARVIS_BARRIER_H

#include "web/request.h"

enum { BARRIER_LEAST_MS = 2000 };
#define BARRIER_MOST_MS (24LL * 3600 * 1000)

enum barrier {
	BARRIER_PASSED,
	BARRIER_EARLY,  /* filled in faster than anybody reads: ask to send it again */
	BARRIER_OLD,    /* or no stamp of ours: the same */
	BARRIER_TRAPPED /* the unseen field is filled: answer as if all went well, do nothing */
};

/* The stamp of a form that is shown now: that which came with the form when it is good, so that who is
 * asked to send it again need not wait again. */
const char *barrier_stamp(const struct request *r);
/* Of the form that was sent. */
enum barrier barrier_check(const struct request *r);

#endif

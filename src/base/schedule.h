/*
 * When something takes place: once, all day or from one hour to another, over one day or several, or again and again
 * by a rule (base/repeat.h), with days left out, days more and days moved. Kept as JSON:
 *
 *	{"from": "2026-12-08T18:30", "to": "2026-12-08T20:00", "rule": "FREQ=MONTHLY;BYDAY=2TU",
 *	 "except": ["2027-02-09"], "also": ["2027-02-16"], "moved": {"2027-03-09": {"from": "2027-03-10T18:30"}}}
 *
 * `to` may be left out. Days are those on which an occurrence begins by the rule. Local civil time of the site.
 */
#ifndef PARVIS_SCHEDULE_H
#define PARVIS_SCHEDULE_H

#include "base/json.h"
#include "base/repeat.h"

enum { SCHEDULE_DAYS = 200 /* left out, more, and moved: of each */, SCHEDULE_LENGTH = 366 /* days */ };

struct span {
	struct datetime from, to; /* of days, to's day is in it */
	bool timed;               /* else days only */
	bool ends;                /* is `to` said? Else it is as `from` */
};

struct schedule_move {
	struct date day;
	struct span span;
};

struct schedule {
	struct span span; /* the first one */
	bool repeats;
	struct repeat repeat;
	struct date *except, *also;
	int nexcept, nalso;
	struct schedule_move *moved;
	int nmoved;
};

/* Also reads an ISO day or moment, and an object with "from", "to" or both, as other fields keep them. False: it is
 * none of these, or it ends before it begins. */
bool schedule_read(struct arena *a, const json_t *value, struct schedule *ret);
/* What schedule_read reads, each thing in one way. */
json_t *schedule_write(struct arena *a, const struct schedule *schedule);

bool span_read(const char *from, const char *to, struct span *ret);
/* "samedi 28 novembre 2026, de 14 h 30 à 17 h", "du 28 au 30 novembre 2026". */
const char *span_words(struct arena *a, const struct span *span, enum lang lang);
/* "de 14 h 30 à 17 h", "à 14 h 30", "" when it has no hours. */
const char *span_hours(struct arena *a, const struct span *span, enum lang lang);
/* The same span on another day. */
struct span span_on(const struct span *span, struct date day);
/* The same length from another moment. */
struct span span_from(const struct span *span, const struct datetime *from);
/* How many days it touches; what ends at midnight does not touch the next one. */
int span_days(const struct span *span);
int span_compare(const struct span *x, const struct span *y);

struct occurrence {
	struct date day; /* that the rule said, which names it for ever (RFC 5545 RECURRENCE-ID) */
	struct span span;
	bool moved;
};
/* What touches the days from `from` to `to`, both in it, by their beginnings; at most `max`. */
int schedule_occurrences(struct arena *a, const struct schedule *schedule, struct date from, struct date to, int max,
                         struct occurrence **ret);
/* The first one that is not over at `now`; false: all are. */
bool schedule_next(struct arena *a, const struct schedule *schedule, const struct datetime *now,
                   struct occurrence *ret);

/* "tous les 2es mardis sauf août, de 18 h 30 à 20 h"; when it does not repeat: span_words. */
const char *schedule_words(struct arena *a, const struct schedule *schedule, enum lang lang);

#endif

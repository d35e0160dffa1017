/*
 * What comes back: a subset of RFC 5545's recurrence rules (RRULE, §3.3.10) that goes by days, not by hours, in civil
 * dates of the place. Those that plain words can say are kept apart, part by part; the others, which calendars of
 * elsewhere may bring, are kept as they are written.
 *
 *	FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2TU      tous les 2es mardis sauf août
 */
#ifndef PARVIS_REPEAT_H
#define PARVIS_REPEAT_H

#include "base/date.h"

enum {
	REPEAT_TEXT = 400,        /* bytes of a rule, and of a sentence */
	REPEAT_NTHS = 10,         /* "2nd Tuesday" and the like, in one rule */
	REPEAT_EVERY_MAX = 99,    /* weeks, months… between two */
	REPEAT_COUNT_MAX = 999,   /* times */
	REPEAT_LOOKED_AT = 40000, /* days that come before those asked for are counted one by one */
};

enum repeat_step { REPEAT_DAYS, REPEAT_WEEKS, REPEAT_MONTHS, REPEAT_YEARS };

struct repeat {
	enum repeat_step step;
	int every;     /* 1: each week, 2: every other week… */
	unsigned days; /* bits 1 (Monday) to 7, of weeks */
	struct repeat_nth {
		int nth, weekday; /* 1 to 5, -1: the last one */
	} nths[REPEAT_NTHS];      /* of months, and of years with one month */
	int nnths;
	unsigned month_days; /* bits 1 to 31; bit 0: the last day; of months, and of years with one month */
	unsigned months;     /* bits 1 to 12; 0: all */
	int count;           /* times; 0: for ever, or until a day */
	struct date until;   /* the last day, in it; none: for ever */
	const char *other;   /* a rule that has more than this, as RFC 5545 writes it; NULL: none */
};

/* An RRULE, without its name. E_INPUT: it is none, or it goes by hours. Of a moment, UNTIL keeps its day. */
enum code repeat_parse(struct arena *a, const char *text, struct repeat *ret, struct err *err) MUST;
/* Says what a rule leaves to the day that it begins on: which day of the week, of the month, of the year. */
void repeat_settle(struct repeat *repeat, struct date start);
/* As repeat_parse reads it, each rule in one way. */
const char *repeat_format(struct arena *a, const struct repeat *repeat);

/* "tous les 2es mardis sauf août, jusqu’au 30 juin 2027". */
const char *repeat_words(struct arena *a, const struct repeat *repeat, enum lang lang);
/* The same without its end, which forms ask apart. */
const char *repeat_words_open(struct arena *a, const struct repeat *repeat, enum lang lang);

/* "juillet et août": of bits 1 to 12. */
const char *repeat_months_words(struct arena *a, unsigned months, enum lang lang);

/* Such a sentence, in French or in English, as people type it. What it says of the week or of the month and leaves
 * out is that of `start`. Days that it excepts ("sauf le 25 décembre") go to `except`, of `room` places. E_INPUT names
 * the word that makes no sense. */
struct repeat_except {
	struct date *days;
	int n, room;
};
enum code repeat_read(struct arena *a, const char *text, struct date start, struct repeat *ret,
                      struct repeat_except *except, struct err *err) MUST;

/* The days from `from` to `to`, both in it, on which what begins on `start` comes back, in order; `start` is always one
 * of them. At most `max`. */
int repeat_days(const struct repeat *repeat, struct date start, struct date from, struct date to, int max,
                struct date *ret);
/* ---- For repeat.c: a rule as it is written, counted (repeat_days.c) ---- */

/* Is it a rule of the standard, by days at least? */
bool repeat_makes_sense(const char *rule, enum repeat_step *step);
/* The days that fit the rule from `start` on, in order; where nothing counts them, those long before `from` are passed
 * over. NULL: it makes no sense. */
struct repeat_walk *repeat_walk_begin(struct arena *a, const char *rule, struct date start, struct date from);
bool repeat_walk_next(struct repeat_walk *walk, struct date *ret);

/* The first day from `start` on that fits the rule; false: none does. */
bool repeat_first(const struct repeat *repeat, struct date start, struct date *ret);
/* The last day of a rule that has an end; false: it has none. */
bool repeat_last(const struct repeat *repeat, struct date start, struct date *ret);

#endif

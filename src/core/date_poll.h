/*
 * Looking for a date together: a field's value proposes times (slots), people say of each whether it suits them, and
 * one of them is chosen. A slot is named by its own time, an ISO 8601 interval in the site's civil time, so that a
 * correction of the others leaves what was answered where it is:
 *	{"slots": [{"at": "2026-12-01T18:30/20:00", "places": 8}, {"at": "2026-12-05"}],
 *	 "closes": "2026-11-30", "chosen": "2026-12-05", "event": "<id of the record made of it>"}
 * all but "slots" may be absent. "closes" is the last day to answer. Answers are rows, not revisions.
 */
#ifndef PARVIS_DATE_POLL_H
#define PARVIS_DATE_POLL_H

#include "base/date.h"
#include "core/record.h"

enum {
	SLOTS_MAX = 60,
	SLOT_TEXT = 32, /* bytes of its name, and the final 0 */
	SLOT_PLACES_MAX = 10000,
	POLL_PEOPLE_MAX = 1000 /* who answered, shown and counted */
};

struct slot {
	const char *at;
	struct datetime from, to; /* local; a whole day: from 0:00, and to is the same */
	bool timed, ends;         /* has an hour, an end */
	int places;               /* how many it can suit; 0: no limit */
};

struct date_poll {
	struct slot *slots; /* in the order of their time */
	int n;
	const char *closes; /* ISO day, or NULL */
	int chosen;         /* -1: none yet */
	const char *event;  /* id of the record made of it, or NULL */
};

/* "2026-12-01", "2026-12-01T18:30", "2026-12-01T18:30/20:00" (an earlier hour: the next day's); `at` is kept. */
bool slot_parse(const char *at, struct slot *ret);
/* The same text whoever wrote it; `to`: NULL without an end. */
const char *slot_text(struct arena *a, const struct datetime *from, bool timed, const struct datetime *to);
/* "mardi 1er décembre 2026, de 18 h 30 à 20 h" */
const char *slot_words(struct arena *a, const struct slot *slot, enum lang lang);

/* Of a value that its field type has checked. */
struct date_poll date_poll_of(struct arena *a, const json_t *value);
/* The record's, if it has one that its reader may read: the field too. */
bool date_poll_find(struct arena *a, const struct record *record, struct date_poll *ret, const struct field **field);
/* May one still answer, at that local time? */
bool date_poll_is_open(const struct date_poll *poll, struct date today);

/* Kept in the table. */
enum answer { ANSWER_NONE = -1, ANSWER_NO, ANSWER_MAYBE, ANSWER_YES, ANSWERS };

struct poll_person {
	int64_t person;
	struct id id;
	const char *name;
	signed char answers[SLOTS_MAX]; /* enum answer, as the slots stand */
	int64_t changed;
};

struct poll_result {
	struct poll_person *people; /* the first who answered first, at most POLL_PEOPLE_MAX */
	int n;
	int counts[SLOTS_MAX][ANSWERS];
};

enum code date_poll_read(struct db *db, struct arena *a, int64_t record, const struct date_poll *poll,
                         struct poll_result *ret, struct err *err) MUST;
/* Has she said anything of them? */
enum code date_poll_answered(struct db *db, int64_t record, int64_t person, bool *ret, struct err *err) MUST;
/* The slots that suit the most people, then with the fewest who would rather not; none when nobody answered. */
void date_poll_best(const struct date_poll *poll, const struct poll_result *result, bool best[static SLOTS_MAX]);
/* Does it suit as many others as there are places? */
bool slot_is_full(const struct slot *slot, int suits);

/* What she says of each slot, in place of what she said before. E_LIMIT: *full, which she takes, has no place left;
 * nothing is written then. The caller has checked that she may answer. */
enum code date_poll_answer(struct tx *tx, const struct record *record, const struct date_poll *poll, int64_t person,
                           const signed char answers[static SLOTS_MAX], int *full, struct err *err) MUST;
/* Her answers go. */
enum code date_poll_withdraw(struct tx *tx, int64_t record, int64_t person, struct err *err) MUST;

#endif

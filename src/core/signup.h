/*
 * Signing up to what takes place: a field of the type `signup` says how, people say that they come. Its value:
 *	{"open": true, "places": 20, "waiting": true, "companions": 3, "children": true, "guests": true, "opens": "2026-12-01",
 *	 "closes": "2026-12-10", "before": 2, "questions": [{"text": "Allergies?", "required": true}]}
 * all but "open" may be absent. "places": of each date, children count; absent: no limit. "companions": how many more one may bring.
 * "before": how many days before the date one may sign up at the latest. What comes back again and again is signed up to
 * one day at a time: the day that the rule says (base/schedule.h), which names it for ever; '' where it takes place once.
 * Sign-ups are rows, not revisions.
 *
 * The waiting list goes by one rule: whoever wants places queues, and the first who fit have them. So the last place is
 * given once, and it moves up by itself.
 */
#ifndef PARVIS_SIGNUP_H
#define PARVIS_SIGNUP_H

#include "base/schedule.h"
#include "core/record.h"

enum {
	SIGNUP_PLACES_MAX = 10000,
	SIGNUP_COMPANIONS_MAX = 30,
	SIGNUP_BEFORE_MAX = 365, /* days */
	SIGNUP_QUESTIONS = 6,
	SIGNUP_QUESTION_CHARS = 140,
	SIGNUP_ANSWER_CHARS = 300,
	SIGNUP_ROWS_MAX = 3000, /* of one date, read and shown */
	SIGNUP_KEPT_DAYS = 60   /* names, after the date, unless the question says another time ("kept") */
};

struct signup_question {
	const char *text;
	bool required;
};

struct signup_offer {
	int places; /* 0: no limit */
	int companions, before;
	bool waiting, children, guests;
	const char *opens, *closes; /* ISO days, or NULL */
	struct signup_question questions[SIGNUP_QUESTIONS];
	int nquestions;
};

/* Of a value that its field type has checked. */
struct signup_offer signup_offer_of(const json_t *value);
/* The record's, if it has one that its reader may read. */
bool signup_find(const struct record *record, struct signup_offer *ret, const struct field **field);
/* The field of that type, or NULL. */
const struct field *signup_field(const struct form *form);

/* ---- Dates ---- */

struct signup_date {
	const char *day; /* "" of what takes place once */
	bool dated;      /* else nothing below is known */
	bool moved;
	struct span span;
	int64_t begins; /* ms UTC; 0: not dated */
};

/* Of the first question of the form that says when; undated without one. False: no such day (any more). */
bool signup_date(struct arena *a, const struct record *record, const struct zone *zone, const char *day,
                 struct signup_date *ret);
bool signup_repeats(struct arena *a, const struct record *record);
/* Those that are not over at `now` (ms UTC), at most `max`; what takes place once is always one. */
int signup_dates(struct arena *a, const struct record *record, const struct zone *zone, int64_t now, int max,
                 struct signup_date **ret);
/* May one sign up, at that local time? */
enum signup_time { SIGNUP_EARLY, SIGNUP_OPEN, SIGNUP_LATE };
enum signup_time signup_time(const struct signup_offer *offer, const struct signup_date *date,
                             const struct datetime *now);
/* Is it over? */
bool signup_over(const struct signup_date *date, const struct datetime *now);

/* ---- Rows ---- */

/* Kept in the table: never renumbered. */
enum signup_state {
	SIGNUP_IN,
	SIGNUP_WAITING,
	SIGNUP_CANCELLED,
	SIGNUP_OFF, /* it does not take place */
	SIGNUP_STATES
};
const char *signup_state_words(enum signup_state state); /* message id */

struct signup {
	int64_t num, record, person, entered_by; /* person 0: of a name alone, or of nobody any more */
	const char *day, *name;
	const char *email;   /* given for this; "": none, or that of the account, which is nobody's business */
	const char *address; /* where letters go: that one, else the account's; "" */
	const char *locale;  /* of the account, or NULL */
	bool guest;          /* the person has no account */
	int adults, children;
	const json_t *answers; /* [[question, answer], …] */
	bool named;            /* she agrees to be named to everybody */
	enum signup_state state;
	int came; /* -1: not noted */
	int64_t since, begins;
	bool reminded;
};

struct signup_list {
	struct signup *rows; /* by the moment of the sign-up; without those cancelled, unless asked for */
	int n;
	int taken, waiting; /* people who have a place, who wait for one */
	int came, noted;    /* people who came, rows of which it is noted */
};

/* All those of a date. */
enum code signup_read(struct db *db, struct arena *a, int64_t record, const char *day, bool all,
                      struct signup_list *ret, struct err *err) MUST;
/* How many people have a place, how many wait, how many came. */
struct signup_count {
	int taken, waiting, came;
};
enum code signup_count(struct db *db, int64_t record, const char *day, struct signup_count *ret, struct err *err) MUST;
/* E_NOT_FOUND. */
enum code signup_load(struct db *db, struct arena *a, int64_t num, struct signup *ret, struct err *err) MUST;
/* A person's own, those cancelled too; num 0: none. */
enum code signup_of(struct db *db, struct arena *a, int64_t record, const char *day, int64_t person, struct signup *ret,
                    struct err *err) MUST;
/* All hers that stand, the next first. */
enum code signup_list_person(struct db *db, struct arena *a, int64_t person, struct signup **ret, int *n,
                             struct err *err) MUST;

struct signup_new {
	int64_t record, person, entered_by; /* person 0: of a name, entered by somebody */
	const char *day, *name, *email;
	int adults, children;
	const json_t *answers;
	bool named;
	int64_t begins;
	/* results */
	int64_t num;
	enum signup_state state;
	bool changed; /* she had signed up before */
};

/* Who moved up from the waiting list. */
struct signup_moves {
	int64_t *nums;
	int n;
};

/* Signs up, or changes what she said, in place of what it was. E_LIMIT: not so many places are left, and there is no
 * waiting list, or she would lose the place that she has; nothing is written then. The caller has checked the rest. */
enum code signup_add(struct tx *tx, struct arena *a, const struct signup_offer *offer, struct signup_new *new,
                     struct signup_moves *moves, struct err *err) MUST;
/* E_CONFLICT when it does not stand any more. */
enum code signup_cancel(struct tx *tx, struct arena *a, const struct signup_offer *offer, const struct signup *signup,
                        struct signup_moves *moves, struct err *err) MUST;
/* Whoever waits first and fits has a place. */
enum code signup_promote(struct tx *tx, struct arena *a, const struct signup_offer *offer, int64_t record,
                         const char *day, struct signup_moves *moves, struct err *err) MUST;
/* By hand, whatever places are left. E_CONFLICT when she does not wait. */
enum code signup_admit(struct tx *tx, int64_t num, struct err *err) MUST;
/* How many of them came; -1: not noted any more. */
enum code signup_note_came(struct tx *tx, int64_t num, int came, struct err *err) MUST;

/* ---- For the job (features/signup) ---- */

/* Records with sign-ups that stand, for a date that is not over or without one. */
enum code signup_records(struct db *db, struct arena *a, int64_t now, int max, int64_t **ret, int *n,
                         struct err *err) MUST;
/* The days of one that have some. */
enum code signup_days(struct db *db, struct arena *a, int64_t record, const char ***ret, int *n, struct err *err) MUST;
/* It takes place at another time: the day before is to be told again. */
enum code signup_move(struct tx *tx, int64_t num, int64_t begins, struct err *err) MUST;
enum code signup_call_off(struct tx *tx, int64_t num, struct err *err) MUST;
enum code signup_note_reminded(struct tx *tx, int64_t num, struct err *err) MUST;
/* Names, addresses and answers of what took place before `before` (ms UTC), of the records of a form. */
enum code signup_forget(struct tx *tx, int64_t form, int64_t before, struct err *err) MUST;
/* Those of a person, before her account goes: what is over stays as a number. */
enum code signup_forget_person(struct tx *tx, int64_t person, struct err *err) MUST;

#endif

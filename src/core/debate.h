/*
 * Debates: a record asks a question, and people take a position on it, with a reason. Its form says so:
 *	"debate": {"end": "fin", "summary": "synthese"}
 * "end" (may be absent): a question of the type date, the last day to answer. "summary" (may be absent): a long text, by who
 * facilitates. One position a person; those that she had
 * before are kept, so that a move shows. Who enters them for a class or a group, on one screen, gives a first name: such a
 * position is nobody's account. Positions are rows, not revisions. Where what one adds waits for a yes, so does a position.
 */
#ifndef PARVIS_DEBATE_H
#define PARVIS_DEBATE_H

#include "base/date.h"
#include "core/record.h"

/* Kept in the table: never renumbered. */
enum stance { STANCE_FOR, STANCE_AGAINST, STANCE_UNSURE, STANCE_QUESTION, STANCES };

enum {
	POSITIONS_MAX = 1000, /* of one debate, shown and counted */
	POSITION_NAME_MAX = 60,
	POSITION_REASON_MAX = 2000, /* bytes */
	POSITION_MOVES = 10         /* shown of one */
};

struct position {
	int64_t num;
	int64_t person;   /* 0: entered for a first name */
	const char *name; /* hers, or the first name */
	enum stance stance;
	const char *reason;
	bool waits; /* for a yes: seen by herself and who looks after the space */
	int64_t created, changed;
	enum stance before[POSITION_MOVES]; /* what she thought before, the first first */
	int nbefore;
};

struct debate {
	struct position *positions; /* the first who answered first */
	int n;
	int counts[STANCES]; /* of those that do not wait */
	int total, waiting;
};

/* Where the form names a last day; NULL: it names none. Mistakes under "debate". */
const struct field *debate_end_field(const struct form *form, struct issues *issues);
/* Where it names the summary; likewise. */
const struct field *debate_summary_field(const struct form *form, struct issues *issues);
bool form_debates(const struct form *form);
/* May one still answer it, on that day? */
bool debate_is_open(const struct record *record, struct date today);

enum code debate_read(struct db *db, struct arena *a, int64_t record, struct debate *ret, struct err *err) MUST;

/* What a person, or a first name, thinks now; the former position is kept when it is another. `num` 0: that of the person,
 * else a new one. E_LIMIT: POSITIONS_MAX. The caller has checked that she may, and the texts. */
struct position_new {
	int64_t record, num, person, entered_by; /* entered_by 0: she herself */
	const char *name;                        /* first name, "" for a person */
	enum stance stance;
	const char *reason;
	bool waits;
	int64_t saved; /* result */
	bool moved;    /* … it is another stance than before */
};
enum code position_set(struct tx *tx, struct position_new *position, struct err *err) MUST;
enum code position_remove(struct tx *tx, int64_t record, int64_t num, struct err *err) MUST;
/* A yes. */
enum code position_accept(struct tx *tx, int64_t record, int64_t num, struct err *err) MUST;

#endif

/*
 * Calls: records by which somebody asks, offers or proposes something, until it is found, done or over. Their form says so:
 *	"call": {"state": "etat", "end": "fin", "days": 14, "answer": {"fr": "Je peux aider"},
 *	         "answers": {"servir": {"fr": "Cela m’intéresse"}}}
 * "state" names a question with choices: its default says that the call is open, each other one that it is not any more.
 * "end" (may be absent): a question of the type date, the last day; its author is asked CALL_ASK_DAYS before whether it is
 * true still, and one click gives it "days" more. "answer" is what the button to answer says, "answers" what it says for
 * each choice of the form's category. Whoever may talk about a call may answer it: below it, or in private
 * (core/exchange.h).
 */
#ifndef PARVIS_CALL_H
#define PARVIS_CALL_H

#include "base/date.h"
#include "core/record.h"

enum { CALL_ASK_DAYS = 3, CALL_DAYS = 14, CALL_DAYS_MAX = 366 };

struct call {
	const struct field *state; /* NULL: the records of this form are no calls */
	const struct choice *open; /* the state while it is not over */
	const struct field *end;   /* or NULL */
	int days;
	const json_t *definition;
};

/* As the form's definition says; mistakes under "call". */
struct call call_read(const struct form *form, struct issues *issues);
/* The call that a record is, for whoever loaded it; false: it is none (of what is confidential, none is). */
bool call_of(const struct record *record, struct call *ret);

/* Its state; never NULL: one that is missing is the open one. */
const struct choice *call_state(const struct call *call, const struct record *record);
/* Its last day; false: it has none. */
bool call_end(const struct call *call, const struct record *record, struct date *ret);
/* Is it published, in the open state, and not past its last day? */
bool call_is_open(const struct call *call, const struct record *record, struct date today);
/* Is its last day so near, or past, that its author says whether it goes on? */
bool call_ends_soon(const struct call *call, const struct record *record, struct date today);

/* Its author, whoever holds the link of a guest among them, and who looks after the space say how it stands. */
bool call_may_change(const struct actor *actor, const struct record *record);
/* Saves the state in one word, or `call->days` more (state NULL) from its last day or today, whichever is later; opened
 * again after its last day, it gets those too. E_INPUT for a state that is none. `note`: for the history. */
enum code call_change(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                      const struct record *record, const char *state, struct date today, const char *note,
                      struct err *err) MUST;

/* Numbers of the published calls of a form that end within CALL_ASK_DAYS and whose author has not been asked about that
 * day; at most `max`. */
enum code call_due(struct db *db, struct arena *a, const struct form *form, const struct call *call, struct date today,
                   int max, int64_t **ret, int *n, struct err *err) MUST;
/* She has been asked about this day. */
enum code call_note_asked(struct tx *tx, int64_t record, struct date day, struct err *err) MUST;

/* Who answered it, below or in private, but its author; the first first, at most `max`. `comment`: the latest that she
 * wrote there, 0: none; `exchange`: 0: none. */
struct helper {
	int64_t person;
	struct id id;
	const char *name;
	int64_t comment, exchange;
};
enum code call_helpers(struct db *db, struct arena *a, const struct record *record, int max, struct helper **ret,
                       int *n, struct err *err) MUST;

#endif

/*
 * Shareable versions: what may leave a group of a page that only the group reads. Somebody who wrote the page, or looks
 * after its space, chooses question by question what goes and what stays, and for which space; those concerned are
 * asked; once all have agreed it becomes a record of its own there, that holds nothing else and knows nothing of what
 * the page becomes. A consent can be taken back: then the copy is hidden, and stays so (shareable_release).
 */
#ifndef PARVIS_SHAREABLE_H
#define PARVIS_SHAREABLE_H

#include "core/record.h"

enum { SHAREABLE_PEOPLE = 60, SHAREABLE_NAME_MAX = 120, SHAREABLE_WORD_MAX = 1000 };

/* Kept in tables: never renumbered. */
enum shareable_state {
	SHAREABLE_PREPARED,  /* chosen; nobody is asked yet */
	SHAREABLE_ASKED,     /* waits for answers; once all agree, for who publishes it */
	SHAREABLE_PUBLISHED, /* `copy` is there */
	SHAREABLE_WITHDRAWN, /* it was, and somebody took the consent back */
	SHAREABLE_STATES
};

enum consent_why { CONSENT_WROTE, CONSENT_NAMED /* by a question */, CONSENT_ADDED /* by who prepares it */ };

enum consent_answer {
	CONSENT_WAITS,
	CONSENT_AGREES,
	CONSENT_REFUSES,
	CONSENT_CHANGE, /* asks for a change, in `word` */
	CONSENT_ANSWERS
};
const char *consent_words(enum consent_answer answer);   /* message id */
const char *shareable_words(enum shareable_state state); /* message id */

struct consent {
	int64_t num, person; /* person 0: no account, `name` says who */
	const char *name;
	enum consent_why why;
	enum consent_answer answer;
	const char *word;
	int64_t noted_by; /* a facilitator, who heard it on `day` ("2026-11-28"); 0: she said it herself */
	const char *day;
	int64_t answered; /* ms UTC; 0: not yet */
};

struct shareable {
	int64_t num;
	struct id id;
	int64_t record;       /* the page, 0: deleted; and … */
	int64_t space;        /* the space that it goes to */
	int64_t person;       /* who prepares it; 0: gone */
	const json_t *values; /* what goes: field key → value */
	enum shareable_state state;
	int64_t copy; /* 0: none */
	int64_t created, changed;
	struct consent consents[SHAREABLE_PEOPLE];
	int n;
};

/* Of a page; of a copy; by its id. E_NOT_FOUND. The caller asks for rights. */
enum code shareable_of(struct db *db, struct arena *a, int64_t record, struct shareable *ret, struct err *err) MUST;
enum code shareable_of_copy(struct db *db, struct arena *a, int64_t copy, struct shareable *ret, struct err *err) MUST;
enum code shareable_find(struct db *db, struct arena *a, struct id id, struct shareable *ret, struct err *err) MUST;

/* Have all those concerned agreed? */
bool shareable_is_agreed(const struct shareable *s);
/* The actor's own row, or NULL. */
const struct consent *shareable_mine(const struct shareable *s, int64_t person);

/* Writes what was chosen (record, space, person, values, state, consents), with a new id when there is none yet: answers to
 * another text count no more, and a copy that was hidden is
 * deleted. One that is published cannot be changed (E_CONFLICT): it is withdrawn first. */
enum code shareable_save(struct tx *tx, struct arena *a, const struct model *model, struct shareable *s,
                         struct err *err) MUST;
/* Who wrote the page or is named in what goes, besides `but`: those who have an account that signs in. */
enum code shareable_concerned(struct db *db, struct arena *a, const struct record *record, const json_t *values,
                              int64_t but, struct consent *ret, int max, int *n, struct err *err) MUST;
/* Asks those who have not answered. */
enum code shareable_ask(struct tx *tx, struct shareable *s, struct err *err) MUST;
/* An answer; `word` and `day` may be "". */
enum code shareable_answer(struct tx *tx, const struct shareable *s, const struct consent *answer,
                           struct err *err) MUST;
/* Makes the record, as `actor`, once all have agreed (E_CONFLICT: somebody has not). */
enum code shareable_publish(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                            struct shareable *s, struct save *result, struct issues *issues, struct err *err) MUST;
/* Hides the copy, whoever asks; the caller has checked that she may. */
enum code shareable_withdraw(struct tx *tx, struct arena *a, const struct model *model, struct shareable *s,
                             struct err *err) MUST;
enum code shareable_drop(struct tx *tx, const struct shareable *s, struct err *err) MUST;

/* A record in the trash comes back: E_FORBIDDEN when it is a copy whose consent was taken back. */
enum code shareable_release(struct db *db, const struct record *record, struct err *err) MUST;
/* Of an erased person, before her account goes: what she agreed to be published is hidden, and taken away with `all`; what
 * is not published goes. */
enum code shareable_forget(struct tx *tx, struct arena *a, const struct model *model, int64_t person, bool all,
                           struct err *err) MUST;
/* What a page said is erased: a text that waits to be shared may hold it. */
enum code shareable_forget_text(struct tx *tx, int64_t record, struct err *err) MUST;

#endif

/*
 * Letters by e-mail: written in the transaction that has a reason for them, sent later by a job, one
 * for each. What a letter says is forgotten once it has left, since it may hold a secret; whom it went
 * to and when is kept for a month, for the person who looks after the site.
 */
#ifndef PARVIS_LETTER_H
#define PARVIS_LETTER_H

#include "store/store.h"

#define LETTER_KEPT_MS (30LL * 24 * 3600 * 1000)

enum letter_state {
	LETTER_WAITING,
	LETTER_SENT,
	LETTER_FAILED, /* refused for good, or tried too often */
	LETTER_SPOOLED /* put into the folder of letters: the site has no mail server */
};

struct letter {
	int64_t num;
	const char *to, *subject;
	const char *body; /* plain text; "" once sent */
	const char *stop; /* address that stops such letters (RFC 8058), or NULL: there is nothing to stop */
	enum letter_state state;
	const char *error;     /* what the last try met, in the mail server's words; NULL: nothing */
	int64_t created, sent; /* ms UTC; sent: 0, not yet */
};

/* Writes a letter to send and the job that sends it. The address has been checked (person_check). */
enum code letter_send(struct tx *tx, const char *to, const char *subject, const char *body, struct err *err) MUST;

/* The same for a letter that its reader can stop: `stop` takes a POST, without a session. */
enum code letter_send_stoppable(struct tx *tx, const char *to, const char *subject, const char *body, const char *stop,
                                struct err *err) MUST;

enum code letter_load(struct db *db, struct arena *a, int64_t num, struct letter *ret, struct err *err) MUST;
/* The latest, newest first. The caller has checked rights. */
enum code letter_list(struct db *db, struct arena *a, int limit, struct letter **ret, int *n, struct err *err) MUST;
/* How many letters failed for good. */
enum code letter_count_failed(struct db *db, int *ret, struct err *err) MUST;

/* What became of it. `state`: LETTER_SENT forgets the text. `error` may be NULL. */
enum code letter_note(struct tx *tx, int64_t num, enum letter_state state, const char *error, struct err *err) MUST;
/* Tries one that failed again. */
enum code letter_again(struct tx *tx, int64_t num, struct err *err) MUST;
/* Gives one up that failed or waits: what it says is forgotten, and it is not tried any more. */
enum code letter_drop(struct tx *tx, int64_t num, struct err *err) MUST;
/* The numbers of all that are kept. */
enum code letter_numbers(struct db *db, struct arena *a, int64_t **ret, int *n, struct err *err) MUST;
enum code letter_purge(struct tx *tx, struct err *err) MUST;

#endif

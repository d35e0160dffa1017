/*
 * Exchanges: what somebody who answers a call in private (core/call.h) and its author say to each other. Each reads it
 * on the site, and is told by a letter that shows nobody's address. Nobody else reads it: every load takes the actor. One
 * exchange for each person and call; rows, not revisions. Either may end it; it goes with either account, with the call,
 * and EXCHANGE_KEPT_MS after its last word.
 */
#ifndef PARVIS_EXCHANGE_H
#define PARVIS_EXCHANGE_H

#include "core/record.h"

#define EXCHANGE_KEPT_MS (180LL * 24 * 3600 * 1000)
enum { MESSAGE_MAX = 5000 /* bytes */, EXCHANGES_SHOWN = 200, MESSAGES_SHOWN = 500 };

/* Kept in the table: never renumbered. */
enum message_kind { MESSAGE_TEXT, MESSAGE_THANKS };

struct exchange {
	int64_t num;
	struct id id;
	int64_t record;
	int64_t person, author; /* who answered, and whom */
	const char *person_name, *author_name;
	bool quiet;       /* the actor wants no letters about it */
	int64_t ended_by; /* 0: it goes on */
	int64_t changed;
	int64_t last; /* who spoke last; 0: all is taken back */
};

struct message {
	int64_t num, person;
	enum message_kind kind;
	const char *text;
	int64_t created;
};

/* The other of both. */
int64_t exchange_other(const struct exchange *exchange, int64_t person);
const char *exchange_other_name(const struct exchange *exchange, int64_t person);

/* E_NOT_FOUND for who is neither. */
enum code exchange_load(struct db *db, struct arena *a, const struct actor *actor, struct id id, struct exchange *ret,
                        struct err *err) MUST;
/* The actor's, about one record (0: any), the latest first; EXCHANGES_SHOWN at most. */
enum code exchange_list(struct db *db, struct arena *a, const struct actor *actor, int64_t record,
                        struct exchange **ret, int *n, struct err *err) MUST;
/* The latest MESSAGES_SHOWN, the first first. The exchange was loaded for the actor. */
enum code exchange_messages(struct db *db, struct arena *a, const struct exchange *exchange, struct message **ret,
                            int *n, struct err *err) MUST;

/* The first word to the author of a call, or one more; the caller has checked that she may answer it. E_FORBIDDEN: one
 * of both ended it. */
enum code exchange_begin(struct tx *tx, const struct record *about, int64_t person, const char *text, struct id *ret,
                         struct err *err) MUST;
/* One more, by either. E_FORBIDDEN: it is ended. *num: the message's. */
enum code exchange_say(struct tx *tx, const struct exchange *exchange, int64_t person, enum message_kind kind,
                       const char *text, int64_t *num, struct err *err) MUST;
/* Takes one of her own back. */
enum code exchange_take_back(struct tx *tx, const struct exchange *exchange, int64_t person, int64_t message,
                             struct err *err) MUST;
/* Neither says more; whoever ended it may open it again. */
enum code exchange_end(struct tx *tx, const struct exchange *exchange, int64_t person, bool ended,
                       struct err *err) MUST;
/* No letters about it to this person, or letters again. */
enum code exchange_quiet(struct tx *tx, const struct exchange *exchange, int64_t person, bool quiet,
                         struct err *err) MUST;
enum code exchange_purge(struct tx *tx, struct err *err) MUST;

#endif

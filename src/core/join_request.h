/*
 * Who asks to belong to a space, or to look after it: one request of a person for a space, which waits for the
 * space's facilitators. A yes makes her a member (membership_set) and ends it; a no keeps the reason, for her to
 * read, until she asks again or JOIN_REQUEST_KEPT_MS have passed.
 */
#ifndef PARVIS_JOIN_REQUEST_H
#define PARVIS_JOIN_REQUEST_H

#include "core/right.h"

#define JOIN_REQUEST_KEPT_MS (90LL * 24 * 3600 * 1000)
enum { JOIN_REQUESTS_MAX = 500, JOIN_WORD_MAX = 500 };

struct join_request {
	int64_t person;
	const struct space *space;
	enum level level;         /* asked for: LEVEL_MEMBER or LEVEL_FACILITATOR */
	const char *word;         /* to the facilitators, "" */
	int64_t created, refused; /* ms UTC; refused: 0, it waits */
	const char *reason;       /* why it was refused */
};

/* Asks, or asks again. The caller has checked that she may. */
enum code join_request_add(struct tx *tx, int64_t person, int64_t space, enum level level, const char *word,
                           struct err *err) MUST;
enum code join_request_refuse(struct tx *tx, int64_t person, int64_t space, const char *reason, struct err *err) MUST;
/* Is over; nothing when there was none. */
enum code join_request_end(struct tx *tx, int64_t person, int64_t space, struct err *err) MUST;
/* Forgets those refused long ago. */
enum code join_request_purge(struct tx *tx, struct err *err) MUST;

/* E_NOT_FOUND when she asks for nothing there. */
enum code join_request_find(struct db *db, struct arena *a, int64_t person, const struct space *space,
                            struct join_request *ret, struct err *err) MUST;
/* Those that wait in the spaces that the actor looks after (of `space` only, unless NULL), the oldest first;
 * JOIN_REQUESTS_MAX at most. */
enum code join_request_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            const struct space *space, struct join_request **ret, int *n, struct err *err) MUST;

#endif

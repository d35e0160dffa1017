/* Sessions: a random token in the person's cookie, only its hash in the database. */
#ifndef PARVIS_SESSION_H
#define PARVIS_SESSION_H

#include "core/actor.h"

/* A token is 32 random bytes in base64url (RFC 4648 §5): 43 characters. */
enum { SESSION_TOKEN = 43 };
#define SESSION_IDLE_MS (14LL * 24 * 3600 * 1000)
#define SESSION_LIFE_MS (90LL * 24 * 3600 * 1000)

struct session {
	struct hash hash;
	int64_t person, created, seen, expires;
	bool stay;         /* after the browser is closed */
	const char *agent; /* the browser as it named itself, cut at 200 bytes */
};

/* On a shared tablet. */
#define SESSION_SHORT_MS (2LL * 3600 * 1000)
/* Opens a session that lasts `life` ms at most; the token is written to `token` and nowhere else. */
enum code session_create(struct tx *tx, int64_t person, const char *agent, int64_t life, bool stay,
                         char token[static SESSION_TOKEN + 1], struct err *err) MUST;
/* She has shown again who she is: the same session, created now, under another token; the former one is worth nothing. */
enum code session_renew(struct tx *tx, const struct hash *hash, char token[static SESSION_TOKEN + 1],
                        struct err *err) MUST;
/* The session of a token: E_NOT_FOUND when unknown, idle too long or past its life. */
enum code session_find(struct db *db, struct arena *a, const char *token, struct session *ret, struct err *err) MUST;
/* Notes that it was used; worth a write once an hour. */
bool session_is_stale(const struct session *session);
enum code session_touch(struct tx *tx, const struct hash *hash, struct err *err) MUST;
enum code session_end(struct tx *tx, const struct hash *hash, struct err *err) MUST;
/* Ends that session of this person, or all of hers but that one; nothing of somebody else's. */
enum code session_end_own(struct tx *tx, int64_t person, const struct hash *hash, struct err *err) MUST;
enum code session_end_others(struct tx *tx, int64_t person, const struct hash *keep, struct err *err) MUST;
enum code session_end_all(struct tx *tx, int64_t person, struct err *err) MUST;
/* Her sessions that are still good, the latest used first. */
enum code session_list(struct db *db, struct arena *a, int64_t person, struct session **ret, int *n,
                       struct err *err) MUST;
/* Deletes sessions past their life. */
enum code session_purge(struct tx *tx, struct err *err) MUST;

struct hash session_hash(const char *token);
/* The token of this session's forms (CSRF): made from the cookie's, of use to nobody without it. */
char *session_form_token(struct arena *a, const char *token);

#endif

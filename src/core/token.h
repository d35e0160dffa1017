/*
 * Secrets that let somebody in without a password: a link in a letter, an invitation, a printed card.
 * Whoever holds the text is let in; the database keeps only its hash, so that who reads a copy of it
 * is not. A token serves until it expires or its uses are spent.
 */
#ifndef PARVIS_TOKEN_H
#define PARVIS_TOKEN_H

#include "base/json.h"
#include "core/actor.h"

/* A link's text is 32 random bytes in base64url (RFC 4648 §5): 43 characters. */
enum { TOKEN_TEXT = 43, TOKEN_NO_END = -1 /* uses that are never spent */ };

/* Kept in the table: never renumbered. */
enum token_kind {
	TOKEN_SIGN_IN,    /* of a person, by letter */
	TOKEN_SIGN_UP,    /* body: {"name", "email", "locale"}, and what an invitation gave */
	TOKEN_EMAIL,      /* of a person who gives an address; body: {"email"} */
	TOKEN_INVITATION, /* to a space; body: {"email"} when it was sent to one address */
	TOKEN_CARD,       /* of a person, on paper */
	TOKEN_APPEAL,     /* of a person whom a measure is about; body: {"measure"} */
	TOKEN_STOP,       /* of a person, in a letter about what she follows: no more of them */
	TOKEN_DATA,       /* of a person who takes her data with her */
	TOKEN_STILL,      /* of the author of a call, who says how it stands; body: {"record"} */
	TOKEN_EXCHANGE,   /* of a person, in a letter about an exchange: no more of them; body: {"exchange"} */
	TOKEN_PARENT,     /* of a child whose parent is to agree (core/minor.h); body: {"email"} of the parent */
	TOKEN_CALENDAR, /* of a person, in her telephone: her dates; body: {"all": true} when not only what she follows */
	TOKEN_SIGNUP,   /* in a letter about a sign-up, which it cancels (core/signup.h); body: {"signup": num} */
};

struct token {
	int64_t num;
	enum token_kind kind;
	int64_t person, space; /* 0: none */
	enum level level;      /* in the space */
	int64_t creator;       /* 0: nobody who is still there */
	const json_t *body;    /* an object */
	int uses;
	int64_t created, expires; /* ms UTC */
};

/* Draws a link's text. */
void token_draw(char text[static TOKEN_TEXT + 1]);
/* Keeps `token` under `text`, of which only the hash is written. `num` and `created` are not read. */
enum code token_create(struct tx *tx, struct arena *a, const char *text, const struct token *token,
                       struct err *err) MUST;
/* What a text of this kind stands for; E_NOT_FOUND when unknown, spent or expired. */
enum code token_find(struct db *db, struct arena *a, enum token_kind kind, const char *text, struct token *ret,
                     struct err *err) MUST;
/* Takes one use; E_NOT_FOUND when there is none left, so that of two at once one gets it. */
enum code token_spend(struct tx *tx, const struct token *token, struct err *err) MUST;

/* Those that still serve, newest first: of a space, of a person. The caller has checked rights. */
enum code token_list_space(struct db *db, struct arena *a, enum token_kind kind, int64_t space, struct token **ret,
                           int *n, struct err *err) MUST;
/* The moment a person's token of this kind was made, 0 when she has none that serves. */
enum code token_made(struct db *db, enum token_kind kind, int64_t person, int64_t *ret, struct err *err) MUST;

/* Ends one of a space; nothing when it is of another or of another kind. */
enum code token_end(struct tx *tx, enum token_kind kind, int64_t space, int64_t num, struct err *err) MUST;
/* Ends a person's. */
enum code token_end_person(struct tx *tx, enum token_kind kind, int64_t person, struct err *err) MUST;
/* Deletes those that no longer serve. */
enum code token_purge(struct tx *tx, struct err *err) MUST;

#endif

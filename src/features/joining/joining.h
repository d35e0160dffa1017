/*
 * Coming in: by a link in a letter, by signing up, by an invitation, with a printed card. Each is a token
 * (core/token.h); what follows makes them and redeems them, in a write under way. Callers have checked
 * rights, except where a token is the right.
 */
#ifndef PARVIS_JOINING_H
#define PARVIS_JOINING_H

#include "core/minor.h"
#include "core/right.h"
#include "core/session.h"
#include "core/space.h"
#include "core/token.h"
#include "page/page.h"

#define JOINING_SIGN_IN_MS (30LL * 60 * 1000)
#define JOINING_CONFIRM_MS (24LL * 3600 * 1000)
#define JOINING_PARENT_MS MINOR_WAIT_MS
#define JOINING_CARD_MS (366LL * 24 * 3600 * 1000)
enum { JOINING_DAYS_MAX = 90, JOINING_USES_MAX = 500 };

/* Who may open an account alone: the setting "sign_up" of the site. */
enum sign_up { SIGN_UP_CLOSED, SIGN_UP_APPROVED /* a facilitator says yes */, SIGN_UP_OPEN };
enum sign_up joining_sign_up(const struct model *model);

/* A write, and the page whose language, address and site's name letters have. */
struct joining {
	struct tx *tx;
	const struct page *page;
};

/* "https://parvis.example/-/in?c=…" */
const char *joining_link(const struct page *p, const char *path, const char *text);

/* ---- By letter ---- */

/* A letter with a link to sign in, when an active person has the address; else nothing. `next`: a path of
 * this site to go to then, or "". */
enum code joining_send_link(struct joining *j, const char *email, const char *next, struct err *err) MUST;
/* A letter to confirm the address of a new account; a link to sign in when it has one already, and
 * nothing for who is blocked or waits. */
struct account_asked {
	const char *name, *email;
	const json_t *accepted;         /* the texts that she accepted (features/terms/terms_ask.h) */
	bool minor;                     /* she is under age (core/minor.h) */
	const char *parent;             /* where a parent gets a letter, "" or NULL: at a desk */
	const struct token *invitation; /* what it gives then, or NULL */
};
enum code joining_ask_account(struct joining *j, const struct account_asked *asked, struct err *err) MUST;
/* A letter to confirm that an address is a person's. */
enum code joining_ask_address(struct joining *j, const struct person *person, const char *email, struct err *err) MUST;

/* Redeems the token of such a letter, once: the account is opened, the address noted. `ret`: who it is;
 * she may be PERSON_WAITING. */
enum code joining_redeem(struct joining *j, const struct token *token, struct person *ret, struct err *err) MUST;

/* ---- Accounts that wait ---- */

/* Says yes: she may sign in, and a letter says so. Or no: the account is deleted, and a letter says that. */
enum code joining_accept(struct joining *j, const struct person *person, struct err *err) MUST;
enum code joining_refuse(struct joining *j, const struct person *person, struct err *err) MUST;

/* A parent agreed: the account opens, unless an administrator is still to say yes. Or did not: it is deleted. The child is
 * told by a letter. */
enum code joining_parent_agreed(struct joining *j, const struct person *child, struct err *err) MUST;
enum code joining_parent_refused(struct joining *j, const struct person *child, struct err *err) MUST;

/* ---- Invitations ---- */

struct invitation {
	const struct space *space;
	enum level level; /* LEVEL_MEMBER or LEVEL_FACILITATOR */
	int days, uses;
	const char *email; /* a letter goes there; NULL: the link is shown only */
};
enum code joining_invite(struct joining *j, const struct invitation *invitation, char text[static TOKEN_TEXT + 1],
                         struct err *err) MUST;
/* A signed-in person takes it up. */
enum code joining_join(struct joining *j, const struct token *token, const struct person *person, struct err *err) MUST;
/* Somebody without an address takes it up: an account without one. */
enum code joining_join_new(struct joining *j, const struct token *token, const char *name, struct person *ret,
                           struct err *err) MUST;

/* ---- Cards ---- */

/* May the actor give this person a card, who belongs to `memberships`? Never to somebody with more rights
 * than her own: a card is as good as a password. */
bool joining_may_card(const struct actor *actor, const struct model *model, const struct person *person,
                      const struct membership *memberships, int n);
/* A new card; the former one serves no more, and what it opened is closed. `code` is its text. */
enum code joining_card(struct joining *j, const struct person *person, const char *code, struct err *err) MUST;
enum code joining_card_end(struct joining *j, const struct person *person, struct err *err) MUST;

#endif

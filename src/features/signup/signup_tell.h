/* Letters about sign-ups: to whoever left an address, or has one in her account. Nobody else's name is in them. */
#ifndef PARVIS_SIGNUP_TELL_H
#define PARVIS_SIGNUP_TELL_H

#include "core/signup.h"
#include "page/page.h"

enum signup_told {
	TOLD_IN,        /* she has signed up */
	TOLD_WAITING,   /* she waits */
	TOLD_UP,        /* a place is hers now */
	TOLD_CANCELLED, /* she is not signed up any more */
	TOLD_MOVED,     /* it is at another time */
	TOLD_OFF,       /* it does not take place */
	TOLD_REMINDED,  /* it is tomorrow */
	TOLD_COUNT
};

/* Nothing where there is no address, or she may not read the page any more. `about` as the program reads it; `date`
 * may be NULL when it is not known any more. A link in it cancels the sign-up (TOKEN_SIGNUP). `p`: whoever's page, in
 * the language of those who have chosen none. */
enum code signup_tell(struct tx *tx, const struct page *p, const struct record *about, int64_t num,
                      const struct signup_date *date, enum signup_told told, struct err *err) MUST;
/* TOLD_UP to all of them, unless it has begun. */
enum code signup_tell_moves(struct tx *tx, const struct page *p, const struct record *about,
                            const struct signup_date *date, const struct signup_moves *moves, struct err *err) MUST;

#endif

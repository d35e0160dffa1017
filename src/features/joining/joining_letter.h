/* The letters about coming in, each in the language of the person it goes to. */
#ifndef PARVIS_JOINING_LETTER_H
#define PARVIS_JOINING_LETTER_H

#include "features/joining/joining.h"

enum joining_letter {
	LETTER_LINK,       /* a link to sign in */
	LETTER_CONFIRM,    /* confirms a new account */
	LETTER_ADDRESS,    /* confirms a new address */
	LETTER_ACCEPTED,
	LETTER_REFUSED,
	LETTER_INVITATION, /* to a space */
};

/* Writes a letter to the person's address. `link`: what it gives, or NULL; `space`: which one, or NULL. */
enum code joining_letter(struct joining *j, const struct person *to, enum joining_letter which, const char *link,
                         const struct space *space, struct err *err) MUST;

#endif

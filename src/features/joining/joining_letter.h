/* The letters about coming in, each in the language of the person it goes to. */
#ifndef PARVIS_JOINING_LETTER_H
#define PARVIS_JOINING_LETTER_H

#include "features/joining/joining.h"

enum joining_letter {
	LETTER_LINK,    /* a link to sign in */
	LETTER_CONFIRM, /* confirms a new account */
	LETTER_ADDRESS, /* confirms a new address */
	LETTER_ACCEPTED,
	LETTER_REFUSED,
	LETTER_INVITATION, /* to a space */
	LETTER_PARENT,     /* asks a parent to agree to a child's account */
	LETTER_PARENT_NO,  /* tells the child that it was no */
};

/* What a letter says around its link, in the language of the person it goes to. */
struct letter_words {
	const char *subject, *before, *after;
};
/* The page, in that language. */
struct page joining_page_for(const struct joining *j, const struct person *to);
/* Writes a letter with these words; nothing to who has no address. `link` may be NULL. */
enum code joining_write(struct joining *j, const struct page *p, const struct person *to,
                        const struct letter_words *words, const char *link, struct err *err) MUST;

/* Writes a letter to the person's address. `link`: what it gives, or NULL; `space`: which one, or NULL. */
enum code joining_letter(struct joining *j, const struct person *to, enum joining_letter which, const char *link,
                         const struct space *space, struct err *err) MUST;
/* The same about somebody of that name. */
enum code joining_letter_about(struct joining *j, const struct person *to, enum joining_letter which, const char *link,
                               const char *name, struct err *err) MUST;

#endif

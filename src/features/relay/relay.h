/* Making a page known elsewhere, by hand: for each place a text that fits it, the picture, the address, and a list of where
 * it was done. Nothing leaves by itself. */
#ifndef PARVIS_FEATURE_RELAY_H
#define PARVIS_FEATURE_RELAY_H

#include "core/relay.h"
#include "features/share/share.h"
#include "page/page.h"

/* To add one: a row. */
struct relay_place {
	const char *key, *name; /* name: a message id where it is no proper name */
	int limit;              /* characters of a post; 0: none that matters */
	int address;            /* characters that any address counts for there; 0: as many as it has */
	bool tags, link;        /* "#word" leads somewhere; an address can be followed */
	const char *advice;     /* message id */
};
extern const struct relay_place relay_places[]; /* ends with a NULL key */
const struct relay_place *relay_place(const char *key);

enum { RELAY_DAYS_MAX = 30 };

struct relay_page {
	const struct record *record;
	struct shared shared;
	const struct relay *list;
	int n;
};

/* The text for that place: title, when and where, the first words, key words, the address. */
const char *relay_text(const struct page *p, const struct relay_page *x, const struct relay_place *place);
/* Characters that it counts for there. */
int relay_length(const char *text, const char *url, const struct relay_place *place);
/* Where a browser opens it ready to be sent; NULL: that place has no such address. */
const char *relay_compose(const struct page *p, const struct relay_page *x, const struct relay_place *place);
/* The last time there, or NULL. */
const struct relay *relay_there(const struct relay_page *x, const struct relay_place *place);
const char *relay_place_words(const struct page *p, const char *key);

/* Does everybody read it, so that it may be made known? */
bool relay_offered(const struct page *p, const struct record *record);

/* The page of all of them. */
struct relay_board {
	struct relay_row {
		struct relay relay;
		const struct record *record;
	} * due, *done;
	int ndue, ndone;
	const struct record **missing;
	int nmissing;
};

#endif

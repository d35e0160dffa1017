/* What the templates of thanks ask of C. */
#ifndef PARVIS_THANKS_PAGE_H
#define PARVIS_THANKS_PAGE_H

#include "core/thanks.h"
#include "page/page.h"

struct thanks_shown {
	struct thanks thanks;
	bool may;          /* the reader may say so here */
	const char *names; /* "Maël, Lou et 3 autres", to members; else "" */
};
struct thanks_shown thanks_shown(const struct page *p, const struct record *record);

/* What the reader wrote that others thanked for, as far as she may still read it. */
struct thanks_mine {
	int total;
	const struct record **records;
	int *counts, n;
};
struct thanks_mine thanks_mine(const struct page *p);

#endif

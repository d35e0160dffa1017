/* What the pages of records say of those that are reports: the ways to them, what may be put into their text. */
#ifndef PARVIS_RESTITUTION_LINK_H
#define PARVIS_RESTITUTION_LINK_H

#include "features/restitution/restitution.h"
#include "page/page.h"

/* A block that may be put into a text. */
struct insert_row {
	const char *label, *text;
	bool group; /* a heading */
};

/* The report of a record, for links on its page; NULL: it is none. */
const struct restitution *restitution_of(const struct page *p, const struct record *record);
const char *restitution_address(const struct page *p, const struct record *record, const char *rest);
/* Does she look after the reports of this space? */
bool restitution_manages(const struct page *p, const struct space *space);
/* What may be put into a record that is a report which she looks after; 0: none. */
int restitution_inserts_of(const struct page *p, const struct record *record, struct insert_row **ret);

#endif

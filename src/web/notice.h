/* Sentences shown once after something was done: the address carries only their name, and the id of what
 * it was done to where it can be taken back on the spot. */
#ifndef PARVIS_NOTICE_H
#define PARVIS_NOTICE_H

#include "page/page.h"

struct notice {
	const char *name; /* in "?fait=name" */
	enum notice_kind kind;
	const char *text; /* message id */
	const char *undo; /* "/-/<undo>/<id>" takes it back (POST); NULL: no such button */
};

const struct notice *notice_find(const char *name);

#endif

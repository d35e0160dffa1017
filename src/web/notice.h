/* Sentences shown once after something was done: the address carries only their name. */
#ifndef PARVIS_NOTICE_H
#define PARVIS_NOTICE_H

#include "page/page.h"

struct notice {
	const char *name; /* in "?fait=name" */
	enum notice_kind kind;
	const char *text; /* message id */
};

const struct notice *notice_find(const char *name);

#endif

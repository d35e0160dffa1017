/*
 * View types: how a page of records is laid out. One file each; complete without JavaScript. To add
 * one: 1. a file with its `const struct view_type`; 2. a row in views.c.
 */
#ifndef PARVIS_VIEW_TYPE_H
#define PARVIS_VIEW_TYPE_H

#include "page/page.h"

struct view_type {
	const char *name;  /* as in a view's definition */
	const char *label; /* message id: the name of the layout */
	const char *icon;
	/* `caption` names the records for a screen reader. */
	void (*render)(struct buf *out, const struct page *p, const struct view *view,
	               struct record *const *records, int n, const char *caption);
};

extern const struct view_type *const view_types[]; /* ends with NULL */

/* The type of that name, else the first. "rows" and "list" are the same. */
const struct view_type *view_type_find(const char *name);

#endif

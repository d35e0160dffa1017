/* Where entries of menus and links of home pages lead: chosen among what the site has, or typed. */
#ifndef PARVIS_TARGET_H
#define PARVIS_TARGET_H

#include "web/request.h"

struct target {
	const char *group, *url, *label, *icon;
};

/* Lists, pages to read, ways to add something, pages of the program; in this order, groups together. */
int targets(const struct page *p, struct target **ret);
/* Is it one of them? NULL: it was typed. */
const struct target *target_find(const struct page *p, const char *url);
/* The icon of what an address leads to, or NULL. */
const char *target_icon(const struct page *p, const char *url);

/* Where the control `name` (one of the targets) or, if filled in, `name`-other (an address of this site, or the
 * title of a page) leads. What was typed is kept in any case; a mistake goes to `issues` under the control. */
const char *target_read(struct request *r, const char *name, struct issues *issues);

#endif

/* Where a view is shown or led to: menus, home pages (also of spaces and those being written), texts. */
#ifndef PARVIS_VIEW_USES_H
#define PARVIS_VIEW_USES_H

#include "page/page.h"

enum { VIEW_EMBEDS = 20 /* pages named */ };

struct view_use {
	const char *where; /* message id: "Menu", "Home page" */
	const char *words; /* what is there: the word of the menu, the title of the block */
};

struct view_uses {
	struct view_use *all;
	int n;
	struct record **pages; /* that show it in their text, and that the person may read */
	int npages;
	bool more;
};

/* Menus and home pages only; reads nothing of the database. */
void view_uses_find(const struct page *p, const struct view *view, struct view_uses *ret);
/* … and the texts, which takes the longer the larger the site is: asked before a view goes. */
enum code view_uses_pages(const struct page *p, const struct view *view, struct view_uses *ret, struct err *err) MUST;

/* Menus and home pages follow a view to another address; NULL: they go without it. */
enum code view_uses_follow(struct tx *tx, const struct page *p, const struct view *view, const char *slug,
                           struct err *err) MUST;

#endif

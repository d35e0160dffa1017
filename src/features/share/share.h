/* Giving a page of the site to others: its address, a code to scan, a card for the wall, a frame for another site. */
#ifndef PARVIS_SHARE_H
#define PARVIS_SHARE_H

#include "net/form_data.h"
#include "page/page.h"
#include "views/view_type.h"

struct shared {
	const char *path;        /* "/annuaire?commune=tours"; of a record, its lasting address */
	const char *from;        /* as asked for: where "back" leads */
	const char *url;         /* whole */
	const char *words;       /* the address without "https://", as people write it */
	const char *title;       /* the page's, else the site's name */
	const struct view *view; /* of a view's address, else NULL */
	struct html_safe code;   /* QR code of `url` */
};

/* `path` as a reader or a link gives it. E_NOT_FOUND when it is no address of this site, or leads to what the
 * reader may not read; E_LIMIT when it is too long for a code. */
enum code share_find(const struct page *p, const char *path, struct shared *ret, struct err *err) MUST;

/* The address of the page that shares `path`. */
const char *share_address(const struct page *p, const char *path);
/* Of a view alone, for a frame; with its choices. */
const char *share_frame(const struct page *p, const struct shared *shared);
/* The same for a screen in a hall. */
const char *share_screen(const struct page *p, const struct shared *shared);
/* What another site writes in its page, HTML, to show this view. */
const char *share_snippet(const struct page *p, const struct shared *shared);

#endif

/* Giving a page of the site to others: its address, a code to scan, a card for the wall, a frame for another site. */
#ifndef PARVIS_SHARE_H
#define PARVIS_SHARE_H

#include "net/form_data.h"
#include "page/page.h"
#include "views/view_type.h"

struct shared {
	const char *path;            /* "/annuaire?commune=tours"; of a record, its lasting address */
	const char *from;            /* as asked for: where "back" leads */
	const char *url;             /* whole */
	const char *words;           /* the address without "https://", as people write it */
	const char *title;           /* the page's, else the site's name */
	const struct view *view;     /* of a view's address, else NULL */
	const struct record *record; /* of a record's, else NULL */
	struct html_safe code;       /* QR code of `url` */
};

/* `path` as a reader or a link gives it. E_NOT_FOUND when it is no address of this site, or leads to what the
 * reader may not read; E_LIMIT when it is too long for a code. */
enum code share_find(const struct page *p, const char *path, struct shared *ret, struct err *err) MUST;

/* The same without a code: what stands at an address of this site. */
enum code share_look(const struct page *p, const char *path, struct shared *ret, struct err *err) MUST;

/* What other sites are told of a record's page, and of a view's: its address with the choices made. */
const struct page_card *share_record_card(const struct page *p, const struct record *record);
const struct page_card *share_view_card(const struct page *p, const char *path);

/* A place where people tell others about a page, by a plain link: nobody is told before it is followed. */
struct share_way {
	const char *name;
	const char *before, *between, *after; /* the address: the page's title, encoded, stands after `before` unless
	                                       * `between` is NULL; the page's address before `after` */
};
/* Does everybody read it, so that another site may show it? */
bool share_is_open(const struct shared *shared);

extern const struct share_way share_ways[]; /* ends with a NULL name */
const char *share_way_url(const struct page *p, const struct share_way *way, const struct shared *shared);

/* The address of the page that shares `path`. */
const char *share_address(const struct page *p, const char *path);
/* Of a view with its choices, or of a record, alone: for a frame. NULL: there is none. */
const char *share_frame(const struct page *p, const struct shared *shared);
/* A view for a screen in a hall. */
const char *share_screen(const struct page *p, const struct shared *shared);
/* What another site writes in its page, HTML, so large (0: the whole width, the usual height), to show it. */
const char *share_snippet(const struct page *p, const struct shared *shared, int width, int height);

#endif

/*
 * What feeds say, whatever they are written in (formats/atom.h, formats/json_feed.h). Times are ms UTC; NULL texts are
 * left out.
 */
#ifndef PARVIS_FEED_H
#define PARVIS_FEED_H

#include "base/buf.h"
#include "page/page.h"

struct feed_head {
	const char *id; /* for ever the same, wherever the site is: atom_uuid */
	const char *title;
	const char *author; /* of the entries that name none */
	const char *rights;
	const char *self; /* address of the feed */
	const char *page; /* address of the page that says the same */
	enum lang lang;
	int64_t updated;
};

/* A file to take along: sound, video, a document. */
struct feed_file {
	const char *url, *type, *title;
	int64_t size; /* bytes */
};

struct feed_entry {
	const char *id, *title, *page, *author, *summary;
	const char *content;        /* HTML, with whole addresses; NULL: the summary is all there is */
	const char *image;          /* address */
	const char *const *authors; /* in place of `author` */
	int nauthors;
	const char *const *tags;
	int ntags;
	const struct feed_file *files;
	int nfiles;
	int64_t published, updated;
};

/* Of a record, with all that the page's actor may read of it; the summary is what its card says. What texts embed is
 * left out. In the page's arena. */
struct feed_entry feed_record(const struct page *p, const struct record *record);

/* HTML of the program as readers of feeds show it (formats/feed_html.c): elements of texts, no script, no form, no
 * drawing, no name of a class; addresses are whole, those without a path begin with `page`. */
void feed_html(struct buf *out, struct arena *a, const char *base_url, const char *page, const char *html, size_t len);

#endif

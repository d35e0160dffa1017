/* Links of the site's pages, as they are in an archive. */
#ifndef PARVIS_ARCHIVE_LINK_H
#define PARVIS_ARCHIVE_LINK_H

#include "base/arena.h"
#include "base/buf.h"

/* What a link becomes: `url` as the page has it, unescaped; NULL: it stays. */
struct link_change {
	void *context;
	const char *(*target)(void *context, struct arena *a, const char *url);
};

/* Appends the page (HTML as the templates write it: attributes in double quotes) to `out`, with its href and src
 * changed, and without srcset: an archive has one size of each picture. Texts are left alone. */
void archive_links(struct buf *out, struct arena *a, const struct link_change *change, const char *html, size_t len);

#endif

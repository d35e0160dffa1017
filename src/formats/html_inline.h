/* For html_markdown.c: what stands in a line, words, emphasis, links, code. */
#ifndef PARVIS_HTML_INLINE_H
#define PARVIS_HTML_INLINE_H

#include <libxml/tree.h>

#include "base/buf.h"
#include "formats/html_markdown.h"

enum { HTML_DEPTH = 60 /* elements inside one another; deeper ones show their words */ };

struct html_writer {
	struct arena *a;
	struct html_markdown *ret;
	bool lines; /* a line end is one */
	bool tight; /* inside an item: a list follows its words at once */
	int depth;
	unsigned open; /* marks around what is written */
	/* The mark that ended last, and where: it goes on when the same one begins there. */
	const struct buf *ended;
	size_t ended_at;
	const char *ended_mark;
};

bool html_is(const xmlNode *node, const char *name);
bool html_is_one(const xmlNode *node, const char *const *names); /* ends with NULL */
bool html_is_block(const xmlNode *node);

/* Read back as they are: what Markdown or this site's own marks would take for theirs is escaped. Runs of white space
 * are one space. */
void html_put_words(struct html_writer *w, struct buf *out, const char *text);
void html_put_children(struct html_writer *w, struct buf *out, const xmlNode *node);
void html_put_node(struct html_writer *w, struct buf *out, const xmlNode *node);
/* Its words between marks, line by line. */
void html_put_marked(struct html_writer *w, struct buf *out, const xmlNode *node, const char *mark);

/* Breaks at its ends break nothing. */
const char *html_without_breaks(struct arena *a, const char *text);
const char *html_one_line(struct arena *a, const char *text);

#endif

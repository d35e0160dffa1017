/*
 * Texts with formatting: CommonMark 0.30 without raw HTML and without code by indentation (people
 * indent paragraphs), with GitHub's tables, strikethrough, task lists and bare addresses, and with
 *
 *	[[target]]  [[target|words]]   a link to what the caller knows by that name (100 bytes at most)
 *	#word                          a tag, outside code and links: letters, digits, inner - and _
 *	{{name arguments}}             alone on its line, outside lists and quotes: drawn by the caller
 *	{{sommaire}}, {{contents}}     the same, drawn here: links to the text's headings
 *	word[^1]                       a footnote, as GitHub and Pandoc write it; its text is in a paragraph
 *	[^1]: text                     of its own, anywhere; it may go on, indented, after an empty line
 *
 * Nothing here knows what a page or a record is: links, tags and embeds are the caller's.
 */
#ifndef PARVIS_MARKDOWN_H
#define PARVIS_MARKDOWN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/i18n.h"

enum {
	RICH_TEXT_MAX = 1024 * 1024,       /* bytes read; the rest is not shown */
	RICH_OUTPUT_MAX = 4 * 1024 * 1024, /* bytes of HTML, after which the text is cut and says so */
	RICH_DEPTH_MAX = 48,               /* elements inside one another; deeper ones show their words */
	RICH_COLUMNS_MAX = 64,             /* a text with a wider table has its tables shown as typed */
	RICH_EMBEDS_MAX = 120,             /* of one text; further ones are left out */
	RICH_NOTES_MAX = 200,              /* of one text; further ones are shown as typed */
	RICH_HEADINGS_MAX = 500,           /* that have an anchor and stand in the contents */
};

struct rich_link {
	const char *url;   /* NULL: the words alone */
	const char *title; /* shown where the author gave no words; NULL: the target as written */
	bool missing;      /* nothing is there yet; the address invites to write it */
};

struct rich_page {
	struct arena *arena;
	enum lang lang;     /* French: French typography, but in code and addresses */
	const char *anchor; /* what the ids of this text begin with, so that texts of one page differ; NULL: "" */
	void *context;      /* of the three below; each may be NULL, and then shows nothing or words only */
	struct rich_link (*wiki)(void *context, const char *target);
	const char *(*tag)(void *context, const char *tag); /* an address; the tag comes without # */
	void (*embed)(void *context, struct buf *out, const char *name, const char *arguments);
};

/*
 * Writes HTML that is always well formed, made of p, h2 to h6, ul, ol, li, blockquote, pre, code, hr,
 * br, em, strong, s, sup, a, img, table and its parts, nav (contents), div (notes), input (task lists), and
 * what embeds draw. Headings have ids (s- and their words), begin at h2 and skip no level, whatever the author wrote. Links: the schemes of html_url. Pictures:
 * those of this site; others become links, so that reading tells nobody.
 */
void rich_html(struct buf *out, const struct rich_page *page, const char *source);

/* What a text holds besides its shape; each may be NULL. */
struct rich_found {
	struct buf *plain; /* its words, a line for each block, cells separated by " · ", no embeds */
	void *context;
	void (*link)(void *context, const char *target); /* of each [[target]], in order */
	void (*tag)(void *context, const char *tag);
	void (*embed)(void *context, const char *name, const char *arguments); /* of each that a page would draw */
};
void rich_read(struct arena *a, const char *source, const struct rich_found *found);

/* The words of the first paragraph among the first 4,000 bytes, or of the first list, or "". */
const char *rich_summary(struct arena *a, const char *source);

#endif

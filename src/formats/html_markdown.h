/*
 * HTML that other programs wrote (WHATWG HTML, as libxml2 mends it) → the Markdown of rich/markdown.h, for imports.
 * Pictures are named apart, with their words: the caller knows where they are kept. What has no like here is told:
 * shortcodes of WordPress, frames, scripts, forms.
 */
#ifndef PARVIS_HTML_MARKDOWN_H
#define PARVIS_HTML_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { HTML_MARKDOWN_PICTURES = 200, HTML_MARKDOWN_LOST = 50 };

struct html_picture {
	const char *src, *alt;
};

struct html_markdown {
	const char *text;
	struct html_picture pictures[HTML_MARKDOWN_PICTURES]; /* in their order, each address once */
	int npictures;
	const char *lost[HTML_MARKDOWN_LOST]; /* "[gallery]", "<iframe>", each once */
	int nlost;
};

/* `lines`: as WordPress shows a text without paragraphs of its own, empty lines part them and a line end is one. */
void html_markdown(struct arena *a, const char *html, size_t len, bool lines, struct html_markdown *ret);

#endif

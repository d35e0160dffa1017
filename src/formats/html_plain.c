#include "formats/html_plain.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/buf.h"
#include "base/text.h"

enum { DEPTH = 100 /* elements inside one another; deeper ones say nothing */ };

static bool is_silent(const xmlNode *node)
{
	const char *name = (const char *)node->name;
	return strcmp(name, "script") == 0 || strcmp(name, "style") == 0;
}

/* Elements that part words where nothing stands between them: `<p>One</p><p>two</p>`. */
static bool parts_words(const xmlNode *node)
{
	static const char *const within[] = { "a",     "abbr", "b",      "em",  "font", "i",
		                              "small", "span", "strong", "sub", "sup",  "u" };
	for (size_t i = 0; i < COUNT(within); i++)
		if (strcmp(within[i], (const char *)node->name) == 0) return false;
	return true;
}

static void put_words(struct buf *out, const xmlNode *node, int depth)
{
	for (; node && depth < DEPTH; node = node->next) {
		if (node->type == XML_TEXT_NODE && node->content) buf_puts(out, (const char *)node->content);
		if (node->type != XML_ELEMENT_NODE || is_silent(node)) continue;
		if (parts_words(node)) buf_putc(out, ' ');
		put_words(out, node->children, depth + 1);
		if (parts_words(node)) buf_putc(out, ' ');
	}
}

/* Runs of white space are one space; spaces that do not break are kept. */
static const char *on_one_line(struct arena *a, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (; *text; text++) {
		bool space = strchr(" \t\r\n\f", *text) != NULL;
		if (!space) buf_putc(&out, *text);
		else if (out.len && buf_str(&out)[out.len - 1] != ' ') buf_putc(&out, ' ');
	}
	return text_trim(a, buf_str(&out));
}

const char *html_plain(struct arena *a, const char *html)
{
	const char *clean = text_repair(a, html, strlen(html));
	if (strpbrk(clean, "<&") == NULL) return on_one_line(a, clean);
	struct buf out;
	htmlDocPtr doc = htmlReadMemory(clean, (int)strlen(clean), NULL, "UTF-8",
	                                HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
	                                        HTML_PARSE_NONET | HTML_PARSE_COMPACT);
	buf_init(&out, a, 0);
	if (doc) put_words(&out, xmlDocGetRootElement(doc), 0);
	if (doc) xmlFreeDoc(doc);
	return on_one_line(a, buf_str(&out));
}

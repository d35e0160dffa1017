#include "formats/html_inline.h"

#include <ctype.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/buf.h"
#include "base/text.h"
#include "formats/shortcode.h"

static void lose(struct html_writer *w, const char *what)
{
	struct html_markdown *m = w->ret;
	for (int i = 0; i < m->nlost; i++)
		if (strcmp(m->lost[i], what) == 0) return;
	if (m->nlost < HTML_MARKDOWN_LOST) m->lost[m->nlost++] = arena_strdup(w->a, what);
}

bool html_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

bool html_is_one(const xmlNode *node, const char *const *names)
{
	for (; *names; names++)
		if (html_is(node, *names)) return true;
	return false;
}

static const char *attribute(struct html_writer *w, const xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
	const char *ret = arena_strdup(w->a, value ? (const char *)value : "");
	xmlFree(value);
	return text_trim(w->a, ret);
}

bool html_is_block(const xmlNode *node)
{
	static const char *const names[] = { "p",       "div",     "h1",     "h2",      "h3",         "h4",
		                             "h5",      "h6",      "ul",     "ol",      "dl",         "blockquote",
		                             "pre",     "table",   "hr",     "section", "article",    "aside",
		                             "header",  "footer",  "main",   "figure",  "figcaption", "address",
		                             "details", "summary", "center", "nav",     "li",         "dt",
		                             "dd",      NULL };
	return html_is_one(node, names);
}

/* What runs, asks or shows what is elsewhere. */
static bool is_lost(const xmlNode *node)
{
	static const char *const names[] = { "script", "style",  "form",   "input",  "select",   "textarea",
		                             "button", "iframe", "object", "embed",  "video",    "audio",
		                             "canvas", "svg",    "math",   "applet", "noscript", NULL };
	return html_is_one(node, names);
}

/* ---- Words ---- */

static bool is_line_start(const struct buf *out, size_t at)
{
	while (at && out->data[at - 1] == ' ') at--;
	return at == 0 || out->data[at - 1] == '\n';
}

/* Does the line hold digits only, so that a point would number it? */
static bool is_number(const struct buf *out)
{
	size_t at = out->len;
	while (at && isdigit((unsigned char)out->data[at - 1])) at--;
	return at < out->len && is_line_start(out, at);
}

/* Would the character at `at` be taken for a mark? */
static bool is_mark(const struct buf *out, const char *at)
{
	bool begins = out->len == 0 || strchr(" \n(", out->data[out->len - 1]);
	bool first = is_line_start(out, out->len);
	if (strchr("\\`*_[]<|~", *at)) return true;
	if (*at == '{') return at[1] == *at;
	if (*at == '&') return at[1] == '#' || isalnum((unsigned char)at[1]);
	if (*at == '#') return begins;
	if (strchr("-+=>", *at)) return first;
	return strchr(".)", *at) && is_number(out);
}

void html_put_words(struct html_writer *w, struct buf *out, const char *text)
{
	for (const char *at = text; *at; at++) {
		bool begins = out->len == 0 || strchr(" \n(", out->data[out->len - 1]);
		if (isspace((unsigned char)*at)) {
			if (w->lines && *at == '\n' && out->len && out->data[out->len - 1] != '\n') {
				while (out->len && out->data[out->len - 1] == ' ') out->len--;
				buf_puts(out, "\\\n");
			} else if (out->len == 0 || !strchr(" \n", out->data[out->len - 1])) {
				buf_putc(out, ' ');
			}
			continue;
		}
		if (begins && (strncmp(at, "http://", 7) == 0 || strncmp(at, "https://", 8) == 0)) {
			size_t len = strcspn(at, " \t\r\n<>\"*`[]|\\");
			buf_add(out, at, len);
			at += len - 1;
			continue;
		}
		if (is_mark(out, at)) buf_putc(out, '\\');
		buf_putc(out, *at);
	}
}

const char *html_without_breaks(struct arena *a, const char *text)
{
	for (;;) {
		text = text_trim(a, text);
		while (text[0] == '\\' && text[1] == '\n') text = text_trim(a, text + 2);
		size_t len = strlen(text), n = 0;
		while (n < len && text[len - 1 - n] == '\\') n++;
		if (n % 2 == 0) return text;
		text = arena_strndup(a, text, len - 1);
	}
}

const char *html_one_line(struct arena *a, const char *text)
{
	char *line = arena_strdup(a, html_without_breaks(a, text)), *to = line;
	for (const char *c = line; *c; c++) {
		if (*c == '\\' && c[1] == '\n') continue;
		*to++ = *c == '\n' ? ' ' : *c;
	}
	*to = '\0';
	return text_trim(a, line);
}

/* ---- Emphasis ---- */

static bool is_word(const char *at, const char *end)
{
	static const char *const points[] = { "«", "»", "“", "”", "‘", "’", "…", "–", "—", "·", "\u00a0", "\u202f" };
	if (at >= end) return false;
	for (size_t i = 0; i < COUNT(points); i++)
		if (strncmp(at, points[i], MIN(strlen(points[i]), (size_t)(end - at))) == 0) return false;
	return (unsigned char)*at >= 0x80 || isalnum((unsigned char)*at);
}

/* The character that ends there. */
static const char *last_of(const char *text, const char *end)
{
	const char *at = end;
	if (at > text) at--;
	while (at > text && ((unsigned char)*at & 0xC0) == 0x80) at--;
	return at;
}

/* Does a word begin right after the element? */
static bool word_follows(const xmlNode *node)
{
	while (node && node->next == NULL && node->parent && !html_is_block(node->parent)) node = node->parent;
	node = node ? node->next : NULL;
	while (node && node->type == XML_ELEMENT_NODE && node->children && !html_is_block(node)) node = node->children;
	if (node == NULL || node->type != XML_TEXT_NODE || node->content == NULL) return false;
	const char *text = (const char *)node->content;
	return is_word(text, text + strlen(text));
}

/* CommonMark 6.2: a mark between a word and a point neither opens nor closes. Bold that begins with a point in the
 * middle of a word is rare: it loses its mark. */
static bool takes_marks(const struct buf *out, const char *words, size_t len, bool follows)
{
	bool begins = is_word(words, words + len), ends = is_word(last_of(words, words + len), words + len);
	bool word_before = out->len && is_word(last_of(out->data, out->data + out->len), out->data + out->len);
	return (begins || !word_before) && (ends || !follows);
}

static void put_marked_line(struct html_writer *w, struct buf *out, const char *words, size_t len, const char *mark,
                            bool follows)
{
	bool goes_on = w->ended == out && w->ended_at == out->len && strcmp(w->ended_mark, mark) == 0;
	bool marked = goes_on ? is_word(words, words + len) : takes_marks(out, words, len, follows);
	if (goes_on && marked && !(follows && !is_word(last_of(words, words + len), words + len)))
		out->len -= strlen(mark);
	else if (marked) buf_puts(out, mark);
	buf_add(out, words, len);
	if (!marked) return;
	buf_puts(out, mark);
	w->ended = out;
	w->ended_at = out->len;
	w->ended_mark = mark;
}

/* Line by line, the marks next to words, spaces and breaks outside: "** a**" is no emphasis. */
void html_put_marked(struct html_writer *w, struct buf *out, const xmlNode *node, const char *mark)
{
	unsigned bit = mark[0] == '~' ? 4 : mark[1] ? 2 : 1;
	struct buf inner;
	if (w->open & bit) {
		html_put_children(w, out, node);
		return;
	}
	buf_init(&inner, w->a, 0);
	w->open |= bit;
	html_put_children(w, &inner, node);
	w->open &= ~bit;
	for (const char *at = buf_str(&inner); *at;) {
		size_t len = strcspn(at, "\n");
		bool breaks = at[len] == '\n';
		const char *line = at, *end = at + len - (breaks && len && at[len - 1] == '\\');
		while (line < end && *line == ' ') line++;
		while (end > line && end[-1] == ' ') end--;
		if (line > at && out->len && !strchr(" \n", out->data[out->len - 1])) buf_putc(out, ' ');
		if (end > line)
			put_marked_line(w, out, line, (size_t)(end - line), mark,
			                at[len] == '\0' && end == at + len && word_follows(node));
		if (!breaks && end < at + len && end > line) buf_putc(out, ' ');
		if (breaks) buf_puts(out, "\\\n");
		at += len + breaks;
	}
}

/* ---- Links, pictures, code ---- */

static void put_address(struct buf *out, const char *url)
{
	for (; *url; url++) {
		if (strchr(" ()<>\\\"[]{}`|", *url) || (unsigned char)*url < 0x20)
			buf_printf(out, "%%%02X", (unsigned char)*url);
		else buf_putc(out, *url);
	}
}

static bool leads(const char *url)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:", "tel:" };
	for (size_t i = 0; i < COUNT(schemes); i++)
		if (strncmp(url, schemes[i], strlen(schemes[i])) == 0) return true;
	return false;
}

static void put_link(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	const char *url = attribute(w, node, "href");
	struct buf inner;
	buf_init(&inner, w->a, 0);
	html_put_children(w, &inner, node);
	const char *words = html_one_line(w->a, buf_str(&inner));
	if (*words == '\0') return; /* a picture that leads to itself larger */
	if (!leads(url)) {
		buf_puts(out, buf_str(&inner));
		return;
	}
	if (inner.data[0] == ' ' && out->len && !strchr(" \n", out->data[out->len - 1])) buf_putc(out, ' ');
	buf_printf(out, "[%s](", words);
	put_address(out, url);
	buf_putc(out, ')');
	if (inner.data[inner.len - 1] == ' ') buf_putc(out, ' ');
}

static void keep_picture(struct html_writer *w, const xmlNode *node)
{
	struct html_markdown *m = w->ret;
	const char *src = attribute(w, node, "src");
	for (int i = 0; i < m->npictures; i++)
		if (strcmp(m->pictures[i].src, src) == 0) return;
	if (*src && m->npictures < HTML_MARKDOWN_PICTURES)
		m->pictures[m->npictures++] = (struct html_picture){ src, attribute(w, node, "alt") };
}

/* Its address, when it has one that leads somewhere. */
static void put_lost(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	const char *src = attribute(w, node, "src");
	lose(w, arena_printf(w->a, "<%s>", (const char *)node->name));
	if (strncmp(src, "//", 2) == 0) src = arena_printf(w->a, "https:%s", src);
	if (!leads(src)) return;
	if (out->len && !strchr(" \n", out->data[out->len - 1])) buf_putc(out, ' ');
	buf_putc(out, '<');
	put_address(out, src);
	buf_putc(out, '>');
}

/* Between more ticks than are inside, CommonMark 6.1. */
static void put_code(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	xmlChar *text = xmlNodeGetContent(node);
	char *words = arena_strdup(w->a, text ? (const char *)text : "");
	size_t most = 0;
	for (char *c = words; *c; c++) {
		size_t ticks = strspn(c, "`");
		most = MAX(most, ticks);
		if (isspace((unsigned char)*c)) *c = ' ';
	}
	xmlFree(text);
	const char *trimmed = text_trim(w->a, words);
	if (*trimmed == '\0') return;
	if (out->len && out->data[out->len - 1] == '`') buf_putc(out, ' ');
	for (size_t i = 0; i <= most; i++) buf_putc(out, '`');
	buf_printf(out, most ? " %s " : "%s", trimmed);
	for (size_t i = 0; i <= most; i++) buf_putc(out, '`');
}

/* A paragraph where only words stand is a line. */
static void put_inner_block(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	if (out->len && out->data[out->len - 1] != '\n') buf_puts(out, "\\\n");
	html_put_children(w, out, node);
	if (node->next && out->len && out->data[out->len - 1] != '\n') buf_puts(out, "\\\n");
}

void html_put_node(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	static const char *const strong[] = { "strong", "b", NULL }, *const em[] = { "em", "i", "cite", NULL },
	                         *const gone[] = { "del", "s", "strike", NULL },
	                         *const code[] = { "code", "kbd", "tt", "samp", NULL };
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		html_put_words(w, out, node->content ? (const char *)node->content : "");
	else if (node->type != XML_ELEMENT_NODE) return;
	else if (is_lost(node)) put_lost(w, out, node);
	else if (html_is(node, "img")) keep_picture(w, node);
	else if (html_is(node, "br")) buf_puts(out, "\\\n");
	else if (html_is(node, "a")) put_link(w, out, node);
	else if (html_is_one(node, strong)) html_put_marked(w, out, node, "**");
	else if (html_is_one(node, em)) html_put_marked(w, out, node, "*");
	else if (html_is_one(node, gone)) html_put_marked(w, out, node, "~~");
	else if (html_is_one(node, code)) put_code(w, out, node);
	else if (html_is_block(node)) put_inner_block(w, out, node);
	else html_put_children(w, out, node);
}

void html_put_children(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	if (++w->depth > HTML_DEPTH) {
		xmlChar *text = xmlNodeGetContent(node);
		html_put_words(w, out, text ? (const char *)text : "");
		xmlFree(text);
	} else {
		for (const xmlNode *child = node->children; child; child = child->next) html_put_node(w, out, child);
	}
	w->depth--;
}

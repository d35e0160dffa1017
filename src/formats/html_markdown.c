#include "formats/html_markdown.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/text.h"
#include "formats/html_inline.h"
#include "formats/shortcode.h"

/* Appends a block, each of its lines after the prefix, with an empty line before it. */
static void put_block(struct html_writer *w, struct buf *out, const char *text)
{
	text = html_without_breaks(w->a, text);
	if (*text == '\0') return;
	if (out->len) buf_puts(out, "\n\n");
	buf_puts(out, text);
}

static void put_prefixed(struct html_writer *w, struct buf *out, const char *text, const char *first, const char *rest)
{
	struct buf block;
	buf_init(&block, w->a, 0);
	for (bool begins = true; *text; begins = false) {
		size_t len = strcspn(text, "\n");
		if (len || *rest == '>') buf_puts(&block, begins ? first : rest);
		buf_add(&block, text, len);
		text += len;
		if (*text == '\n') buf_putc(&block, *text++);
	}
	if (out->len) buf_puts(out, "\n\n");
	buf_puts(out, buf_str(&block));
}

static void flow(struct html_writer *w, struct buf *out, const xmlNode *node);

static const char *flow_text(struct html_writer *w, const xmlNode *node)
{
	struct buf inner;
	buf_init(&inner, w->a, 0);
	flow(w, &inner, node);
	return buf_str(&inner);
}

static void put_list(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	struct buf list;
	bool tight = w->tight;
	int n = 0;
	buf_init(&list, w->a, 0);
	w->tight = true;
	for (const xmlNode *item = node->children; item; item = item->next) {
		const char *text = item->type == XML_ELEMENT_NODE ? text_trim(w->a, flow_text(w, item)) : "";
		struct buf one;
		if (*text == '\0') continue;
		const char *mark = html_is(node, "ol") ? arena_printf(w->a, "%d. ", ++n) : "- ";
		buf_init(&one, w->a, 0);
		put_prefixed(w, &one, text, mark, html_is(node, "ol") ? "   " : "  ");
		if (list.len) buf_putc(&list, '\n');
		buf_puts(&list, buf_str(&one));
	}
	w->tight = tight;
	if (tight && out->len && list.len) buf_printf(out, "\n%s", buf_str(&list));
	else put_block(w, out, buf_str(&list));
}

static void put_pre(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	xmlChar *text = xmlNodeGetContent(node);
	const char *words = text ? (const char *)text : "";
	const char *fence = strstr(words, "```") ? "~~~~~~" : "```";
	if (*words)
		put_block(w, out,
		          arena_printf(w->a, "%s\n%s%s%s", fence, words, words[strlen(words) - 1] == '\n' ? "" : "\n",
		                       fence));
	xmlFree(text);
}

static void put_row(struct html_writer *w, struct buf *table, const xmlNode *row, int *columns)
{
	int n = 0;
	for (const xmlNode *cell = row->children; cell; cell = cell->next) {
		struct buf words;
		if (!html_is(cell, "td") && !html_is(cell, "th")) continue;
		buf_init(&words, w->a, 0);
		html_put_children(w, &words, cell);
		buf_printf(table, "%s %s |", n++ ? "" : "|", html_one_line(w->a, buf_str(&words)));
	}
	if (n == 0) return;
	buf_putc(table, '\n');
	if (*columns == 0) {
		for (int i = 0; i < n; i++) buf_puts(table, i ? "---|" : "|---|");
		buf_putc(table, '\n');
	}
	*columns = MAX(*columns, n);
}

static void put_rows(struct html_writer *w, struct buf *table, const xmlNode *node, int *columns)
{
	static const char *const parts[] = { "thead", "tbody", "tfoot", NULL };
	for (const xmlNode *child = node->children; child; child = child->next) {
		if (html_is(child, "tr")) put_row(w, table, child, columns);
		else if (html_is_one(child, parts)) put_rows(w, table, child, columns);
	}
}

static void put_table(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	struct buf table;
	int columns = 0;
	bool lines = w->lines;
	w->lines = false;
	buf_init(&table, w->a, 0);
	put_rows(w, &table, node, &columns);
	put_block(w, out, buf_str(&table));
	w->lines = lines;
}

static void put_heading(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	int level = MAX(node->name[1] - '0', 2);
	struct buf words;
	bool lines = w->lines;
	w->lines = false;
	buf_init(&words, w->a, 0);
	html_put_children(w, &words, node);
	w->lines = lines;
	const char *text = html_one_line(w->a, buf_str(&words));
	if (*text) put_block(w, out, arena_printf(w->a, "%.*s %s", level, "######", text));
}

static void put_element(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	const char *name = (const char *)node->name;
	if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0') put_heading(w, out, node);
	else if (html_is(node, "ul") || html_is(node, "ol")) put_list(w, out, node);
	else if (html_is(node, "blockquote")) {
		const char *text = text_trim(w->a, flow_text(w, node));
		if (*text) put_prefixed(w, out, text, "> ", "> ");
	} else if (html_is(node, "pre")) put_pre(w, out, node);
	else if (html_is(node, "table")) put_table(w, out, node);
	else if (html_is(node, "hr")) put_block(w, out, "---");
	else if (html_is(node, "dt") || html_is(node, "figcaption")) {
		struct buf words;
		buf_init(&words, w->a, 0);
		html_put_marked(w, &words, node, html_is(node, "dt") ? "**" : "*");
		put_block(w, out, buf_str(&words));
	} else put_block(w, out, flow_text(w, node));
}

/* Words that stand in no paragraph; empty lines part them where lines count. */
static void put_loose(struct html_writer *w, struct buf *out, struct buf *loose)
{
	put_block(w, out, buf_str(loose));
	buf_reset(loose);
}

static void loose_text(struct html_writer *w, struct buf *out, struct buf *loose, const char *text)
{
	const char *gap;
	while (w->lines && (gap = strstr(text, "\n\n")) != NULL) {
		html_put_words(w, loose, arena_strndup(w->a, text, (size_t)(gap - text)));
		put_loose(w, out, loose);
		text = gap + strspn(gap, "\n\r \t");
	}
	html_put_words(w, loose, text);
}

static void flow(struct html_writer *w, struct buf *out, const xmlNode *node)
{
	struct buf loose;
	buf_init(&loose, w->a, 0);
	if (++w->depth > HTML_DEPTH) {
		xmlChar *text = xmlNodeGetContent(node);
		html_put_words(w, &loose, text ? (const char *)text : "");
		xmlFree(text);
		node = NULL;
	}
	for (const xmlNode *child = node ? node->children : NULL; child; child = child->next) {
		if (html_is_block(child)) {
			put_loose(w, out, &loose);
			put_element(w, out, child);
		} else if (child->type == XML_TEXT_NODE) {
			loose_text(w, out, &loose, child->content ? (const char *)child->content : "");
		} else {
			html_put_node(w, &loose, child);
		}
	}
	put_loose(w, out, &loose);
	w->depth--;
}

void html_markdown(struct arena *a, const char *html, size_t len, bool lines, struct html_markdown *ret)
{
	struct buf out;
	struct html_writer w = { .a = a, .ret = ret, .lines = lines };
	*ret = (struct html_markdown){ .text = "" };
	const char *clean = text_repair(a, html, len);
	clean = shortcodes_removed(a, clean, strlen(clean), ret);
	buf_init(&out, a, 0);
	htmlDocPtr doc = htmlReadMemory(clean, (int)strlen(clean), NULL, "UTF-8",
	                                HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
	                                        HTML_PARSE_NONET | HTML_PARSE_COMPACT);
	const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	for (const xmlNode *part = root ? root->children : NULL; part; part = part->next)
		if (part->type == XML_ELEMENT_NODE) flow(&w, &out, part);
	if (doc) xmlFreeDoc(doc);
	ret->text = buf_str(&out);
}

#include "rich/markdown.h"

#include <string.h>

#include "base/html.h"
#include "rich/scan.h"
#include "rich/writer.h"

/* ---- Elements ---- */

bool writer_is_full(const struct html *h)
{
	return h->out->len - h->start > RICH_OUTPUT_MAX;
}

bool opens(struct html *h, int room, const char *closer)
{
	if (h->silent || h->depth + room > RICH_DEPTH_MAX) {
		h->silent++;
		return false;
	}
	h->closers[h->depth++] = closer;
	return true;
}

void open_element(struct html *h, int room, const char *opener, const char *closer)
{
	if (opens(h, room, closer)) buf_puts(h->out, opener);
}

void close_element(struct html *h)
{
	if (h->silent) h->silent--;
	else buf_puts(h->out, h->closers[--h->depth]);
}

/* ---- Words ---- */

void put_words(struct html *h, const char *s, size_t len)
{
	buf_reset(&h->piece);
	if (h->page->lang == LANG_FR) typography_fr(&h->typography, s, len, &h->piece);
	else buf_add(&h->piece, s, len);
	const char *shown = buf_str(&h->piece);
	html_text_str(h->out, shown);
	if (h->in_heading) buf_puts(&h->heading, shown);
	if (h->links) {
		buf_add(&h->link_words, s, len);
		h->link_said = h->link_said || !text_is_blank(shown);
	}
	h->after_word = scan_ends_word(s, len);
}

static void put_tag(struct html *h, const char *s, size_t len)
{
	const char *url = h->page->tag(h->page->context, arena_strndup(h->a, s + 1, len - 1));
	if (url == NULL) {
		put_words(h, s, len);
		return;
	}
	buf_lit(h->out, "<a rel=\"tag\" href=\"");
	html_url_str(h->out, url);
	buf_lit(h->out, "\">");
	put_words(h, s, len);
	buf_lit(h->out, "</a>");
}

static void put_tagged(struct html *h, const char *s, size_t len, size_t at)
{
	struct scan_tag tag;
	while (h->page->tag && h->links == 0 && scan_tag(s, len, at, h->after_word, &tag)) {
		put_words(h, s + at, tag.start - at);
		put_tag(h, s + tag.start, tag.len);
		at = tag.start + tag.len;
	}
	put_words(h, s + at, len - at);
}

static void put_text(struct html *h, const char *s, size_t len)
{
	size_t at = 0, start, size;
	struct note *note;
	while (h->links == 0 && (note = notes_find(h->notes, s, len, at, &start, &size)) != NULL) {
		put_tagged(h, s, start, at);
		put_note(h, note);
		at = start + size;
	}
	put_tagged(h, s, len, at);
}

void begin_words(struct html *h)
{
	if (h->paragraph == PARAGRAPH_WAITING) {
		open_element(h, 1, "<p>", "</p>\n");
		h->paragraph = PARAGRAPH_OPEN;
	}
	if (h->cell) {
		buf_puts(h->out, h->cell);
		h->cell = NULL;
	}
	h->line_start = false;
}

/* ---- Embeds ---- */

static void end_paragraph(struct html *h)
{
	if (h->paragraph == PARAGRAPH_OPEN) close_element(h);
	h->paragraph = PARAGRAPH_WAITING;
}

static void draw_embed(struct html *h, const char *name, const char *arguments)
{
	end_paragraph(h);
	if (strcmp(name, "sommaire") == 0 || strcmp(name, "contents") == 0) {
		if (h->contents_at == 0) h->contents_at = h->out->len - h->start + 1;
		return;
	}
	if (h->page->embed && h->embeds++ < RICH_EMBEDS_MAX) h->page->embed(h->page->context, h->out, name, arguments);
}

void settle(struct html *h, bool line_ends)
{
	const char *name, *arguments;
	if (h->embed == NULL) return;
	const char *s = h->embed;
	h->embed = NULL;
	if (line_ends && scan_embed(h->a, s, h->embed_len, &name, &arguments)) {
		draw_embed(h, name, arguments);
		return;
	}
	begin_words(h);
	put_text(h, s, h->embed_len);
}

static bool may_embed(const struct html *h, const char *s, size_t len)
{
	const char *name, *arguments;
	return h->line_start && h->paragraph != NO_PARAGRAPH && h->depth == (h->paragraph == PARAGRAPH_OPEN) &&
	       h->silent == 0 && scan_embed(h->a, s, len, &name, &arguments);
}

/* ---- Text ---- */

static void put_code(struct html *h, const char *s, size_t len)
{
	buf_reset(&h->piece);
	buf_add(&h->piece, s, len);
	html_text_str(h->out, buf_str(&h->piece));
	if (h->in_heading) buf_add(&h->heading, s, len);
	if (h->links) buf_add(&h->link_words, s, len);
	h->link_said = true;
	h->after_word = true;
	h->typography.before = 'a';
}

/* The end of a line of the source. */
static void put_break(struct html *h, const char *html)
{
	settle(h, true);
	h->line_start = true;
	h->after_word = false;
	if (h->paragraph == PARAGRAPH_WAITING) return;
	buf_puts(h->out, html);
	if (h->in_heading) buf_lit(&h->heading, " ");
	if (h->links) buf_lit(&h->link_words, " ");
	h->typography = (struct typography){ 0 };
}

static void put_alt(struct html *h, MD_TEXTTYPE type, const char *s, size_t len)
{
	if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) buf_lit(&h->alt, " ");
	else if (type == MD_TEXT_NULLCHAR) buf_puts(&h->alt, "\uFFFD");
	else if (type == MD_TEXT_ENTITY) buf_puts(&h->alt, scan_entity(h->a, s, len));
	else buf_add(&h->alt, s, len);
}

static int text(MD_TEXTTYPE type, const char *s, MD_SIZE len, void *data)
{
	struct html *h = data;
	if (writer_is_full(h)) return STOP;
	if (h->in_image) {
		put_alt(h, type, s, len);
		return 0;
	}
	if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
		put_break(h, type == MD_TEXT_BR ? "<br>\n" : "\n");
		return 0;
	}
	settle(h, false);
	if (type == MD_TEXT_NORMAL && may_embed(h, s, len)) {
		h->embed = s;
		h->embed_len = len;
		h->line_start = false;
		return 0;
	}
	begin_words(h);
	if (type == MD_TEXT_CODE) {
		put_code(h, s, len);
	} else if (type == MD_TEXT_ENTITY) {
		const char *c = scan_entity(h->a, s, len);
		put_words(h, c, strlen(c));
	} else if (type == MD_TEXT_NULLCHAR) {
		put_words(h, "\uFFFD", strlen("\uFFFD"));
	} else {
		put_text(h, s, len);
	}
	return 0;
}

/* ---- Blocks ---- */

static void open_heading(struct html *h, unsigned written)
{
	static const char *const openers[] = { "<h2", "<h3", "<h4", "<h5", "<h6" };
	static const char *const closers[] = { "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n" };
	while (h->nlevels > 0 && h->levels[h->nlevels - 1] >= written) h->nlevels--;
	int level = MIN(h->nlevels, (int)COUNT(openers) - 1);
	h->levels[h->nlevels++] = written;
	h->heading_level = level;
	h->heading_at = 0;
	if (opens(h, 1, closers[level])) {
		buf_puts(h->out, openers[level]);
		h->heading_at = h->out->len;
		buf_putc(h->out, '>');
	}
	buf_reset(&h->heading);
	h->in_heading = true;
	h->tables = 0;
}

static void open_item(struct html *h, const MD_BLOCK_LI_DETAIL *item)
{
	if (h->list_waiting && h->silent == 0) buf_puts(h->out, item->is_task ? "<ul class=\"tasks\">\n" : "<ul>\n");
	h->list_waiting = false;
	open_element(h, 1, "<li>", "</li>\n");
	if (!item->is_task || h->silent) return;
	bool done = item->task_mark != ' ';
	buf_puts(h->out, done ? "<input type=\"checkbox\" disabled checked aria-label=\""
	                      : "<input type=\"checkbox\" disabled aria-label=\"");
	html_text_str(h->out, tr(h->page->lang, done ? N_("Done") : N_("To do")));
	buf_lit(h->out, "\"> ");
}

static void open_numbers(struct html *h, unsigned first)
{
	if (!opens(h, 2, "</ol>\n")) return;
	if (first == 1) buf_lit(h->out, "<ol>\n");
	else buf_printf(h->out, "<ol start=\"%u\">\n", first);
}

/* Wide tables scroll inside themselves, so they take the focus and have a name of their own. */
static void open_table(struct html *h)
{
	if (!opens(h, 4, "</table></div>\n")) return;
	const char *name = buf_str(&h->heading);
	buf_lit(h->out, "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
	html_text_str(h->out, text_is_blank(name) ? tr(h->page->lang, N_("Table")) : name);
	if (++h->tables > 1) buf_printf(h->out, " (%d)", h->tables);
	buf_lit(h->out, "\"><table>\n");
}

static void open_cell(struct html *h, bool heading, MD_ALIGN align)
{
	static const char *const openers[2][4] = {
		{ "<td>", "<td>", "<td class=\"a-center\">", "<td class=\"a-right\">" },
		{ "<th scope=\"col\">", "<th scope=\"col\">", "<th scope=\"col\" class=\"a-center\">",
		  "<th scope=\"col\" class=\"a-right\">" },
	};
	if (opens(h, 1, heading ? "</th>" : "</td>")) h->cell = openers[heading][align];
}

static void close_cell(struct html *h)
{
	if (h->cell) {
		h->closers[h->depth - 1] = "</td>";
		buf_lit(h->out, "<td>");
		h->cell = NULL;
	}
	close_element(h);
}

static void open_simple(struct html *h, MD_BLOCKTYPE type)
{
	static const struct {
		const char *opener, *closer;
		int room; /* with what it must hold */
	} elements[] = {
		[MD_BLOCK_QUOTE] = { "<blockquote>\n", "</blockquote>\n", 1 },
		[MD_BLOCK_CODE] = { "<pre tabindex=\"0\"><code>", "</code></pre>\n", 1 },
		[MD_BLOCK_THEAD] = { "<thead>\n", "</thead>\n", 3 },
		[MD_BLOCK_TBODY] = { "<tbody>\n", "</tbody>\n", 3 },
		[MD_BLOCK_TR] = { "<tr>", "</tr>\n", 2 },
	};
	if (type == MD_BLOCK_HR) buf_lit(h->out, "<hr>\n");
	else if ((size_t)type < COUNT(elements) && elements[type].opener)
		open_element(h, elements[type].room, elements[type].opener, elements[type].closer);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct html *h = data;
	if (writer_is_full(h)) return STOP;
	leave_spans(h);
	h->typography = (struct typography){ 0 };
	h->after_word = false;
	switch (type) {
	case MD_BLOCK_UL: h->list_waiting = opens(h, 2, "</ul>\n"); break;
	case MD_BLOCK_OL: open_numbers(h, ((MD_BLOCK_OL_DETAIL *)detail)->start); break;
	case MD_BLOCK_LI: open_item(h, detail); break;
	case MD_BLOCK_H: open_heading(h, ((MD_BLOCK_H_DETAIL *)detail)->level); break;
	case MD_BLOCK_P:
		h->paragraph = PARAGRAPH_WAITING;
		h->line_start = true;
		break;
	case MD_BLOCK_TABLE: open_table(h); break;
	case MD_BLOCK_TH: open_cell(h, true, ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
	case MD_BLOCK_TD: open_cell(h, false, ((MD_BLOCK_TD_DETAIL *)detail)->align); break;
	default: open_simple(h, type); break;
	}
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct html *h = data;
	(void)detail;
	if (writer_is_full(h)) return STOP;
	leave_spans(h);
	switch (type) {
	case MD_BLOCK_P:
		settle(h, true);
		end_paragraph(h);
		h->paragraph = NO_PARAGRAPH;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD: close_cell(h); break;
	case MD_BLOCK_H:
		h->in_heading = false;
		heading_done(h);
		close_element(h);
		break;
	case MD_BLOCK_DOC:
	case MD_BLOCK_HTML:
	case MD_BLOCK_HR: break;
	default: close_element(h);
	}
	h->typography = (struct typography){ 0 };
	return 0;
}

bool writer_run(struct html *h, const char *source)
{
	static const MD_PARSER callbacks = { .enter_block = enter_block,
		                             .leave_block = leave_block,
		                             .enter_span = enter_span,
		                             .leave_span = leave_span,
		                             .text = text };
	bool cut;
	int stopped = scan_text(h->a, source, RICH_TEXT_MAX, callbacks, h, &cut);
	if (stopped && h->list_waiting) buf_lit(h->out, "<ul>\n");
	if (stopped && h->cell) buf_puts(h->out, h->cell);
	while (h->silent || h->depth) close_element(h);
	return stopped || cut;
}

struct html *writer_new(const struct rich_page *page, struct buf *out, struct notes *notes)
{
	struct html *h = arena_new(page->arena, struct html);
	h->page = page;
	h->a = page->arena;
	h->out = out;
	h->start = out->len;
	h->notes = notes;
	buf_init(&h->piece, h->a, 0);
	buf_init(&h->heading, h->a, 0);
	buf_init(&h->link_words, h->a, 0);
	buf_init(&h->alt, h->a, 0);
	return h;
}

void rich_html(struct buf *out, const struct rich_page *page, const char *source)
{
	struct html *h = writer_new(page, out, arena_new(page->arena, struct notes));
	h->headings = arena_array(h->a, struct heading, RICH_HEADINGS_MAX);
	bool cut = writer_run(h, notes_take(h->a, source, h->notes));
	put_contents(h);
	if (!writer_is_full(h)) put_notes(h);
	if (!cut) return;
	buf_lit(out, "<p class=\"gap\">");
	html_text_str(out, tr(page->lang, N_("The rest of this text is too long to be shown.")));
	buf_lit(out, "</p>\n");
}

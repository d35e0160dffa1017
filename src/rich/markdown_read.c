/* The words of a text without its shape, its links, its tags. */
#include <string.h>

#include "base/text.h"
#include "rich/markdown.h"
#include "rich/notes.h"
#include "rich/scan.h"

enum { STOP = -1 /* md4c stops for a negative answer only */, SUMMARY_READ = 4000 };

struct reading {
	struct arena *a;
	const struct rich_found *found;
	struct buf line; /* the block being read */
	bool after_word, line_start, row_begun;
	bool said; /* the words of the open [[link]] are in the line already */
	int links, images, depth;
	struct notes *notes;
	bool summary;      /* stops after the first paragraph or list */
	int ignored;       /* in a heading, code or table, which a summary leaves out */
	const char *embed; /* a whole chunk that is an embed if its line ends here */
	size_t embed_len;
};

static void settle(struct reading *r, bool line_ends);

static void end_line(struct reading *r)
{
	if (r->line.len && r->found->plain) {
		buf_add(r->found->plain, r->line.data, r->line.len);
		buf_putc(r->found->plain, '\n');
	}
	buf_reset(&r->line);
}

/* The parser may leave a span that it never entered, or none at all: each block begins outside all. */
static void begin_block(struct reading *r)
{
	r->links = r->images = 0;
	r->said = r->after_word = false;
	r->line_start = true;
}

static bool ignored_in_summary(MD_BLOCKTYPE type)
{
	return type == MD_BLOCK_H || type == MD_BLOCK_CODE || type == MD_BLOCK_TABLE;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct reading *r = data;
	(void)detail;
	settle(r, true);
	r->ignored += ignored_in_summary(type);
	r->depth++;
	if (type == MD_BLOCK_TR) r->row_begun = false;
	if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
		if (r->row_begun) buf_puts(&r->line, " · ");
		r->row_begun = true;
	} else if (r->line.len) {
		end_line(r); /* an item of a tight list, before what it holds */
	}
	begin_block(r);
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct reading *r = data;
	(void)detail;
	settle(r, true);
	r->depth--;
	begin_block(r);
	if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) return 0;
	if (r->summary && r->ignored) buf_reset(&r->line);
	r->ignored -= ignored_in_summary(type);
	bool said = r->line.len > 0;
	end_line(r);
	return r->summary && said ? STOP : 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
	struct reading *r = data;
	const char *words;
	settle(r, false);
	r->images += type == MD_SPAN_IMG;
	r->links += type == MD_SPAN_A || type == MD_SPAN_WIKILINK;
	r->line_start = false;
	if (type != MD_SPAN_WIKILINK) return 0;
	const char *target = scan_wiki(r->a, detail, &words);
	if (words) {
		buf_puts(&r->line, words);
		r->said = true;
	}
	if (r->found->link && r->images == 0) r->found->link(r->found->context, target);
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
	struct reading *r = data;
	(void)detail;
	if (type == MD_SPAN_IMG && r->images) r->images--;
	if ((type == MD_SPAN_A || type == MD_SPAN_WIKILINK) && r->links) r->links--;
	if (type == MD_SPAN_WIKILINK) r->said = false;
	return 0;
}

static void read_tags(struct reading *r, const char *s, size_t len)
{
	struct scan_tag tag;
	for (size_t at = 0; scan_tag(s, len, at, r->after_word, &tag); at = tag.start + tag.len)
		r->found->tag(r->found->context, arena_strndup(r->a, s + tag.start + 1, tag.len - 1));
}

/* Without the references to notes. */
static void add_words(struct reading *r, const char *s, size_t len)
{
	size_t at = 0, start, size;
	while (notes_find(r->notes, s, len, at, &start, &size)) {
		buf_add(&r->line, s + at, start - at);
		at = start + size;
	}
	buf_add(&r->line, s + at, len - at);
}

static void put_words(struct reading *r, const char *s, size_t len)
{
	add_words(r, s, len);
	if (r->found->tag && r->links == 0 && r->images == 0) read_tags(r, s, len);
	r->after_word = scan_ends_word(s, len);
}

static void settle(struct reading *r, bool line_ends)
{
	const char *s = r->embed, *name, *arguments;
	if (s == NULL) return;
	r->embed = NULL;
	if (!line_ends || !scan_embed(r->a, s, r->embed_len, &name, &arguments)) put_words(r, s, r->embed_len);
	else if (r->found->embed) r->found->embed(r->found->context, name, arguments);
}

static int text(MD_TEXTTYPE type, const char *s, MD_SIZE len, void *data)
{
	struct reading *r = data;
	const char *name, *arguments;
	bool line_start = r->line_start;
	if (r->said) return 0;
	r->line_start = type == MD_TEXT_BR || type == MD_TEXT_SOFTBR;
	settle(r, r->line_start);
	if (r->line_start) {
		if (r->line.len && r->line.data[r->line.len - 1] != ' ') buf_putc(&r->line, ' ');
		r->after_word = false;
		return 0;
	}
	/* The document and its paragraph: where embeds may stand. */
	if (type == MD_TEXT_NORMAL && line_start && r->depth == 2 && scan_embed(r->a, s, len, &name, &arguments)) {
		r->embed = s;
		r->embed_len = len;
		return 0;
	}
	if (type == MD_TEXT_NORMAL) {
		put_words(r, s, len);
		return 0;
	}
	if (type == MD_TEXT_ENTITY) buf_puts(&r->line, scan_entity(r->a, s, len));
	else if (type == MD_TEXT_NULLCHAR) buf_puts(&r->line, "\uFFFD");
	else buf_add(&r->line, s, len);
	r->after_word = type == MD_TEXT_CODE || scan_ends_word(s, len);
	return 0;
}

static void read_text(struct reading *r, struct arena *a, const struct rich_found *found, const char *source,
                      size_t max)
{
	static const MD_PARSER callbacks = { .enter_block = enter_block,
		                             .leave_block = leave_block,
		                             .enter_span = enter_span,
		                             .leave_span = leave_span,
		                             .text = text };
	bool cut;
	r->a = a;
	r->found = found;
	r->notes = arena_new(a, struct notes);
	buf_init(&r->line, a, 0);
	(void)scan_text(a, notes_take(a, source, r->notes), max, callbacks, r, &cut);
	for (int i = 0; i < r->notes->n && !r->summary; i++) {
		(void)scan_text(a, r->notes->list[i].text, max, callbacks, r, &cut);
		end_line(r);
	}
}

void rich_read(struct arena *a, const char *source, const struct rich_found *found)
{
	struct reading r = { 0 };
	read_text(&r, a, found, source, RICH_TEXT_MAX);
}

const char *rich_summary(struct arena *a, const char *source)
{
	struct buf plain;
	struct rich_found found = { .plain = &plain };
	struct reading r = { .summary = true };
	buf_init(&plain, a, 0);
	read_text(&r, a, &found, source, SUMMARY_READ);
	return text_trim(a, buf_str(&plain));
}

/* Footnotes: references in the text, and what they lead to below it. */
#include <string.h>

#include "base/html.h"
#include "rich/writer.h"

static const char *anchor_of(const struct html *h)
{
	return h->page->anchor ? h->page->anchor : "";
}

/* The k-th reference to a note, from 1. */
static const char *reference_id(const struct html *h, const struct note *note, int k)
{
	if (k == 1) return arena_printf(h->a, "%sref-%d", anchor_of(h), note->number);
	return arena_printf(h->a, "%sref-%d-%d", anchor_of(h), note->number, k);
}

void put_note(struct html *h, struct note *note)
{
	if (note->number == 0) note->number = ++h->notes->numbered;
	note->references++;
	if (h->silent) return;
	buf_printf(h->out, "<sup><a id=\"%s\" href=\"#%snote-%d\" aria-label=\"",
	           reference_id(h, note, note->references), anchor_of(h), note->number);
	html_text_str(h->out, tr(h->page->lang, N_("Note")));
	buf_printf(h->out, " %d\">%d</a></sup>", note->number, note->number);
	h->after_word = true;
}

static const struct note *numbered(const struct notes *notes, int number)
{
	for (int i = 0; i < notes->n; i++)
		if (notes->list[i].number == number) return &notes->list[i];
	return NULL;
}

/* At the end of the last paragraph, if there is one. */
static void put_ways_back(struct html *h, const struct note *note, size_t start)
{
	static const char end[] = "</p>\n";
	size_t len = strlen(end);
	bool inside = h->out->len - start > len && memcmp(h->out->data + h->out->len - len, end, len) == 0;
	if (inside) h->out->data[h->out->len -= len] = '\0';
	for (int k = 1; k <= note->references; k++) {
		buf_printf(h->out, " <a href=\"#%s\" aria-label=\"", reference_id(h, note, k));
		html_text_str(h->out, tr(h->page->lang, N_("Back to the text")));
		buf_lit(h->out, "\">↩</a>");
	}
	if (inside) buf_puts(h->out, end);
}

static void put_one(struct html *h, const struct note *note)
{
	buf_printf(h->out, "<li id=\"%snote-%d\">", anchor_of(h), note->number);
	struct html *inner = writer_new(h->page, h->out, h->notes);
	inner->embeds = RICH_EMBEDS_MAX; /* none in a note */
	(void)writer_run(inner, note->text);
	put_ways_back(h, note, inner->start);
	buf_lit(h->out, "</li>\n");
}

/* A note may refer to others, which come after it. */
void put_notes(struct html *h)
{
	if (h->notes->numbered == 0) return;
	buf_lit(h->out, "<div class=\"footnotes\">\n<ol>\n");
	for (int i = 1; i <= h->notes->numbered && !writer_is_full(h); i++) put_one(h, numbered(h->notes, i));
	buf_lit(h->out, "</ol>\n</div>\n");
}

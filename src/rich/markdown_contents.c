/* The ids of headings, and the contents made of them. */
#include <string.h>

#include "base/html.h"
#include "rich/writer.h"

enum { ID_MAX = 60 /* bytes */ };

static bool is_taken(const struct html *h, const char *id)
{
	for (int i = 0; i < h->nheadings; i++)
		if (strcmp(h->headings[i].id, id) == 0) return true;
	return false;
}

/* Made of the words, so that the address of a heading lasts as long as they do. */
static void choose_id(const struct html *h, struct heading *heading)
{
	const char *anchor = h->page->anchor ? h->page->anchor : "";
	int same = 0;
	heading->wanted = heading->id = arena_printf(h->a, "%ss-%s", anchor, text_slug(h->a, heading->words, ID_MAX));
	for (int i = 0; i < h->nheadings; i++) same += strcmp(h->headings[i].wanted, heading->wanted) == 0;
	while (is_taken(h, heading->id)) heading->id = arena_printf(h->a, "%s-%d", heading->wanted, ++same);
}

void heading_done(struct html *h)
{
	const char *words = arena_strdup(h->a, text_trim(h->a, buf_str(&h->heading)));
	if (h->headings == NULL || h->heading_at == 0 || h->nheadings == RICH_HEADINGS_MAX || *words == '\0') return;
	struct heading *heading = &h->headings[h->nheadings];
	*heading = (struct heading){ .words = words, .level = h->heading_level };
	choose_id(h, heading);
	h->nheadings++;
	const char *attribute = arena_printf(h->a, " id=\"%s\"", heading->id);
	buf_insert(h->out, h->heading_at, attribute, strlen(attribute));
}

/* A heading is at most one level below the one before it. */
static void write_list(const struct html *h, struct buf *out)
{
	int depth = -1;
	for (int i = 0; i < h->nheadings; i++) {
		const struct heading *heading = &h->headings[i];
		if (heading->level > depth) {
			buf_lit(out, "\n<ul>\n");
			depth++;
		} else {
			buf_lit(out, "</li>\n");
			for (; depth > heading->level; depth--) buf_lit(out, "</ul>\n</li>\n");
		}
		buf_printf(out, "<li><a href=\"#%s\">", heading->id);
		html_text_str(out, heading->words);
		buf_lit(out, "</a>");
	}
	for (; depth >= 0; depth--) buf_lit(out, "</li>\n</ul>\n");
}

void put_contents(struct html *h)
{
	struct buf out;
	if (h->contents_at == 0 || h->nheadings == 0) return;
	buf_init(&out, h->a, 0);
	buf_lit(&out, "<nav class=\"contents\" aria-label=\"");
	html_text_str(&out, tr(h->page->lang, N_("Contents")));
	buf_lit(&out, "\">");
	write_list(h, &out);
	buf_lit(&out, "</nav>\n");
	buf_insert(h->out, h->start + h->contents_at - 1, out.data, out.len);
}

#include "page/change.h"

#include "base/diff.h"

/* Writes one run of a comparison; words stand for the colours. */
static void write_run(struct buf *out, const struct page *p, const struct diff_run *run)
{
	static const struct {
		const char *open, *close, *before, *after;
	} marks[] = {
		[DIFF_SAME] = { "", "", "", "" },
		[DIFF_REMOVED] = { "<del>", "</del>", N_("taken out: "), N_(", end") },
		[DIFF_ADDED] = { "<ins>", "</ins>", N_("added: "), N_(", end") },
	};
	buf_puts(out, marks[run->kind].open);
	if (*marks[run->kind].before)
		buf_printf(out, "<span class=\"visually-hidden\">%s</span>", tr(p->lang, marks[run->kind].before));
	char *text = arena_strndup(p->arena, run->text, run->len);
	html_text_str(out, text);
	if (*marks[run->kind].after)
		buf_printf(out, "<span class=\"visually-hidden\">%s</span>", tr(p->lang, marks[run->kind].after));
	buf_puts(out, marks[run->kind].close);
}

struct html_safe page_changes(const struct page *p, const char *before, const char *after)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	struct diff diff = diff_words(p->arena, before, after);
	for (size_t i = 0; i < diff.count; i++) write_run(&out, p, &diff.runs[i]);
	return (struct html_safe){ buf_str(&out), out.len };
}

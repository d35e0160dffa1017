/* Figures in words. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "features/restitution/figure.h"
#include "features/result/result_page.h"

const char *figure_source(const struct page *p, const struct figure *f, bool frozen)
{
	if (f->nquotes) return figure_quotes_source(p, f, frozen);
	struct buf out;
	const char *day = page_date(p, f->at);
	buf_init(&out, p->arena, 0);
	if (f->population >= f->answers && f->population > 0)
		buf_puts(&out, page_printf(p, _n("%s answer of %s (%s)", "%s answers of %s (%s)", f->answers),
		                           page_number(p, f->answers), page_number(p, f->population),
		                           result_percent(p, (double)f->answers / f->population)));
	else buf_puts(&out, page_printf(p, _n("%s answer", "%s answers", f->answers), page_number(p, f->answers)));
	if (f->respondents >= 0 && f->respondents != f->answers)
		buf_puts(&out, page_printf(p, _(", %s to this question"), page_number(p, f->respondents)));
	if (f->weighted) buf_puts(&out, _(", weighted"));
	buf_puts(&out, page_printf(p,
	                           frozen ? _("; figures of %s, which no longer change.")
	                                  : _("; counted on %s, they go on changing."),
	                           day));
	if (f->several)
		buf_printf(&out, " %s", _("Several answers at once: the percentages may add up to more than 100 %."));
	if (f->intervals) buf_printf(&out, " %s", _("Last column: where the percentage of all would be, at 95 %."));
	if (f->hide_below > 1)
		buf_printf(&out, " %s", page_printf(p, _("Counts from 1 to %d are hidden."), f->hide_below - 1));
	return buf_str(&out);
}

const struct figure_line *figure_line_named(const struct page *p, const struct figure *f, const char *name)
{
	const char *folded = text_fold(p->arena, name);
	for (int i = 0; i < f->nlines; i++)
		if (strcmp(f->lines[i].key, name) == 0 || strcmp(text_fold(p->arena, f->lines[i].label), folded) == 0)
			return &f->lines[i];
	return NULL;
}

const char *figure_share(const struct page *p, const struct figure_cell *cell)
{
	return cell->hidden ? _("hidden") : result_percent(p, cell->share);
}

/* The shown line with most answers, but for one; −1. */
static int most(const struct figure *f, int but)
{
	int ret = -1;
	for (int i = 0; i < f->nlines; i++) {
		const struct figure_cell *cell = &f->lines[i].cells[0];
		if (i == but || cell->hidden || cell->n == 0) continue;
		if (ret < 0 || cell->share > f->lines[ret].cells[0].share) ret = i;
	}
	return ret;
}

const char *figure_sentence(const struct page *p, const struct figure *f)
{
	if (f->numbers)
		return page_printf(p, _("Half of them say at most %s; the mean is %s."), result_number(p, f->median, 1),
		                   result_number(p, f->mean, 1));
	int first = f->ncolumns ? -1 : most(f, -1), second = first < 0 ? -1 : most(f, first);
	if (first < 0) return "";
	const char *share = result_percent(p, f->lines[first].cells[0].share);
	if (second < 0) return page_printf(p, _("Most often: “%s” (%s)."), f->lines[first].label, share);
	return page_printf(p, _("Most often: “%s” (%s), then “%s” (%s)."), f->lines[first].label, share,
	                   f->lines[second].label, result_percent(p, f->lines[second].cells[0].share));
}

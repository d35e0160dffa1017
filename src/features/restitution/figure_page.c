#include "features/restitution/figure_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "features/restitution/figure.html.h"
#include "features/view/view.html.h"
#include "features/view/view_list.h"

enum { CHART_IDS = 1000 /* ids of charts that are no report's are lower */ };

static struct html_safe stacked(const struct page *p, const struct figure_spot *spot, int index)
{
	const struct figure *f = spot->figure;
	struct chart_stack stack = {
		.title = spot_title(p, spot),
		.summary = _("One bar for each line of the table, in parts of 100 %. All figures are in the table."),
		.nrows = f->nlines,
		.nparts = f->ncolumns,
		.opposed = f->opposed
	};
	const char **rows = arena_array(p->arena, const char *, (size_t)f->nlines + 1);
	double *shares = arena_array(p->arena, double, (size_t)(f->nlines * f->ncolumns) + 1);
	if (stack.nrows > STACK_ROWS_MAX || stack.nparts > STACK_PARTS_MAX) return (struct html_safe){ "", 0 };
	for (int i = 0; i < f->nlines; i++) {
		rows[i] = f->lines[i].label;
		for (int k = 0; k < f->ncolumns; k++)
			shares[i * f->ncolumns + k] = f->lines[i].cells[k].hidden ? NAN : f->lines[i].cells[k].share;
	}
	stack.rows = rows;
	stack.shares = shares;
	return chart_stack_svg(p->arena, &stack, CHART_IDS + index);
}

struct html_safe figure_chart(const struct page *p, const struct figure_spot *spot, int index)
{
	const struct figure *f = spot->figure;
	if (f->ncolumns > 0) return stacked(p, spot, index);
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, CHART_MARKS_MAX);
	struct chart chart = { .title = spot_title(p, spot),
		               .summary = figure_sentence(p, f),
		               .value_name = _("Answers"),
		               .by_name = f->title,
		               .shape = CHART_BARS,
		               .marks = marks };
	for (int i = 0; i < f->nlines && chart.n < CHART_MARKS_MAX; i++) {
		const struct figure_cell *cell = &f->lines[i].cells[0];
		if (cell->hidden) continue;
		marks[chart.n++] = (struct chart_mark){ .label = f->lines[i].label,
			                                .text = result_percent(p, cell->share),
			                                .value = isnan(cell->share) ? 0 : cell->share };
	}
	return chart_svg(p->arena, &chart, CHART_IDS + index);
}

const char *spot_source(const struct page *p, const struct figure_spot *spot)
{
	struct figure figure = *spot->figure;
	if (spot->directive.kind == DIRECTIVE_CHART) figure.intervals = false; /* they stand in its table alone */
	return page_printf(p, "%s. %s", figure.form, figure_source(p, &figure, !id_is_zero(spot->directive.frozen)));
}

bool quote_ends(const struct figure *figure, int quote)
{
	const char *question = figure->quotes[quote].question;
	for (int i = quote + 1; i < figure->nquotes; i++) {
		if (figure->quotes[i].words == NULL) continue;
		return strcmp(figure->quotes[i].question, question) != 0;
	}
	return *question != '\0';
}

const char *figure_count(const struct page *p, int n)
{
	return n < 0 ? _("hidden") : page_number(p, n);
}

const char *figure_interval(const struct page *p, const struct figure_cell *cell)
{
	return cell->hidden ? "–" : result_interval(p, (struct interval){ cell->low, cell->high });
}

void restitution_embed(struct buf *out, const struct page *p, const char *args)
{
	int index = args[0] == '#' ? (int)strtol(args + 1, NULL, 10) : -1;
	if (p->figures == NULL || index < 0 || index >= p->figures->n)
		embed_problem(out, p, _("Figures stand in the text of a page only."));
	else figure_show(out, p, &p->figures->spots[index], index);
}

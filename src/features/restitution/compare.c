#include "features/restitution/compare.h"

#include <math.h>
#include <string.h>

#include "features/result/result_page.h"

enum { RATE_APART = 20 /* points */, RATE_LOW = 50 /* % */ };

/* ---- Columns ---- */

static bool is_compared(const struct result_question *question)
{
	return question->field && !question->left_out && cross_takes(question);
}

static struct compare_column *add_column(const struct page *p, const struct results *first, struct comparison *c,
                                         const char *name, const struct figure ***figures)
{
	struct compare_column *column = &c->columns[c->ncolumns++];
	*figures = arena_array(p->arena, const struct figure *, (size_t)first->nquestions + 1);
	*column = (struct compare_column){ .name = name, .figures = *figures };
	return column;
}

bool compare_add_form(const struct page *p, const struct results *first, const struct form *form,
                      struct comparison *ret)
{
	struct results results;
	const struct figure **figures;
	struct err err;
	if (ret->ncolumns == COMPARE_COLUMNS || figure_results(p, form, &results, &err) != OK) return false;
	struct compare_column *column = add_column(p, first, ret, t(p, &form->label), &figures);
	column->n = results.n;
	column->population = results.rule.population;
	for (int i = 0; i < first->nquestions; i++) {
		const struct result_question *question = &first->questions[i];
		const struct figure_spec spec = { .kind = FIGURE_TABLE, .form = form, .questions = { question->key } };
		struct figure *figure = arena_new(p->arena, struct figure);
		if (is_compared(question) && figure_make(p, &spec, &results, figure, &err) == OK) figures[i] = figure;
	}
	return true;
}

/* One column of a cross-table as the table of a question. */
static const struct figure *figure_of_column(const struct page *p, const struct results *first,
                                             const struct result_question *question, const struct cross_layer *layer,
                                             int column)
{
	struct figure *f = arena_new(p->arena, struct figure);
	struct figure_line *lines = arena_array(p->arena, struct figure_line, FIGURE_LINES_MAX + 1);
	*f = (struct figure){ .title = question->label, .words = "", .form = "", .lines = lines };
	f->respondents = cross_column_hidden(first, layer, column) ? -1 : layer->cross.column_counts[column];
	for (int row = 0; row < layer->cross.rows && f->nlines < FIGURE_LINES_MAX; row++) {
		int at = row * layer->cross.columns + column;
		struct figure_cell *cell = arena_new(p->arena, struct figure_cell);
		*cell = layer->hidden[at] ? (struct figure_cell){ true, 0, NAN, NAN, NAN }
		                          : (struct figure_cell){ false, layer->cross.counts[at],
			                                          cross_share_of(layer, SHARE_COLUMN, at), NAN, NAN };
		lines[f->nlines++] = (struct figure_line){ .key = "", .label = layer->row.labels[row], .cells = cell };
	}
	return f;
}

void compare_add_by(const struct page *p, const struct results *first, const char *by, struct comparison *ret)
{
	const struct result_question *groups = results_question(first, by);
	const struct figure **figures[COMPARE_COLUMNS];
	struct frequencies all;
	int codes[COMPARE_COLUMNS], n = 0;
	if (groups == NULL || groups->column.ncodes < 2) return;
	frequencies_make(p->arena, &groups->column, NULL, NULL, 0, &all);
	for (int i = 0; i < all.n && n < COMPARE_COLUMNS - ret->ncolumns; i++) {
		if (all.choices[i].n == 0 || all.choices[i].n < first->rule.hide_below) continue;
		codes[n] = i;
		add_column(p, first, ret, groups->labels[i], &figures[n])->n = all.choices[i].n;
		n++;
	}
	for (int i = 0; i < first->nquestions; i++) {
		struct result_cross cross;
		const struct result_question *question = &first->questions[i];
		if (!is_compared(question)) continue;
		result_cross_make(p, first, question, groups, NULL, SHARE_COLUMN, &cross);
		const struct cross_layer *layer = &cross.layers[0];
		for (int k = 0; k < n; k++)
			for (int column = 0; column < layer->cross.columns; column++)
				if (strcmp(layer->column.labels[column], groups->labels[codes[k]]) == 0)
					figures[k][i] = figure_of_column(p, first, question, layer, column);
	}
}

/* ---- Differences ---- */

static const struct figure_line *line_like(const struct figure *figure, const struct figure_line *line)
{
	for (int i = 0; i < figure->nlines; i++)
		if (*line->key && *figure->lines[i].key ? strcmp(figure->lines[i].key, line->key) == 0
		                                        : strcmp(figure->lines[i].label, line->label) == 0)
			return &figure->lines[i];
	return NULL;
}

static void differ(const struct comparison *c, int column, const struct compare_question *question,
                   const struct compare_cell *first, struct compare_cell *cell)
{
	int n1 = question->bases[0], n2 = question->bases[column];
	cell->difference = cell->low = cell->high = NAN;
	if (first->hidden || first->absent || cell->hidden || cell->absent || n1 <= 0 || n2 <= 0) return;
	struct interval mine = interval_proportion(cell->share, n2, c->columns[column].population);
	struct interval theirs = interval_proportion(first->share, n1, c->columns[0].population);
	struct interval between = interval_difference(cell->share, mine, first->share, theirs);
	cell->difference = cell->share - first->share;
	cell->low = between.low;
	cell->high = between.high;
}

int compare_sign(const struct compare_cell *cell)
{
	return cell->low > 0 ? 1 : cell->high < 0 ? -1 : 0;
}

static void fill_line(struct comparison *c, int at, struct compare_question *question, const struct figure_line *line)
{
	struct compare_line *own = &question->lines[question->nlines++];
	own->label = line->label;
	for (int k = 0; k < c->ncolumns; k++) {
		const struct figure *figure = c->columns[k].figures[at];
		const struct figure_line *same = figure ? line_like(figure, line) : NULL;
		struct compare_cell *cell = &own->cells[k];
		*cell = (struct compare_cell){ .absent = same == NULL, .difference = NAN, .low = NAN, .high = NAN };
		if (same) {
			cell->hidden = same->cells[0].hidden;
			cell->n = same->cells[0].n;
			cell->share = same->cells[0].share;
		}
		if (k) differ(c, k, question, &own->cells[0], cell);
	}
}

static void find_notable(const struct page *p, const struct comparison *c, struct compare_question *question)
{
	int n = 0;
	for (int i = 0; i < question->nlines; i++)
		for (int k = 1; k < c->ncolumns && n < COMPARE_NOTABLE; k++) {
			const struct compare_cell *cell = &question->lines[i].cells[k];
			int sign = compare_sign(cell);
			if (sign == 0) continue;
			question->words[n++] = page_printf(
			        p,
			        sign > 0 ? _("“%s”: more often in “%s” (%s) than in “%s” (%s)")
			                 : _("“%s”: less often in “%s” (%s) than in “%s” (%s)"),
			        question->lines[i].label, c->columns[k].name, result_percent(p, cell->share),
			        c->columns[0].name, result_percent(p, question->lines[i].cells[0].share));
		}
	question->words[n] = NULL;
}

static void fill_question(const struct page *p, struct comparison *c, const struct results *first, int at)
{
	const struct figure *lead = c->columns[0].figures[at];
	struct compare_question *question = &c->questions[c->n];
	int asked = 0;
	if (lead == NULL) return;
	*question = (struct compare_question){ .key = first->questions[at].key,
		                               .label = first->questions[at].label,
		                               .numbers = lead->numbers };
	for (int k = 0; k < c->ncolumns; k++) {
		const struct figure *figure = c->columns[k].figures[at];
		question->bases[k] = figure ? figure->respondents : -1;
		question->means[k] = figure && figure->numbers ? figure->mean : NAN;
		question->medians[k] = figure && figure->numbers ? figure->median : NAN;
		asked += figure != NULL;
	}
	if (asked < 2) return;
	question->lines = arena_array(p->arena, struct compare_line, (size_t)lead->nlines + 1);
	for (int i = 0; !question->numbers && i < lead->nlines; i++) fill_line(c, at, question, &lead->lines[i]);
	find_notable(p, c, question);
	c->n++;
}

/* ---- Unequal response ---- */

static double rate_of(const struct compare_column *column)
{
	return column->population > 0 ? (double)column->n / column->population : NAN;
}

static void warn(const struct page *p, struct comparison *c)
{
	double least = NAN, most = NAN;
	for (int k = 0; k < c->ncolumns; k++) {
		double rate = rate_of(&c->columns[k]);
		if (isnan(rate))
			c->warnings[c->nwarnings++] = page_printf(
			        p,
			        _("“%s”: how many are concerned is not known, so neither is how well its answers stand for all."),
			        c->columns[k].name);
		else if (rate * 100 < RATE_LOW)
			c->warnings[c->nwarnings++] = page_printf(
			        p, _("“%s”: fewer than half answered (%s). Those who did not may think otherwise."),
			        c->columns[k].name, result_percent(p, rate));
		least = fmin(least, rate);
		most = fmax(most, rate);
	}
	if (most - least > RATE_APART / 100.0)
		c->warnings[c->nwarnings++] = page_printf(
		        p,
		        _("Not as many answered everywhere (from %s to %s): a difference may come from who answered."),
		        result_percent(p, least), result_percent(p, most));
}

void compare_fill(const struct page *p, const struct results *first, struct comparison *ret)
{
	ret->questions = arena_array(p->arena, struct compare_question, (size_t)first->nquestions + 1);
	for (int i = 0; ret->ncolumns > 1 && i < first->nquestions; i++) fill_question(p, ret, first, i);
	if (ret->ncolumns > 1) warn(p, ret);
}

/* ---- Words ---- */

const char *compare_cell_words(const struct page *p, const struct compare_cell *cell)
{
	if (cell->absent) return "–";
	if (cell->hidden) return _("hidden");
	return page_printf(p, _("%s (%s)"), result_percent(p, cell->share), page_number(p, cell->n));
}

static const char *points(const struct page *p, double share)
{
	const char *number = result_number(p, fabs(share) * 100, 0);
	return page_printf(p, "%s%s", strcmp(number, "0") == 0 ? "" : share < 0 ? "−" : "+", number);
}

const char *compare_difference(const struct page *p, const struct compare_cell *cell)
{
	if (isnan(cell->difference)) return "";
	return page_printf(p, _("%s points (between %s and %s)"), points(p, cell->difference), points(p, cell->low),
	                   points(p, cell->high));
}

const char *compare_rate(const struct page *p, const struct compare_column *column)
{
	double rate = rate_of(column);
	const char *n = page_printf(p, _n("%s answer", "%s answers", column->n), page_number(p, column->n));
	if (isnan(rate)) return n;
	return page_printf(p, _("%s of %s (%s)"), n, page_number(p, column->population), result_percent(p, rate));
}

#include "features/restitution/figure.h"

#include <math.h>
#include <string.h>

#include "features/result/result_page.h"
#include "features/result/result_table.h"

enum code figure_results(const struct page *p, const struct form *form, struct results *ret, struct err *err)
{
	static const struct form_data nothing;
	struct results r;
	struct page *own = arena_new(p->arena, struct page);
	if (form->confidential > 0 || !result_seen(p, form))
		FAIL(err, E_NOT_FOUND, N_("The results that are to stand here are not open to you."));
	*own = *p;
	if (form->survey == NULL) own->actor = &actor_visitor;
	TRY(results_load(own, form, &nothing, NULL, &r, err));
	if (form->survey) r.rule.hide_below = MAX(r.rule.hide_below, RULE_HIDE_CONFIDENTIAL);
	r.few = r.n > 0 && r.n < r.rule.hide_below;
	if (r.n == 0) FAIL(err, E_NOT_FOUND, N_("Nobody has answered yet."));
	if (r.few)
		FAIL(err, E_NOT_FOUND,
		     N_("Too few have answered for results to be shown without telling who said what."));
	*ret = r;
	return OK;
}

static struct figure begin(const struct page *p, const struct results *results)
{
	return (struct figure){ .words = "",
		                .form = t(p, &results->form->label),
		                .at = p->now,
		                .answers = results->n,
		                .population = results->rule.population,
		                .hide_below = results->rule.hide_below,
		                .weighted = results->weights != NULL };
}

/* ---- One question ---- */

static struct figure_line *one_line(struct arena *a, const char *key, const char *label, struct figure_cell **cell)
{
	struct figure_line *line = arena_new(a, struct figure_line);
	*cell = arena_new(a, struct figure_cell);
	*line = (struct figure_line){ .key = key, .label = label, .cells = *cell };
	return line;
}

static void make_table(const struct page *p, const struct results *results, const struct result_question *question,
                       struct figure *f)
{
	const struct shown_question *s = shown_question_of(p, results, question);
	struct figure_line *lines = arena_array(p->arena, struct figure_line, FIGURE_LINES_MAX + 1);
	f->several = s->counted.column.kind == COLUMN_SETS;
	f->intervals = s->intervals;
	f->respondents = s->missing_hidden ? -1 : s->all.respondents;
	for (int i = 0; i < s->all.n && f->nlines < FIGURE_LINES_MAX; i++) {
		const struct frequency *choice = &s->all.choices[i];
		struct figure_cell *cell;
		if (choice->n == 0 && s->all.n > RESULT_SHOWN_MAX) continue;
		lines[f->nlines++] = *one_line(p->arena, s->counted.keys[i], s->counted.labels[i], &cell);
		*cell = s->hidden[i] ? (struct figure_cell){ true, 0, NAN, NAN, NAN }
		                     : (struct figure_cell){ false, choice->n, choice->share,
			                                     s->intervals ? choice->interval.low : NAN,
			                                     s->intervals ? choice->interval.high : NAN };
	}
	f->lines = lines;
	f->numbers = question->kind == QUESTION_NUMBERS && !s->summary_hidden;
	if (!f->numbers) return;
	f->mean = s->summary.mean;
	f->median = s->summary.median;
	f->q1 = s->summary.q1;
	f->q3 = s->summary.q3;
}

/* ---- Two ---- */

static void make_columns(const struct page *p, const struct results *results, const struct cross_layer *layer,
                         struct figure *f)
{
	struct figure_column *columns = arena_array(p->arena, struct figure_column, FIGURE_COLUMNS_MAX + 1);
	for (int column = 0; column < layer->cross.columns && f->ncolumns < FIGURE_COLUMNS_MAX; column++) {
		if (layer->cross.column_counts[column] == 0) continue;
		columns[f->ncolumns++] = (struct figure_column){ layer->column.labels[column],
			                                         cross_column_hidden(results, layer, column)
			                                                 ? -1
			                                                 : layer->cross.column_counts[column] };
	}
	f->columns = columns;
}

static const struct figure_cell *make_cells(const struct page *p, const struct result_cross *cross,
                                            const struct cross_layer *layer, int row)
{
	struct figure_cell *cells = arena_array(p->arena, struct figure_cell, FIGURE_COLUMNS_MAX + 1);
	int n = 0;
	for (int column = 0; column < layer->cross.columns && n < FIGURE_COLUMNS_MAX; column++) {
		int cell = row * layer->cross.columns + column;
		if (layer->cross.column_counts[column] == 0) continue;
		cells[n++] = layer->hidden[cell]
		                     ? (struct figure_cell){ true, 0, NAN, NAN, NAN }
		                     : (struct figure_cell){ false, layer->cross.counts[cell],
			                                     cross_share_of(layer, cross->share, cell), NAN, NAN };
	}
	return cells;
}

static void make_cross(const struct page *p, const struct results *results, const struct result_question *row,
                       const struct result_question *column, enum cross_share share, struct figure *f)
{
	struct result_cross cross;
	result_cross_make(p, results, row, column, NULL, share, &cross);
	const struct cross_layer *layer = &cross.layers[0];
	struct figure_line *lines = arena_array(p->arena, struct figure_line, FIGURE_LINES_MAX + 1);
	make_columns(p, results, layer, f);
	for (int i = 0; i < layer->cross.rows && f->nlines < FIGURE_LINES_MAX; i++) {
		if (layer->cross.row_counts[i] == 0) continue;
		lines[f->nlines++] = (struct figure_line){ .key = "",
			                                   .label = layer->row.labels[i],
			                                   .cells = make_cells(p, &cross, layer, i),
			                                   .n = cross_row_hidden(results, layer, i)
			                                                ? -1
			                                                : layer->cross.row_counts[i] };
	}
	f->lines = lines;
	f->respondents = layer->cross.n > 0 && layer->cross.n < results->rule.hide_below ? -1 : layer->cross.n;
	f->several = layer->cross.several;
	struct buf words;
	buf_init(&words, p->arena, 0);
	buf_puts(&words, layer->words.verdict);
	for (int i = 0; i < layer->words.nnotable; i++)
		buf_printf(&words, "%s%s", i ? " ; " : " ", layer->words.notable[i]);
	f->words = buf_str(&words);
	f->title = page_printf(p, _("%s (lines) and %s (columns), percentages %s"), row->label, column->label,
	                       share_words(p, share));
}

/* ---- A table of questions, whole ---- */

static int whole_named(const struct results *results, const char *key)
{
	for (int i = 0; i < results->nquestions; i++) {
		const struct field *field = results->questions[i].field;
		if (table_begins(results, i) && strcmp(field->whole->key, key) == 0) return i;
	}
	return -1;
}

static void make_whole(const struct page *p, const struct results *results, int first, struct figure *f)
{
	struct result_table *table;
	result_tables_of(p, results, first, 0, &table);
	struct figure_line *lines = arena_array(p->arena, struct figure_line, FIGURE_LINES_MAX + 1);
	struct figure_column *columns = arena_array(p->arena, struct figure_column, FIGURE_COLUMNS_MAX + 1);
	f->ncolumns = MIN(table->ncolumns, FIGURE_COLUMNS_MAX);
	for (int i = 0; i < f->ncolumns; i++) columns[i] = (struct figure_column){ table->columns[i], -1 };
	for (int i = 0; i < table->nlines && f->nlines < FIGURE_LINES_MAX; i++) {
		const struct shown_question *s = table->lines[i].shown;
		struct figure_cell *cells = arena_array(p->arena, struct figure_cell, FIGURE_COLUMNS_MAX + 1);
		for (int k = 0; k < f->ncolumns; k++)
			cells[k] = s->hidden[k] ? (struct figure_cell){ true, 0, NAN, NAN, NAN }
			                        : (struct figure_cell){ false, s->all.choices[k].n,
				                                        s->all.choices[k].share, NAN, NAN };
		lines[f->nlines++] = (struct figure_line){ "", table->lines[i].label, cells,
			                                   s->missing_hidden ? -1 : s->all.respondents };
	}
	f->columns = columns;
	f->lines = lines;
	f->whole = true;
	f->opposed = table->opposed;
	f->respondents = -1;
	f->title = table_label(p, &results->questions[first]);
}

enum code figure_make(const struct page *p, const struct figure_spec *spec, const struct results *results,
                      struct figure *ret, struct err *err)
{
	struct figure f = begin(p, results);
	if (spec->kind == FIGURE_METHOD) {
		TRY(method_make(p, results, &f, err));
		*ret = f;
		return OK;
	}
	const struct result_question *first = results_question(results, spec->questions[0]);
	const struct result_question *second = spec->kind == FIGURE_CROSS
	                                               ? results_question(results, spec->questions[1])
	                                               : NULL;
	int whole = first == NULL && second == NULL ? whole_named(results, spec->questions[0]) : -1;
	if (whole >= 0 && table_is_whole(results, whole)) {
		make_whole(p, results, whole, &f);
		*ret = f;
		return OK;
	}
	if (first == NULL || !cross_takes(first))
		FAIL(err, E_NOT_FOUND, N_("“%s” is no question of this form that can be counted."), spec->questions[0]);
	if (spec->kind == FIGURE_CROSS && (second == NULL || second == first || !cross_takes(second)))
		FAIL(err, E_NOT_FOUND, N_("“%s” is no question of this form that can be counted."), spec->questions[1]);
	f.title = first->label;
	if (second) make_cross(p, results, first, second, spec->share, &f);
	else make_table(p, results, first, &f);
	*ret = f;
	return OK;
}

#include "features/result/result_cross.h"

#include <math.h>

#include "statistics/suppress.h"

bool cross_takes(const struct result_question *question)
{
	return question->kind == QUESTION_NUMBERS ||
	       (question->kind == QUESTION_CHOICES && question->column.ncodes > 0);
}

/* ---- Small lines and cells ---- */

/* Its small choices among those who answered `other` stand together. */
static void gather(const struct page *p, const struct results *results, const struct result_question *question,
                   const struct result_question *other, struct result_question *ret)
{
	int place[COLUMN_CODES_MAX];
	*ret = *question;
	if (results->rule.hide_below == 0 || question->column.kind != COLUMN_CODES) return;
	if (!suppress_gather(p->arena, &question->column, other->column.said, results->rule.hide_below, &ret->column,
	                     place))
		return;
	const char **labels = arena_array(p->arena, const char *, (size_t)ret->column.ncodes + 1);
	for (int code = 0; code < question->column.ncodes; code++) labels[place[code]] = question->labels[code];
	labels[ret->column.ncodes - 1] = _("Other answers, each given by few");
	ret->labels = labels;
}

/* Choices of a question that takes several do not add up: each stands against not having given it. */
static void hide_option(struct arena *a, const struct cross *cross, bool rows, int option, int threshold, bool *hidden)
{
	int lines = rows ? cross->columns : cross->rows;
	int *counts = arena_array(a, int, (size_t)lines * 2 + 1);
	bool *small = arena_array(a, bool, (size_t)lines * 2 + 1);
	for (int line = 0; line < lines; line++) {
		int cell = rows ? option * cross->columns + line : line * cross->columns + option;
		counts[line * 2] = cross->counts[cell];
		counts[line * 2 + 1] = (rows ? cross->column_counts : cross->row_counts)[line] - cross->counts[cell];
	}
	suppress_table(counts, lines, 2, threshold, small);
	for (int line = 0; line < lines; line++) {
		int cell = rows ? option * cross->columns + line : line * cross->columns + option;
		hidden[cell] |= small[line * 2] || small[line * 2 + 1];
	}
}

static bool is_small(int count, int threshold)
{
	return count > 0 && count < threshold;
}

static void hide_pair(const struct cross *cross, int cell, int threshold, bool *hidden)
{
	int both = cross->counts[cell], row = cross->row_counts[cell / cross->columns],
	    column = cross->column_counts[cell % cross->columns];
	hidden[cell] = is_small(both, threshold) || is_small(row - both, threshold) ||
	               is_small(column - both, threshold) || is_small(cross->n - row - column + both, threshold);
}

static void hide_cells(struct arena *a, const struct results *results, struct cross_layer *layer)
{
	const struct cross *cross = &layer->cross;
	int threshold = results->rule.hide_below, cells = cross->rows * cross->columns;
	bool rows = layer->row.column.kind == COLUMN_SETS, columns = layer->column.column.kind == COLUMN_SETS;
	layer->hidden = arena_array(a, bool, (size_t)cells + 1);
	if (threshold == 0) return;
	if (!rows && !columns) suppress_table(cross->counts, cross->rows, cross->columns, threshold, layer->hidden);
	for (int i = 0; rows && !columns && i < cross->rows; i++)
		hide_option(a, cross, true, i, threshold, layer->hidden);
	for (int i = 0; columns && !rows && i < cross->columns; i++)
		hide_option(a, cross, false, i, threshold, layer->hidden);
	for (int cell = 0; cell < cells; cell++) {
		if (rows && columns) hide_pair(cross, cell, threshold, layer->hidden);
		if (cross_row_hidden(results, layer, cell / cross->columns) ||
		    cross_column_hidden(results, layer, cell % cross->columns))
			layer->hidden[cell] = true;
	}
	/* All is, when too few answered both. */
	for (int cell = 0; cell < cells; cell++) {
		layer->hidden[cell] |= is_small(cross->n, threshold);
		layer->any_hidden |= layer->hidden[cell];
	}
}

static bool total_hidden(const struct results *results, const struct cross *cross, int total)
{
	int threshold = results->rule.hide_below;
	return is_small(total, threshold) || is_small(cross->n - total, threshold);
}

bool cross_row_hidden(const struct results *results, const struct cross_layer *layer, int row)
{
	return layer->row.column.kind == COLUMN_SETS &&
	       total_hidden(results, &layer->cross, layer->cross.row_counts[row]);
}

bool cross_column_hidden(const struct results *results, const struct cross_layer *layer, int column)
{
	return layer->column.column.kind == COLUMN_SETS &&
	       total_hidden(results, &layer->cross, layer->cross.column_counts[column]);
}

/* ---- Making ---- */

static void make_layer(const struct page *p, const struct results *results, const struct result_question *row,
                       const struct result_question *column, const char *title, const uint64_t *among,
                       struct cross_layer *layer)
{
	struct result_question banded_row, banded_column;
	question_banded(p, row, &banded_row);
	question_banded(p, column, &banded_column);
	layer->title = title;
	gather(p, results, &banded_row, &banded_column, &layer->row);
	gather(p, results, &banded_column, &layer->row, &layer->column);
	cross_make(p->arena, &layer->row.column, &layer->column.column, among, results->weights, &layer->cross);
	cross_test(&layer->cross, &layer->test);
	hide_cells(p->arena, results, layer);
	cross_words(p, results, &layer->row, &layer->column, &layer->cross, &layer->test, layer->hidden,
	            layer->any_hidden, &layer->words);
}

static void make_layers(const struct page *p, const struct results *results, struct result_cross *cross)
{
	const struct column *by = cross->by ? &cross->by->column : NULL;
	int n = by ? MIN(by->ncodes, CROSS_LAYERS_MAX) : 1;
	cross->layers = arena_array(p->arena, struct cross_layer, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const uint64_t *among = results->among;
		if (by) {
			uint64_t *both = answer_set(p->arena, by->words);
			for (int k = 0; k < by->words; k++)
				both[k] = column_set(by, i)[k] & (among ? among[k] : ~UINT64_C(0));
			if (set_count(both, by->words) == 0) continue;
			among = both;
		}
		make_layer(p, results, cross->row, cross->column, by ? cross->by->labels[i] : NULL, among,
		           &cross->layers[cross->nlayers++]);
	}
}

static void make_means(const struct page *p, const struct results *results, struct result_cross *cross)
{
	const struct result_question *row = cross->row, *column = cross->column;
	if ((row->kind == QUESTION_NUMBERS) == (column->kind == QUESTION_NUMBERS)) return;
	const struct result_question *choices = row->kind == QUESTION_NUMBERS ? column : row;
	struct result_question groups;
	cross->number = choices == row ? column : row;
	gather(p, results, choices, cross->number, &groups);
	cross->means = arena_array(p->arena, struct group_mean, (size_t)groups.column.ncodes + 1);
	for (int code = 0; code < groups.column.ncodes; code++) {
		struct group_mean *mean = &cross->means[cross->nmeans];
		uint64_t *among = answer_set(p->arena, groups.column.words);
		for (int k = 0; k < groups.column.words; k++)
			among[k] = column_set(&groups.column, code)[k] &
			           (results->among ? results->among[k] : ~UINT64_C(0));
		mean->label = groups.labels[code];
		summary_make(p->arena, &cross->number->column, among, results->weights, &mean->summary);
		if (mean->summary.n == 0) continue;
		mean->hidden = is_small(mean->summary.n, results->rule.hide_below);
		/* Of the population of a group nothing is known. */
		mean->interval = interval_mean(mean->summary.mean, mean->summary.sd, mean->summary.n, 0);
		cross->nmeans++;
	}
}

void result_cross_make(const struct page *p, const struct results *results, const struct result_question *row,
                       const struct result_question *column, const struct result_question *by, enum cross_share share,
                       struct result_cross *ret)
{
	struct result_question *banded = arena_new(p->arena, struct result_question);
	struct result_cross cross = { .row = row, .column = column, .share = share };
	if (by && results->rule.hide_below == 0) {
		question_banded(p, by, banded);
		cross.by = banded;
	}
	make_layers(p, results, &cross);
	make_means(p, results, &cross);
	*ret = cross;
}

double cross_share_of(const struct cross_layer *layer, enum cross_share share, int cell)
{
	const struct cross *cross = &layer->cross;
	double of = share == SHARE_ROW      ? cross->row_weights[cell / cross->columns]
	            : share == SHARE_COLUMN ? cross->column_weights[cell % cross->columns]
	                                    : cross->total;
	return layer->hidden[cell] || !(of > 0) ? NAN : cross->weights[cell] / of;
}

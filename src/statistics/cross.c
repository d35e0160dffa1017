#include "statistics/cross.h"

#include <math.h>

#include "base/macros.h"
#include "statistics/distribution.h"
#include "statistics/frequency.h"
#include "statistics/weight.h"

void cross_count(const struct column *row, const struct column *column, int *counts)
{
	for (int r = 0; r < row->ncodes; r++) {
		const uint64_t *set = column_set(row, r);
		for (int c = 0; c < column->ncodes; c++)
			counts[r * column->ncodes + c] = set_common(set, column_set(column, c), row->words);
	}
}

/* ---- Counting ---- */

static uint64_t *common_set(struct arena *a, const uint64_t *x, const uint64_t *y, int words)
{
	uint64_t *both = answer_set(a, words);
	for (int i = 0; i < words; i++) both[i] = x[i] & y[i];
	return both;
}

static void count_totals(const struct column *column, const uint64_t *both, const double *weights, int *counts,
                         double *weighed)
{
	for (int code = 0; code < column->ncodes; code++) {
		const uint64_t *set = column_set(column, code);
		counts[code] = set_common(set, both, column->words);
		weighed[code] = weights ? set_weight(set, both, column->words, weights) : counts[code];
	}
}

static void count_cells(struct arena *a, const struct column *row, const struct column *column, const uint64_t *both,
                        const double *weights, struct cross *cross)
{
	for (int r = 0; r < cross->rows; r++) {
		uint64_t *set = common_set(a, column_set(row, r), both, row->words);
		for (int c = 0; c < cross->columns; c++) {
			const uint64_t *other = column_set(column, c);
			int at = r * cross->columns + c;
			cross->counts[at] = set_common(set, other, row->words);
			cross->weights[at] = weights ? set_weight(set, other, row->words, weights) : cross->counts[at];
		}
	}
}

static void compare_cells(struct cross *cross)
{
	double scale = cross->total > 0 ? cross->effective / cross->total : 0;
	for (int at = 0; at < cross->rows * cross->columns; at++) {
		double row = cross->row_weights[at / cross->columns],
		       column = cross->column_weights[at % cross->columns];
		double expected = cross->total > 0 ? row * column / cross->total : 0;
		double spread = expected * scale * (1 - row / cross->total) * (1 - column / cross->total);
		cross->expected[at] = expected;
		cross->residuals[at] = spread > 1e-12 ? (cross->weights[at] - expected) * scale / sqrt(spread) : NAN;
	}
}

void cross_make(struct arena *a, const struct column *row, const struct column *column, const uint64_t *among,
                const double *weights, struct cross *ret)
{
	int rows = row->ncodes, columns = column->ncodes;
	size_t cells = (size_t)rows * (size_t)columns + 1;
	struct cross cross = { .rows = rows, .columns = columns };
	cross.several = row->kind == COLUMN_SETS || column->kind == COLUMN_SETS;
	cross.counts = arena_array(a, int, cells);
	cross.weights = arena_array(a, double, cells);
	cross.expected = arena_array(a, double, cells);
	cross.residuals = arena_array(a, double, cells);
	cross.row_counts = arena_array(a, int, (size_t)rows + 1);
	cross.row_weights = arena_array(a, double, (size_t)rows + 1);
	cross.column_counts = arena_array(a, int, (size_t)columns + 1);
	cross.column_weights = arena_array(a, double, (size_t)columns + 1);

	uint64_t *both = common_set(a, row->said, column->said, row->words);
	if (among) both = common_set(a, both, among, row->words);
	cross.n = set_count(both, row->words);
	cross.total = set_weight(both, NULL, row->words, weights);
	cross.effective = weights ? weight_effective(weights, row->n, both, NULL) : cross.n;
	count_totals(row, both, weights, cross.row_counts, cross.row_weights);
	count_totals(column, both, weights, cross.column_counts, cross.column_weights);
	count_cells(a, row, column, both, weights, &cross);
	compare_cells(&cross);
	*ret = cross;
}

/* ---- Tests ---- */

static int used(const double *totals, int n)
{
	int lines = 0;
	for (int i = 0; i < n; i++) lines += totals[i] > 0;
	return lines;
}

static void look_at_cells(const struct cross *cross, double scale, struct cross_test *test)
{
	test->least = INFINITY;
	for (int at = 0; at < cross->rows * cross->columns; at++) {
		double expected = cross->expected[at] * scale;
		if (!(expected > 0)) continue;
		double away = cross->weights[at] * scale - expected;
		test->chi2 += away * away / expected;
		test->cells++;
		test->few += expected < 5;
		test->least = fmin(test->least, expected);
	}
}

static double corrected_v(double phi2, int rows, int columns, double n)
{
	double r = rows - (rows - 1.0) * (rows - 1.0) / (n - 1);
	double c = columns - (columns - 1.0) * (columns - 1.0) / (n - 1);
	double less = fmax(0, phi2 - (rows - 1.0) * (columns - 1.0) / (n - 1));
	double most = fmin(r - 1, c - 1);
	return n > 1 && most > 0 ? sqrt(less / most) : NAN;
}

static double exact_p(const struct cross *cross)
{
	int cells[4], n = 0;
	if (cross->effective != cross->n) return NAN;
	for (int at = 0; at < cross->rows * cross->columns && n < 4; at++)
		if (cross->expected[at] > 0) cells[n++] = cross->counts[at];
	return fisher_exact(cells[0], cells[1], cells[2], cells[3]);
}

void cross_test(const struct cross *cross, struct cross_test *ret)
{
	struct cross_test test = { .p = NAN, .v = NAN, .v_corrected = NAN, .exact = NAN };
	int rows = used(cross->row_weights, cross->rows), columns = used(cross->column_weights, cross->columns);
	test.df = cross->several || rows == 0 || columns == 0 ? 0 : (rows - 1) * (columns - 1);
	if (test.df > 0) {
		look_at_cells(cross, cross->effective / cross->total, &test);
		double phi2 = test.chi2 / cross->effective;
		test.p = chi2_above(test.chi2, test.df);
		test.v = sqrt(phi2 / (MIN(rows, columns) - 1));
		test.v_corrected = corrected_v(phi2, rows, columns, cross->effective);
		if (rows == 2 && columns == 2) test.exact = exact_p(cross);
	} else test.chi2 = test.least = NAN;
	*ret = test;
}

bool cross_test_holds(const struct cross_test *test)
{
	return test->df > 0 && test->least >= 1 && test->few * 5 <= test->cells;
}

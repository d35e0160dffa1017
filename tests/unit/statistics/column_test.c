/* What must be true of all answers: sums, symmetry, any order; published tables; small cells. */
#include "statistics/column.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/macros.h"
#include "statistics/cross.h"
#include "statistics/frequency.h"
#include "statistics/summary.h"
#include "statistics/suppress.h"
#include "statistics/weight.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static unsigned seed = 2013;
static int below(int n)
{
	seed = seed * 1103515245u + 12345u;
	return (int)((seed >> 16) % (unsigned)n);
}

/* Answers as a careless program would keep them: −1 nothing, else the choice. */
static void fill(struct column *column, const int *codes, int n, int ncodes)
{
	column_init(column, &arena, COLUMN_CODES, n, ncodes);
	for (int i = 0; i < n; i++)
		if (codes[i] >= 0) column_say(column, i, codes[i]);
}

static int *random_codes(int n, int ncodes)
{
	int *codes = arena_array(&arena, int, (size_t)n + 1);
	for (int i = 0; i < n; i++) codes[i] = below(ncodes + 1) - 1;
	return codes;
}

/* Counted one by one: the same, whatever narrows and weighs. */
static void test_one_by_one(void **state)
{
	(void)state;
	for (int turn = 0; turn < 60; turn++) {
		int n = below(300), rows = 1 + below(6), columns = 1 + below(6), total = 0;
		int *x = random_codes(n, rows), *y = random_codes(n, columns), counts[36] = { 0 };
		double *weights = arena_array(&arena, double, (size_t)n + 64), weighed[36] = { 0 };
		struct column row, column;
		struct cross cross;
		fill(&row, x, n, rows);
		fill(&column, y, n, columns);
		uint64_t *among = answer_set(&arena, row.words);
		for (int i = 0; i < n; i++) {
			weights[i] = 1 + below(8) / 4.0;
			if (below(3)) among[i / 64] |= UINT64_C(1) << i % 64;
			if (!set_holds(among, i) || x[i] < 0 || y[i] < 0) continue;
			counts[x[i] * columns + y[i]]++;
			weighed[x[i] * columns + y[i]] += weights[i];
			total++;
		}
		cross_make(&arena, &row, &column, among, weights, &cross);
		assert_int_equal(cross.n, total);
		for (int i = 0; i < rows * columns; i++) {
			assert_int_equal(cross.counts[i], counts[i]);
			assert_true(fabs(cross.weights[i] - weighed[i]) < 1e-9);
		}
	}
}

/* Turned round, it says the same; in any other order of answers too; margins are the sums of cells. */
static void test_properties(void **state)
{
	(void)state;
	for (int turn = 0; turn < 40; turn++) {
		int n = 20 + below(300), rows = 2 + below(5), columns = 2 + below(5);
		int *x = random_codes(n, rows), *y = random_codes(n, columns);
		struct column row, column, row2, column2;
		struct cross one, turned, shuffled;
		struct cross_test a, b, c;
		fill(&row, x, n, rows);
		fill(&column, y, n, columns);
		cross_make(&arena, &row, &column, NULL, NULL, &one);
		cross_make(&arena, &column, &row, NULL, NULL, &turned);
		for (int i = n - 1; i > 0; i--) {
			int j = below(i + 1), kept = x[i], other = y[i];
			x[i] = x[j], x[j] = kept;
			y[i] = y[j], y[j] = other;
		}
		fill(&row2, x, n, rows);
		fill(&column2, y, n, columns);
		cross_make(&arena, &row2, &column2, NULL, NULL, &shuffled);
		int sum = 0;
		for (int r = 0; r < rows; r++) {
			int line = 0;
			for (int k = 0; k < columns; k++) {
				line += one.counts[r * columns + k];
				assert_int_equal(one.counts[r * columns + k], turned.counts[k * rows + r]);
				assert_int_equal(one.counts[r * columns + k], shuffled.counts[r * columns + k]);
			}
			assert_int_equal(line, one.row_counts[r]);
			sum += line;
		}
		assert_int_equal(sum, one.n);
		cross_test(&one, &a);
		cross_test(&turned, &b);
		cross_test(&shuffled, &c);
		assert_int_equal(a.df, b.df);
		if (a.df == 0) continue;
		assert_true(fabs(a.chi2 - b.chi2) < 1e-9 && a.chi2 == c.chi2);
		assert_true(a.p >= 0 && a.p <= 1 && a.v >= 0 && a.v <= 1 + 1e-12 && a.v_corrected <= a.v + 0.02);
	}
}

/*
 * Published: A. Agresti, "An Introduction to Categorical Data Analysis", 2nd edition, 2007, table 2.5: gender by party,
 * chi-squared 30.1 with 2 degrees of freedom, standardised residuals 4.50, 0.70, −5.32.
 */
static void test_published(void **state)
{
	(void)state;
	static const int counts[] = { 762, 327, 468, 484, 239, 477 };
	static const double residuals[] = { 4.50, 0.70, -5.32 };
	struct column gender, party;
	struct cross cross;
	struct cross_test test;
	int n = 2757, at = 0;
	column_init(&gender, &arena, COLUMN_CODES, n, 2);
	column_init(&party, &arena, COLUMN_CODES, n, 3);
	for (int i = 0; i < 6; i++) {
		for (int k = 0; k < counts[i]; k++, at++) {
			column_say(&gender, at, i / 3);
			column_say(&party, at, i % 3);
		}
	}
	assert_int_equal(at, n);
	cross_make(&arena, &gender, &party, NULL, NULL, &cross);
	cross_test(&cross, &test);
	assert_true(fabs(test.chi2 - 30.1) < 0.05 && test.df == 2 && test.p < 0.0001);
	assert_true(fabs(cross.expected[0] - 703.7) < 0.05 && fabs(cross.expected[5] - 411.3) < 0.05);
	for (int i = 0; i < 3; i++) assert_true(fabs(cross.residuals[i] - residuals[i]) < 0.005);
	assert_true(cross_test_holds(&test));
}

/* Several choices: 100 % of choices given, more than 100 % of persons; who ticked nothing has answered. */
static void test_several(void **state)
{
	(void)state;
	struct column tools, kind;
	struct frequencies f;
	struct cross cross;
	struct cross_test test;
	column_init(&tools, &arena, COLUMN_SETS, 5, 3);
	column_init(&kind, &arena, COLUMN_CODES, 5, 2);
	column_say(&tools, 0, 0);
	column_say(&tools, 0, 1);
	column_say(&tools, 1, 0);
	column_say(&tools, 2, 0);
	column_say(&tools, 2, 1);
	column_say_none(&tools, 3);
	for (int i = 0; i < 5; i++) column_say(&kind, i, i % 2);
	frequencies_make(&arena, &tools, NULL, NULL, 0, &f);
	assert_int_equal(f.respondents, 4);
	assert_int_equal(f.missing, 1);
	assert_int_equal(f.given, 5);
	assert_true(f.choices[0].share == 0.75 && f.choices[1].share == 0.5 && f.choices[2].share == 0);
	assert_true(f.choices[0].part == 0.6 && f.choices[1].part == 0.4);
	cross_make(&arena, &kind, &tools, NULL, NULL, &cross);
	cross_test(&cross, &test);
	assert_int_equal(cross.n, 4);
	assert_int_equal(cross.row_counts[0], 2); /* persons, not choices: they gave four */
	assert_int_equal(cross.counts[0], 2);
	assert_int_equal(test.df, 0);
	assert_true(isnan(test.p));
}

/* Nobody, one answer, one choice: nothing to say, and it is not said. */
static void test_nothing(void **state)
{
	(void)state;
	struct column none, numbers;
	struct frequencies f;
	struct summary s;
	struct cross cross;
	struct cross_test test;
	double from[5], to[5], *weights;
	static const double totals[] = { 10, 20 };
	column_init(&none, &arena, COLUMN_CODES, 0, 2);
	column_init(&numbers, &arena, COLUMN_NUMBERS, 1, 0);
	frequencies_make(&arena, &none, NULL, NULL, 75, &f);
	assert_true(f.respondents == 0 && isnan(f.choices[0].share) && isnan(f.choices[0].interval.low));
	summary_make(&arena, &numbers, NULL, NULL, &s);
	assert_true(s.n == 0 && s.missing == 1 && isnan(s.mean) && isnan(s.median));
	column_say_number(&numbers, 0, 4);
	summary_make(&arena, &numbers, NULL, NULL, &s);
	assert_true(s.n == 1 && s.mean == 4 && s.median == 4 && s.q1 == 4 && isnan(s.sd));
	cross_make(&arena, &none, &none, NULL, NULL, &cross);
	cross_test(&cross, &test);
	assert_true(cross.n == 0 && test.df == 0 && !cross_test_holds(&test));
	assert_false(weights_poststratify(&arena, &(struct known_totals){ &none, totals }, &weights));
	column_bands(&numbers, &arena, 5, &none, from, to);
	assert_int_equal(none.ncodes, 1);
}

/* Who is half of the population and a fifth of the answers counts for two and a half. */
static void test_poststratified(void **state)
{
	(void)state;
	static const double totals[] = { 50, 50, 30 };
	struct column kind;
	double *w;
	column_init(&kind, &arena, COLUMN_CODES, 11, 3);
	for (int i = 0; i < 10; i++) column_say(&kind, i, i >= 2);
	assert_true(weights_poststratify(&arena, &(struct known_totals){ &kind, totals }, &w));
	assert_true(fabs(w[0] - 2.5) < 1e-12 && fabs(w[9] - 0.625) < 1e-12 && w[10] == 0);
	assert_true(fabs(weight_effective(w, 11, NULL, NULL) - 6.4) < 1e-9); /* 10² / (2 × 2.5² + 8 × 0.625²) */
}

static void test_bands(void **state)
{
	(void)state;
	static const double values[] = { 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 100 };
	struct column numbers, bands;
	double from[4], to[4];
	column_init(&numbers, &arena, COLUMN_NUMBERS, 13, 0);
	for (int i = 0; i < 12; i++) column_say_number(&numbers, i, values[i]);
	column_bands(&numbers, &arena, 4, &bands, from, to);
	assert_int_equal(bands.ncodes, 4);
	assert_true(from[0] == 1 && to[0] == 1 && from[3] == 8 && to[3] == 100);
	assert_int_equal(set_count(bands.said, bands.words), 12);
	for (int b = 0; b < 4; b++) assert_true(set_count(column_set(&bands, b), bands.words) >= 2);
}

/* ---- Small cells ---- */

static void test_line(void **state)
{
	(void)state;
	static const struct {
		int counts[4];
		const char *hidden;
	} cases[] = {
		{ { 20, 30, 0, 9 }, "...." }, /* nothing small */
		{ { 20, 3, 0, 9 }, ".x.x" },  /* alone, it would be what is left of the total */
		{ { 20, 1, 1, 9 }, ".xxx" },  /* two that are 2 together are one each */
		{ { 20, 4, 4, 9 }, ".xx." },  { { 3, 0, 0, 0 }, "xxxx" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool hidden[4];
		suppress_line(cases[i].counts, 4, 5, hidden);
		for (int k = 0; k < 4; k++) assert_int_equal(hidden[k], cases[i].hidden[k] == 'x');
	}
}

/*
 * Whoever knows the totals tries: of each table with the same totals and the same cells shown, is there another value for
 * each small cell? Tried on all tables near by, by moving answers around rectangles and hexagons of hidden cells.
 */
static bool can_differ(const int *counts, const bool *hidden, int rows, int columns, int cell)
{
	int r = cell / columns, c = cell % columns;
	for (int r2 = 0; r2 < rows; r2++) {
		for (int c2 = 0; c2 < columns; c2++) {
			int a = r * columns + c2, b = r2 * columns + c, d = r2 * columns + c2;
			if (r2 == r || c2 == c || !hidden[a] || !hidden[b] || !hidden[d]) continue;
			if (counts[a] > 0 && counts[b] > 0) return true; /* one more here */
			if (counts[cell] > 0 && counts[d] > 0) return true;
		}
	}
	return false;
}

static void test_table(void **state)
{
	(void)state;
	int hidden_tables = 0, whole = 0;
	for (int turn = 0; turn < 400; turn++) {
		int rows = 2 + below(4), columns = 2 + below(4), n = rows * columns, small = 0, shown = 0;
		int counts[25];
		bool hidden[25];
		for (int i = 0; i < n; i++) counts[i] = below(4) ? 5 + below(30) : below(6);
		suppress_table(counts, rows, columns, 5, hidden);
		for (int i = 0; i < n; i++) {
			shown += !hidden[i];
			if (counts[i] == 0 || counts[i] >= 5) continue;
			small++;
			assert_true(hidden[i]);
		}
		if (small == 0) assert_int_equal(shown, n);
		hidden_tables += small > 0;
		whole += small > 0 && shown == 0;
		if (shown == 0) continue;
		for (int i = 0; i < n; i++)
			if (hidden[i] && counts[i] > 0 && counts[i] < 5)
				assert_true(can_differ(counts, hidden, rows, columns, i));
	}
	assert_true(hidden_tables > 100 && whole < hidden_tables);
}

static void test_gathered(void **state)
{
	(void)state;
	struct column column, ret;
	int place[4], codes[40], n = 0;
	for (int i = 0; i < 20; i++) codes[n++] = 0;
	codes[n++] = 1;
	for (int i = 0; i < 9; i++) codes[n++] = 2;
	codes[n++] = 3;
	codes[n++] = -1;
	fill(&column, codes, n, 4);
	assert_true(suppress_gather(&arena, &column, NULL, 5, &ret, place));
	/* One and one are not five: the nine go with them. */
	assert_int_equal(ret.ncodes, 2);
	assert_int_equal(set_count(column_set(&ret, 0), ret.words), 20);
	assert_int_equal(set_count(column_set(&ret, 1), ret.words), 11);
	assert_true(place[0] == 0 && place[1] == 1 && place[2] == 1 && place[3] == 1);
	fill(&column, codes, 20, 4);
	assert_false(suppress_gather(&arena, &column, NULL, 5, &ret, place));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_one_by_one, setup, teardown),
		cmocka_unit_test_setup_teardown(test_properties, setup, teardown),
		cmocka_unit_test_setup_teardown(test_published, setup, teardown),
		cmocka_unit_test_setup_teardown(test_several, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_poststratified, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bands, setup, teardown),
		cmocka_unit_test_setup_teardown(test_line, setup, teardown),
		cmocka_unit_test_setup_teardown(test_table, setup, teardown),
		cmocka_unit_test_setup_teardown(test_gathered, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

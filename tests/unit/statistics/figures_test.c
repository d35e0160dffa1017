/* Against R: what figures.R recorded in figures.txt, by hand (the test needs no R). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "statistics/cross.h"
#include "statistics/distribution.h"
#include "statistics/frequency.h"
#include "statistics/interval.h"
#include "statistics/ranking.h"
#include "statistics/summary.h"
#include "statistics/weight.h"

enum { VALUES = 400, NAME = 64 };

struct line {
	char name[NAME];
	double values[VALUES];
	int n;
};

static FILE *recorded;
static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	recorded = fopen(SOURCE_DIR "/tests/unit/statistics/figures.txt", "r");
	return recorded ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	fclose(recorded);
	arena_release(&arena);
	return 0;
}

static bool is_number(const char *word)
{
	return (*word >= '0' && *word <= '9') || *word == '-';
}

/* "table Titanic-sex 2 2 …": the name is the first words that are no numbers. */
static bool line_read(struct line *ret)
{
	char *text = NULL;
	size_t room = 0;
	bool read = false;
	while (!read && getline(&text, &room, recorded) > 0) {
		char *rest = text, *word;
		if (*text == '#') continue;
		*ret = (struct line){ .n = 0 };
		while ((word = strsep(&rest, " \n")) != NULL) {
			if (*word == '\0') continue;
			if (ret->n == 0 && !is_number(word)) {
				size_t len = strlen(ret->name);
				snprintf(ret->name + len, sizeof(ret->name) - len, "%s%s", len ? " " : "", word);
			} else {
				assert_true(ret->n < VALUES);
				ret->values[ret->n++] = strtod(word, NULL);
			}
		}
		read = true;
	}
	free(text);
	return read;
}

static bool begins(const struct line *line, const char *name)
{
	return strncmp(line->name, name, strlen(name)) == 0;
}

#define CLOSE(value, expected, relative) check_close((value), (expected), (relative), line.name, __LINE__)

static void check_close(double value, double expected, double relative, const char *name, int at)
{
	double away = fabs(value - expected), allowed = relative * fabs(expected);
	if (away <= allowed || (expected == 0 && away < 1e-12)) return;
	fail_msg("line %d, %s: %.17g where R says %.17g", at, name, value, expected);
}

/* Random values of R's chi-squared and Student laws, from the middle to 1e-300. */
static void test_distributions(void **state)
{
	(void)state;
	struct line line;
	int n = 0;
	while (line_read(&line)) {
		const double *v = line.values;
		/* Subnormal numbers hold fewer digits. */
		if (begins(&line, "chi2") && v[2] > 1e-300) CLOSE(chi2_above(v[0], v[1]), v[2], 1e-10);
		else if (begins(&line, "student")) CLOSE(student_quantile(v[0], v[1]), v[2], 1e-10);
		else continue;
		n++;
	}
	assert_true(n > 80);
}

/* ---- Tables ---- */

/* One answer for each person of the table. */
static void columns_of(const struct line *line, struct column *row, struct column *column)
{
	int rows = (int)line->values[0], columns = (int)line->values[1], n = 0, at = 0;
	const double *counts = line->values + 2;
	assert_int_equal(line->n, rows * columns + 2);
	for (int i = 0; i < rows * columns; i++) n += (int)counts[i];
	column_init(row, &arena, COLUMN_CODES, n, rows);
	column_init(column, &arena, COLUMN_CODES, n, columns);
	for (int i = 0; i < rows * columns; i++) {
		for (int k = 0; k < (int)counts[i]; k++, at++) {
			column_say(row, at, i / columns);
			column_say(column, at, i % columns);
		}
	}
}

static void check_table(const struct line *table)
{
	struct column row, column;
	struct cross cross;
	struct cross_test test;
	struct line line;
	columns_of(table, &row, &column);
	cross_make(&arena, &row, &column, NULL, NULL, &cross);
	cross_test(&cross, &test);
	for (int i = 0; i < cross.rows * cross.columns; i++)
		assert_int_equal(cross.counts[i], (int)table->values[2 + i]);
	assert_true(line_read(&line) && begins(&line, "expected"));
	for (int i = 0; i < line.n; i++) CLOSE(cross.expected[i], line.values[i], 1e-12);
	assert_true(line_read(&line) && begins(&line, "residuals"));
	for (int i = 0; i < line.n; i++) CLOSE(cross.residuals[i], line.values[i], 1e-9);
	assert_true(line_read(&line) && begins(&line, "test"));
	CLOSE(test.chi2, line.values[0], 1e-12);
	assert_int_equal(test.df, (int)line.values[1]);
	CLOSE(test.p, line.values[2], 1e-10);
	CLOSE(test.v, line.values[3], 1e-12);
	CLOSE(test.v_corrected, line.values[4], 1e-10);
	CLOSE(test.least, line.values[5], 1e-12);
	assert_int_equal(test.few, (int)line.values[6]);
	if (cross.rows != 2 || cross.columns != 2) {
		assert_true(isnan(test.exact));
		return;
	}
	assert_true(line_read(&line) && begins(&line, "exact"));
	CLOSE(test.exact, line.values[0], 1e-9);
}

static void test_tables(void **state)
{
	(void)state;
	struct line line;
	int n = 0;
	while (line_read(&line)) {
		if (!begins(&line, "table")) continue;
		check_table(&line);
		n++;
	}
	assert_int_equal(n, 19);
}

/* ---- Numbers and intervals ---- */

static void check_numbers(const struct line *numbers)
{
	struct column column;
	struct summary s;
	struct line line;
	column_init(&column, &arena, COLUMN_NUMBERS, numbers->n, 0);
	for (int i = 0; i < numbers->n; i++)
		if (numbers->values[i] != -1e9) column_say_number(&column, i, numbers->values[i]);
	summary_make(&arena, &column, NULL, NULL, &s);
	assert_true(line_read(&line) && begins(&line, "summary"));
	const double *v = line.values, mine[] = { s.n, s.missing, s.mean, s.median, s.sd, s.min, s.max, s.q1, s.q3 };
	for (int i = 0; i < 9; i++) CLOSE(mine[i], v[i], 1e-12);
	assert_true(line_read(&line) && begins(&line, "mean-interval"));
	struct interval interval = interval_mean(s.mean, s.sd, s.n, 0);
	CLOSE(interval.low, line.values[0], 1e-10);
	CLOSE(interval.high, line.values[1], 1e-10);
}

static void test_numbers(void **state)
{
	(void)state;
	struct line line;
	int n = 0;
	while (line_read(&line)) {
		if (!begins(&line, "numbers")) continue;
		check_numbers(&line);
		n++;
	}
	assert_int_equal(n, 6);
}

static void test_intervals(void **state)
{
	(void)state;
	struct line line;
	int n = 0;
	while (line_read(&line)) {
		const double *v = line.values;
		if (!begins(&line, "wilson")) continue;
		struct interval interval = interval_proportion(v[0] / v[1], v[1], v[2]);
		if (v[3] > 1e-12) CLOSE(interval.low, v[3], 1e-10);
		else assert_true(interval.low < 1e-12);
		CLOSE(interval.high, v[4], 1e-10);
		n++;
	}
	assert_int_equal(n, 8);
	/* All have answered: nothing is left to guess. */
	struct interval all = interval_proportion(0.4, 75, 75);
	assert_true(all.low == 0.4 && all.high == 0.4);
	all = interval_mean(12, 3, 75, 75);
	assert_true(all.low == 12 && all.high == 12);
}

/* ---- Weights ---- */

static void test_raking(void **state)
{
	(void)state;
	static const double hair[] = { 0.4, 0.3, 0.2, 0.1 }, eyes[] = { 1, 1, 1, 1 };
	struct line line;
	struct column row, column;
	struct cross cross;
	double *weights;
	while (line_read(&line) && !begins(&line, "table HairEyeColor")) {
	}
	columns_of(&line, &row, &column);
	const struct known_totals known[] = { { &row, hair }, { &column, eyes } };
	assert_true(weights_rake(&arena, known, 2, &weights));
	cross_make(&arena, &row, &column, NULL, weights, &cross);
	while (line_read(&line) && !begins(&line, "raked")) {
	}
	assert_int_equal(line.n, 16);
	for (int i = 0; i < 16; i++) CLOSE(cross.weights[i], line.values[i], 1e-6);
	for (int i = 0; i < 4; i++) CLOSE(cross.row_weights[i], hair[i] * 592, 1e-6);
}

static void test_weighted_numbers(void **state)
{
	(void)state;
	struct line line, weights;
	struct column mpg;
	struct summary s;
	while (line_read(&line) && !begins(&line, "numbers mpg")) {
	}
	column_init(&mpg, &arena, COLUMN_NUMBERS, line.n, 0);
	for (int i = 0; i < line.n; i++) column_say_number(&mpg, i, line.values[i]);
	while (line_read(&weights) && !begins(&weights, "weights")) {
	}
	summary_make(&arena, &mpg, NULL, weights.values, &s);
	assert_true(line_read(&line) && begins(&line, "weighted"));
	CLOSE(s.mean, line.values[0], 1e-12);
	CLOSE(s.sd, line.values[1], 1e-12);
	CLOSE(weight_effective(weights.values, 32, NULL, NULL), line.values[2], 1e-12);
}

static void find(struct line *line, const char *name)
{
	while (line_read(line))
		if (strcmp(line->name, name) == 0) return;
	fail_msg("no line “%s” is recorded", name);
}

static void check_all(const double *mine, int n, const struct line *line, double relative, int at)
{
	assert_int_equal(line->n, n);
	for (int i = 0; i < n; i++) check_close(mine[i], line->values[i], relative, line->name, at);
}

#define ALL_CLOSE(mine, n, line, relative) check_all((mine), (n), &(line), (relative), __LINE__)

static void test_weighted_quartiles(void **state)
{
	(void)state;
	struct line numbers, weights, line;
	struct column mpg;
	struct summary s;
	find(&numbers, "numbers mpg");
	column_init(&mpg, &arena, COLUMN_NUMBERS, numbers.n, 0);
	for (int i = 0; i < numbers.n; i++) column_say_number(&mpg, i, numbers.values[i]);
	find(&weights, "weights");
	summary_make(&arena, &mpg, NULL, weights.values, &s);
	find(&line, "weighted-quartiles");
	ALL_CLOSE(((double[]){ s.q1, s.median, s.q3 }), 3, line, 0);
}

static void read_cases(const char *name, struct column *ret)
{
	struct line line;
	find(&line, name);
	column_init(ret, &arena, COLUMN_CODES, line.n, 3);
	for (int i = 0; i < line.n; i++) column_say(ret, i, (int)line.values[i]);
}

static void test_weighted_tables(void **state)
{
	(void)state;
	struct line weights, line;
	struct column row, column;
	struct cross cross;
	struct cross_test test;
	struct frequencies shares;
	find(&weights, "weights");
	read_cases("cases cyl", &row);
	read_cases("cases gear", &column);
	frequencies_make(&arena, &row, NULL, weights.values, 0, &shares);
	find(&line, "weighted-shares");
	assert_int_equal(line.n, 3);
	for (int i = 0; i < 3; i++) CLOSE(shares.choices[i].share, line.values[i], 1e-12);
	find(&line, "weighted-wilson");
	assert_int_equal(line.n, 6);
	for (int i = 0; i < 3; i++) {
		CLOSE(shares.choices[i].interval.low, line.values[2 * i], 1e-10);
		CLOSE(shares.choices[i].interval.high, line.values[2 * i + 1], 1e-10);
	}
	cross_make(&arena, &row, &column, NULL, weights.values, &cross);
	cross_test(&cross, &test);
	find(&line, "weighted-cells");
	ALL_CLOSE(cross.weights, 9, line, 1e-12);
	find(&line, "weighted-residuals");
	ALL_CLOSE(cross.residuals, 9, line, 1e-9);
	find(&line, "weighted-test");
	ALL_CLOSE(((double[]){ test.chi2, test.df, test.p, test.v }), 4, line, 1e-10);
}

/* ---- Rankings ---- */

enum { RANKED = 6, PLACES = 3, RANKERS = 30 };

static void check_ranking(const struct column *const places[PLACES], const char *name)
{
	struct line weights, line;
	struct ranked r[RANKED];
	double mine[5][RANKED];
	static const char *const figures[] = { "ranked", "first", "weight", "mean", "points" };
	find(&weights, name);
	assert_int_equal(weights.n, RANKERS);
	ranking_make(places, PLACES, NULL, strstr(name, "once") ? NULL : weights.values, r);
	for (int i = 0; i < RANKED; i++) {
		mine[0][i] = r[i].n;
		mine[1][i] = r[i].first;
		mine[2][i] = r[i].weight;
		mine[3][i] = r[i].mean;
		mine[4][i] = r[i].points;
	}
	for (size_t f = 0; f < COUNT(figures); f++) {
		find(&line, figures[f]);
		assert_int_equal(line.n, RANKED);
		for (int i = 0; i < RANKED; i++) {
			if (isnan(line.values[i])) assert_true(isnan(mine[f][i])); /* nobody ranked it */
			else CLOSE(mine[f][i], line.values[i], 1e-12);
		}
	}
}

static void test_rankings(void **state)
{
	(void)state;
	struct line line;
	struct column columns[PLACES];
	const struct column *places[PLACES];
	find(&line, "ranking attitude");
	assert_int_equal(line.n, PLACES * RANKERS);
	for (int place = 0; place < PLACES; place++) {
		column_init(&columns[place], &arena, COLUMN_CODES, RANKERS, RANKED);
		for (int i = 0; i < RANKERS; i++) column_say(&columns[place], i, (int)line.values[place * RANKERS + i]);
		places[place] = &columns[place];
	}
	check_ranking(places, "ranking-weights once");
	check_ranking(places, "ranking-weights weighted");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_distributions, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tables, setup, teardown),
		cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_intervals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_raking, setup, teardown),
		cmocka_unit_test_setup_teardown(test_weighted_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_weighted_quartiles, setup, teardown),
		cmocka_unit_test_setup_teardown(test_weighted_tables, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rankings, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

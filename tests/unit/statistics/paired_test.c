/* Against R: what paired.R recorded in paired.txt, by hand (the test needs no R). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "statistics/paired.h"

enum { VALUES = 200 };

struct values {
	double v[VALUES];
	int n;
};

static struct arena arena;

static void close_to(double value, double expected)
{
	if (fabs(value - expected) <= 1e-9 * fabs(expected) || (expected == 0 && fabs(value) < 1e-12)) return;
	fail_msg("%.17g where R says %.17g", value, expected);
}

static struct values values_of(char *text)
{
	struct values ret = { .n = 0 };
	char *word;
	while ((word = strsep(&text, " \n")) != NULL)
		if (*word) {
			assert_true(ret.n < VALUES);
			ret.v[ret.n++] = strtod(word, NULL);
		}
	return ret;
}

static void check_paired(const struct values *before, const struct values *after, const double *r)
{
	struct paired p;
	paired_make(&arena, before->v, after->v, before->n, &p);
	const double ours[] = { p.before, p.after, p.difference, p.sd,   p.interval.low, p.interval.high, p.t,
		                p.t_p,    p.v,     p.v_p,        p.rose, p.fell,         p.same };
	for (int i = 0; i < 13; i++) close_to(ours[i], r[i]);
}

static void check_moves(const struct values *square, const char *name, const double *r)
{
	struct moves m;
	int counts[36], n = (int)square->v[0];
	for (int i = 0; i < n * n; i++) counts[i] = (int)square->v[i + 1];
	moves_make(counts, n, &m);
	assert_int_equal(m.exact, strcmp(name, "exact") == 0);
	if (!m.exact) {
		close_to(m.chi2, r[0]);
		assert_int_equal(m.df, (int)r[1]);
	}
	close_to(m.p, m.exact ? r[0] : r[2]);
}

static void test_as_r(void **state)
{
	(void)state;
	FILE *file = fopen(SOURCE_DIR "/tests/unit/statistics/paired.txt", "r");
	struct values before = { .n = 0 }, after = before, square = before;
	char *text = NULL;
	size_t room = 0;
	int npaired = 0, nmoves = 0;
	assert_non_null(file);
	while (getline(&text, &room, file) > 0) {
		char *rest = text, *name = strsep(&rest, " ");
		if (*name == '#') continue;
		struct values values = values_of(rest);
		if (strcmp(name, "before") == 0) before = values;
		else if (strcmp(name, "after") == 0) after = values;
		else if (strcmp(name, "square") == 0) square = values;
		else if (strcmp(name, "paired") == 0) check_paired(&before, &after, values.v), npaired++;
		else check_moves(&square, name, values.v), nmoves++;
	}
	free(text);
	fclose(file);
	assert_int_equal(npaired, 9);
	assert_int_equal(nmoves, 12);
}

static void test_nothing_moves(void **state)
{
	(void)state;
	const double same[] = { 3, 4 };
	const int still[] = { 3, 0, 0, 4 };
	struct paired p;
	struct moves m;
	paired_make(&arena, same, same, 2, &p);
	assert_int_equal(p.same, 2);
	assert_true(isnan(p.t_p) && isnan(p.v_p));
	paired_make(&arena, same, same, 0, &p);
	assert_true(isnan(p.before) && isnan(p.interval.low));
	moves_make(still, 2, &m);
	assert_int_equal(m.pairs, 7);
	assert_int_equal(m.moved, 0);
	assert_true(isnan(m.p));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_as_r), cmocka_unit_test(test_nothing_moves) };
	arena_init(&arena);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&arena);
	return failed;
}

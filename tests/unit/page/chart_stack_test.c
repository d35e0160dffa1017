/* Bars of parts: on one side, or on both sides of the middle. Places worked out by hand from the shares. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "page/chart_stack.h"

static struct arena a;

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

/* The i-th rectangle: its class, where it begins, how wide it is. */
static const char *rectangle(const char *svg, int i)
{
	const char *at = strstr(svg, "</defs>");
	for (; at && i >= 0; i--) at = strstr(at + 1, "<rect ");
	if (at == NULL) return "none";
	char *one = arena_strndup(&a, at, strcspn(at, ">")), *x = strstr(one, " x="), *width = strstr(one, " width=");
	char *y = strstr(one, " y=");
	return arena_printf(&a, "%.*s|%.*s|%.*s", (int)strcspn(one + 13, "\""), one + 13, (int)(y - x - 1), x + 1,
	                    (int)strcspn(width + 1, " "), width + 1);
}

static const char *draw(bool opposed, int nparts, const double *shares)
{
	static const char *const rows[] = { "Simples", "Proches <b>" };
	arena_init(&a);
	struct chart_stack stack = { .title = "T",
		                     .summary = "S",
		                     .rows = rows,
		                     .nrows = 2,
		                     .nparts = nparts,
		                     .shares = shares,
		                     .opposed = opposed };
	return chart_stack_svg(&a, &stack, 1).ptr;
}

static void test_one_side(void **state)
{
	static const double shares[] = { .2, .3, .5, .1, .4, .5 };
	(void)state;
	const char *svg = draw(false, 3, shares);
	assert_string_equal(rectangle(svg, 0), "stack-0|x=\"0.0\"|width=\"80.0\"");
	assert_string_equal(rectangle(svg, 1), "stack-1|x=\"80.0\"|width=\"120.0\"");
	assert_null(strstr(svg, "chart-axis"));
	assert_null(strstr(svg, "<b>"));
}

/* Left of the middle .2 + .15 and .1 + .2; right .65 and .7: a share of .7 is 200 wide. */
static void test_both_sides(void **state)
{
	static const double shares[] = { .2, .3, .5, .1, .4, .5 };
	(void)state;
	const char *svg = draw(true, 3, shares);
	assert_string_equal(rectangle(svg, 0), "stack-0|x=\"100.0\"|width=\"57.1\"");
	assert_string_equal(rectangle(svg, 1), "stack-5|x=\"157.1\"|width=\"85.7\""); /* 157.1 + 85.7 / 2 = 200 */
	assert_string_equal(rectangle(svg, 2), "stack-3|x=\"242.9\"|width=\"142.9\"");
	assert_string_equal(rectangle(svg, 3), "stack-0|x=\"114.3\"|width=\"28.6\"");
	assert_string_equal(rectangle(svg, 5), "stack-3|x=\"257.1\"|width=\"142.9\"");
	assert_non_null(strstr(svg, "chart-axis\" d=\"M200.0"));
}

/* Four parts have no middle one: it is between the second and the third. */
static void test_an_even_number(void **state)
{
	static const double shares[] = { .25, .25, .25, .25, 0, 0, 0, 1 };
	(void)state;
	const char *svg = draw(true, 4, shares);
	assert_string_equal(rectangle(svg, 2), "stack-4|x=\"200.0\"|width=\"50.0\"");
	assert_string_equal(rectangle(svg, 4), "stack-3|x=\"200.0\"|width=\"200.0\"");
}

/* What is not told would be betrayed by where the others stand. */
static void test_hidden(void **state)
{
	const double shares[] = { NAN, .3, .5, .1, .4, .5 };
	(void)state;
	const char *svg = draw(true, 3, shares);
	assert_string_equal(rectangle(svg, 0), "chart-rest|x=\"100.0\"|width=\"200.0\"");
	assert_string_equal(rectangle(svg, 1), "stack-0|x=\"114.3\"|width=\"28.6\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_one_side, teardown),
		cmocka_unit_test_teardown(test_both_sides, teardown),
		cmocka_unit_test_teardown(test_an_even_number, teardown),
		cmocka_unit_test_teardown(test_hidden, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

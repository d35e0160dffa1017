/* Agreement between coders, against published worked examples. */
#include "statistics/agreement.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/macros.h"

enum { _ = AGREEMENT_MISSING };

static void near(double value, double expected, double within)
{
	if (!(fabs(value - expected) <= within)) fail_msg("%.6f, not %.6f", value, expected);
}

/* K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), section A: α = 0.095. */
static void binary_of_two(void **state)
{
	static const int values[] = { 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, /* Meg */
		                      1, 1, 1, 0, 0, 1, 0, 0, 0, 0 /* Owen */ };
	struct agreement agreement;
	(void)state;
	agreement_of(values, 2, 10, &agreement);
	near(agreement.alpha, 0.095, 0.0005);
	near(agreement.percent, 0.6, 1e-9);
	assert_int_equal(agreement.units, 10);
}

/* Section B: α = 0.692. */
static void nominal_of_two(void **state)
{
	static const int values[] = { 0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0, /* Ben */
		                      1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3 /* Gerry */ };
	struct agreement agreement;
	(void)state;
	agreement_of(values, 2, 12, &agreement);
	near(agreement.alpha, 0.692, 0.0005);
}

/* Section C: four observers, some missing: α = 0.743. */
static void nominal_of_four(void **state)
{
	static const int values[] = {
		1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _, /* A */
		1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3, /* B */
		_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _, /* C */
		1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _  /* D */
	};
	struct agreement agreement;
	(void)state;
	agreement_of(values, 4, 12, &agreement);
	near(agreement.alpha, 0.743, 0.0005);
	assert_true(isnan(agreement.kappa));
	/* The last was judged by one alone: it says nothing. */
	assert_int_equal(agreement.units, 11);
}

static void table(const int cells[4], struct agreement *ret)
{
	int values[400], n = cells[0] + cells[1] + cells[2] + cells[3], unit = 0;
	for (int cell = 0; cell < 4; cell++)
		for (int i = 0; i < cells[cell]; i++, unit++) {
			values[unit] = cell / 2;
			values[n + unit] = cell % 2;
		}
	agreement_of(values, 2, n, ret);
}

/* By hand from Cohen's formula. 50 requests for funds judged by two, the example of most handbooks: 0.70 agreed, 0.50 by chance,
 * κ = 0.40. Then two tables with the same 0.60 agreed, and 0.54 or 0.46 by chance: κ depends on the margins. */
static void kappa(void **state)
{
	struct agreement agreement;
	(void)state;
	table((const int[4]){ 20, 5, 10, 15 }, &agreement);
	near(agreement.kappa, 0.40, 1e-9);
	near(agreement.percent, 0.70, 1e-9);
	table((const int[4]){ 45, 15, 25, 15 }, &agreement);
	near(agreement.kappa, 0.1304, 0.00005);
	table((const int[4]){ 25, 35, 5, 35 }, &agreement);
	near(agreement.kappa, 0.2593, 0.00005);
}

static void nothing_to_measure(void **state)
{
	static const int same[] = { 1, 1, 1, 1, 1, 1 }, apart[] = { 1, _, _, 1 };
	struct agreement agreement;
	(void)state;
	agreement_of(same, 2, 3, &agreement);
	near(agreement.percent, 1, 1e-9);
	assert_true(isnan(agreement.alpha) && isnan(agreement.kappa));
	agreement_of(apart, 2, 2, &agreement);
	assert_true(isnan(agreement.percent) && isnan(agreement.alpha) && isnan(agreement.kappa));
	agreement_of(same, 0, 0, &agreement);
	assert_int_equal(agreement.units, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(binary_of_two),      cmocka_unit_test(nominal_of_two),
		cmocka_unit_test(nominal_of_four),    cmocka_unit_test(kappa),
		cmocka_unit_test(nothing_to_measure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

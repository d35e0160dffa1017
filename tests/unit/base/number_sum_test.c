/* Sums are exact: 0.1 + 0.2 is 0.3. Expected values: done by hand, and by bc(1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/macros.h"
#include "base/number_sum.h"

static void test_sums(void **state)
{
	(void)state;
	static const struct {
		const char *numbers[4];
		int n;
		const char *sum;
	} rows[] = {
		{ { "0" }, 0, "0" },
		{ { "0.1", "0.2" }, 2, "0.3" },
		{ { "33.3", "33.3", "33.4" }, 3, "100" },
		{ { "-12.5", "2.25" }, 2, "-10.25" },
		{ { "1", "-1" }, 2, "0" },
		{ { "-0.000000001" }, 1, "-0.000000001" },
		{ { "999999999999999998", "1.999999999" }, 2, "999999999999999999.999999999" },
	};
	char sum[NUMBER_SIZE];
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(number_sum(rows[i].numbers, rows[i].n, sum));
		assert_string_equal(sum, rows[i].sum);
		assert_true(number_valid(sum));
	}
}

static void test_too_large(void **state)
{
	(void)state;
	const char *numbers[NUMBER_SUM_MAX + 1] = { "999999999999999999", "1" };
	char sum[NUMBER_SIZE] = "kept";
	assert_false(number_sum(numbers, 2, sum));
	for (int i = 0; i < NUMBER_SUM_MAX + 1; i++) numbers[i] = "1";
	assert_false(number_sum(numbers, NUMBER_SUM_MAX + 1, sum));
	assert_string_equal(sum, "kept");
	assert_true(number_sum(numbers, NUMBER_SUM_MAX, sum));
	assert_string_equal(sum, "1000");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_sums), cmocka_unit_test(test_too_large) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

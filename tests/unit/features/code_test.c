/* Codes read on one screen and typed on another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/macros.h"
#include "features/people/code.h"

static void test_format(void **state)
{
	struct id id;
	char code[CODE_TEXT + 1];
	(void)state;
	assert_true(id_parse("01fwhe4yda0f9hhgwf92nkfqhf", &id));
	assert_string_equal(code_format(id, code), "0f9h-hgwf-92nk-fqhf");
}

static void test_matches(void **state)
{
	static const char *const right[] = { "0f9h-hgwf-92nk-fqhf", "0F9H HGWF 92NK FQHF", "of9hhgwf92nkfqhf",
		                             " 0f9h-hgwf-92nk-fqhf " };
	static const char *const wrong[] = {
		"", "0f9h-hgwf-92nk-fqh", "0f9h-hgwf-92nk-fqhg", "0f9h-hgwf-92nk-fqhf0", "0f9h-hgwf-92nk-fqh?", "----"
	};
	(void)state;
	for (size_t i = 0; i < COUNT(right); i++) assert_true(code_matches("0f9h-hgwf-92nk-fqhf", right[i]));
	for (size_t i = 0; i < COUNT(wrong); i++) assert_false(code_matches("0f9h-hgwf-92nk-fqhf", wrong[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_format), cmocka_unit_test(test_matches) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

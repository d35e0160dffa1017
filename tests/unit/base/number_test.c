#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/number.h"

#define N "\xE2\x80\xAF" /* U+202F narrow no-break space */
#define B "\xC2\xA0"     /* U+00A0 no-break space */
#define M "\xE2\x88\x92" /* U+2212 minus sign */

static void test_parse(void **state)
{
	(void)state;
	static const struct {
		const char *text, *fr, *en; /* NULL: refused */
	} cases[] = {
		{ "1 294,50", "1294.5", "1294.5" },
		{ "1" N "294,50", "1294.5", "1294.5" },
		{ "1" B "294.5", "1294.5", "1294.5" },
		{ "1294.5", "1294.5", "1294.5" },
		{ "1294,5", "1294.5", "1294.5" },
		{ "0", "0", "0" },
		{ "-0,00", "0", "0" },
		{ "007", "7", "7" },
		{ ",5", "0.5", "0.5" },
		{ "5.", "5", "5" },
		{ "-12", "-12", "-12" },
		{ M " 12,50", "-12.5", "-12.5" },
		{ "+3", "3", "3" },
		{ " 42 ", "42", "42" },
		{ "1,294", "1.294", "1294" }, /* a decimal comma in French, thousands in English */
		{ "1.294", "1.294", "1.294" },
		{ "1,294.5", "1294.5", "1294.5" },
		{ "1.294,5", "1294.5", "1294.5" },
		{ "1,294,000", "1294000", "1294000" },
		{ "1.294.000", "1294000", "1294000" },
		{ "12 345 678", "12345678", "12345678" },
		{ "999999999999999999.999999999", "999999999999999999.999999999", "999999999999999999.999999999" },
		{ "", NULL, NULL },
		{ " ", NULL, NULL },
		{ "-", NULL, NULL },
		{ ".", NULL, NULL },
		{ "12 34", NULL, NULL },
		{ "1 2345", NULL, NULL },
		{ "1234 567", NULL, NULL },
		{ "1,2,3", NULL, NULL },
		{ "1.5,000,0", NULL, NULL },
		{ "1,5 00", NULL, NULL },
		{ "1 000,000.5", NULL, NULL },
		{ "1e5", NULL, NULL },
		{ "0x10", NULL, NULL },
		{ "--1", NULL, NULL },
		{ "1-", NULL, NULL },
		{ "12 €", NULL, NULL },
		{ "NaN", NULL, NULL },
		{ "1000000000000000000", NULL, NULL }, /* 19 digits */
		{ "0.0000000001", NULL, NULL },
		{ "٣", NULL, NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (enum lang lang = LANG_FR; lang < LANG_COUNT; lang++) {
			const char *want = lang == LANG_FR ? cases[i].fr : cases[i].en;
			char got[NUMBER_SIZE] = "untouched";
			struct err err = { 0 };
			enum code code = number_parse(cases[i].text, lang, got, &err);
			assert_string_equal(got, want ? want : "untouched");
			assert_int_equal(code == OK, want != NULL);
			if (want) assert_true(number_valid(got));
		}
	}
}

static void test_valid(void **state)
{
	(void)state;
	static const char *const bad[] = { "",    "-",  "-0", "00", "01",  "1.",  ".5", "1.0",  "1.50",
		                           "1,5", " 1", "1 ", "+1", "1e3", "-.5", "a",  "1.-2", "1..2" };
	for (size_t i = 0; i < COUNT(bad); i++) assert_false(number_valid(bad[i]));
	static const char *const good[] = { "0", "-1", "10", "0.5", "-0.000000001", "100.01" };
	for (size_t i = 0; i < COUNT(good); i++) assert_true(number_valid(good[i]));
}

static void test_order(void **state)
{
	(void)state;
	static const char *const order[] = { "-999999999999999999",
		                             "-1000",
		                             "-10.5",
		                             "-10.05",
		                             "-10",
		                             "-9",
		                             "-0.000000001",
		                             "0",
		                             "0.1",
		                             "0.11",
		                             "0.2",
		                             "9",
		                             "10",
		                             "10.05",
		                             "1000",
		                             "999999999999999999.999999999" };
	for (size_t i = 0; i < COUNT(order); i++) {
		char key[NUMBER_KEY_SIZE], back[NUMBER_SIZE];
		assert_string_equal(number_from_key(number_key(order[i], key), back), order[i]);
		for (size_t j = 0; j < COUNT(order); j++) {
			int got = number_compare(order[i], order[j]);
			assert_int_equal((got > 0) - (got < 0), (i > j) - (i < j));
		}
	}
	char back[NUMBER_SIZE];
	assert_string_equal(number_from_key("12", back), "");
	assert_string_equal(number_from_key("fete", back), "");
	assert_string_equal(number_from_key("2000000000000000001000000000", back), "");
	assert_string_equal(number_from_key("0999999999999999999999999999", back), ""); /* -0 */
}

static void test_format(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	assert_string_equal(number_format(&a, "1294", 0, LANG_FR), "1" N "294");
	assert_string_equal(number_format(&a, "1294.5", 0, LANG_FR), "1" N "294,5");
	assert_string_equal(number_format(&a, "1294.5", 2, LANG_FR), "1" N "294,50");
	assert_string_equal(number_format(&a, "-1234567.25", 0, LANG_EN), M "1,234,567.25");
	assert_string_equal(number_format(&a, "999", 2, LANG_EN), "999.00");
	assert_string_equal(number_format(&a, "0", 0, LANG_FR), "0");
	/* What is shown can be typed back. */
	for (int i = 0; i < 20000; i++) {
		char typed[64], number[NUMBER_SIZE], again[NUMBER_SIZE];
		uint32_t top = 1u << random_below(30); /* at most 9 digits, twice */
		snprintf(typed, sizeof(typed), "%s%u%u.%u", random_below(2) ? "-" : "", random_below(top),
		         random_below(top), random_below(random_below(2) ? 10 : 999999999));
		assert_int_equal(number_parse(typed, LANG_FR, number, NULL), OK);
		for (enum lang lang = LANG_FR; lang < LANG_COUNT; lang++) {
			assert_int_equal(number_parse(number_format(&a, number, 0, lang), lang, again, NULL), OK);
			assert_string_equal(again, number);
		}
		arena_reset(&a);
	}
	arena_release(&a);
}

int main(void)
{
	random_seed(3);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_format),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

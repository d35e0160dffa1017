#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "expression/fold.h"
#include "expression/pattern.h"

static bool matches(const char *text, const char *with)
{
	struct arena a;
	const struct pattern *pattern;
	struct err err;
	arena_init(&a);
	if (pattern_read(&a, text, &pattern, &err) != OK) fail_msg("%s: %s", text, err.msg);
	bool found = pattern_matches(&a, pattern, fold_text(&a, with, 10000));
	arena_release(&a);
	return found;
}

/* As Python's re.fullmatch(pattern, text, re.IGNORECASE) says. */
static void test_matches(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text;
		bool want;
	} rows[] = {
		{ "\\d{5}", "37000", true },
		{ "^\\d{5}$", "37000", true },
		{ "\\d{5}", "370000", false },
		{ "0\\d([ .-]?\\d\\d){4}", "02 47 12 34 56", true },
		{ "0\\d([ .-]?\\d\\d){4}", "02 47 12 34 5", false },
		{ "(a|ab)(c|bcd)(d*)", "abcd", true },
		{ "[^a-z]+", "ABC", false },
		{ "[A-Z]{2}", "fr", true },
		{ "x{2,3}", "xxxx", false },
		{ "x{2,3}", "xx", true },
		{ "x{2,}", "xxxxx", true },
		{ "a|b|", "", true },
		{ "a|b|", "c", false },
		{ "[\\w-]+@[\\w.-]+", "jean-paul@ville.fr", true },
		{ "(ab?)+", "aababa", true },
		{ "(ab?)+", "aabbaba", false },
		{ "[]a]+", "]a", true },
		{ "a{0}b", "b", true },
		{ "a{0}b", "ab", false },
		{ ".", "é", true },
		{ ".", "日", true },
		{ "..", "日", false },
		{ "a\\.b", "a.b", true },
		{ "a\\.b", "axb", false },
		{ "", "", true },
		{ "", "x", false },
		{ "(x?y)*z?", "yxyz", true },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		if (matches(rows[i].pattern, rows[i].text) != rows[i].want)
			fail_msg("%s with %s", rows[i].pattern, rows[i].text);
	assert_true(matches("œuf dur", "OEUF Dur"));
	assert_true(matches("fête", "FETE"));
}

static void test_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = { "[a",
		                             "(a",
		                             "a)",
		                             "*a",
		                             "a|*",
		                             "a{",
		                             "a{2",
		                             "a{3,2}",
		                             "a{101}",
		                             "\\",
		                             "[z-a]",
		                             "(((((((((((a)))))))))))",
		                             "((a{100}){100}){100}",
		                             "a{100}{100}" };
	struct arena a;
	const struct pattern *pattern;
	struct err err;
	arena_init(&a);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		err.code = OK;
		if (pattern_read(&a, wrong[i], &pattern, &err) != E_INPUT || err.code != E_INPUT)
			fail_msg("%s is accepted", wrong[i]);
	}
	arena_release(&a);
}

/* What takes other engines 2^30 steps takes this one a few thousand: the test would not end otherwise. */
static void test_linear(void **state)
{
	(void)state;
	char text[10000];
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_false(matches("(a*)*b", text));
	assert_false(matches("(a|a)*(a|aa)+b", text));
	assert_false(matches("(a?){60}a{60}b", text));
	assert_true(matches("(.*)*", text));
}

/* As Python's unicodedata says: lower case, decomposed, without marks. */
static void test_fold(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	assert_string_equal(fold_text(&a, "ÀÇÉÎÑÖŸ àçéîñöÿ ŒÆẞß İı × ÷", 100), "aceinoy aceinoy oeaeẞss ii × ÷");
	assert_string_equal(fold_text(&a, "L\u2019\u00E9t\u00E9\u00A0\u2013\u202Fok", 100), "l'ete - ok");
	assert_string_equal(fold_text(&a, "ΑΒΓ日本😀", 100), "ΑΒΓ日本😀");
	assert_string_equal(fold_text(&a, "éàü", 2), "ea");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_linear),
		cmocka_unit_test(test_fold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "answers.h"

static struct answer given[] = {
	{ "n", EXPRESSION_NUMBER, NULL },  { "m", EXPRESSION_NUMBER, NULL }, { "t", EXPRESSION_TEXT, NULL },
	{ "b", EXPRESSION_YES_NO, NULL },  { "d", EXPRESSION_DATE, NULL },   { "c", EXPRESSION_CHOICE, NULL },
	{ "s", EXPRESSION_SEVERAL, NULL },
};

static struct answers all = { NULL, given, (int)COUNT(given) };
static const struct expression_names names = { answers_find, &all };

static bool possible(struct arena *a, const char *text)
{
	const struct expression *e;
	struct err err;
	if (expression_read(a, text, LANG_EN, &names, EXPRESSION_YES_NO, &e, NULL, &err) != OK)
		fail_msg("%s: %s", text, err.msg);
	return expression_possible(a, &e, 1);
}

static void test_told(void **state)
{
	(void)state;
	static const char *const can[] = {
		"n > 3 and n < 5",
		"n >= 3 and n <= 3",
		"n != 3 and n > 2",
		"not n > 3 and n > 2",
		"empty(n) and not n > 3",
		"c = \"ouvert\" or c = \"ferme\"",
		"c != \"ouvert\" and c != \"ferme\"",
		"s = \"ouvert\" and s = \"ferme\"",
		"not b and empty(b)",
		"b or not b",
		"n > m and m > n",
		"t = \"a\" and not empty(t)",
		"3 < n and n < 4",
		"c in (\"ouvert\", \"ferme\") and c != \"ouvert\"",
		"length(t) > 3 and length(t) < 2",
		"n < 3 or n > 5 and n < 4",
	};
	static const char *const never[] = {
		"n > 5 and n < 3",
		"n > 3 and n < 3",
		"n >= 3 and n <= 3 and n != 3",
		"n > 3 and not n > 2",
		"5 < n and n < 3",
		"n = 3 and n = 4",
		"empty(n) and n > 3",
		"c = \"ouvert\" and c = \"ferme\"",
		"c = \"ouvert\" and c in (\"projet\", \"ferme\")",
		"not empty(c) and not c in (\"ouvert\", \"projet\", \"ferme\")",
		"s = \"ouvert\" and s != \"ouvert\"",
		"b and not b",
		"b and b = no",
		"not empty(b) and not b and b != no",
		"t = \"Été\" and t = \"hiver\"",
		"t = \"a\" and empty(t)",
		"no",
		"1 > 2",
		"not (b or not b)",
		"(n > 5 or n > 6) and n < 3",
		"d > date(2026, 1, 1) and d < date(2025, 1, 1)",
		"length(t) > 3 and not length(t) > 3",
	};
	for (size_t i = 0; i < COUNT(can) + COUNT(never); i++) {
		struct arena a;
		arena_init(&a);
		const char *text = i < COUNT(can) ? can[i] : never[i - COUNT(can)];
		if (possible(&a, text) != (i < COUNT(can))) fail_msg("%s", text);
		arena_release(&a);
	}
}

static uint32_t state_of = 1;

static uint32_t roll(uint32_t below)
{
	state_of = state_of * 1664525u + 1013904223u;
	return (state_of >> 8) % below;
}

static const char *random_condition(struct arena *a, int depth)
{
	static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=" };
	static const char *const keys[] = { "ouvert", "projet", "ferme" };
	if (depth > 0) switch (roll(3)) {
		case 0:
			return arena_printf(a, "(%s and %s)", random_condition(a, depth - 1),
			                    random_condition(a, depth - 1));
		case 1:
			return arena_printf(a, "(%s or %s)", random_condition(a, depth - 1),
			                    random_condition(a, depth - 1));
		default: return arena_printf(a, "not (%s)", random_condition(a, depth - 1));
		}
	switch (roll(6)) {
	case 0: return arena_printf(a, "n %s %u", signs[roll(6)], roll(4));
	case 1: return arena_printf(a, "%s %s \"%s\"", roll(2) ? "c" : "s", roll(2) ? "=" : "!=", keys[roll(3)]);
	case 2: return arena_printf(a, "empty(%s)", roll(2) ? "n" : roll(2) ? "c" : "b");
	case 3: return arena_printf(a, "c in (\"%s\", \"%s\")", keys[roll(3)], keys[roll(3)]);
	case 4: return roll(2) ? "b" : "b = no";
	default: return arena_printf(a, "%u %s n", roll(4), signs[roll(6)]);
	}
}

/* What is true of some answers is never told impossible: every answer that matters is tried. */
static void test_sound(void **state)
{
	(void)state;
	static const char *const numbers[] = { NULL, "0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5" };
	static const char *const choices[] = { NULL, "ouvert", "projet", "ferme" };
	static const char *const several[] = { NULL,
		                               "ouvert",
		                               "projet",
		                               "ferme",
		                               "ouvert\nferme",
		                               "ouvert\nprojet",
		                               "projet\nferme",
		                               "ouvert\nprojet\nferme" };
	static const char *const both[] = { NULL, "true", "false" };
	int never = 0, exact = 0;
	for (int round = 0; round < 1500; round++) {
		struct arena a;
		const struct expression *e;
		arena_init(&a);
		all.a = &a;
		const char *text = random_condition(&a, 3);
		assert_int_equal(expression_read(&a, text, LANG_EN, &names, EXPRESSION_YES_NO, &e, NULL, NULL), OK);
		bool told = expression_possible(&a, &e, 1), found = false;
		struct expression_answers answers = { answers_value, &all, 0 };
		for (size_t i = 0; i < 9 * 4 * 8 * 3 && !found; i++) {
			given[0].text = numbers[i % 9];
			given[5].text = choices[i / 9 % 4];
			given[6].text = several[i / 36 % 8];
			given[3].text = both[i / 288];
			found = expression_holds(&a, e, &answers);
		}
		if (found && !told) fail_msg("%s is possible", text);
		never += !told;
		exact += told == found;
		arena_release(&a);
	}
	assert_true(never > 20);         /* the test has something to tell */
	assert_true(exact >= 1500 - 15); /* and little is left untold */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

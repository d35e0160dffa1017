/* Dates and periods, typed in three boxes or in words, kept as ISO 8601. */
#include "field_fixture.h"

static void test_day(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'date'");
	static const struct text_row rows[] = {
		{ "28/11/2026", "'2026-11-28'", "" },
		{ "2026-11-28", "'2026-11-28'", "" },
		{ "samedi 28 novembre 2026", "'2026-11-28'", "" },
		{ "1er mai 2013", "'2013-05-01'", "" },
		{ "", "-", "" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "'2024-02-29'", "" },
		{ "'2023-02-29'", "“2023-02-29” is not a date. Example: 28/11/2026;" },
		{ "'2026-11-28T14:30'", "“2026-11-28T14:30” is not a date. Example: 28/11/2026;" }, /* no hours here */
		{ "'28/11/2026'", "“28/11/2026” is not a date. Example: 28/11/2026;" },
		{ "20261128", "“” is not a date. Example: 28/11/2026;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ.day=28", "champ.month=11", "champ.year=2026")),
	                    "'2026-11-28'");
	assert_string_equal(written(posted(field, "champ=28 novembre 2026")), "'2026-11-28'");
	assert_string_equal(written(posted(field, "champ.day=")), "-");
	assert_string_equal(mistakes(), "");
}

/* A mistake is told in the reader's language and keeps what was typed, each part in its box. */
static void test_mistyped(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'date', 'time': true");
	static const char *const pairs[] = { "champ.day=31", "champ.month=11", "champ.year=2026", "champ.time=14 h",
		                             NULL };
	const json_t *value = posted_in(field, LANG_EN, pairs);
	assert_string_equal(mistakes(), "There is no 31 November;");
	const char *html = drawn(field->type->edit, field, LANG_FR, value);
	assert_contains(html, "name=\"champ.day\" value=\"31\"");
	assert_contains(html, "name=\"champ.month\" value=\"11\"");
	assert_contains(html, "name=\"champ.year\" value=\"2026\"");
	assert_contains(html, "name=\"champ.time\" value=\"14 h\"");
}

static void test_hour(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'date', 'time': true");
	static const struct text_row rows[] = {
		{ "28/11/2026 14 h 30", "'2026-11-28T14:30'", "" },
		{ "2026-11-28T14:30", "'2026-11-28T14:30'", "" },
		{ "28/11/2026", "'2026-11-28'", "" },
	};
	test_imports(field, rows, COUNT(rows));
	assert_string_equal(
	        written(posted(field, "champ.day=28", "champ.month=11", "champ.year=2026", "champ.time=14h30")),
	        "'2026-11-28T14:30'");
	assert_string_equal(shown(field, LANG_FR, "'2026-11-28T14:30'"),
	                    "<time datetime=\"2026-11-28T14:30\">samedi 28 novembre 2026, 14\u202Fh\u202F30</time>");
	assert_string_equal(shown(field, LANG_EN, "'2026-11-28'"),
	                    "<time datetime=\"2026-11-28\">Saturday 28 November 2026</time>");
	/* What a form shows, sent back unchanged, is the same moment. */
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const char *html = edited(field, (enum lang)lang, "'2026-11-28T14:30'");
		const char *time = strstr(html, "name=\"champ.time\" value=\"") +
		                   strlen("name=\"champ.time\" value=\"");
		const char *pairs[] = { "champ.day=28", "champ.month=11", "champ.year=2026",
			                arena_printf(&fixture.a, "champ.time=%.*s", (int)strcspn(time, "\""), time),
			                NULL };
		assert_string_equal(written(posted_in(field, (enum lang)lang, pairs)), "'2026-11-28T14:30'");
	}
}

static void test_found(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'date', 'time': true");
	assert_string_equal(keys(field, value_of("'2026-11-28T14:30'")), "2026-11-28T14:30;");
	assert_true(meets(field, value_of("'2026-11-28'"), "=", "28 novembre 2026"));
	assert_true(meets(field, value_of("'2026-11-28'"), "<", "1/12/2026"));
	assert_false(meets(field, value_of("'2026-11-28'"), ">", "1/12/2026"));
	assert_string_equal(field->type->key_label(field, "2026-11-28", &fixture.page), "samedi 28 novembre 2026");
	assert_true(strcmp(keys(field, value_of("'2026-11-28'")), keys(field, value_of("'2026-11-28T00:00'"))) < 0);
}

static void test_period(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'period'");
	static const struct text_row rows[] = {
		{ "2013-01-01/2013-12-31", "{'from':'2013-01-01','to':'2013-12-31'}", "" },
		{ "2013-01-01/", "{'from':'2013-01-01'}", "" },
		{ "/2013-12-31", "{'to':'2013-12-31'}", "" },
		{ "1/1/2013", "{'from':'2013-01-01'}", "" },
		{ "", "-", "" },
		{ "2013-12-31/2013-01-01", "{'from':'2013-12-31','to':'2013-01-01'}",
		  "The period ends before it begins: check both dates.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "{'from':'2013-01-01','to':'2013-01-01'}", "" },
		{ "{}", "A period has a first day, a last day, or both.;" },
		{ "'2013-01-01'", "A period has a first day, a last day, or both.;" },
		{ "{'from':'hier'}", "A period has a first day, a last day, or both.;" },
		{ "{'from':3,'to':'2013-01-01'}", "A period has a first day, a last day, or both.;" },
		{ "{'to':'2013-01-01','secret':'x'}", "A period has a first day, a last day, or both.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ.from.day=1", "champ.from.month=2", "champ.from.year=2013",
	                                   "champ.to.day=3", "champ.to.month=2", "champ.to.year=2013")),
	                    "{'from':'2013-02-01','to':'2013-02-03'}");
	assert_string_equal(shown(field, LANG_FR, "{'from':'2026-11-28','to':'2026-11-30'}"),
	                    "du 28 au 30 novembre 2026");
	assert_string_equal(keys(field, value_of("{'from':'2013-02-01','to':'2013-02-03'}")), "2013-02-01;");
	assert_string_equal(keys(field, value_of("{'to':'2013-02-03'}")), "2013-02-03;");
	const char *html = edited(field, LANG_FR, "{'from':'2013-02-01'}");
	assert_contains(html, "name=\"champ.from.day\" value=\"1\"");
	assert_contains(html, "name=\"champ.to.day\" value=\"\"");
}

/* From half past two until the same day: it lasts till night. */
static void test_period_of_one_day(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'period', 'time': true");
	static const struct value_row values[] = {
		{ "{'from':'2026-11-28T14:30','to':'2026-11-28'}", "" },
		{ "{'from':'2026-11-28T14:30','to':'2026-11-28T12:00'}",
		  "The period ends before it begins: check both dates.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_contains(plain(field, LANG_EN, value_of("{'from':'2026-11-28'}")), "from ");
	assert_contains(plain(field, LANG_FR, value_of("{'to':'2026-11-28'}")), "28 novembre 2026");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_day),   FIELD_TEST(test_mistyped), FIELD_TEST(test_hour),
		FIELD_TEST(test_found), FIELD_TEST(test_period),   FIELD_TEST(test_period_of_one_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

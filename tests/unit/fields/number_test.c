/* Numbers are exact, and typed as people write them in their language. */
#include "field_fixture.h"

static void test_import(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'number', 'min': 0, 'max': '100.5', 'decimals': 2");
	static const struct text_row rows[] = {
		{ "12,5", "'12.5'", "" },
		{ "12.50", "'12.5'", "" },
		{ " 7 ", "'7'", "" },
		{ "", "-", "" },
		{ "beaucoup", "'beaucoup'", "“beaucoup” is not a number. Example: 12,5;" },
		{ "-1", "'-1'", "At least 0.;" },
		{ "100,5", "'100.5'", "" },
		{ "100,51", "'100.51'", "At most 100.5.;" },
		{ "1,125", "'1.125'", "At most 2 digits after the decimal point.;" },
		{ "-0,125", "'-0.125'", "At least 0.;At most 2 digits after the decimal point.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "'12.5'", "" },
		{ "12", "“” is not a number. Example: 12,5;" },
		{ "'012'", "“012” is not a number. Example: 12,5;" },
		{ "'12,5'", "“12,5” is not a number. Example: 12,5;" },
	};
	test_checks(field, values, COUNT(values));
	assert_null(field_defined("'type': 'number', 'min': 'peu'"));
	assert_string_equal(mistakes(), "“peu” is not a number;");
}

/* What a form shows, sent back unchanged, is the same number: in each language, for each number. */
static void test_unchanged(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'number'");
	static const char *const numbers[] = { "0", "1294", "1294.5", "1.294", "0.125", "-1234567", "1000000.001" };
	for (size_t i = 0; i < COUNT(numbers); i++)
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			const char *json = arena_printf(&fixture.a, "'%s'", numbers[i]);
			const char *html = edited(field, (enum lang)lang, json);
			const char *value = strstr(html, " value=\"") + strlen(" value=\"");
			char *typed = arena_strndup(&fixture.a, value, strcspn(value, "\""));
			const char *pairs[] = { arena_printf(&fixture.a, "champ=%s", typed), NULL };
			assert_string_equal(written(posted_in(field, (enum lang)lang, pairs)), json);
		}
	assert_contains(edited(field, LANG_FR, "'beaucoup'"), "value=\"beaucoup\"");
	assert_contains(edited(field, LANG_FR, NULL), "value=\"\"");
}

static void test_shown(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'number', 'unit': {'fr': 'places', 'en': 'seats'}");
	assert_string_equal(shown(field, LANG_FR, "'1294.5'"), "1\u202F294,5\u00A0places");
	assert_string_equal(shown(field, LANG_EN, "'1294.5'"), "1,294.5\u00A0seats");
}

static void test_order(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'number'");
	static const char *const order[] = { "'-1000'", "'-2.5'", "'-2'", "'0'", "'0.5'", "'9'", "'10'", "'100000'" };
	for (size_t i = 1; i < COUNT(order); i++)
		assert_true(strcmp(keys(field, value_of(order[i - 1])), keys(field, value_of(order[i]))) < 0);
	assert_true(meets(field, value_of("'9'"), "<", "10"));
	assert_true(meets(field, value_of("'12.5'"), "=", "12,50"));
	assert_true(meets(field, value_of("'-3'"), "<=", "-2"));
	assert_false(meets(field, value_of("'9'"), ">=", "10"));
	assert_false(meets(field, value_of("'9'"), "=", "neuf"));
	const char *key = field->type->key(field, "1294,5", &fixture.a);
	assert_string_equal(field->type->key_label(field, key, &fixture.page), "1\u202F294,5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_import),
		FIELD_TEST(test_unchanged),
		FIELD_TEST(test_shown),
		FIELD_TEST(test_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

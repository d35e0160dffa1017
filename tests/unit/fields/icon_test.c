/* Icons of the site, by the names of Lucide. */
#include "field_fixture.h"

#include "page/icon.h"

static void test_all_exist(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'icon'");
	assert_true(field->nchoices > 0);
	for (int i = 0; i < field->nchoices; i++)
		if (!icon_exists(field->choices[i].key)) fail_msg("%s", field->choices[i].key);
}

static void test_icon(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'icon'");
	static const struct text_row rows[] = {
		{ "bike", "'bike'", "" }, { "bicyclette", "-", "“bicyclette” is not one of the choices.;" },
		{ "Vélo", "'bike'", "" }, { "bicycle", "'bike'", "" },
		{ "", "-", "" },
	};
	test_imports(field, rows, COUNT(rows));
	assert_string_equal(written(posted(field, "champ=bike")), "'bike'");
	assert_contains(shown(field, LANG_FR, "'bike'"), "<svg class=\"icon\"");
	assert_contains(shown(field, LANG_FR, "'bike'"), "Vélo"); /* never an icon without a word */
	assert_contains(edited(field, LANG_EN, "'bike'"), "value=\"bike\" checked");
	assert_contains(edited(field, LANG_EN, NULL), "value=\"\" checked");
	assert_null(strstr(edited(field_of("'type': 'icon', 'required': true"), LANG_EN, NULL), "value=\"\""));
	assert_string_equal(plain(field, LANG_FR, value_of("'bike'")), "Vélo");
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIELD_TEST(test_all_exist), FIELD_TEST(test_icon) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Licences by their identifiers of the SPDX list, version 3.25 (https://spdx.org/licenses/). */
#include "field_fixture.h"

static void test_import(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'licence'");
	static const struct text_row rows[] = {
		{ "CC0-1.0", "'CC0-1.0'", "" },
		{ "CC-BY-4.0", "'CC-BY-4.0'", "" },
		{ "CC-BY-SA-4.0", "'CC-BY-SA-4.0'", "" },
		{ "ODbL-1.0", "'ODbL-1.0'", "" },
		{ "etalab-2.0", "'etalab-2.0'", "" },
		{ "licence ouverte 2.0 (etalab)", "'etalab-2.0'", "" },
		{ "French Open Licence 2.0 (Etalab)", "'etalab-2.0'", "" },
		{ "", "-", "" },
		{ "gratuit", "-", "“gratuit” is not one of the choices.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "'LicenseRef-all-rights-reserved'", "" },
		{ "'CC-BY-SA'", "“CC-BY-SA” is not one of the choices.;" },
		{ "['CC0-1.0']", "“” is not one of the choices.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ=CC0-1.0")), "'CC0-1.0'");
}

static void test_shown(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'licence'");
	assert_contains(shown(field, LANG_FR, "'CC-BY-4.0'"), "href=\"https://creativecommons.org/licenses/by/4.0/\"");
	assert_contains(shown(field, LANG_FR, "'CC-BY-4.0'"), "Citer l’auteur");
	assert_null(strstr(shown(field, LANG_EN, "'LicenseRef-all-rights-reserved'"), "<a"));
	assert_contains(edited(field, LANG_FR, "'CC0-1.0'"), "<option value=\"CC0-1.0\" selected>");
	assert_string_equal(keys(field, value_of("'CC0-1.0'")), "CC0-1.0;");
	assert_contains(words(field, value_of("'etalab-2.0'")), "Open Licence");
	assert_true(meets(field, value_of("'etalab-2.0'"), "=", "etalab-2.0"));
}

/* A form that offers some of them takes no other. */
static void test_offered(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'licence', 'choices': ['CC0-1.0', 'CC-BY-4.0']");
	static const struct text_row rows[] = {
		{ "CC-BY-4.0", "'CC-BY-4.0'", "" },
		{ "ODbL-1.0", "-", "“ODbL-1.0” is not one of the choices.;" },
	};
	test_imports(field, rows, COUNT(rows));
	assert_null(strstr(edited(field, LANG_FR, NULL), "ODbL"));
	assert_null(field_defined("'type': 'licence', 'choices': ['CC0-1.0', 'gratuit', 3]"));
	assert_string_equal(
	        mistakes(),
	        "“gratuit” is not one of the choices of this type;“” is not one of the choices of this type;");
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIELD_TEST(test_import), FIELD_TEST(test_shown), FIELD_TEST(test_offered) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

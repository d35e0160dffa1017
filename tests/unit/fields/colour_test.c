/* Colours: of the palette by name, others by code (CSS Color 4 §5.2, three or six digits). */
#include "field_fixture.h"

#define NO_COLOUR(text) "“" text "” is not a colour. Example: #1a4b81;"

static void test_import(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'colour'");
	static const struct text_row rows[] = {
		{ "foret", "'foret'", "" },
		{ "Bleu rivière", "'loire'", "" },
		{ "river blue", "'loire'", "" },
		{ "#1A4B81", "'#1a4b81'", "" },
		{ "1a4b81", "'#1a4b81'", "" },
		{ "#0f8", "'#00ff88'", "" },
		{ "", "-", "" },
		{ "#12345", "'#12345'", NO_COLOUR("#12345") },
		{ "rouge vif", "'rouge vif'", NO_COLOUR("rouge vif") },
		{ "#12345g", "'#12345g'", NO_COLOUR("#12345g") },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "'#1A4B81'", NO_COLOUR("#1A4B81") }, /* kept in one way only */
		{ "'#fff'", NO_COLOUR("#fff") },
		{ "3", NO_COLOUR("") },
	};
	test_checks(field, values, COUNT(values));
}

static void test_posted(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'colour'");
	assert_string_equal(written(posted(field, "champ=ocre", "champ.code=")), "'ocre'");
	assert_string_equal(written(posted(field, "champ=", "champ.code=#ABC")), "'#aabbcc'");
	assert_string_equal(written(posted(field, "champ=", "champ.code=")), "-");
	/* What was mistyped stands in its box. */
	const json_t *value = posted(field, "champ=", "champ.code=bleu");
	assert_string_equal(mistakes(), NO_COLOUR("bleu"));
	assert_contains(drawn(field->type->edit, field, LANG_FR, value), "name=\"champ.code\" value=\"bleu\"");
}

static void test_shown(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'colour'");
	assert_contains(shown(field, LANG_FR, "'foret'"), "tone-foret");
	assert_contains(shown(field, LANG_EN, "'foret'"), "Forest green");
	assert_contains(shown(field, LANG_EN, "'#1a4b81'"), "fill=\"#1a4b81\"");
	assert_contains(shown(field, LANG_EN, "'#1a4b81'"), "#1a4b81</span>"); /* never a colour without a word */
	assert_null(strstr(shown(field, LANG_EN, "'#1a4b81'"), "style"));
	assert_contains(edited(field, LANG_FR, "'prune'"), "value=\"prune\" checked");
	assert_contains(edited(field, LANG_FR, "'#1a4b81'"), "value=\"\" checked");
	assert_true(meets(field, value_of("'#1a4b81'"), "=", "1A4B81"));
	assert_true(meets(field, value_of("'foret'"), "=", "Forest green"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIELD_TEST(test_import), FIELD_TEST(test_posted), FIELD_TEST(test_shown) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

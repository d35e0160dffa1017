/* Choices in a tree: shown as a path, found by all that stands above them. */
#include "field_fixture.h"

#define THEMES                                                                                                         \
	"'choices': [{'key': 'culture', 'label': {'fr': 'Culture', 'en': 'Arts'}, 'colour': 'ocre', 'shape': 'demi', " \
	"'choices': [{'key': 'musique', 'label': {'fr': 'Musique', 'en': 'Music'}, 'choices': [{'key': 'chant', "      \
	"'label': 'Chant'}, {'key': 'autre_musique', 'label': 'Autre'}]}, {'key': 'danse', 'label': 'Danse'}]}, "      \
	"{'key': 'emploi', 'label': 'Emploi', 'choices': [{'key': 'autre_emploi', 'label': 'Autre'}]}]"

static void test_import(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'tree', 'many': true, " THEMES);
	static const struct text_row rows[] = {
		{ "chant", "['chant']", "" },
		{ "Culture › Musique", "['musique']", "" },
		{ "culture > musique > chant; Emploi", "['chant','emploi']", "" },
		{ "arts > music", "['musique']", "" },
		{ "music", "['musique']", "" },
		/* What stands above goes without saying; in the order of the list, each once. */
		{ "danse;culture;musique;danse", "['musique','danse']", "" },
		{ "Emploi > Autre", "['autre_emploi']", "" },
		{ "Autre", "-", "There are several “Autre”: write what it stands under too.;" },
		{ "Musique > Chant", "-", "“Musique > Chant” is not one of the choices.;" },
		{ "usine;gare", "-", "“usine” is not one of the choices.;“gare” is not one of the choices.;" },
		{ "", "-", "" },
		{ ";;", "-", "" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "['culture','chant']", "" },
		{ "'chant'", "This should be a list of choices.;" },
		{ "['usine']", "“usine” is not one of the choices.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ=danse", "champ=chant")), "['chant','danse']");
}

static void test_one(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'tree', " THEMES);
	static const struct value_row values[] = { { "['chant']", "" }, { "['chant','danse']", "Choose one only.;" } };
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ=chant")), "['chant']");
	assert_string_equal(written(posted(field, "champ=")), "-");
	assert_contains(edited(field, LANG_FR, "['chant']"),
	                "<option value=\"chant\" selected>Culture › Musique › Chant</option>");
	assert_false(field->type->grouped(field));
}

static void test_shown(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'tree', 'many': true, " THEMES);
	const json_t *value = value_of("['chant','emploi']");
	assert_string_equal(plain(field, LANG_FR, value), "Culture › Musique › Chant\nEmploi");
	assert_string_equal(plain(field, LANG_EN, value), "Arts › Music › Chant\nEmploi");
	assert_contains(shown(field, LANG_FR, "['chant']"), "tone-ocre"); /* of what it stands under */
	const char *html = edited(field, LANG_FR, "['chant']");
	assert_contains(html, "name=\"champ\" value=\"chant\" checked");
	assert_contains(html, "Culture › Musique › </span>Chant");
	assert_true(field->type->grouped(field));
	assert_string_equal(field->type->key_label(field, "musique", &fixture.page), "Culture › Musique");
}

/* Asking for the parent finds the child, not the other way round. */
static void test_found(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'tree', 'many': true, " THEMES);
	assert_string_equal(keys(field, value_of("['chant']")), "chant;culture;musique;");
	assert_true(meets(field, value_of("['chant']"), "=", "Culture"));
	assert_true(meets(field, value_of("['chant']"), "=", "Culture › Musique"));
	assert_false(meets(field, value_of("['culture']"), "=", "chant"));
	assert_false(meets(field, value_of("['chant']"), "=", "danse"));
	assert_string_equal(words(field, value_of("['danse']")), "Danse\nDanse\nCulture\nArts\n");
}

static void test_definition(void **state)
{
	(void)state;
	assert_null(field_defined("'type': 'tree'"));
	assert_contains(mistakes(), "a field of this type has choices or a list");
	assert_null(field_defined(
	        "'type': 'tree', 'choices': [{'key': 'a', 'label': 'A', 'choices': [{'key': 'a', 'label': 'B'}]}]"));
	assert_contains(mistakes(), "the key “a” is there twice");
	assert_null(field_defined(
	        "'type': 'tree', 'choices': [{'key':'a','label':'A','choices':[{'key':'b','label':'B','choices':["
	        "{'key':'c','label':'C','choices':[{'key':'d','label':'D','choices':[{'key':'e','label':'E'}]}]}]}]}]"));
	assert_contains(mistakes(), "choices stand under one another 4 times at most");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_import), FIELD_TEST(test_one),        FIELD_TEST(test_shown),
		FIELD_TEST(test_found),  FIELD_TEST(test_definition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Yes or no; one choice; several choices. */
#include "field_fixture.h"

#define GENRES                                                                                             \
	"'choices': [{'key': 'asso', 'label': {'fr': 'Association', 'en': 'Charity'}}, "                   \
	"{'key': 'ecole', 'label': {'fr': 'École', 'en': 'School'}, 'colour': 'loire', 'shape': 'tri'}, " \
	"{'key': 'mairie', 'label': 'Mairie'}]"

static void test_yes_no(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'boolean'");
	static const struct text_row rows[] = {
		{ "Oui", "true", "" },
		{ "non", "false", "" },
		{ "VRAI", "true", "" },
		{ "false", "false", "" },
		{ "1", "true", "" },
		{ "0", "false", "" },
		{ "x", "true", "" },
		{ "", "-", "" },
		{ "  ", "-", "" },
		{ "peut-être", "-", "Answer yes or no; “peut-être” is neither.;" },
		{ "\xFF", "-", "Some characters cannot be read. Type this text again.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "true", "" }, { "false", "" }, { "1", "Answer yes or no.;" }, { "'oui'", "Answer yes or no.;" }
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ=0")), "false");
	assert_string_equal(written(posted(field, "champ=")), "-");
	assert_string_equal(shown(field, LANG_FR, "true"), "oui");
	assert_string_equal(shown(field, LANG_EN, "false"), "no");
	assert_string_equal(keys(field, value_of("false")), "0;");
	assert_true(meets(field, value_of("false"), "=", "non"));
	assert_false(meets(field, NULL, "=", "non")); /* not answered is not no */
	fixture.page.lang = LANG_FR;
	assert_string_equal(field->type->key_label(field, field->type->key(field, "Yes", &fixture.a), &fixture.page),
	                    "oui");
}

/* One of the three is always chosen, "not said" for no value, whichever way there is none. */
static void test_yes_no_drawn(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'boolean'");
	assert_contains(edited(field, LANG_FR, "true"), "value=\"1\" id=\"f-champ\" checked");
	assert_contains(edited(field, LANG_FR, "false"), "value=\"0\" checked");
	assert_contains(edited(field, LANG_FR, NULL), "value=\"\" checked");
	assert_contains(edited(field, LANG_FR, "null"), "value=\"\" checked");
	assert_null(strstr(edited(field_of("'type': 'boolean', 'required': true"), LANG_FR, NULL), "checked"));
}

static void test_one(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'choice', " GENRES);
	static const struct text_row rows[] = {
		{ "asso", "'asso'", "" },
		{ "charity", "'asso'", "" },
		{ " ECOLE ", "'ecole'", "" },
		{ "école", "'ecole'", "" },
		{ "", "-", "" },
		{ "usine", "-", "“usine” is not one of the choices.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "'asso'", "" },
		{ "'Association'", "“Association” is not one of the choices.;" },
		{ "['asso']", "“” is not one of the choices.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ=ecole")), "'ecole'");
	assert_string_equal(plain(field, LANG_FR, value_of("'ecole'")), "École");
	assert_string_equal(plain(field, LANG_EN, value_of("'ecole'")), "School");
	assert_string_equal(plain(field, LANG_EN, value_of("'mairie'")), "Mairie");
	assert_contains(shown(field, LANG_EN, "'ecole'"), "tone-loire");
	assert_contains(shown(field, LANG_EN, "'ecole'"), "School");
	/* Found by its words in both languages, kept by its key. */
	assert_string_equal(words(field, value_of("'asso'")), "Association\nCharity\n");
	assert_string_equal(keys(field, value_of("'asso'")), "asso;");
	assert_true(meets(field, value_of("'asso'"), "=", "Association"));
	assert_true(meets(field, value_of("'asso'"), "!=", "ecole"));
	assert_string_equal(field->type->key_label(field, "asso", &fixture.page), "Charity");
	assert_null(field_defined("'type': 'choice'"));
}

static void test_one_drawn(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'choice', " GENRES);
	assert_contains(edited(field, LANG_FR, "'asso'"), "value=\"asso\" id=\"f-champ\" checked");
	assert_contains(edited(field, LANG_FR, "null"), "value=\"\" checked");
	assert_true(field->type->grouped(field));
	/* A long list unfolds; its label is a label. */
	field = field_of(
	        "'type': 'choice', 'choices': "
	        "[{'key':'a','label':'A'},{'key':'b','label':'B'},{'key':'c','label':'C'},"
	        "{'key':'d','label':'D'},{'key':'e','label':'E'},{'key':'f','label':'F'},{'key':'g','label':'G'},"
	        "{'key':'h','label':'H'}]");
	assert_false(field->type->grouped(field));
	assert_contains(edited(field, LANG_FR, "'h'"), "<option value=\"h\" selected>H</option>");
}

static void test_several(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'choices', " GENRES);
	static const struct text_row rows[] = {
		/* In the order of the list, each once. */
		{ "mairie; asso;Association", "['asso','mairie']", "" },
		{ "", "-", "" },
		{ ";;", "-", "" },
		{ "asso;usine;gare", "['asso']",
		  "“usine” is not one of the choices.;“gare” is not one of the choices.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "['asso','mairie']", "" },
		{ "'asso'", "This should be a list of choices.;" },
		{ "['asso','asso','asso','asso']", "This should be a list of choices.;" },
		{ "['usine', 3]", "“usine” is not one of the choices.;“” is not one of the choices.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ=mairie", "champ=asso")), "['asso','mairie']");
	assert_string_equal(plain(field, LANG_FR, value_of("['asso','ecole']")), "Association\nÉcole");
	assert_string_equal(keys(field, value_of("['asso','ecole']")), "asso;ecole;");
	assert_true(meets(field, value_of("['asso','ecole']"), "=", "école"));
	const char *html = edited(field, LANG_FR, "['mairie']");
	assert_contains(html, "type=\"checkbox\" name=\"champ\" value=\"mairie\" checked");
	assert_contains(html, "value=\"asso\" id=\"f-champ\">");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_yes_no),    FIELD_TEST(test_yes_no_drawn), FIELD_TEST(test_one),
		FIELD_TEST(test_one_drawn), FIELD_TEST(test_several),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

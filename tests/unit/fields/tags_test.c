/* Key words: chosen freely, each once whatever its case and accents. */
#include "field_fixture.h"

static void test_tags(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'tags'");
	static const struct text_row rows[] = {
		{ "café, entraide; #jeunes", "['café','entraide','jeunes']", "" },
		{ "Café,cafe, CAFÉ", "['Café']", "" },
		{ " # jeunes ,, ;", "['jeunes']", "" },
		{ "", "-", "" },
		{ ",;#", "-", "" },
		{ "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789",
		  "['0123456789 0123456789 0123456789 0123456789 0123456789 0123456789']",
		  "This text is too long: 60 characters at most.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "['a b']", "" },
		{ "'a'", "This should be a list of key words.;" },
		{ "['a,b',' ',3]", "“a,b” is not a key word.;“ ” is not a key word.;This should be a text.;" },
	};
	test_checks(field, values, COUNT(values));
	struct buf many;
	buf_init(&many, &fixture.a, 0);
	for (int i = 0; i < 31; i++) buf_printf(&many, "mot%d,", i);
	const char *pairs[] = { arena_printf(&fixture.a, "champ=%s", buf_str(&many)), NULL };
	(void)posted_in(field, LANG_FR, pairs);
	assert_string_equal(mistakes(), "At most 30 key words.;");
}

static void test_shown(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'tags'");
	const json_t *value = value_of("['entraide & co','Été']");
	assert_contains(drawn(field->type->show, field, LANG_FR, value),
	                "<a class=\"tag\" href=\"/-/search?q=entraide%20%26%20co\">entraide &amp; co</a>");
	assert_string_equal(drawn(field->type->brief, field, LANG_FR, value), "entraide &amp; co · Été");
	assert_string_equal(plain(field, LANG_FR, value), "entraide & co\nÉté");
	assert_contains(drawn(field->type->edit, field, LANG_FR, value), "value=\"entraide &amp; co, Été\"");
	assert_string_equal(keys(field, value), "entraide & co;ete;");
	assert_string_equal(words(field, value), "entraide & co\nÉté\n");
	assert_true(meets(field, value, "=", "ÉTÉ"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIELD_TEST(test_tags), FIELD_TEST(test_shown) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Short and long texts. */
#include "field_fixture.h"

static void test_line(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'text', 'max': 10");
	static const struct text_row rows[] = {
		{ "Résoudre", "'Résoudre'", "" },
		{ "  deux \t mots\n", "'deux mots'", "" },
		{ "e\xCC\x81te\xCC\x81", "'été'", "" }, /* NFC */
		{ "\xE2\x80\xAE"
		  "abc",
		  "'abc'", "" }, /* no bidirectional override */
		{ "", "-", "" },
		{ " \u00A0\n", "-", "" },
		{ "dix signes", "'dix signes'", "" },
		{ "été été été", "'été été été'", "This text is too long: 10 characters at most.;" },
		{ "\xFF", "-", "Some characters cannot be read. Type this text again.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "'abc'", "" },
		{ "12", "This should be a text.;" },
		{ "['abc']", "This should be a text.;" },
		{ "'a\\u0007b'", "Some characters cannot be read. Type this text again.;" },
	};
	test_checks(field, values, COUNT(values));
	assert_string_equal(written(posted(field, "champ= a  b ")), "'a b'");
	assert_string_equal(written(posted(field, "autre=x")), "-");
}

static void test_line_found(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'text'");
	const json_t *value = value_of("'L’Œuvre de l’Été'");
	assert_string_equal(keys(field, value), "l oeuvre de l ete;");
	assert_string_equal(words(field, value), "L’Œuvre de l’Été\n");
	assert_true(meets(field, value, "=", "l'oeuvre de l'ete"));
	assert_true(meets(field, value, "contains", "Oeuv"));
	assert_false(meets(field, value, "=", "l'oeuvre"));
	assert_true(meets(field, NULL, "empty", NULL));
	assert_string_equal(plain(field, LANG_EN, value), "L’Œuvre de l’Été");
	/* Sorted as people do, whatever the case and the accents. */
	static const char *const order[] = { "'Abbé'", "'école'", "'Été'", "'Zone'" };
	for (size_t i = 1; i < COUNT(order); i++)
		assert_true(strcmp(keys(field, value_of(order[i - 1])), keys(field, value_of(order[i]))) < 0);
}

static void test_line_drawn(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'text', 'max': 40, 'required': true");
	assert_string_equal(shown(field, LANG_FR, "'Qui ? <b>'"), "Qui\u202F? &lt;b&gt;");
	assert_string_equal(shown(field, LANG_EN, "'Who? <b>'"), "Who? &lt;b&gt;");
	const char *html = edited(field, LANG_FR, "'\\u0022><script>'");
	assert_contains(
	        html, "id=\"f-champ\" name=\"champ\" type=\"text\" value=\"&#34;&gt;&lt;script&gt;\" maxlength=\"40\"");
	assert_contains(html, " required");
	issues_add(&fixture.issues, "champ", "x");
	fixture.page.issues = &fixture.issues;
	assert_contains(edited(field, LANG_FR, NULL), "aria-invalid=\"true\" aria-describedby=\"f-champ-error\"");
}

static void test_block(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'longtext', 'max': 30");
	static const struct text_row rows[] = {
		{ "Un\r\n\r\n- deux\n", "'Un\\n\\n- deux\\n'", "" },
		{ "\n \n", "-", "" },
		{ "0123456789 0123456789 012345678", "'0123456789 0123456789 012345678'",
		  "This text is too long: 30 characters at most.;" },
	};
	test_imports(field, rows, COUNT(rows));
	assert_string_equal(shown(field, LANG_FR, "'**a** <b>'"), "<p><strong>a</strong> &lt;b&gt;</p>\n");
	assert_string_equal(drawn(field->type->brief, field, LANG_FR, value_of("'## T\\n\\nOui *toi* !\\n\\nb'")),
	                    "Oui toi\u202F!");
	assert_string_equal(words(field, value_of("'# Un *titre*\\n\\n[x](https://example.org)'")), "Un titre\nx\n\n");
	assert_string_equal(keys(field, value_of("'abc'")), ";"); /* filled in, no more */
	assert_true(meets(field, value_of("'abc'"), "notempty", NULL));
	/* What was typed comes back as it was: one line end after the tag is HTML's own. */
	assert_contains(edited(field, LANG_FR, "'\\na </textarea>'"), ">\n\na &lt;/textarea&gt;</textarea>");
}

static void test_block_links(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'longtext'");
	struct index_entries entries;
	index_entries_read(&fixture.a, field, value_of("'[[Agora numérique]] [[agora-numerique|x]] `[[non]]` [[!]]'"),
	                   &entries);
	assert_int_equal(entries.nlinks, 2);
	assert_string_equal(entries.links[0].target, "agora-numerique");
	assert_string_equal(entries.links[0].kind, "wiki");
	assert_string_equal(entries.links[1].target, "agora-numerique");
}

static const char *merged(const char *base, const char *mine, const char *theirs)
{
	return written(field_longtext.merge(&fixture.a, value_of(base), value_of(mine), value_of(theirs)));
}

/* One text for both when they touched other lines, else two versions: never a silent choice. */
static void test_block_merge(void **state)
{
	(void)state;
	static const struct {
		const char *base, *mine, *theirs, *both;
	} rows[] = {
		{ "'a\\n\\nb\\n\\nc\\n'", "'A\\n\\nb\\n\\nc\\n'", "'a\\n\\nb\\n\\nC\\n'", "'A\\n\\nb\\n\\nC\\n'" },
		{ "'a\\n\\nb\\n'", "'A\\n\\nb\\n'", "'A\\n\\nb\\n'", "'A\\n\\nb\\n'" },
		{ "'a\\n'", "'x\\n'", "'y\\n'", "-" },
		{ "'a\\n'", "'x\\n'", "'a\\n'", "'x\\n'" },
		{ NULL, "'x\\n'", "'y\\n'", "-" },
		{ NULL, "'x\\n'", "'x\\n'", "'x\\n'" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_string_equal(merged(rows[i].base, rows[i].mine, rows[i].theirs), rows[i].both);
		assert_string_equal(merged(rows[i].base, rows[i].theirs, rows[i].mine), rows[i].both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_line),  FIELD_TEST(test_line_found),  FIELD_TEST(test_line_drawn),
		FIELD_TEST(test_block), FIELD_TEST(test_block_links), FIELD_TEST(test_block_merge),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

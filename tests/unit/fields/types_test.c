/* What the contract asks of every type, whatever it holds (core/field_type.h). */
#include "field_fixture.h"

#include "base/text.h"

#define HEX "'abababababababababababababababababababababababababababababababab'"

/* One field of each type, a value that it takes, one that nobody should send. */
static const struct sample {
	const char *options, *value, *hostile;
} samples[] = {
	{ "'type': 'text'", "'Résoudre'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'longtext'", "'Un *texte*'", "'x\\u0022><script>y</script>&lt; [a](javascript:y)'" },
	{ "'type': 'number'", "'12.5'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'consent', 'terms': 'charte'", "3", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'computed', 'value': '6 * 7'", "'42'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'boolean'", "true", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'choice', 'choices': [{'key': 'a', 'label': 'A'}]", "'a'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'choices', 'choices': [{'key': 'a', 'label': 'A'}]", "['a']",
	  "['x\\u0022><script>y</script>&lt;']" },
	{ "'type': 'date'", "'2026-11-28'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'period'", "{'from':'2026-11-28'}", "{'from':'x\\u0022><script>y</script>&lt;','to':'<script>'}" },
	{ "'type': 'dates'", "{'slots':[{'at':'2026-12-01T18:30/20:00','places':8}]}",
	  "{'typed':[['x\\u0022><script>y</script>&lt;','<script>','<script>','<script>']],'slots':[{'at':'x\\u0022><script>y</script>&lt;'}],'closes':'<script>','chosen':'<script>','event':'<script>'}" },
	{ "'type': 'signup'",
	  "{'open':true,'places':12,'waiting':true,'questions':[{'text':'Allergies ?','required':true}]}",
	  "{'typed':{'places':'x\\u0022><script>y</script>&lt;','opens':'<script>','questions':[['<script>','<script>']]},'opens':'<script>','questions':[{'text':'x\\u0022><script>y</script>&lt;'}]}" },
	{ "'type': 'schedule'", "{'from':'2026-12-08T18:30','to':'2026-12-08T20:00'}",
	  "{'from':'x\\u0022><script>y</script>&lt;','rule':'<script>','moved':{'<script>':{'from':'<script>'}}}" },
	{ "'type': 'place'", "{'address':'ici','lat':1,'lon':2}",
	  "{'address':'x\\u0022><script>y</script>','lat':'<script>','lon':'<script>'}" },
	{ "'type': 'link'", "'https://example.org'", "'javascript:x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'email'", "'jo@example.org'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'phone'", "'02 47 00 00 00'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'relation', 'form': 'ailleurs'", "['01hf7yat00000000000000000a']",
	  "['x\\u0022><script>y</script>&lt;']" },
	{ "'type': 'tags'", "['entraide']", "['x\\u0022><script>y</script>&lt;']" },
	{ "'type': 'hours'", "'Sa 10:00-12:00'", "'Sa 10:00-12:00 \\u0022x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'tree', 'choices': [{'key': 'a', 'label': 'A', 'choices': [{'key': 'b', 'label': 'B'}]}]", "['a']",
	  "['x\\u0022><script>y</script>&lt;']" },
	{ "'type': 'person'", "'01hf7yat00000000000000000a'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'licence'", "'etalab-2.0'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'colour'", "'#1a4b81'", "'#\\u0022><script>y</script>&lt;'" },
	{ "'type': 'icon'", "'bike'", "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'images'", "[{'file':" HEX ",'w':1200,'h':800,'alt':'La halle'}]",
	  "[{'file':" HEX
	  ",'w':1,'h':1,'alt':'x\\u0022><script>y</script>&lt;','legend':'<script>','credit':'<script>','more':'<script>'}]" },
	{ "'type': 'files'", "[{'file':" HEX ",'name':'Compte rendu.pdf','size':123456,'type':'application/pdf'}]",
	  "[{'file':" HEX
	  ",'name':'x\\u0022><script>y/</script>&lt;.pdf','size':1,'type':'<script>','legend':'<script>'}]" },
	{ "'type': 'media'",
	  "[{'file':" HEX
	  ",'name':'Son.mp3','size':123456,'type':'audio/mpeg','transcript':'Bonjour','poster':{'file':" HEX
	  ",'w':3,'h':2}}]",
	  "[{'file':" HEX
	  ",'name':'x.mp3','size':1,'type':'audio/mpeg','transcript':'x\\u0022><script>y</script>&lt;','legend':'<script>','poster':'<script>'}]" },
	{ "'type': 'scale', 'low': 'x\\u0022><script>y</script>&lt;', 'high': '<script>'", "4",
	  "'x\\u0022><script>y</script>&lt;'" },
	{ "'type': 'ranking', 'choices': [{'key': 'a', 'label': 'A<script>'}, {'key': 'b', 'label': 'B'}]", "['b','a']",
	  "['x\\u0022><script>y</script>&lt;','<script>']" },
	{ "'type': 'matrix', 'rows': [{'key': 'l', 'label': 'L<script>'}], 'choices': [{'key': 'a', 'label': 'A'}]",
	  "{'l':'a'}", "{'l':'x\\u0022><script>y</script>&lt;','<script>':'<script>'}" },
	{ "'type': 'numbers', 'rows': [{'key': 'l', 'label': 'L<script>'}], 'unit': '<script>'", "{'l':'12.5'}",
	  "{'l':'x\\u0022><script>y</script>&lt;'}" },
	{ "'type': 'display', 'text': 'Un *texte*, <script>y</script>'", NULL, "'<script>'" },
	{ "'type': 'hidden'", "'affiche'", "'x\\u0022><script>y</script>&lt;'" },
};

/* A new type has its row here. */
static void test_all_are_here(void **state)
{
	(void)state;
	size_t n = 0;
	for (const struct field_type *const *type = field_table; *type; type++, n++) {
		bool there = false;
		for (size_t i = 0; i < COUNT(samples); i++)
			there |= strstr(samples[i].options, arena_printf(&fixture.a, "'type': '%s'", (*type)->name)) !=
			         NULL;
		assert_true(there);
		assert_true(field_type_find((*type)->name) == *type);
		assert_string_not_equal((*type)->description, "");
		assert_string_not_equal(tr(LANG_FR, (*type)->description), (*type)->description); /* has its French */
	}
	assert_int_equal(n, COUNT(samples));
}

static void test_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct field *field = field_of(samples[i].options);
		const json_t *value = value_of(samples[i].value);
		if (field->type->role == ROLE_TOLD) continue; /* it has no value */
		char *before = json_text(&fixture.a, value_of(arena_printf(&fixture.a, "[%s]", samples[i].value)));
		field->type->check(field, value, &fixture.issues);
		assert_string_equal(mistakes(), "");
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			assert_true(text_valid(plain(field, (enum lang)lang, value),
			                       strlen(plain(field, (enum lang)lang, value))));
			if (field->target == NULL)
				assert_true(*drawn(field->type->show, field, (enum lang)lang, value) != '\0');
			assert_contains(drawn(field->type->edit, field, (enum lang)lang, value), "champ");
		}
		/* Nothing is written into a value. */
		assert_string_equal(json_text(&fixture.a, json_keep(&fixture.a, json_pack("[O]", value))), before);
	}
}

/* Nothing posted, an empty cell, no value: none is a mistake, all are the same. */
static void test_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct field *field = field_of(samples[i].options);
		assert_string_equal(written(posted(field, "autre=x")), "-");
		assert_string_equal(written(posted(field, "champ=", "champ.day=", "champ.address= ", "champ.name=")),
		                    "-");
		assert_string_equal(written(field->type->import(field, "", &fixture.issues)), "-");
		assert_string_equal(written(field->type->import(field, " \u00A0 ", &fixture.issues)), "-");
		assert_string_equal(mistakes(), "");
		assert_string_equal(drawn(field->type->edit, field, LANG_FR, NULL),
		                    drawn(field->type->edit, field, LANG_FR, value_of("null")));
	}
}

/* What comes from elsewhere is refused, each time with a sentence, and harms no page meanwhile. */
static void test_hostile(void **state)
{
	(void)state;
	static const char *const kinds[] = { "3",
		                             "3.5",
		                             "true",
		                             "'<script>'",
		                             "[]",
		                             "[[]]",
		                             "[{}]",
		                             "[null]",
		                             "{}",
		                             "{'from':[]}",
		                             "{'lat':'<script>','lon':true}",
		                             "{'address':[]}" };
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct field *field = field_of(samples[i].options);
		const json_t *value = value_of(samples[i].hostile);
		field->type->check(field, value, &fixture.issues);
		bool is_text = strcmp(field->type->name, "text") == 0 || field->type->long_text ||
		               strcmp(field->type->name, "tags") == 0 || strcmp(field->type->name, "hidden") == 0;
		bool refused = *mistakes() != '\0';
		assert_true(refused || is_text);
		for (int brief = 0; brief < 3; brief++) {
			void (*draw)(struct buf *, const struct page *, const struct field *,
			             const json_t *) = brief == 0   ? field->type->show
			                               : brief == 1 ? field->type->brief
			                                            : field->type->edit;
			if (draw == NULL || (field->target && brief < 2)) continue;
			const char *html = drawn(draw, field, LANG_FR, value);
			assert_null(strstr(html, "<script"));
			assert_null(strstr(html, "href=\"javascript:"));
			for (size_t k = 0; k < COUNT(kinds); k++)
				assert_null(strstr(drawn(draw, field, LANG_FR, value_of(kinds[k])), "<script"));
		}
		for (size_t k = 0; k < COUNT(kinds); k++) {
			(void)plain(field, LANG_FR, value_of(kinds[k]));
			(void)keys(field, value_of(kinds[k]));
			field->type->check(field, value_of(kinds[k]), &fixture.issues);
			(void)mistakes();
		}
	}
}

/* Keys fit in the index, are whole characters, and a condition on the value as written finds it. */
static void test_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct field *field = field_of(samples[i].options);
		const json_t *value = value_of(samples[i].value);
		struct index_entries entries;
		if (field->type->role == ROLE_TOLD) continue;
		index_entries_read(&fixture.a, field, value, &entries);
		assert_int_equal(entries.nkeys, 1);
		if (*entries.keys[0] == '\0') continue; /* found by its words only */
		assert_true(strlen(entries.keys[0]) <= INDEX_KEY);
		const char *text = plain(field, LANG_FR, value);
		if (strcmp(field->type->name, "place") == 0) text = "ici";
		if (strcmp(field->type->name, "hours") == 0) text = "samedi";
		if (strcmp(field->type->name, "period") == 0) text = "28 novembre 2026";
		if (strcmp(field->type->name, "schedule") == 0) text = "8 décembre 2026";
		assert_true(meets(field, value, "=", text));
		assert_false(meets(field, value, "=", "autre chose"));
	}
	const char *longest = arena_printf(&fixture.a, "'a%0100d é'", 0);
	for (char *c = strchr(longest, '0'); *c == '0'; c += 2) memcpy(c, "\xC3\xA7", 2);
	const char *key = keys(field_of("'type': 'tags'"), value_of(arena_printf(&fixture.a, "[%s]", longest)));
	assert_true(strlen(key) <= INDEX_KEY + 1 && text_valid(key, strlen(key)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_all_are_here), FIELD_TEST(test_values), FIELD_TEST(test_nothing),
		FIELD_TEST(test_hostile),      FIELD_TEST(test_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

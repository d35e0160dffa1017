/* Templates: what a definition may hold, which words are filled in. */
#include "core/template.h"

#include <string.h>

#include "core/form.h"
#include "fields/fields.h"
#include "support/store.h"

static struct arena arena;
static struct form form;

static json_t *tree(const char *text)
{
	char *copy = arena_strdup(&arena, text);
	struct err err = { 0 };
	json_t *json;
	for (char *c = copy; *c; c++)
		if (*c == '\'') *c = '"';
	assert_ok(json_parse(&arena, copy, strlen(copy), &json, &err), &err);
	return json;
}

static int setup(void **state)
{
	(void)state;
	struct issues issues;
	struct err err = { 0 };
	arena_init(&arena);
	issues_init(&issues, &arena);
	field_types_use(field_table);
	assert_ok(
	        form_parse(
	                &arena,
	                tree("{'key':'page','label':'P','plural':'P','add':'P','title':'titre','fields':["
	                     "{'key':'titre','type':'text','label':'T'},{'key':'texte','type':'longtext','label':'X','max':50},"
	                     "{'key':'mots','type':'tags','label':'M'},{'key':'photos','type':'images','label':'I'},"
	                     "{'key':'note','type':'longtext','label':'N','audience':'members'}]}"),
	                NULL, 0, &form, &issues, &err),
	        &err);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void test_definitions(void **state)
{
	static const struct {
		const char *json, *field; /* where the mistake is; NULL: none */
	} cases[] = {
		{ "{'key':'m','form':'page','title':'Compte rendu','values':{'texte':'x','mots':['a']}}", NULL },
		{ "{'key':'m','form':'page','title':{'fr':'Compte rendu'},'description':{'fr':'Pour'}}", NULL },
		{ "{'key':'M m','form':'page','title':'A'}", "key" },
		{ "{'key':'m','form':'autre','title':'A'}", "form" },
		{ "{'key':'m','form':'page','title':' '}", "_title" },
		{ "{'key':'m','form':'page'}", "_title" },
		{ "{'key':'m','form':'page','title':'A','values':{'titre':'B'}}", "titre" },
		{ "{'key':'m','form':'page','title':'A','values':{'photos':[]}}", "photos" },
		{ "{'key':'m','form':'page','title':'A','values':{'note':'secret'}}", "note" },
		{ "{'key':'m','form':'page','title':'A','values':{'absent':'x'}}", "absent" },
		{ "{'key':'m','form':'page','title':'A','values':{'texte':['x']}}", "texte" },
		{ "{'key':'m','form':'page','title':'A','values':{'texte':'0123456789 0123456789 0123456789 0123456789 0123456789'}}",
		  "texte" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct issues issues;
		struct template template;
		struct err err = { 0 };
		issues_init(&issues, &arena);
		enum code code = template_parse(&arena, tree(cases[i].json), &form, 1, &template, &issues, &err);
		assert_int_equal(code, cases[i].field ? E_INPUT : OK);
		if (cases[i].field) assert_string_equal(issues.first->field, cases[i].field);
	}
}

static void test_words(void **state)
{
	static const struct {
		const char *text, *filled;
	} cases[] = {
		{ "", "" },
		{ "Rien ici.", "Rien ici." },
		{ "{titre}", "La fête" },
		{ "Le {date}, « {titre} », par {auteur} ({espace}).",
		  "Le 28 novembre, « La fête », par Maël (Tours)." },
		{ "{title} {author} {space} {date}", "La fête Maël Tours 28 novembre" },
		{ "{titre}{titre}", "La fêteLa fête" },
		{ "{{titre}} {{date}}", "{{titre}} {{date}}" }, /* what a text shows is not ours */
		{ "{{fiche {titre}}}", "{{fiche La fête}}" },
		{ "{{{titre}}}", "{{{titre}}}" },
		{ "{Titre} {inconnu} {} { titre } {titre", "{Titre} {inconnu} {} { titre } {titre" },
		{ "{\ntitre} {ti{titre}", "{\ntitre} {tiLa fête" },
	};
	struct template_words words = { .title = "La fête", .date = "28 novembre", .author = "Maël", .space = "Tours" };
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(template_fill(&arena, cases[i].text, &words), cases[i].filled);
	words.title = NULL;
	assert_string_equal(template_fill(&arena, "{titre}, {date}", &words), "{titre}, 28 novembre");
	/* What somebody is called is not read as words again. */
	words.author = "{date} {titre}";
	words.title = "{auteur}";
	assert_string_equal(template_fill(&arena, "{auteur} {titre}", &words), "{date} {titre} {auteur}");
}

static void test_values(void **state)
{
	(void)state;
	struct template_words words = { .date = "hier" };
	json_t *filled = template_fill_value(&arena, tree("['{date}',{'a':'{date} {titre}','n':3},true]"), &words);
	assert_string_equal(json_text(&arena, filled), "[\"hier\",{\"a\":\"hier {titre}\",\"n\":3},true]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_definitions, setup, teardown),
		cmocka_unit_test_setup_teardown(test_words, setup, teardown),
		cmocka_unit_test_setup_teardown(test_values, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

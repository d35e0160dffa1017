/* A form that changes while people have answered it: what is asked no more keeps its answers and its key. */
#include "core/form_change.h"

#include <string.h>

#include "core/definition.h"
#include "core/form.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static json_t *tree(const char *text)
{
	char *copy = arena_strdup(&site.arena, text);
	for (char *c = copy; *c; c++)
		if (*c == '\'') *c = '"';
	return site_json(&site, copy);
}

static const char *written(const json_t *json)
{
	char *text = json_text(&site.arena, json);
	for (char *c = text; *c; c++)
		if (*c == '"') *c = '\'';
	return text;
}

/* ---- Pure ---- */

#define FORM "{'fields':[{'key':'a'},{'key':'b'},{'key':'c'}],'summary':['b','c'],'category':'b','title':'a'}"

static void test_moves(void **state)
{
	(void)state;
	arena_init(&site.arena);
	json_t *form = tree(FORM);
	assert_string_equal(written(json_object_get(form_with_moved(&site.arena, form, "c", -1), "fields")),
	                    "[{'key':'a'},{'key':'c'},{'key':'b'}]");
	assert_string_equal(written(json_object_get(form_with_moved(&site.arena, form, "a", 1), "fields")),
	                    "[{'key':'b'},{'key':'a'},{'key':'c'}]");
	static const struct {
		const char *key;
		int by;
	} nowhere[] = { { "a", -1 }, { "c", 1 }, { "x", 1 } };
	for (size_t i = 0; i < COUNT(nowhere); i++)
		assert_true(json_equal(form_with_moved(&site.arena, form, nowhere[i].key, nowhere[i].by), form));
	assert_true(json_equal(form, tree(FORM))); /* what was given is not touched */
	arena_release(&site.arena);
}

static void test_retires(void **state)
{
	(void)state;
	arena_init(&site.arena);
	json_t *form = tree(FORM), *retired = form_with_retired(&site.arena, form, "b");
	assert_string_equal(written(retired),
	                    "{'fields':[{'key':'a'},{'key':'c'}],'retired':[{'key':'b'}],'summary':['c'],'title':'a'}");
	assert_string_equal(written(form_with_brought_back(&site.arena, retired, "b")),
	                    "{'fields':[{'key':'a'},{'key':'c'},{'key':'b'}],'summary':['c'],'title':'a'}");
	assert_non_null(form_definition_retired(retired, "b"));
	assert_null(form_definition_field(retired, "b"));
	assert_true(json_equal(form, tree(FORM)));
	json_t *changed = form_with_field(&site.arena, form, tree("{'key':'b','x':1}"));
	assert_string_equal(written(json_object_get(changed, "fields")), "[{'key':'a'},{'key':'b','x':1},{'key':'c'}]");
	changed = form_with_field(&site.arena, form, tree("{'key':'d'}"));
	assert_int_equal(json_array_size(json_object_get(changed, "fields")), 4);
	arena_release(&site.arena);
}

static void test_keys(void **state)
{
	(void)state;
	arena_init(&site.arena);
	const json_t *taken = tree("{'prix':true,'prix_2':true}");
	static const struct {
		const char *words, *key;
	} expected[] = {
		{ "Horaires d’ouverture", "horaires_d_ouverture" },
		{ "Prix", "prix_3" },
		{ "2 roues", "q_2_roues" },
		{ "???", "q_" },
		{ "", "q_" },
	};
	for (size_t i = 0; i < COUNT(expected); i++) {
		const char *key = key_from_words(&site.arena, expected[i].words, taken);
		assert_string_equal(key, expected[i].key);
		assert_true(key_is_valid(key));
	}
	char longest[400];
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_true(key_is_valid(key_from_words(&site.arena, longest, taken)));
	assert_true(key_is_valid(key_from_words(&site.arena, arena_printf(&site.arena, "9%s", longest), taken)));
	assert_string_equal(definition_mark(&site.arena, tree("{'a':1,'b':2}")),
	                    definition_mark(&site.arena, tree("{'b':2,'a':1}")));
	assert_string_not_equal(definition_mark(&site.arena, tree("{'a':1}")),
	                        definition_mark(&site.arena, tree("{'a':2}")));
	arena_release(&site.arena);
}

static void test_parse(void **state)
{
	(void)state;
	arena_init(&site.arena);
	static const struct {
		const char *retired;
		bool taken;
	} forms[] = {
		{ "[{'key':'b','type':'text','label':'B'}]", true },
		{ "[{'key':'a','type':'text','label':'B'}]", false },
		{ "[{'key':'b','type':'text','label':'B'},{'key':'b','type':'text','label':'B'}]", false },
		{ "[{'key':'b','type':'absent','label':'B'}]", false },
	};
	for (size_t i = 0; i < COUNT(forms); i++) {
		struct issues issues;
		struct form form;
		struct err err;
		issues_init(&issues, &site.arena);
		const char *text = arena_printf(&site.arena,
		                                "{'key':'f','label':'F','plural':'F','add':'F','title':'a','fields':["
		                                "{'key':'a','type':'text','label':'A'}],'retired':%s}",
		                                forms[i].retired);
		enum code code = form_parse(&site.arena, tree(text), NULL, 0, &form, &issues, &err);
		assert_int_equal(code, forms[i].taken ? OK : E_INPUT);
		if (code != OK) continue;
		assert_null(form_field(&form, "b"));
		assert_string_equal(form_field_ever(&form, "b")->label.text[LANG_FR], "B");
		assert_string_equal(form_field_ever(&form, "a")->key, "a");
		assert_null(form_field_ever(&form, "c"));
	}
	arena_release(&site.arena);
}

/* ---- On records ---- */

static const json_t *definition(void)
{
	return model_form(site.model, "fiche")->definition;
}

static void put(const json_t *form)
{
	site_fixture_form(&site, json_text(&site.arena, form));
}

static void test_answers_wait(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id id = site_card(&site, &site.facilitator,
	                         "{\"nom\":\"La halle\",\"prix\":\"12\",\"contact\":\"Zoé\"}");
	put(form_with_retired(&site.arena, form_with_retired(&site.arena, definition(), "prix"), "contact"));
	struct err err = { 0 };
	/* Saved by who does not see them, they stay; nobody reads what was for members. */
	struct save save = site_change(&site, &site.contributor, id, "{\"nom\":\"La grande halle\"}");
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_null(strstr(site_values(&site, &site.visitor, id), "Zo"));
	assert_int_equal(site_rebuild(&site), 0);
	put(form_with_brought_back(&site.arena, form_with_brought_back(&site.arena, definition(), "prix"), "contact"));
	assert_non_null(strstr(site_values(&site, &site.facilitator, id), "\"prix\":\"12\""));
	assert_non_null(strstr(site_values(&site, &site.facilitator, id), "\"contact\":\"Zoé\""));
	assert_null(strstr(site_values(&site, &site.visitor, id), "Zo"));
	assert_int_equal(site_rebuild(&site), 0);
}

/* A draft is published, and a record moves, with the answers to what is asked no more. */
static void test_draft(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	struct save save = { .actor = &site.facilitator,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_DRAFT,
		             .values = site_json(&site, "{\"nom\":\"A\",\"prix\":\"12\",\"contact\":\"Zoé\"}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	struct id id = save.saved;
	put(form_with_retired(&site.arena, form_with_retired(&site.arena, definition(), "prix"), "contact"));
	assert_ok(site_set_state(&site, &site.facilitator, id, STATE_PUBLISHED), &err);
	put(form_with_brought_back(&site.arena, form_with_brought_back(&site.arena, definition(), "prix"), "contact"));
	assert_non_null(strstr(site_values(&site, &site.facilitator, id), "\"prix\":\"12\""));
	assert_non_null(strstr(site_values(&site, &site.visitor, id), "\"prix\":\"12\""));
	assert_null(strstr(site_values(&site, &site.visitor, id), "Zo"));
}

/* A draft of a form that was put in place of another, without all its fields. */
static void test_replaced(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	struct save save = { .actor = &site.facilitator,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_DRAFT,
		             .values = site_json(&site, "{\"nom\":\"A\",\"prix\":\"12\"}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	put(form_with_retired(&site.arena, definition(), "prix"));
	json_t *without = json_keep(&site.arena, json_copy((json_t *)definition()));
	json_object_del(without, "retired");
	put(without);
	assert_ok(site_set_state(&site, &site.facilitator, save.saved, STATE_PUBLISHED), &err);
	assert_non_null(strstr(site_values(&site, &site.visitor, save.saved), "\"nom\":\"A\""));
}

static void test_loads(void **state)
{
	site_fixture_init(&site, test_store(state));
	put(form_with_retired(&site.arena, definition(), "prix"));
	struct db *db;
	struct err err = { 0 };
	json_t *keys, *body;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(definition_field_keys(db, &site.arena, "fiche", &keys, &err), &err);
	assert_non_null(json_object_get(keys, "prix"));
	assert_non_null(json_object_get(keys, "nom"));
	assert_null(json_object_get(keys, "sens")); /* another form's */
	assert_ok(definition_load(db, &site.arena, DEFINITION_FORM, "fiche", &body, &err), &err);
	assert_true(json_equal(body, definition()));
	assert_int_equal(definition_load(db, &site.arena, DEFINITION_FORM, "absent", &body, &err), E_NOT_FOUND);
	struct definition_version *versions;
	int n;
	assert_ok(definition_versions(db, &site.arena, DEFINITION_FORM, "fiche", 10, &versions, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_int_equal(versions[0].version, 2);
	assert_true(json_equal(versions[0].body, definition()));
	assert_null(versions[0].who); /* the fixture is the program's */
	assert_non_null(form_definition_field(versions[1].body, "prix"));
	assert_ok(definition_versions(db, &site.arena, DEFINITION_FORM, "fiche", 1, &versions, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_ok(definition_keys(db, &site.arena, DEFINITION_FORM, &keys, &err), &err);
	assert_true(json_object_size(keys) == 2 && json_object_get(keys, "mot"));
	store_read_end(site.store);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moves),
		cmocka_unit_test(test_retires),
		cmocka_unit_test(test_keys),
		BOTH(test_answers_wait),
		BOTH(test_draft),
		BOTH(test_replaced),
		BOTH(test_loads),
		cmocka_unit_test(test_parse),
	};
	return cmocka_run_group_tests_name("form_change", tests, NULL, NULL);
}

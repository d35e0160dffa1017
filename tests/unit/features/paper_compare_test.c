/* Two entries of a sheet: what two people mean the same, what is counted, what is kept. Expected by hand. */
#include "features/paper/paper_compare.h"

#include <stdio.h>
#include <string.h>

#include "features/paper/paper_ask.h"
#include "support/site/site.h"

static struct site_fixture m;

static int teardown(void **state)
{
	if (m.store) site_fixture_release(&m);
	m = (struct site_fixture){ 0 };
	return test_store_teardown(state);
}

#define ASKED(key, type, page) "{'key': '" key "', 'type': '" type "', 'page': '" page "', 'label': 'Question " key "'"
static const char fields[] = "'fields': [" ASKED(
        "type", "choice",
        "qui") ", 'choices': [{'key': 'asso', 'label': 'Association'}, {'key': "
               "'nomade', 'label': 'Nomade'}]}, " ASKED("salaries", "number", "qui") "}, " ASKED("outils", "text", "outils") "}, " ASKED(
                       "public", "boolean",
                       "qui") "}, " ASKED("heures", "number",
                                          "qui") ", 'max': 168, 'show_if': ['public', '=', true]}, " ASKED("acteurs",
                                                                                                           "text",
                                                                                                           "part") "}, " ASKED("exemple",
                                                                                                                               "longtext",
                                                                                                                               "part") "}, " ASKED("mot",
                                                                                                                                                   "longtext",
                                                                                                                                                   "fin") "}], "
                                                                                                                                                          "'pages': [{'key': 'qui', 'label': 'Qui'}, {'key': 'outils', 'label': 'Outils'}, {'key': 'part', 'label': 'Participer', "
                                                                                                                                                          "'text': 'Vous utilisez : {outils}.', 'show_if': ['outils', 'notempty']}, {'key': 'fin', 'label': 'Fin'}]";

static void set_up(void **state, const char *survey)
{
	char text[4096];
	snprintf(
	        text, sizeof(text),
	        "{'key': 'diagnostic', 'version': 1, 'label': 'Diagnostic', 'plural': 'Diagnostics', 'add': 'Répondre', 'survey': %s, %s}",
	        survey, fields);
	for (char *at = text; *at; at++)
		if (*at == '\'') *at = '"';
	site_fixture_init(&m, test_store(state));
	site_fixture_form(&m, text);
}

static json_t *json(const char *text)
{
	json_t *value;
	assert_int_equal(json_parse(&m.arena, text, strlen(text), &value, NULL), OK);
	return value;
}

static const struct form *diagnostic(void)
{
	return model_form(m.model, "diagnostic");
}

static void test_same(void **state)
{
	set_up(state, "{'space': 'quartier', 'anonymity': 'named'}");
	static const struct {
		const char *one, *two;
		bool same;
	} rows[] = {
		{ "\"Merci  à vous\"", "\"merci à vous \"", true },
		{ "\"Merci\"", "\"Merci bien\"", false },
		{ "[\"a\", \"b\"]", "[\"a\", \"b\"]", true },
		{ "[\"a\", \"b\"]", "[\"a\"]", false },
		{ "true", "false", false },
		{ "{\"l\": \"Oui\"}", "{\"l\": \"oui\"}", true },
		{ "{\"l\": \"oui\"}", "{\"m\": \"oui\"}", false },
		{ "[{\"key\": \"other\", \"text\": \"Une Radio\"}]", "[{\"key\": \"other\", \"text\": \"une radio\"}]",
		  true },
		{ "\"12\"", "\"1,2\"", false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		json_t *both = json(arena_printf(&m.arena, "[%s, %s]", rows[i].one, rows[i].two));
		assert_int_equal(paper_same(&m.arena, json_array_get(both, 0), json_array_get(both, 1)), rows[i].same);
		assert_int_equal(paper_same(&m.arena, json_array_get(both, 1), json_array_get(both, 0)), rows[i].same);
	}
	assert_true(paper_same(&m.arena, NULL, NULL));
	assert_false(paper_same(&m.arena, NULL, json_array_get(json("[1]"), 0)));
}

static void test_differences(void **state)
{
	set_up(state, "{'space': 'quartier', 'anonymity': 'named'}");
	const json_t *body = json(
	        "{\"questions\": [{\"key\": \"type\", \"number\": 1, \"page\": 1}, {\"key\": \"gone\", \"number\": 2, "
	        "\"page\": 1}, {\"key\": \"salaries\", \"number\": 3, \"page\": 1}, {\"key\": \"public\", \"number\": "
	        "6, \"page\": 1}, {\"key\": \"mot\", \"number\": 18, \"page\": 2}]}");
	struct paper_typed entries[PAPER_TURNS] = {
		{ .values = json("{\"type\": \"nomade\", \"salaries\": \"4\", \"public\": true}"),
		  .notes = json("{\"salaries\": {\"mark\": \"doubtful\", \"note\": \"4 ou 9\"}}"),
		  .kept = json("[]") },
		{ .values = json("{\"type\": \"nomade\", \"salaries\": \"9\"}"),
		  .notes = json(
		          "{\"salaries\": {\"mark\": \"\", \"note\": \"taché\"}, \"mot\": {\"mark\": \"illegible\", \"note\": \"\"}}"),
		  .kept = json("[]") },
	};
	struct paper_difference *found;
	int compared, n = paper_differences(&m.arena, diagnostic(), body, entries, &found, &compared);
	assert_int_equal(compared, 3); /* both left the last one out: that is no proof of care */
	assert_int_equal(n, 2);
	assert_string_equal(found[0].field->key, "salaries");
	assert_string_equal(found[0].notes[0], "4 ou 9");
	assert_int_equal(found[1].number, 6);
	assert_null(found[1].values[1]);
	json_t *notes = paper_notes_joined(&m.arena, entries);
	assert_string_equal(json_str_or(json_object_get(notes, "salaries"), "note", ""), "4 ou 9\ntaché");
	assert_string_equal(json_str_or(json_object_get(notes, "salaries"), "mark", ""), "doubtful");
	assert_string_equal(json_str_or(json_object_get(notes, "mot"), "mark", ""), "illegible");
}

static void test_kept(void **state)
{
	set_up(state, "{'space': 'quartier', 'anonymity': 'named'}");
	const json_t *typed = json("{\"public\": false, \"heures\": \"12\"}");
	assert_null(json_object_get(paper_values(&m.arena, diagnostic(), typed, json("[]")), "heures"));
	assert_non_null(json_object_get(paper_values(&m.arena, diagnostic(), typed, json("[\"heures\"]")), "heures"));
	assert_null(json_object_get(paper_values(&m.arena, diagnostic(), typed, json("[\"mot\"]")), "mot"));
}

/* Numbers follow the pages; conditions are told by them. */
static void test_set(void **state)
{
	set_up(state, "{'space': 'quartier', 'anonymity': 'named'}");
	const struct form *form = diagnostic();
	struct page p = { .arena = &m.arena, .lang = LANG_FR, .model = m.model, .path = "/", .base_url = "" };
	struct paper_numbers numbers;
	struct questionnaire q;
	paper_numbers(form, &numbers);
	assert_int_equal(numbers.last, 8);
	assert_int_equal(numbers.of[form_field(form, "public")->position], 3);
	assert_int_equal(numbers.of[form_field(form, "outils")->position], 5);
	paper_questionnaire(&p, form, &q);
	assert_int_equal(q.nsections, 4);
	const struct ask *hours = &q.sections[0].asks[3];
	assert_string_equal(hours->key, "heures");
	assert_string_equal(hours->cells, "###"); /* 168 at most */
	assert_string_equal(hours->condition,
	                    "→ Répondez à cette question si vous avez coché «\u202fOui\u202f» à la question 3, sinon "
	                    "passez à la question 5.");
	assert_string_equal(
	        q.sections[2].condition,
	        "→ Répondez aux questions 6 à 7 si vous avez répondu à la question 5, sinon passez à la question 8.");
	assert_string_equal(q.sections[2].text, "Vous utilisez\u00a0: (votre réponse à la question 5).");
}

/* ---- Kept, on both engines ---- */

#define CODE "7kq2-xm0d-9rtw-h3pf"

struct doing {
	const struct paper_sheet *sheet;
	const struct actor *actor;
	struct paper_typed typed;
	int turn;
	struct paper_whole whole;
	bool full;
};

static enum code do_begin(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return paper_sheet_begin(tx, diagnostic(), 1, CODE, "12", 0, err);
}

static enum code do_keep(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	return paper_typed_keep(tx, &m.arena, d->sheet, d->turn, d->actor, &d->typed, err);
}

static enum code do_complete(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return paper_sheet_complete(tx, &m.arena, m.model, d->sheet, &d->whole, &d->full, err);
}

static enum code write(store_fn *fn, void *arg)
{
	struct err err = { 0 };
	return store_write(m.store, fn, arg, &err);
}

static enum code find(const struct actor *actor, struct paper_sheet *ret)
{
	struct db *db;
	struct err err = { 0 };
	assert_int_equal(store_read_begin(m.store, &db, &err), OK);
	enum code code = paper_sheet_find(db, &m.arena, m.model, actor, CODE, ret, &err);
	store_read_end(m.store);
	return code;
}

#define number(sql) number_of_rows("" sql)
static int64_t number_of_rows(const char *sql)
{
	struct db *db;
	struct err err = { 0 };
	int64_t n;
	assert_int_equal(store_read_begin(m.store, &db, &err), OK);
	assert_int_equal(db_int_values(db, &n, -1, &err, sql, NULL, 0), OK);
	store_read_end(m.store);
	return n;
}

static void type(struct doing *d, const struct actor *actor, int turn, const char *values)
{
	struct paper_sheet *sheet = arena_new(&m.arena, struct paper_sheet);
	assert_int_equal(find(actor, sheet), OK);
	*d = (struct doing){ .sheet = sheet, .actor = actor, .turn = turn };
	d->typed =
	        (struct paper_typed){ .done = true, .values = json(values), .notes = json("{}"), .kept = json("[]") };
	assert_int_equal(write(do_keep, d), OK);
}

/* Two people, then one answer; nobody enters the same turn twice, and a second end changes nothing. */
static void test_twice(void **state)
{
	set_up(state, "{'space': 'quartier', 'anonymity': 'named', 'paper': {'twice': 100}}");
	const struct actor one = { .id = id_random() }, two = { .id = id_random() };
	struct paper_sheet sheet;
	struct doing d;
	assert_int_equal(find(&one, &sheet), E_NOT_FOUND);
	assert_int_equal(write(do_begin, NULL), OK);
	assert_int_equal(write(do_begin, NULL), OK); /* two people at once: it is one sheet */
	type(&d, &one, 1, "{\"salaries\": \"4\"}");
	assert_int_equal(write(do_keep, &d), E_CONFLICT);
	assert_int_equal(find(&one, &sheet), OK);
	assert_true(sheet.twice && sheet.entries[0].done && sheet.entries[0].hers);
	assert_int_equal(find(&two, &sheet), OK);
	assert_false(sheet.entries[0].hers);
	assert_int_equal(number("SELECT COUNT(*) FROM response"), 0);
	type(&d, &two, 2, "{\"salaries\": \"9\"}");
	d.whole = (struct paper_whole){
		.values = json("{\"salaries\": \"4\"}"), .notes = json("{}"), .compared = 5, .agreed = 4
	};
	assert_int_equal(write(do_complete, &d), OK);
	assert_int_equal(write(do_complete, &d), OK);
	assert_int_equal(number("SELECT COUNT(*) FROM response WHERE state = 1"), 1);
	assert_int_equal(number("SELECT COUNT(*) FROM paper_entry"), 0);
	assert_int_equal(number("SELECT answers * 10 + agreed FROM paper_tally"), 54);
	assert_int_equal(find(&two, &sheet), OK);
	assert_true(sheet.whole);
}

/* Nobody reads what was typed without the code, nor who typed it; when it counts, nothing of the sheet is left. */
static void test_anonymous(void **state)
{
	set_up(state, "{'space': 'quartier', 'anonymity': 'anonymous', 'paper': {'twice': 0}}");
	const struct actor one = { .id = id_random() };
	struct paper_sheet sheet;
	struct doing d;
	assert_int_equal(write(do_begin, NULL), OK);
	type(&d, &one, 1, "{\"mot\": \"palimpseste\"}");
	assert_int_equal(
	        number("SELECT COUNT(*) FROM paper_entry WHERE body = '{}' AND person IS NULL AND sealed IS NOT NULL"),
	        1);
	assert_int_equal(find(&one, &sheet), OK);
	assert_false(sheet.twice);
	assert_string_equal(json_str_or(sheet.entries[0].values, "mot", ""), "palimpseste");
	d.whole = (struct paper_whole){ .values = json("{\"mot\": \"palimpseste\"}"), .notes = json("{}") };
	assert_int_equal(write(do_complete, &d), OK);
	assert_int_equal(number("SELECT COUNT(*) FROM anonymous_answer"), 1);
	assert_int_equal(
	        number("SELECT (SELECT COUNT(*) FROM paper_sheet) + (SELECT COUNT(*) FROM paper_entry) + (SELECT COUNT(*) FROM response)"),
	        0);
	assert_int_equal(find(&one, &sheet), E_NOT_FOUND);
}

/* The share that is entered twice is about what was asked, and the same sheets each time. */
static void test_share(void **state)
{
	set_up(state, "{'space': 'quartier', 'anonymity': 'named', 'paper': {'twice': 20}}");
	int twice = 0;
	for (int i = 0; i < 2000; i++) {
		const char *code = arena_printf(&m.arena, "%d", i);
		twice += paper_twice(diagnostic(), code);
		assert_int_equal(paper_twice(diagnostic(), code), paper_twice(diagnostic(), code));
	}
	assert_in_range(twice, 340, 460);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
#define ONE(test)                                                \
	{                                                        \
#test, (test), test_sqlite_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		ONE(test_same),   ONE(test_differences), ONE(test_kept),  ONE(test_set),
		BOTH(test_twice), BOTH(test_anonymous),  ONE(test_share),
	};
	return cmocka_run_group_tests_name("sheets of paper", tests, NULL, NULL);
}

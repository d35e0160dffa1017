/*
 * Days counted from today, on both engines: in the site's time zone, until its midnight, where clocks change; and
 * what else views got with their editor: who sees them, their former addresses, which addresses are free.
 */
#include "core/relative_day.h"

#include <string.h>

#include "core/address.h"
#include "core/definition.h"
#include "core/moment.h"
#include "core/operator.h"
#include "core/query.h"
#include "core/right.h"
#include "support/site/site.h"

static struct site_fixture site;

static const char form[] =
        "{\"key\":\"date\",\"label\":\"D\",\"plural\":\"D\",\"add\":\"D\",\"title\":\"nom\",\"fields\":["
        "{\"key\":\"nom\",\"type\":\"text\",\"label\":\"N\",\"required\":true},"
        "{\"key\":\"jour\",\"type\":\"date\",\"time\":true,\"label\":\"J\"},"
        "{\"key\":\"duree\",\"type\":\"period\",\"label\":\"P\"}]}";

static const struct form *dated(void)
{
	return model_form(site.model, "date");
}

static void add(const char *name, const char *day)
{
	struct err err = { 0 };
	const char *values = arena_printf(&site.arena, "{\"nom\":\"%s\",\"jour\":\"%s\"}", name, day);
	struct save save = { .actor = &site.administrator,
		             .form = dated(),
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, values) };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
}

static void setup(void **state)
{
	site_fixture_init(&site, test_store(state));
	site_fixture_form(&site, form);
}

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static int64_t utc(const char *iso)
{
	struct datetime t;
	assert_true(datetime_from_iso(iso, &t));
	return (date_to_days(t.date) * 86400 + (t.hour * 60 + t.minute) * 60 + t.second) * 1000;
}

/* The names found, in order; *until: when that may change. */
static const char *found_by(const char *op, const char *value, const char *now, int64_t *until)
{
	struct arena *a = &site.arena;
	struct condition condition = { "jour", operator_find(op), json_keep(a, json_string(value)) };
	struct query query = { .form = dated(), .where = &condition, .nwhere = 1, .size = 50, .now = utc(now) };
	struct result result;
	struct record **records;
	struct db *db;
	struct err err = { 0 };
	struct buf out;
	int n;
	buf_init(&out, a, 0);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(query_run(db, a, site.model, &site.visitor, &query, &result, &err), &err);
	assert_ok(query_until(db, site.model, &query, until, &err), &err);
	assert_ok(record_load_many(db, a, site.model, &site.visitor, result.nums, result.n, &records, &n, &err), &err);
	store_read_end(site.store);
	for (int i = 0; i < n; i++) buf_puts(&out, records[i]->title);
	return buf_str(&out);
}

/* Paris: UTC + 1 in winter, + 2 in summer. */
static void test_today(void **state)
{
	static const struct {
		const char *op, *value, *now, *found, *until;
	} rows[] = {
		{ ">=", "today", "2013-11-22T12:00", "bcd", "2013-11-22T23:00" },
		{ ">", "today", "2013-11-22T12:00", "cd", "2013-11-22T23:00" }, /* today’s evening is today */
		{ "=", "today", "2013-11-22T12:00", "b", "2013-11-22T23:00" },
		{ "<", "today", "2013-11-22T12:00", "a", "2013-11-22T23:00" },
		{ "<=", "today", "2013-11-22T12:00", "ab", "2013-11-22T23:00" },
		{ "!=", "today", "2013-11-22T12:00", "acd", "2013-11-22T23:00" },
		{ ">=", "today", "2013-11-22T22:59:59", "bcd", "2013-11-22T23:00" },
		{ ">=", "today", "2013-11-22T23:00", "cd", "2013-11-23T23:00" }, /* it is the 23rd in Tours */
		{ ">=", "today+7", "2013-11-22T12:00", "cd", "2013-11-22T23:00" },
		{ "=", "today+7", "2013-11-22T12:00", "c", "2013-11-22T23:00" },
		{ "<", "today+7", "2013-11-22T12:00", "ab", "2013-11-22T23:00" },
		{ ">=", "today-30", "2013-11-22T12:00", "abcd", "2013-11-22T23:00" },
		{ "=", "today-1", "2013-11-22T12:00", "a", "2013-11-22T23:00" },
		{ "=", "today+130", "2013-11-22T12:00", "d", "2013-11-22T23:00" }, /* across the change of clocks */
		{ "=", "today", "2014-03-31T21:59:59", "", "2014-03-31T22:00" },
		{ "=", "today", "2014-03-31T22:00", "d", "2014-04-01T22:00" },
		{ "=", "today", "2014-03-30T00:30", "", "2014-03-30T22:00" }, /* a day of 23 hours */
	};
	setup(state);
	add("a", "2013-11-21");
	add("b", "2013-11-22T20:30");
	add("c", "2013-11-29");
	add("d", "2014-04-01");
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t until;
		const char *found = found_by(rows[i].op, rows[i].value, rows[i].now, &until);
		if (strcmp(found, rows[i].found) != 0) fail_msg("%zu: %s, not %s", i, found, rows[i].found);
		assert_int_equal(until, utc(rows[i].until));
	}
	int64_t until;
	assert_string_equal(found_by(">=", "2013-11-29", "2013-11-22T12:00", &until), "cd");
	assert_int_equal(until, INT64_MAX);
}

static void test_texts(void **state)
{
	static const char *const others[] = { "",        "Today",  "today ",   "today+",       "today-",
		                              "today+x", "today7", "today+7d", "today+999999", "aujourd’hui" };
	int days = 1;
	(void)state;
	assert_true(relative_day_read("today", &days));
	assert_int_equal(days, 0);
	assert_true(relative_day_read("today+7", &days));
	assert_int_equal(days, 7);
	assert_true(relative_day_read("today-30", &days));
	assert_int_equal(days, -30);
	for (size_t i = 0; i < COUNT(others); i++) assert_false(relative_day_read(others[i], &days));
}

/* ---- Views ---- */

struct saving {
	const char *key, *body; /* body NULL: taken away */
	bool free;              /* is `key` a free address? */
	const struct view *view;
};

static enum code save_view(struct tx *tx, void *arg, struct err *err)
{
	struct saving *s = arg;
	if (s->body == NULL) return definition_delete(tx, DEFINITION_VIEW, s->key, &site.facilitator, err);
	return definition_save(tx, &site.arena, DEFINITION_VIEW, s->key, site_json(&site, s->body), &site.facilitator,
	                       NULL, err);
}

static void view(const char *key, const char *body)
{
	struct saving saving = { .key = key, .body = body };
	struct err err = { 0 };
	assert_ok(store_write(site.store, save_view, &saving, &err), &err);
	site_fixture_form(&site, form); /* loads the model again */
}

static enum code ask_free(struct tx *tx, void *arg, struct err *err)
{
	struct saving *s = arg;
	return address_free_for_view(tx_db(tx), site.model, s->key, s->view, &s->free, err);
}

static bool is_free(const char *slug, const char *of)
{
	struct saving saving = { .key = slug, .view = of ? model_view(site.model, of) : NULL };
	struct err err = { 0 };
	assert_ok(store_write(site.store, ask_free, &saving, &err), &err);
	return saving.free;
}

static void test_view_seen(void **state)
{
	setup(state);
	view("tous", "{\"key\":\"tous\",\"title\":\"T\",\"form\":\"date\"}");
	view("membres", "{\"key\":\"membres\",\"title\":\"M\",\"form\":\"date\",\"audience\":\"members\"}");
	view("equipe", "{\"key\":\"equipe\",\"title\":\"E\",\"form\":\"date\",\"audience\":\"facilitators\"}");
	const struct actor *const actors[] = { &site.visitor,     &site.contributor,   &site.member,
		                               &site.facilitator, &site.administrator, &actor_program };
	static const char *const keys[] = { "tous", "membres", "equipe" };
	static const char *const seen[] = { "100", "100", "110", "111", "111", "111" };
	for (size_t i = 0; i < COUNT(actors); i++)
		for (size_t j = 0; j < COUNT(keys); j++)
			assert_int_equal(view_seen(actors[i], site.model, model_view(site.model, keys[j])),
			                 seen[i][j] == '1');
}

static void test_addresses(void **state)
{
	setup(state);
	add("Une page", "2013-11-21");
	view("une",
	     "{\"key\":\"une\",\"slug\":\"adresse\",\"title\":\"T\",\"form\":\"date\",\"former\":[\"ancienne\"]}");
	view("autre", "{\"key\":\"autre\",\"title\":\"T\",\"form\":\"date\"}");
	assert_string_equal(model_view_by_former(site.model, "ancienne")->key, "une");
	assert_null(model_view_by_former(site.model, "adresse"));
	static const struct {
		const char *slug, *of;
		bool free;
	} rows[] = { { "libre", NULL, true },        { "adresse", NULL, false },  { "adresse", "une", true },
		     { "adresse", "autre", false },  { "ancienne", NULL, false }, { "ancienne", "une", true },
		     { "ancienne", "autre", false }, { "une-page", NULL, false }, { "e", NULL, false },
		     { "api", "une", false },        { "Majuscule", NULL, false } };
	for (size_t i = 0; i < COUNT(rows); i++)
		if (is_free(rows[i].slug, rows[i].of) != rows[i].free)
			fail_msg("%s of %s", rows[i].slug, rows[i].of ? rows[i].of : "none");
}

/* Those that were taken away are there too, as they were last. */
static void test_latest(void **state)
{
	setup(state);
	struct definition_last *all;
	struct db *db;
	struct err err = { 0 };
	int n;
	view("reste", "{\"key\":\"reste\",\"title\":\"Un\",\"form\":\"date\"}");
	view("part", "{\"key\":\"part\",\"title\":\"Part\",\"form\":\"date\"}");
	view("reste", "{\"key\":\"reste\",\"title\":\"Deux\",\"form\":\"date\"}");
	view("part", NULL);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(definition_latest(db, &site.arena, DEFINITION_VIEW, &all, &n, &err), &err);
	store_read_end(site.store);
	assert_int_equal(n, 2);
	assert_string_equal(all[0].key, "reste");
	assert_string_equal(json_str_or(all[0].body, "title", ""), "Deux");
	assert_string_equal(all[1].key, "part");
	assert_string_equal(json_str_or(all[1].body, "title", ""), "Part");
	assert_null(model_view(site.model, "part"));
}

#define TEST(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts), TEST(test_today),  TEST(test_view_seen),
		TEST(test_addresses),         TEST(test_latest),
	};
	return cmocka_run_group_tests_name("relative day", tests, NULL, NULL);
}

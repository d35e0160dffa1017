/*
 * What is open now, asked of the index, on both engines: as people would read the hours on the door, in the site's
 * time zone, past midnight, on public holidays, where clocks change; and as hours_open says, at random moments.
 */
#include <string.h>

#include "base/clock.h"
#include "core/definition.h"
#include "core/moment.h"
#include "core/operator.h"
#include "core/query.h"
#include "support/seeds.h"
#include "support/site/site.h"

static struct site_fixture site;

static const char form[] =
        "{\"key\":\"lieu\",\"label\":\"L\",\"plural\":\"L\",\"add\":\"L\",\"title\":\"nom\",\"fields\":["
        "{\"key\":\"nom\",\"type\":\"text\",\"label\":\"N\",\"required\":true},"
        "{\"key\":\"ouverture\",\"type\":\"hours\",\"label\":\"O\"},"
        "{\"key\":\"equipe\",\"type\":\"hours\",\"label\":\"E\",\"audience\":\"members\"}]}";

/* Each is called by a letter. */
static const char *const places[][2] = {
	{ "a", "Mo-Fr 09:00-12:00,14:00-18:00; PH off" },
	{ "b", "24/7" },
	{ "c", "Fr-Sa 22:00-03:00" },
	{ "d", "Jul-Aug 10:00-20:00" },
	{ "e", "Mo-Fr \\\"sur rendez-vous\\\"" },
	{ "f", "PH 10:00-12:00" },
	{ "g", "Dec 24-Jan 2 21:00-25:00" },
};

static const struct form *lieu(void)
{
	return model_form(site.model, "lieu");
}

static void add(const char *name, const char *field, const char *hours)
{
	struct err err = { 0 };
	const char *values = hours ? arena_printf(&site.arena, "{\"nom\":\"%s\",\"%s\":\"%s\"}", name, field, hours)
	                           : arena_printf(&site.arena, "{\"nom\":\"%s\"}", name);
	struct save save = { .actor = &site.administrator,
		             .form = lieu(),
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

enum asked { CONDITION, CHOICE, NEGATION, AND_SATURDAY };

/* The names of those that a query about the moment gives, in order; *now: what the facet counts. */
static const char *found_by(const struct actor *actor, const char *field, enum asked asked, int64_t ms, int64_t *now)
{
	static const char *const keys[] = { KEY_NOW, "6" };
	struct arena *a = &site.arena;
	const struct field *of = form_field(lieu(), field);
	struct condition condition = { field, operator_get(asked == NEGATION ? OP_NOT_EQUAL : OP_EQUAL),
		                       json_keep(a, json_string(KEY_NOW)) };
	struct facet_choice choice = { of, keys, asked == AND_SATURDAY ? 2 : 1 };
	bool chosen = asked == CHOICE || asked == AND_SATURDAY;
	struct query query = { .form = lieu(),
		               .where = &condition,
		               .nwhere = !chosen,
		               .chosen = &choice,
		               .nchosen = chosen,
		               .facets = &of,
		               .nfacets = 1,
		               .size = 50,
		               .now = ms };
	struct result result;
	struct record **records;
	struct db *db;
	struct err err = { 0 };
	struct buf out;
	int n;
	buf_init(&out, a, 0);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(query_run(db, a, site.model, actor, &query, &result, &err), &err);
	assert_ok(record_load_many(db, a, site.model, actor, result.nums, result.n, &records, &n, &err), &err);
	store_read_end(site.store);
	for (int i = 0; i < n; i++) buf_puts(&out, records[i]->title);
	assert_int_equal(result.total, n);
	const struct facet *facet = &result.facets[0];
	*now = facet->nvalues ? facet->values[0].count : -1;
	if (facet->nvalues)
		assert_string_equal(facet->values[0].key, KEY_NOW); /* first, and no mark of the index among them */
	for (int i = 0; i < facet->nvalues; i++) assert_int_not_equal(*facet->values[i].key, *MOMENT_MARK);
	if (facet->nvalues && chosen) assert_true(facet->values[0].chosen);
	return buf_str(&out);
}

static int64_t until(int64_t ms)
{
	const struct field *of = form_field(lieu(), "ouverture");
	struct query query = { .form = lieu(), .facets = &of, .nfacets = 1, .size = 1, .now = ms };
	struct db *db;
	struct err err = { 0 };
	int64_t ret;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(query_until(db, site.model, &query, &ret, &err), &err);
	store_read_end(site.store);
	return ret;
}

static int64_t utc(const char *iso)
{
	struct datetime t;
	assert_true(datetime_from_iso(iso, &t));
	return (date_to_days(t.date) * 86400 + (t.hour * 60 + t.minute) * 60 + t.second) * 1000;
}

/* Paris: UTC + 1 in winter, + 2 in summer. */
static void test_on_the_door(void **state)
{
	static const struct {
		const char *utc, *open;
	} moments[] = {
		{ "2013-11-22T09:00", "ab" }, /* Friday, 10 h */
		{ "2013-11-22T07:59:59", "b" },
		{ "2013-11-22T08:00", "ab" }, /* 9 h: it opens */
		{ "2013-11-22T10:59:59", "ab" },
		{ "2013-11-22T11:00", "b" }, /* 12 h: it closes */
		{ "2013-11-22T13:00", "ab" },
		{ "2013-11-22T17:00", "b" },
		{ "2013-11-22T21:00", "bc" },    /* 22 h */
		{ "2013-11-23T01:59:59", "bc" }, /* Saturday, 2 h 59: Friday's evening */
		{ "2013-11-23T02:00", "b" },
		{ "2013-11-23T09:00", "b" },
		{ "2013-11-23T22:30", "bc" },
		{ "2013-11-24T01:00", "bc" }, /* Sunday, Saturday's evening */
		{ "2013-11-24T02:00", "b" },
		{ "2013-11-24T22:00", "b" },
		{ "2013-11-11T09:30", "bf" }, /* a Monday, the Armistice */
		{ "2013-11-11T13:30", "b" },
		{ "2013-11-12T09:30", "ab" },
		{ "2014-07-15T08:30", "abd" }, /* Tuesday of July, 10 h 30 */
		{ "2014-07-14T08:30", "bdf" }, /* the National Day */
		{ "2014-06-30T21:59:59", "b" },
		{ "2014-08-31T17:59", "bd" }, /* the last of August, 19 h 59 */
		{ "2014-09-01T08:30", "ab" },
		{ "2013-12-23T20:30", "b" },
		{ "2013-12-24T20:30", "bg" }, /* the first evening */
		{ "2013-12-31T23:30", "bg" }, /* 0 h 30 on New Year's Day */
		{ "2014-01-02T20:30", "bg" },
		{ "2014-01-02T23:59", "bg" }, /* 0 h 59 on 3 January: the last one's night */
		{ "2014-01-03T00:00", "b" },
		{ "2014-03-30T00:59:59", "bc" }, /* 1 h 59; at 2 h it is 3 h */
		{ "2014-03-30T01:00", "b" },
		{ "2014-10-26T00:30", "bc" }, /* 2 h 30 in summer */
		{ "2014-10-26T01:30", "bc" }, /* 2 h 30 again */
		{ "2014-10-26T02:00", "b" },
	};
	int64_t now;
	setup(state);
	for (size_t i = 0; i < COUNT(places); i++) add(places[i][0], "ouverture", places[i][1]);
	add("z", "ouverture", NULL);
	for (size_t i = 0; i < COUNT(moments); i++) {
		int64_t ms = utc(moments[i].utc);
		const char *open = found_by(&site.visitor, "ouverture", CONDITION, ms, &now);
		if (strcmp(open, moments[i].open) != 0)
			fail_msg("%s: %s, not %s", moments[i].utc, open, moments[i].open);
		assert_string_equal(found_by(&site.visitor, "ouverture", CHOICE, ms, &now), moments[i].open);
		assert_int_equal(now, strlen(moments[i].open));
		assert_int_equal(strlen(found_by(&site.visitor, "ouverture", NEGATION, ms, &now)),
		                 COUNT(places) + 1 - strlen(moments[i].open));
	}
	assert_string_equal(found_by(&site.visitor, "ouverture", AND_SATURDAY, utc("2013-11-22T09:00"), &now), "abcdg");
	assert_int_equal(site_rebuild(&site), 0);
	clock_set(utc("2013-11-22T21:00")); /* the clock's, where the query says nothing */
	assert_string_equal(found_by(&site.visitor, "ouverture", CONDITION, 0, &now), "bc");
}

static enum code write_zone(struct tx *tx, void *arg, struct err *err)
{
	return definition_save(tx, &site.arena, DEFINITION_SETTING, "zone", arg, &actor_program, NULL, err);
}

static void test_elsewhere(void **state)
{
	struct err err = { 0 };
	int64_t now;
	setup(state);
	assert_ok(store_write(site.store, write_zone, json_keep(&site.arena, json_string("America/Martinique")), &err),
	          &err);
	site_fixture_form(&site, form); /* loads the model again */
	add("a", "ouverture", places[0][1]);
	assert_string_equal(found_by(&site.visitor, "ouverture", CONDITION, utc("2013-11-22T09:00"), &now),
	                    ""); /* 5 h */
	assert_string_equal(found_by(&site.visitor, "ouverture", CONDITION, utc("2013-11-22T13:00"), &now), "a");
	assert_int_equal(until(utc("2013-11-22T13:00")), utc("2013-11-22T16:00"));
	assert_int_equal(until(utc("2013-11-22T22:30")), utc("2013-11-23T04:00")); /* midnight there */
}

/* Hours that only members read open nothing for the others. */
static void test_rights(void **state)
{
	int64_t now;
	setup(state);
	add("a", "equipe", "24/7");
	assert_string_equal(found_by(&site.member, "equipe", CONDITION, SITE_START, &now), "a");
	assert_int_equal(now, 1);
	assert_string_equal(found_by(&site.visitor, "equipe", CONDITION, SITE_START, &now), "");
	assert_int_equal(now, -1);
	assert_string_equal(found_by(&site.visitor, "equipe", NEGATION, SITE_START, &now), "a");
}

/* What is kept of a page is kept until the next end of any hours, or midnight, or the clocks' change. */
static void test_until(void **state)
{
	static const char *const moments[][2] = {
		{ "2013-11-22T08:10", "2013-11-22T11:00" }, { "2013-11-22T11:00", "2013-11-22T13:00" },
		{ "2013-11-22T17:00", "2013-11-22T21:00" }, { "2013-11-22T21:30", "2013-11-22T23:00" },
		{ "2013-11-22T23:00", "2013-11-23T02:00" }, { "2014-03-30T00:10", "2014-03-30T01:00" },
	};
	setup(state);
	assert_int_equal(until(utc("2013-11-22T08:10")), utc("2013-11-22T23:00")); /* midnight in Paris */
	add("a", "ouverture", places[0][1]);
	add("c", "ouverture", places[2][1]);
	for (size_t i = 0; i < COUNT(moments); i++) assert_int_equal(until(utc(moments[i][0])), utc(moments[i][1]));
	const struct field *name = form_field(lieu(), "nom");
	struct query query = { .form = lieu(), .facets = &name, .nfacets = 1, .size = 1 };
	struct db *db;
	struct err err = { 0 };
	int64_t never;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(query_until(db, site.model, &query, &never, &err), &err);
	store_read_end(site.store);
	assert_true(never == INT64_MAX);
}

/* ---- Random hours, random moments ---- */

static const char *random_rule(void)
{
	static const char *const seasons[] = {
		"", "", "", "Jul-Aug ", "Sep 15-Jun 30 ", "Dec 20-Jan 5 ", "Feb ", "Mar 30,Oct 26 "
	};
	static const char *const days[] = { "", "Mo-Fr ", "Sa ", "We,Su ", "PH ", "Mo-Sa,PH ", "Fr-Mo " };
	static const char *const times[] = { "09:00-12:00", "14:00-18:30", "22:00-02:30",
		                             "00:00-24:00", "off",         "08:15-09:45,23:00-25:15" };
	return arena_printf(&site.arena, "%s%s%s", seasons[random_below(COUNT(seasons))],
	                    days[random_below(COUNT(days))], times[random_below(COUNT(times))]);
}

static const char *random_hours(void)
{
	const char *text = random_rule();
	for (uint32_t n = random_below(4); n > 0; n--) text = arena_printf(&site.arena, "%s; %s", text, random_rule());
	return text;
}

static void test_random(void **state)
{
	enum { PLACES = 12, MOMENTS = 40 };
	const char *texts[PLACES];
	setup(state);
	struct hours *hours = arena_new(&site.arena, struct hours);
	random_seed(7);
	for (int i = 0; i < PLACES; i++) {
		texts[i] = random_hours();
		add(arena_printf(&site.arena, "%c", 'a' + i), "ouverture", texts[i]);
	}
	for (int i = 0; i < MOMENTS; i++) {
		int64_t now, ms = utc("2024-01-01T00:00") + (int64_t)random_below(2 * 366 * 24 * 60) * 60000;
		if (i < 8)
			ms = utc(i % 2 ? "2024-03-31T00:00" : "2024-10-27T00:00") + (int64_t)random_below(240) * 60000;
		struct datetime local = zone_local(model_zone(site.model), ms);
		struct buf expected;
		buf_init(&expected, &site.arena, 0);
		for (int j = 0; j < PLACES; j++) {
			assert_int_equal(hours_parse(&site.arena, texts[j], hours, NULL), OK);
			if (hours_open(hours, &local)) buf_putc(&expected, (char)('a' + j));
		}
		const char *open = found_by(&site.visitor, "ouverture", CONDITION, ms, &now);
		if (strcmp(open, buf_str(&expected)) != 0)
			fail_msg("%lld: %s, not %s", (long long)ms, open, buf_str(&expected));
		/* It stays so until it is said to change. */
		int64_t end = until(ms);
		if (end <= ms) continue; /* the second of an hour that comes twice: then nothing is kept */
		assert_string_equal(found_by(&site.visitor, "ouverture", CONDITION, end - 1, &now), open);
	}
	random_seed(0);
}

#define TEST(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_on_the_door), TEST(test_elsewhere), TEST(test_rights), TEST(test_until), TEST(test_random),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

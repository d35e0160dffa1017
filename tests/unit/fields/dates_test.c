/* Dates proposed to several people: typed line by line, named by their own time, merged when two add some. */
#include "field_fixture.h"

#include "core/date_poll.h"

#define N "\xE2\x80\xAF"

static const struct field *dates(void)
{
	return field_of("'type': 'dates'");
}

static void test_posted(void **state)
{
	(void)state;
	static const char *const pairs[] = { "champ.day[]=2026-12-05",
		                             "champ.from[]=",
		                             "champ.to[]=",
		                             "champ.places[]=",
		                             "champ.day[]=01/12/2026",
		                             "champ.from[]=18h30",
		                             "champ.to[]=20:00",
		                             "champ.places[]=8",
		                             "champ.day[]=",
		                             "champ.from[]=",
		                             "champ.to[]=",
		                             "champ.places[]=",
		                             "champ.day[]=2026-12-05",
		                             "champ.from[]=",
		                             "champ.to[]=",
		                             "champ.places[]=",
		                             "champ.closes=30/11/2026",
		                             NULL };
	assert_string_equal(written(posted_in(dates(), LANG_FR, pairs)),
	                    "{'closes':'2026-11-30','slots':[{'at':'2026-12-01T18:30/20:00','places':8},"
	                    "{'at':'2026-12-05'}]}");
	assert_string_equal(mistakes(), "");
	static const char *const blank[] = { "champ.day[]=", "champ.from[]=", "champ.to[]=", "champ.places[]=", NULL };
	assert_string_equal(written(posted_in(dates(), LANG_FR, blank)), "-");
	assert_string_equal(mistakes(), "");
}

/* All mistakes, each with its line; all that was typed stays. */
static void test_mistyped(void **state)
{
	(void)state;
	static const char *const pairs[] = { "champ.day[]=32/12/2026",
		                             "champ.from[]=",
		                             "champ.to[]=",
		                             "champ.places[]=",
		                             "champ.day[]=",
		                             "champ.from[]=18h",
		                             "champ.to[]=",
		                             "champ.places[]=",
		                             "champ.day[]=2026-12-05",
		                             "champ.from[]=25h",
		                             "champ.to[]=",
		                             "champ.places[]=-1",
		                             "champ.day[]=2026-12-06",
		                             "champ.from[]=",
		                             "champ.to[]=9h",
		                             "champ.places[]=",
		                             "champ.closes=demain",
		                             NULL };
	const json_t *value = posted_in(dates(), LANG_EN, pairs);
	assert_string_equal(mistakes(), "Line 1: “32/12/2026” is not a date. Example: 28/11/2026;"
	                                "Line 2: say which day.;"
	                                "Line 3: “25h” is not an hour. Example: 18:30;"
	                                "Line 3: places are a number up to 10000, or nothing.;"
	                                "Line 4: say when it begins, too.;"
	                                "Last day to answer: “demain” is not a date. Example: 28/11/2026;");
	const char *html = drawn(dates()->type->edit, dates(), LANG_FR, value);
	assert_contains(html, "value=\"32/12/2026\"");
	assert_contains(html, "name=\"champ.from[]\" value=\"25h\"");
	assert_contains(html, "name=\"champ.closes\" value=\"demain\"");
}

static void test_files(void **state)
{
	(void)state;
	static const struct text_row rows[] = {
		{ "2026-12-05; 2026-12-01T18:30/20:00 x8\nuntil 2026-11-30",
		  "{'closes':'2026-11-30','slots':[{'at':'2026-12-01T18:30/20:00','places':8},{'at':'2026-12-05'}]}",
		  "" },
		{ "2026-12-05\nchosen 2026-12-05 01hf7yat00000000000000000a",
		  "{'chosen':'2026-12-05','event':'01hf7yat00000000000000000a','slots':[{'at':'2026-12-05'}]}", "" },
		{ "", "-", "" },
		{ "samedi prochain", "'samedi prochain'",
		  "“samedi prochain” is not a proposed date. Example: 2026-12-01T18:30/20:00;" },
	};
	test_imports(dates(), rows, COUNT(rows));
#define BAD "These are not proposed dates: at least one, at most 60, in order.;"
	static const struct value_row values[] = {
		{ "'2026-12-05'", BAD },
		{ "{'slots':[]}", BAD },
		{ "{'slots':[{'at':'2026-12-05'},{'at':'2026-12-01'}]}", BAD },
		{ "{'slots':[{'at':'2026-12-05'},{'at':'2026-12-05'}]}", BAD },
		{ "{'slots':[{'at':'2026-02-30'}]}", BAD },
		{ "{'slots':[{'at':'2026-12-05T25:00'}]}", BAD },
		{ "{'slots':[{'at':'2026-12-05T18:00/19'}]}", BAD },
		{ "{'slots':[{'at':'2026-12-05','places':-1}]}", BAD },
		{ "{'slots':[{'at':'2026-12-05'}],'chosen':'2026-12-06'}", BAD },
		{ "{'slots':[{'at':'2026-12-05'}],'chosen':3}", BAD },
		{ "{'slots':[{'at':'2026-12-05'}],'closes':'hier'}", BAD },
		{ "{'slots':[{'at':'2026-12-05'}],'event':'x'}", BAD },
		{ "{'slots':[{'at':'2026-12-05T22:00/02:00'}]}", "" },
	};
	test_checks(dates(), values, COUNT(values));
}

/* What the form shows, sent back unchanged, and what a file says of it, are the same value. */
static void test_unchanged(void **state)
{
	(void)state;
	const char *whole =
	        "{'chosen':'2026-12-05','closes':'2026-11-30','event':'01hf7yat00000000000000000a','slots':"
	        "[{'at':'2026-12-01T18:30/20:00','places':8},{'at':'2026-12-03T09:00'},{'at':'2026-12-05'}]}";
	static const char *const pairs[] = { "champ.day[]=2026-12-01",
		                             "champ.from[]=18:30",
		                             "champ.to[]=20:00",
		                             "champ.places[]=8",
		                             "champ.day[]=2026-12-03",
		                             "champ.from[]=09:00",
		                             "champ.to[]=",
		                             "champ.places[]=",
		                             "champ.day[]=2026-12-05",
		                             "champ.from[]=",
		                             "champ.to[]=",
		                             "champ.places[]=",
		                             "champ.closes=2026-11-30",
		                             "champ.chosen=2026-12-05",
		                             "champ.event=01hf7yat00000000000000000a",
		                             NULL };
	const char *html = drawn(dates()->type->edit, dates(), LANG_FR, value_of(whole));
	for (size_t i = 0; pairs[i]; i++) {
		size_t len = strcspn(pairs[i], "=");
		assert_contains(html, arena_printf(&fixture.a, "name=\"%.*s\" value=\"%s\"", (int)len, pairs[i],
		                                   pairs[i] + len + 1));
	}
	assert_string_equal(written(posted_in(dates(), LANG_FR, pairs)), whole);
	struct buf text;
	buf_init(&text, &fixture.a, 0);
	dates()->type->export(&text, LANG_FR, dates(), value_of(whole));
	assert_string_equal(written(dates()->type->import(dates(), buf_str(&text), &fixture.issues)), whole);
}

static void test_shown(void **state)
{
	(void)state;
	const char *two = "{'slots':[{'at':'2026-12-01T18:30/20:00'},{'at':'2026-12-05T22:00/02:00'}]}";
	assert_string_equal(plain(dates(), LANG_FR, value_of(two)),
	                    "mardi 1er décembre 2026, de 18" N "h" N "30 à 20" N "h\n"
	                    "samedi 5 décembre 2026, 22" N "h – 2" N "h");
	assert_string_equal(keys(dates(), value_of(two)), ";");
	const char *chosen =
	        "{'chosen':'2026-12-01T18:30/20:00','slots':[{'at':'2026-12-01T18:30/20:00'},{'at':'2026-12-05'}]}";
	assert_string_equal(plain(dates(), LANG_FR, value_of(chosen)),
	                    "mardi 1er décembre 2026, de 18" N "h" N "30 à 20" N "h");
	assert_string_equal(keys(dates(), value_of(chosen)), "2026-12-01T18:30;");
}

static const char *merged(const char *base, const char *mine, const char *theirs)
{
	const json_t *one = dates()->type->merge(&fixture.a, value_of(base), value_of(mine), value_of(theirs));
	const json_t *other = dates()->type->merge(&fixture.a, value_of(base), value_of(theirs), value_of(mine));
	assert_string_equal(written(one), written(other));
	return written(one);
}

static void test_merged(void **state)
{
	(void)state;
	const char *base = "{'slots':[{'at':'2026-12-01'},{'at':'2026-12-02'}]}";
	assert_string_equal(merged(base, "{'slots':[{'at':'2026-12-01'},{'at':'2026-12-02'},{'at':'2026-12-03'}]}",
	                           "{'closes':'2026-11-30','slots':[{'at':'2026-12-02'}]}"),
	                    "{'closes':'2026-11-30','slots':[{'at':'2026-12-02'},{'at':'2026-12-03'}]}");
	/* One takes away what the other chooses; two choose; two give other places: nobody's word is lost. */
	assert_string_equal(merged(base, "{'slots':[{'at':'2026-12-01'}]}",
	                           "{'chosen':'2026-12-02','slots':[{'at':'2026-12-01'},{'at':'2026-12-02'}]}"),
	                    "-");
	assert_string_equal(merged(base, "{'chosen':'2026-12-01','slots':[{'at':'2026-12-01'},{'at':'2026-12-02'}]}",
	                           "{'chosen':'2026-12-02','slots':[{'at':'2026-12-01'},{'at':'2026-12-02'}]}"),
	                    "-");
	assert_string_equal(merged(base, "{'slots':[{'at':'2026-12-01','places':3},{'at':'2026-12-02'}]}",
	                           "{'slots':[{'at':'2026-12-01','places':4},{'at':'2026-12-02'}]}"),
	                    "-");
}

/* The most people, then the fewest who would rather not; nothing while nobody has answered. */
static void test_best(void **state)
{
	(void)state;
	const json_t *value = value_of(
	        "{'slots':[{'at':'2026-12-01'},{'at':'2026-12-02'},{'at':'2026-12-03'},{'at':'2026-12-04'}]}");
	struct date_poll poll = date_poll_of(&fixture.a, value);
	struct poll_result result = { .n = 0 };
	bool best[SLOTS_MAX];
	date_poll_best(&poll, &result, best);
	for (int i = 0; i < poll.n; i++) assert_false(best[i]);
	static const int counts[][ANSWERS] = { { 0, 3, 1 }, { 2, 0, 2 }, { 1, 1, 2 }, { 1, 1, 2 } };
	memcpy(result.counts, counts, sizeof(counts));
	date_poll_best(&poll, &result, best);
	assert_false(best[0] || best[1]);
	assert_true(best[2] && best[3]);
	struct date last = { 2026, 11, 30 };
	poll.closes = "2026-11-30";
	assert_true(date_poll_is_open(&poll, last));
	assert_false(date_poll_is_open(&poll, date_add_days(last, 1)));
	poll.chosen = 0;
	assert_false(date_poll_is_open(&poll, date_add_days(last, -1)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_posted), FIELD_TEST(test_mistyped), FIELD_TEST(test_files), FIELD_TEST(test_unchanged),
		FIELD_TEST(test_shown),  FIELD_TEST(test_merged),   FIELD_TEST(test_best),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

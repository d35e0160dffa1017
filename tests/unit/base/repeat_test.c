/*
 * What comes back: the examples of RFC 5545 (§3.8.5.3) that go by days, sentences as people type them in both
 * languages, and each rule told and read back as the same. Days were looked up in a calendar.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/macros.h"
#include "base/schedule.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct date day(const char *iso)
{
	struct date d;
	assert_true(date_from_iso(iso, &d));
	return d;
}

static struct repeat rule(const char *text)
{
	struct repeat r;
	struct err err = { 0 };
	char said[500];
	if (repeat_parse(&arena, text, &r, &err) != OK)
		fail_msg("%s: %s", text, err_format(&err, err.msg, said, sizeof(said)));
	return r;
}

/* The days between two, as "1997-09-02 1997-09-03". */
static const char *days(const struct repeat *r, const char *start, const char *from, const char *to)
{
	struct date found[200];
	char iso[DATE_ISO_SIZE];
	struct buf out;
	buf_init(&out, &arena, 0);
	int n = repeat_days(r, day(start), day(from), day(to), 200, found);
	for (int i = 0; i < n; i++) buf_printf(&out, "%s%s", i ? " " : "", date_iso(found[i], iso));
	return buf_str(&out);
}

static const char *iso_after(const char *iso, int more)
{
	char text[DATE_ISO_SIZE];
	return arena_strdup(&arena, date_iso(date_add_days(day(iso), more), text));
}

/* RFC 5545 §3.8.5.3. */
static void test_standard(void **state)
{
	(void)state;
	static const struct {
		const char *rule, *start, *to, *days;
	} rows[] = {
		{ "FREQ=DAILY;COUNT=10", "1997-09-02", "1997-12-31",
		  "1997-09-02 1997-09-03 1997-09-04 1997-09-05 1997-09-06 1997-09-07 1997-09-08 1997-09-09 1997-09-10 1997-09-11" },
		{ "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "1997-12-31",
		  "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12" },
		{ "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997-12-31",
		  "1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16 1997-09-18 1997-09-23 1997-09-25 1997-09-30 1997-10-02" },
		{ "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "1998-12-31",
		  "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 1998-03-06 1998-04-03 1998-05-01 1998-06-05" },
		{ "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07", "1998-12-31",
		  "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03 1998-05-31" },
		{ "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1998-02-28",
		  "1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26" },
		{ "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30", "1998-12-31",
		  "1997-09-30 1997-10-01 1997-10-31 1997-11-01 1997-11-30 1997-12-01 1997-12-31 1998-01-01 1998-01-31 1998-02-01" },
		{ "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05", "2004-12-31",
		  "1996-11-05 2000-11-07 2004-11-02" },
		{ "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1998-03-31",
		  "1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 1998-03-30" },
		{ "FREQ=WEEKLY;UNTIL=19971224T000000Z", "1997-12-02", "1998-12-31",
		  "1997-12-02 1997-12-09 1997-12-16 1997-12-23" },
		/* A day that a month lacks is left out, not put on the next one. */
		{ "FREQ=MONTHLY;BYMONTHDAY=31", "2027-01-31", "2027-08-31",
		  "2027-01-31 2027-03-31 2027-05-31 2027-07-31 2027-08-31" },
		{ "FREQ=YEARLY", "2024-02-29", "2032-12-31", "2024-02-29 2028-02-29 2032-02-29" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct repeat r = rule(rows[i].rule);
		assert_string_equal(days(&r, rows[i].start, rows[i].start, rows[i].to), rows[i].days);
	}
}

/* Those of another program. */
static void test_published(void **state)
{
	(void)state;
	static const struct {
		const char *rule, *start;
		bool whole;
		const char *days;
	} rows[] = {
#include "repeat_known.h"
	};
	int wrong = 0;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct repeat r = rule(rows[i].rule);
		const char *last = strrchr(rows[i].days, ' ');
		last = last ? last + 1 : rows[i].days;
		const char *end = rows[i].whole ? iso_after(last, 3000) : last;
		const char *found = days(&r, rows[i].start, rows[i].start, end);
		if (strcmp(found, rows[i].days) == 0) continue;
		print_error("%s from %s\n  %s\n  %s\n", rows[i].rule, rows[i].start, rows[i].days, found);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void test_refused(void **state)
{
	(void)state;
	static const char *const rules[] = {
		"",           "FREQ=HOURLY",       "FREQ=SECONDLY;COUNT=3", "FREQ=DAILY;BYHOUR=9,10",
		"INTERVAL=2", "FREQ=DAILY\r\nX:1", "FREQ=MONTHLY;BYDAY=XX", "tous les mardis"
	};
	for (size_t i = 0; i < COUNT(rules); i++) {
		struct repeat r;
		struct err err = { 0 };
		if (repeat_parse(&arena, rules[i], &r, &err) == OK) fail_msg("%s", rules[i]);
		assert_int_equal(err.code, E_INPUT);
	}
}

/* What people type; what begins on Tuesday 8 December 2026. */
static void test_sentences(void **state)
{
	(void)state;
	static const struct {
		const char *text, *rule;
	} rows[] = {
		{ "tous les 2es mardis sauf août", "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2TU" },
		{ "Le deuxième mardi de chaque mois, sauf en juillet et août",
		  "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=2TU" },
		{ "tous les mardis", "FREQ=WEEKLY;BYDAY=TU" },
		{ "Chaque mardi et chaque jeudi", "FREQ=WEEKLY;BYDAY=TU,TH" },
		{ "mardi", "FREQ=WEEKLY;BYDAY=TU" },
		{ "un mardi sur deux", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" },
		{ "un samedi sur 3", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA" },
		{ "toutes les deux semaines, le mardi", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" },
		{ "chaque semaine", "FREQ=WEEKLY;BYDAY=TU" },
		{ "du lundi au vendredi", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" },
		{ "tous les week-ends", "FREQ=WEEKLY;BYDAY=SA,SU" },
		{ "tous les jours", "FREQ=DAILY" },
		{ "tous les 3 jours", "FREQ=DAILY;INTERVAL=3" },
		{ "tous les jours en juillet et août", "FREQ=DAILY;BYMONTH=7,8" },
		{ "tous les mardis de septembre à juin", "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TU" },
		{ "le 15 de chaque mois", "FREQ=MONTHLY;BYMONTHDAY=15" },
		{ "tous les 1er et 15 du mois", "FREQ=MONTHLY;BYMONTHDAY=1,15" },
		{ "le dernier jour du mois", "FREQ=MONTHLY;BYMONTHDAY=-1" },
		{ "tous les derniers vendredis", "FREQ=MONTHLY;BYDAY=-1FR" },
		{ "les 1ers et 3es jeudis", "FREQ=MONTHLY;BYDAY=1TH,3TH" },
		{ "le 1er lundi et le 3e jeudi du mois", "FREQ=MONTHLY;BYDAY=1MO,3TH" },
		{ "tous les deux mois, le 2e mardi", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU" },
		{ "chaque mois", "FREQ=MONTHLY;BYMONTHDAY=8" },
		{ "chaque année", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=8" },
		{ "chaque année le 14 juillet", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14" },
		{ "chaque année, le 2e dimanche de juin", "FREQ=YEARLY;BYMONTH=6;BYDAY=2SU" },
		{ "tous les mardis jusqu’au 30 juin 2027", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630" },
		{ "tous les mardis jusqu'au 30 juin", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630" },
		{ "tous les mardis, jusqu’au 30/06/2027", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630" },
		{ "tous les mardis, 10 fois", "FREQ=WEEKLY;BYDAY=TU;COUNT=10" },
		{ "every Tuesday and Thursday", "FREQ=WEEKLY;BYDAY=TU,TH" },
		{ "every other Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" },
		{ "every 2nd Tuesday of the month except August",
		  "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2TU" },
		{ "the last Friday of every month", "FREQ=MONTHLY;BYDAY=-1FR" },
		{ "every 3 weeks on Monday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO" },
		{ "every year on 14 July", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14" },
		{ "every day from Monday to Friday until June 30, 2027",
		  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270630" },
		{ "FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct repeat r;
		struct err err = { 0 };
		char said[500];
		if (repeat_read(&arena, rows[i].text, day("2026-12-08"), &r, NULL, &err) != OK)
			fail_msg("%s: %s", rows[i].text, err_format(&err, err.msg, said, sizeof(said)));
		if (strcmp(repeat_format(&arena, &r), rows[i].rule) != 0) print_message("%s\n", rows[i].text);
		assert_string_equal(repeat_format(&arena, &r), rows[i].rule);
	}
}

/* The word that makes no sense is named. */
static void test_not_understood(void **state)
{
	(void)state;
	static const struct {
		const char *text, *named;
	} rows[] = { { "tous les mardis sauf vacances", "vacances" },
		     { "parfois", "parfois" },
		     { "tous les mardis 40 février", "40" },
		     { "", NULL },
		     { "sauf août", NULL },
		     { "tous les mardis et le 15 de chaque mois", NULL } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct repeat r;
		struct err err = { 0 };
		if (repeat_read(&arena, rows[i].text, day("2026-12-08"), &r, NULL, &err) == OK)
			fail_msg("%s: %s", rows[i].text, repeat_format(&arena, &r));
		assert_int_equal(err.code, E_INPUT);
		if (rows[i].named) assert_string_equal(err.args[0], rows[i].named);
	}
}

static void test_excepted_days(void **state)
{
	(void)state;
	struct date found[5];
	struct repeat_except except = { found, 0, 5 };
	struct repeat r;
	struct err err = { 0 };
	assert_int_equal(repeat_read(&arena, "tous les vendredis sauf août, le 25 décembre et 1/1/2027",
	                             day("2026-12-04"), &r, &except, &err),
	                 OK);
	assert_string_equal(repeat_format(&arena, &r), "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=FR");
	assert_int_equal(except.n, 2);
	assert_int_equal(date_compare(found[0], day("2026-12-25")), 0);
	assert_int_equal(date_compare(found[1], day("2027-01-01")), 0);
}

static void test_words(void **state)
{
	(void)state;
	static const struct {
		const char *rule, *french, *english;
	} rows[] = {
		{ "FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2TU", "tous les 2es mardis sauf août",
		  "every 2nd Tuesday of the month except in August" },
		{ "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270630", "tous les mardis et jeudis, jusqu’au 30 juin 2027",
		  "every Tuesday and Thursday, until 30 June 2027" },
		{ "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;COUNT=10", "un samedi sur deux, 10 fois",
		  "every other Saturday, 10 times" },
		{ "FREQ=MONTHLY;BYDAY=1TH,3TH", "tous les 1ers et 3es jeudis",
		  "every 1st and 3rd Thursday of the month" },
		{ "FREQ=MONTHLY;BYDAY=-1FR", "tous les derniers vendredis", "every last Friday of the month" },
		{ "FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "le 1er, 15 et dernier jour de chaque mois",
		  "on the 1st, 15th and last day of every month" },
		{ "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14", "chaque année, le 14 juillet", "every year on 14th July" },
		{ "FREQ=YEARLY;BYMONTH=10;BYDAY=2SU", "chaque année, le 2e dimanche d’octobre",
		  "every year on 2nd Sunday of October" },
		{ "FREQ=DAILY;BYMONTH=7,8", "tous les jours, en juillet et août", "every day, in July and August" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct repeat r = rule(rows[i].rule);
		assert_string_equal(repeat_words(&arena, &r, LANG_FR), rows[i].french);
		assert_string_equal(repeat_words(&arena, &r, LANG_EN), rows[i].english);
	}
}

/* Whatever is told is read back as the same. */
static void test_both_ways(void **state)
{
	(void)state;
	static const char *const steps[] = {
		"FREQ=DAILY",
		"FREQ=DAILY;INTERVAL=%d",
		"FREQ=WEEKLY;BYDAY=TU",
		"FREQ=WEEKLY;BYDAY=MO,WE,SU",
		"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
		"FREQ=WEEKLY;INTERVAL=%d;BYDAY=TU",
		"FREQ=WEEKLY;INTERVAL=%d;BYDAY=MO,FR",
		"FREQ=MONTHLY;BYDAY=2TU",
		"FREQ=MONTHLY;BYDAY=1TH,3TH",
		"FREQ=MONTHLY;BYDAY=1MO,-1FR",
		"FREQ=MONTHLY;INTERVAL=%d;BYDAY=5SA",
		"FREQ=MONTHLY;BYMONTHDAY=15",
		"FREQ=MONTHLY;BYMONTHDAY=1,31,-1",
		"FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=2",
	};
	static const char *const years[] = { "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14", "FREQ=YEARLY;BYMONTH=8;BYDAY=-1SU",
		                             "FREQ=YEARLY;INTERVAL=%d;BYMONTH=3;BYMONTHDAY=1",
		                             "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" };
	static const char *const months[] = { "", ";BYMONTH=8", ";BYMONTH=1,2,3", ";BYMONTH=1,2,3,4,5,6,7,9,10,11,12",
		                              ";BYMONTH=1,2,3,4,5,6,9,10,11,12" };
	static const char *const ends[] = { "", ";COUNT=1", ";COUNT=12", ";UNTIL=20280229", ";UNTIL=20261231" };
	int told = 0;
	for (size_t i = 0; i < COUNT(steps) + COUNT(years); i++)
		for (size_t m = 0; m < COUNT(months); m++)
			for (size_t e = 0; e < COUNT(ends); e++)
				for (int lang = 0; lang < LANG_COUNT; lang++) {
					bool yearly = i >= COUNT(steps);
					if (yearly && m) continue;
					const char *step = yearly ? years[i - COUNT(steps)] : steps[i];
					const char *every = strstr(step, "%d");
					if (every)
						step = arena_printf(&arena, "%.*s%d%s", (int)(every - step), step,
						                    2 + (int)e, every + 2);
					struct repeat first = rule(
					                      arena_printf(&arena, "%s%s%s", step, months[m], ends[e])),
					              again;
					const char *words = repeat_words(&arena, &first, (enum lang)lang);
					struct err err = { 0 };
					char said[500];
					if (repeat_read(&arena, words, day("2026-12-08"), &again, NULL, &err) != OK)
						fail_msg("%s: %s", words,
						         err_format(&err, err.msg, said, sizeof(said)));
					if (strcmp(repeat_format(&arena, &again), repeat_format(&arena, &first)) != 0)
						print_message("%s\n", words);
					assert_string_equal(repeat_format(&arena, &again),
					                    repeat_format(&arena, &first));
					told++;
				}
	assert_true(told > 700);
}

/* ---- Schedules ---- */

static struct schedule schedule(const char *json)
{
	struct schedule s;
	json_t *value;
	struct err err = { 0 };
	char *text = arena_strdup(&arena, json);
	for (char *c = text; *c; c++)
		if (*c == '\'') *c = '"';
	assert_int_equal(json_parse(&arena, text, strlen(text), &value, &err), OK);
	if (!schedule_read(&arena, value, &s)) fail_msg("%s", json);
	/* Written again, it is the same. */
	if (json_is_object(value) && json_str(value, "from"))
		assert_string_equal(json_text(&arena, schedule_write(&arena, &s)), json_text(&arena, value));
	return s;
}

static const char *occurrences(const struct schedule *s, const char *from, const char *to)
{
	struct occurrence *all;
	struct buf out;
	char iso[DATETIME_ISO_SIZE];
	buf_init(&out, &arena, 0);
	int n = schedule_occurrences(&arena, s, day(from), day(to), 50, &all);
	for (int i = 0; i < n; i++) {
		buf_printf(&out, "%s%s", i ? " " : "",
		           all[i].span.timed ? datetime_iso(&all[i].span.from, iso)
		                             : date_iso(all[i].span.from.date, iso));
		if (all[i].moved) buf_puts(&out, "*");
	}
	return buf_str(&out);
}

static void test_schedules(void **state)
{
	(void)state;
	struct schedule s = schedule(
	        "{'from':'2026-12-08T18:30','to':'2026-12-08T20:00','rule':'FREQ=MONTHLY;BYDAY=2TU',"
	        "'except':['2027-02-09'],'also':['2027-02-16'],"
	        "'moved':{'2027-03-09':{'from':'2027-03-10T19:00'}}}");
	assert_string_equal(occurrences(&s, "2026-12-01", "2027-04-30"),
	                    "2026-12-08T18:30 2027-01-12T18:30 2027-02-16T18:30 2027-03-10T19:00* 2027-04-13T18:30");
	assert_string_equal(occurrences(&s, "2027-03-09", "2027-03-09"), "");
	assert_string_equal(
	        schedule_words(&arena, &s, LANG_EN),
	        "every 2nd Tuesday of the month, from 6:30\u00A0pm to 8\u00A0pm, except on 9 February 2027");
	/* Over several days: each touches what it goes through. */
	s = schedule("{'from':'2026-12-30','to':'2027-01-02'}");
	assert_string_equal(occurrences(&s, "2027-01-01", "2027-01-31"), "2026-12-30");
	assert_string_equal(occurrences(&s, "2027-01-03", "2027-01-31"), "");
	assert_int_equal(span_days(&s.span), 4);
	/* Till midnight is not the next day. */
	s = schedule("{'from':'2026-12-31T20:00','to':'2027-01-01T00:00'}");
	assert_int_equal(span_days(&s.span), 1);
	assert_string_equal(occurrences(&s, "2027-01-01", "2027-01-31"), "");
}

static void test_next(void **state)
{
	(void)state;
	struct schedule s = schedule(
	        "{'from':'2026-12-08T18:30','to':'2026-12-08T20:00','rule':'FREQ=WEEKLY;BYDAY=TU;COUNT=3'}");
	struct occurrence next;
	struct datetime now = { { 2026, 12, 8 }, 19, 0, 0 };
	assert_true(schedule_next(&arena, &s, &now, &next));
	assert_int_equal(date_compare(next.day, day("2026-12-08")), 0);
	now.hour = 21;
	assert_true(schedule_next(&arena, &s, &now, &next));
	assert_int_equal(date_compare(next.day, day("2026-12-15")), 0);
	now = (struct datetime){ { 2026, 12, 23 }, 0, 0, 0 };
	assert_false(schedule_next(&arena, &s, &now, &next));
	/* Once, years ahead. */
	s = schedule("{'from':'2029-12-08T18:30'}");
	assert_true(schedule_next(&arena, &s, &now, &next));
	assert_int_equal(date_compare(next.day, day("2029-12-08")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_standard, setup, teardown),
		cmocka_unit_test_setup_teardown(test_published, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sentences, setup, teardown),
		cmocka_unit_test_setup_teardown(test_not_understood, setup, teardown),
		cmocka_unit_test_setup_teardown(test_excepted_days, setup, teardown),
		cmocka_unit_test_setup_teardown(test_words, setup, teardown),
		cmocka_unit_test_setup_teardown(test_both_ways, setup, teardown),
		cmocka_unit_test_setup_teardown(test_schedules, setup, teardown),
		cmocka_unit_test_setup_teardown(test_next, setup, teardown),
	};
	return cmocka_run_group_tests_name("repeat", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/clock.h"
#include "base/date.h"

#define N "\xE2\x80\xAF" /* U+202F narrow no-break space */
#define B "\xC2\xA0"

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

/* The C library is the judge, every day of 1600 to 2400. */
static void test_calendar(void **state)
{
	(void)state;
	struct tm tm = { .tm_year = 1600 - 1900, .tm_mon = 0, .tm_mday = 1 };
	int64_t day = timegm(&tm) / 86400;
	for (; tm.tm_year + 1900 < 2400; day++) {
		time_t t = day * 86400;
		gmtime_r(&t, &tm);
		struct date d = date_from_days(day);
		assert_int_equal(d.year, tm.tm_year + 1900);
		assert_int_equal(d.month, tm.tm_mon + 1);
		assert_int_equal(d.day, tm.tm_mday);
		assert_true(date_valid(d));
		assert_true(date_to_days(d) == day);
		assert_int_equal(date_weekday(d) % 7, tm.tm_wday);
		char want[20], got[20], iso[DATE_ISO_SIZE];
		strftime(want, sizeof(want), "%G-%V", &tm);
		int year, week = date_week(d, &year);
		snprintf(got, sizeof(got), "%d-%02d", year, week);
		assert_string_equal(got, want);
		strftime(want, sizeof(want), "%F", &tm);
		assert_string_equal(date_iso(d, iso), want);
	}
	assert_false(date_valid((struct date){ 2026, 11, 31 }));
	assert_false(date_valid((struct date){ 2026, 2, 29 }));
	assert_true(date_valid((struct date){ 2028, 2, 29 }));
	assert_false(date_valid((struct date){ 1900, 2, 29 }));
	assert_true(date_valid((struct date){ 2000, 2, 29 }));
	assert_false(date_valid((struct date){ 0, 1, 1 }));
	assert_false(date_valid((struct date){ 2026, 13, 1 }));
	assert_false(date_valid((struct date){ 0 }));
	char iso[DATE_ISO_SIZE];
	assert_string_equal(date_iso(date_add_months((struct date){ 2026, 1, 31 }, 1), iso), "2026-02-28");
	assert_string_equal(date_iso(date_add_months((struct date){ 2026, 1, 31 }, -11), iso), "2025-02-28");
	assert_string_equal(date_iso(date_add_months((struct date){ 2026, 11, 30 }, 14), iso), "2028-01-30");
}

static void test_iso(void **state)
{
	(void)state;
	struct datetime t;
	struct date d = { 1, 2, 3 };
	char out[DATETIME_ISO_SIZE];
	assert_true(datetime_from_iso("2026-11-28T14:30", &t));
	assert_string_equal(datetime_iso(&t, out), "2026-11-28T14:30");
	assert_true(datetime_from_iso("2026-11-28T14:30:05", &t));
	assert_string_equal(datetime_iso(&t, out), "2026-11-28T14:30:05");
	assert_true(datetime_from_iso("2026-11-28T00:00:00", &t));
	assert_string_equal(datetime_iso(&t, out), "2026-11-28T00:00");
	static const char *const bad[] = { "",           "2026-11-8",  "2026-11-31",
		                           "26-11-28",   "2026/11/28", "2026-11-28 ",
		                           "+026-11-28", "2026-11-2a", "0000-01-01" };
	for (size_t i = 0; i < COUNT(bad); i++) assert_false(date_from_iso(bad[i], &d));
	assert_int_equal(d.year, 1);
	assert_false(datetime_from_iso("2026-11-28T24:00", &t));
	assert_false(datetime_from_iso("2026-11-28T14:60", &t));
	assert_false(datetime_from_iso("2026-11-28 14:30", &t));
	assert_false(datetime_from_iso("2026-11-28", &t));
}

static void test_parse_date(void **state)
{
	(void)state;
	static const struct {
		const char *text, *iso; /* NULL: refused for `wrong` */
		enum date_part wrong;
	} cases[] = {
		{ "2026-11-28", "2026-11-28", DATE_FORM },
		{ "28/11/2026", "2026-11-28", DATE_FORM },
		{ "28 11 2026", "2026-11-28", DATE_FORM },
		{ " 28.11.2026 ", "2026-11-28", DATE_FORM },
		{ "28-11-2026", "2026-11-28", DATE_FORM },
		{ "3/4/2026", "2026-04-03", DATE_FORM },
		{ "28 novembre 2026", "2026-11-28", DATE_FORM },
		{ "samedi 28 novembre 2026", "2026-11-28", DATE_FORM },
		{ "Sam. 28 nov. 2026", "2026-11-28", DATE_FORM },
		{ "mar. 3 mars 2026", "2026-03-03", DATE_FORM },
		{ "mar. 3 nov. 2026", "2026-11-03", DATE_FORM },
		{ "1er décembre 2026", "2026-12-01", DATE_FORM },
		{ "1" N "er DECEMBRE 2026", "2026-12-01", DATE_FORM },
		{ "le 28 Août 2026", "2026-08-28", DATE_FORM },
		{ "28 fevr. 2026", "2026-02-28", DATE_FORM },
		{ "28 November 2026", "2026-11-28", DATE_FORM },
		{ "Saturday, November 28th, 2026", "2026-11-28", DATE_FORM },
		{ "2026 novembre 28", "2026-11-28", DATE_FORM },
		{ "29/02/2028", "2028-02-29", DATE_FORM },
		{ "29/02/2026", NULL, DATE_DAY },
		{ "31 novembre 2026", NULL, DATE_DAY },
		{ "32/11/2026", NULL, DATE_DAY },
		{ "0/11/2026", NULL, DATE_DAY },
		{ "28/13/2026", NULL, DATE_MONTH },
		{ "28/00/2026", NULL, DATE_MONTH },
		{ "28/11/26", NULL, DATE_YEAR },
		{ "28/11/20266", NULL, DATE_YEAR },
		{ "0000-11-28", NULL, DATE_YEAR },
		{ "28 novembre", NULL, DATE_YEAR },
		{ "28 jui 2026", NULL, DATE_FORM }, /* juin or juillet? */
		{ "novembre 2026", NULL, DATE_FORM },
		{ "28/11", NULL, DATE_FORM },
		{ "demain", NULL, DATE_FORM },
		{ "", NULL, DATE_FORM },
		{ "28/11/2026 14:30", NULL, DATE_FORM },
		{ "28/11/2026;", NULL, DATE_FORM },
		{ "28 novembre brumaire 2026", NULL, DATE_FORM },
		{ "99999999999999999999/11/2026", NULL, DATE_FORM },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct date d = { 1, 1, 1 };
		struct err err = { 0 };
		enum date_part wrong = 99;
		char iso[DATE_ISO_SIZE];
		enum code code = date_parse(cases[i].text, LANG_FR, &d, &wrong, &err);
		if (cases[i].iso) {
			if (code != OK) fail_msg("\"%s\" was refused", cases[i].text);
			assert_string_equal(date_iso(d, iso), cases[i].iso);
		} else {
			if (code != E_INPUT || wrong != cases[i].wrong)
				fail_msg("\"%s\": code %d, part %d", cases[i].text, code, wrong);
			assert_string_equal(date_iso(d, iso), "0001-01-01");
		}
	}
	struct err err;
	struct date d;
	char text[200];
	assert_int_equal(date_parse("31/11/2026", LANG_FR, &d, NULL, &err), E_INPUT);
	assert_string_equal(err_format(&err, "Le %s %s n’existe pas", text, sizeof(text)),
	                    "Le 31 novembre n’existe pas");
	assert_int_equal(date_parse("29 2 2026", LANG_EN, &d, NULL, &err), E_INPUT);
	assert_string_equal(err_format(&err, err.msg, text, sizeof(text)), "There is no 29 February 2026");
}

static void test_parse_time(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int hour, minute; /* -1: refused for `wrong` */
		enum date_part wrong;
	} cases[] = {
		{ "14 h 30", 14, 30, DATE_FORM },
		{ "14h30", 14, 30, DATE_FORM },
		{ "14:30", 14, 30, DATE_FORM },
		{ "14" N "h" N "30", 14, 30, DATE_FORM },
		{ "14.30", 14, 30, DATE_FORM },
		{ "14 30", 14, 30, DATE_FORM },
		{ "9h", 9, 0, DATE_FORM },
		{ "9 H", 9, 0, DATE_FORM },
		{ "9 heures 05 min", 9, 5, DATE_FORM },
		{ "0:00", 0, 0, DATE_FORM },
		{ "23:59:59", 23, 59, DATE_FORM },
		{ "2:30 pm", 14, 30, DATE_FORM },
		{ "2" B "pm", 14, 0, DATE_FORM },
		{ "2 p.m.", 14, 0, DATE_FORM },
		{ "12 am", 0, 0, DATE_FORM },
		{ "12:15 PM", 12, 15, DATE_FORM },
		{ "midi", 12, 0, DATE_FORM },
		{ "minuit", 0, 0, DATE_FORM },
		{ "24:00", -1, 0, DATE_HOUR },
		{ "14:60", -1, 0, DATE_MINUTE },
		{ "13 pm", -1, 0, DATE_HOUR },
		{ "14", -1, 0, DATE_FORM },
		{ "", -1, 0, DATE_FORM },
		{ "h30", -1, 0, DATE_FORM },
		{ "14:3", -1, 0, DATE_FORM },
		{ "midi 30", -1, 0, DATE_FORM },
		{ "14h30 demain", -1, 0, DATE_FORM },
		{ "1 2 3 4", -1, 0, DATE_FORM },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct datetime t = { .hour = -1 };
		enum date_part wrong = 99;
		enum code code = time_parse(cases[i].text, &t, &wrong, NULL);
		if (t.hour != cases[i].hour || (code == OK && t.minute != cases[i].minute) ||
		    (code != OK && wrong != cases[i].wrong))
			fail_msg("\"%s\" gave %d:%d, part %d", cases[i].text, t.hour, t.minute, wrong);
	}
	static const char *const both[] = {
		"2026-11-28T14:30",         "2026-11-28 14:30", "samedi 28 novembre 2026, 14" N "h" N "30",
		"28 novembre 2026 à 14h30", "28/11/2026 14:30", "Saturday 28 November 2026, 2:30 pm"
	};
	for (size_t i = 0; i < COUNT(both); i++) {
		struct datetime t;
		char iso[DATETIME_ISO_SIZE];
		assert_int_equal(datetime_parse(both[i], LANG_FR, &t, NULL, NULL), OK);
		assert_string_equal(datetime_iso(&t, iso), "2026-11-28T14:30");
	}
	struct datetime t;
	assert_int_equal(datetime_parse("28/11/2026", LANG_FR, &t, NULL, NULL), E_INPUT);
	assert_int_equal(datetime_parse("14:30", LANG_FR, &t, NULL, NULL), E_INPUT);
}

static void test_format(void **state)
{
	(void)state;
	struct datetime t = { { 2026, 11, 28 }, 14, 30, 0 };
	struct date d = t.date;
	static const char *const want[][2] = {
		[DATE_FULL] = { "samedi 28 novembre 2026", "Saturday 28 November 2026" },
		[DATE_LONG] = { "28 novembre 2026", "28 November 2026" },
		[DATE_THIS_YEAR] = { "samedi 28 novembre", "Saturday 28 November" },
		[DATE_SHORT] = { "28 nov.", "28 Nov" },
		[DATE_SHORT_YEAR] = { "28 nov. 2026", "28 Nov 2026" },
		[DATE_DAY_MONTH] = { "28 novembre", "28 November" },
		[DATE_NUMERIC] = { "28/11/2026", "28/11/2026" },
		[DATE_MONTH_YEAR] = { "novembre 2026", "November 2026" },
	};
	for (enum date_style style = 0; style < COUNT(want); style++)
		for (enum lang lang = 0; lang < LANG_COUNT; lang++)
			assert_string_equal(date_format(&arena, d, style, lang), want[style][lang]);
	assert_string_equal(datetime_format(&arena, &t, DATE_FULL, LANG_FR),
	                    "samedi 28 novembre 2026, 14" N "h" N "30");
	assert_string_equal(datetime_format(&arena, &t, DATE_FULL, LANG_EN), "Saturday 28 November 2026, 2:30" B "pm");
	assert_string_equal(date_format(&arena, (struct date){ 2027, 1, 1 }, DATE_FULL, LANG_FR),
	                    "vendredi 1er janvier 2027");
	assert_string_equal(date_format(&arena, (struct date){ 2027, 1, 1 }, DATE_LONG, LANG_EN), "1 January 2027");
	static const struct {
		int hour, minute;
		const char *fr, *en;
	} times[] = {
		{ 0, 0, "0" N "h", "12" B "am" },
		{ 9, 5, "9" N "h" N "05", "9:05" B "am" },
		{ 12, 0, "12" N "h", "12" B "pm" },
		{ 23, 59, "23" N "h" N "59", "11:59" B "pm" },
	};
	for (size_t i = 0; i < COUNT(times); i++) {
		struct datetime at = { d, times[i].hour, times[i].minute, 0 };
		assert_string_equal(time_format(&arena, &at, LANG_FR), times[i].fr);
		assert_string_equal(time_format(&arena, &at, LANG_EN), times[i].en);
	}
}

static void test_relative_and_spans(void **state)
{
	(void)state;
	struct date today = { 2026, 11, 28 };
	static const struct {
		int days;
		const char *fr, *en;
	} cases[] = {
		{ 0, "aujourd’hui", "today" },
		{ -1, "hier", "yesterday" },
		{ 1, "demain", "tomorrow" },
		{ -2, "avant-hier", "Thursday 26 November" },
		{ 2, "après-demain", "Monday 30 November" },
		{ 3, "mardi 1er décembre", "Tuesday 1 December" },
		{ 40, "jeudi 7 janvier 2027", "Thursday 7 January 2027" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct date d = date_add_days(today, cases[i].days);
		assert_string_equal(date_relative(&arena, d, today, LANG_FR), cases[i].fr);
		assert_string_equal(date_relative(&arena, d, today, LANG_EN), cases[i].en);
	}
	assert_string_equal(date_span_format(&arena, today, (struct date){ 2026, 11, 30 }, LANG_FR),
	                    "du 28 au 30 novembre 2026");
	assert_string_equal(date_span_format(&arena, today, (struct date){ 2026, 12, 1 }, LANG_FR),
	                    "du 28 novembre au 1er décembre 2026");
	assert_string_equal(date_span_format(&arena, today, (struct date){ 2027, 1, 2 }, LANG_EN),
	                    "28 November 2026 to 2 January 2027");
	assert_string_equal(date_span_format(&arena, today, today, LANG_FR), "samedi 28 novembre 2026");
	struct datetime from = { today, 14, 30, 0 }, to = { today, 17, 0, 0 };
	assert_string_equal(datetime_span_format(&arena, &from, &to, LANG_FR),
	                    "samedi 28 novembre 2026, de 14" N "h" N "30 à 17" N "h");
	assert_string_equal(datetime_span_format(&arena, &from, &to, LANG_EN),
	                    "Saturday 28 November 2026, 2:30" B "pm to 5" B "pm");
	to.date.day = 29;
	assert_string_equal(datetime_span_format(&arena, &from, &to, LANG_FR),
	                    "du samedi 28 novembre 2026, 14" N "h" N "30 au dimanche 29 novembre 2026, 17" N "h");
}

/* The C library is the judge again. */
static void test_zones(void **state)
{
	(void)state;
	static const char *const names[] = { "Europe/Paris",     "UTC",
		                             "America/New_York", "Asia/Kolkata",
		                             "Australia/Sydney", "Africa/Casablanca",
		                             "America/St_Johns", "Pacific/Apia",
		                             "Europe/Dublin",    "Indian/Reunion",
		                             "America/Cayenne",  "Asia/Gaza",
		                             "Antarctica/Troll" };
	random_seed(11);
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct zone *zone = NULL;
		assert_int_equal(zone_find(names[i], &zone, NULL), OK);
		setenv("TZ", names[i], 1);
		tzset();
		for (int n = 0; n < 20000; n++) {
			time_t t = (time_t)random_below(2200000000u) * 2 - 500000000; /* 1954 to 2093 */
			struct tm tm;
			localtime_r(&t, &tm);
			struct datetime local = zone_local(zone, (int64_t)t * 1000 + 999);
			if (zone_offset(zone, t * 1000) != tm.tm_gmtoff)
				fail_msg("%s at %ld: %d, not %ld", names[i], (long)t, zone_offset(zone, t * 1000),
				         tm.tm_gmtoff);
			assert_int_equal(local.date.day, tm.tm_mday);
			assert_int_equal(local.hour, tm.tm_hour);
			assert_int_equal(local.minute, tm.tm_min);
			assert_int_equal(local.second, tm.tm_sec);
			/* Back to the same moment, or to its twin where clocks went back. */
			int64_t back = zone_utc(zone, &local);
			if (back != (int64_t)t * 1000) {
				struct datetime twin = zone_local(zone, back);
				assert_true(back < (int64_t)t * 1000);
				assert_int_equal(datetime_compare(&local, &twin), 0);
			}
		}
	}
	unsetenv("TZ");
	tzset();
}

static void test_zone_changes(void **state)
{
	(void)state;
	const struct zone *zone;
	assert_int_equal(zone_find("Europe/Paris", &zone, NULL), OK);
	/* 28 March 2027 has no 2:30 (RFC 5545: the offset before); 31 October 2027 has two (the
	 * first). */
	struct datetime gap = { { 2027, 3, 28 }, 2, 30, 0 }, fold = { { 2027, 10, 31 }, 2, 30, 0 };
	assert_true(zone_utc(zone, &gap) == INT64_C(1806197400000));
	assert_true(zone_utc(zone, &fold) == INT64_C(1824942600000));
	struct datetime after = zone_local(zone, zone_utc(zone, &gap));
	assert_int_equal(after.hour, 3);
	assert_int_equal(after.minute, 30);
	const struct zone *other = NULL;
	static const char *const bad[] = { "",       "../../etc/passwd", "/etc/localtime", "Europe/../UTC",
		                           "Europe", "Mars/Olympus",     "Europe//Paris",  "posixrules x" };
	for (size_t i = 0; i < COUNT(bad); i++) assert_int_equal(zone_find(bad[i], &other, NULL), E_NOT_FOUND);
	assert_null(other);
}

/* Broken files are refused or read, never trusted (the sanitisers watch). */
static void test_zone_damage(void **state)
{
	(void)state;
	static unsigned char data[8192];
	FILE *f = fopen("/usr/share/zoneinfo/Europe/Paris", "rb");
	assert_non_null(f);
	size_t len = fread(data, 1, sizeof(data), f);
	fclose(f);
	struct zone *z = zone_from_bytes(data, len);
	assert_non_null(z);
	assert_int_equal(zone_offset(z, INT64_C(1790000000000)), 7200);
	free(z);
	for (size_t cut = 0; cut < len; cut++) assert_null(zone_from_bytes(data, cut));
	random_seed(5);
	for (int i = 0; i < 20000; i++) {
		static unsigned char damaged[8192];
		memcpy(damaged, data, len);
		for (uint32_t n = 1 + random_below(4); n > 0; n--) {
			size_t at = random_below(2)   ? random_below((uint32_t)len)
			            : random_below(2) ? random_below(44)
			                              : (uint32_t)len - 1 - random_below(30);
			damaged[at] = (unsigned char)random_below(256);
		}
		z = zone_from_bytes(damaged, len);
		if (z) zone_local(z, (int64_t)random_below(UINT32_MAX) * 2000);
		free(z);
	}
}

static void *find_many(void *arg)
{
	(void)arg;
	static const char *const names[] = { "Europe/Berlin", "Europe/Rome", "Asia/Tokyo", "Europe/Paris" };
	for (int i = 0; i < 1000; i++) {
		const struct zone *zone;
		if (zone_find(names[i % 4], &zone, NULL) != OK) return (void *)1;
		zone_offset(zone, i);
	}
	return NULL;
}

static void test_zone_threads(void **state)
{
	(void)state;
	pthread_t threads[4];
	for (size_t i = 0; i < COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, find_many, NULL), 0);
	for (size_t i = 0; i < COUNT(threads); i++) {
		void *result;
		pthread_join(threads[i], &result);
		assert_null(result);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calendar),    cmocka_unit_test(test_iso),
		cmocka_unit_test(test_parse_date),  cmocka_unit_test(test_parse_time),
		cmocka_unit_test(test_format),      cmocka_unit_test(test_relative_and_spans),
		cmocka_unit_test(test_zones),       cmocka_unit_test(test_zone_changes),
		cmocka_unit_test(test_zone_damage), cmocka_unit_test(test_zone_threads),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

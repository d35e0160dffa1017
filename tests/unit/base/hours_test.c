/*
 * Opening hours: examples of the specification (https://wiki.openstreetmap.org/wiki/Key:opening_hours and
 * /specification), days as people write them, and the public holidays of the official calendar.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/hours.h"
#include "base/macros.h"

#define B "\xC2\xA0"
#define N "\xE2\x80\xAF" /* U+202F narrow no-break space */

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

static struct hours parsed(const char *text)
{
	struct hours hours;
	struct err err;
	char said[400];
	if (hours_parse(&arena, text, &hours, &err) != OK)
		fail_msg("%s: %s", text, err_format(&err, err.msg, said, sizeof(said)));
	return hours;
}

/* Read, then written in the one way. */
static void test_written(void **state)
{
	(void)state;
	static const struct {
		const char *text, *written;
	} rows[] = {
		{ "24/7", NULL },
		{ "Mo-Fr 08:00-12:00,13:00-17:30; Sa 08:00-12:00; PH off", NULL },
		{ "Mo-Fr 08:00-12:00, 13:00-17:30; Sa 08:00-12:00; PH off",
		  "Mo-Fr 08:00-12:00,13:00-17:30; Sa 08:00-12:00; PH off" },
		{ "Mo-Sa 10:00-20:00; Tu off", NULL },
		{ "Mo-Sa 10:00-20:00; Tu 10:00-14:00", NULL },
		{ "Sa-Su 00:00-24:00", NULL },
		{ "Sa,Su 00:00-24:00", "Sa-Su 00:00-24:00" },
		{ "Fr-Mo 09:00-12:00", "Mo,Fr-Su 09:00-12:00" },
		{ "Tu-Su 10:00-23:00", NULL },
		{ "Th-Sa 10:00-26:00", "Th-Sa 10:00-02:00" },
		{ "Apr-Sep: Mo-Fr 09:00-13:00,14:00-18:00", "Apr-Sep Mo-Fr 09:00-13:00,14:00-18:00" },
		{ "Dec 25 off", NULL },
		{ "Dec 24-26 off", "Dec 24-Dec 26 off" },
		{ "Oct 15-Mar 15 10:00-16:00", NULL },
		{ "Oct 05-Mar 05 10:00-16:00", NULL },
		{ "Jan,Jul-Aug closed", "Jan,Jul-Aug off" },
		{ "Mo-Fr,PH 09:00-12:00", NULL },
		{ "We \"by appointment\"", NULL },
		{ "We 10:00-12:00 \" by appointment \"", "We 10:00-12:00 \"by appointment\"" },
		{ "mo-fr 9:00-12:00;;", "Mo-Fr 09:00-12:00" },
		{ "Dec 10:00-12:00", NULL }, /* all the month of December */
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hours hours = parsed(rows[i].text);
		assert_string_equal(hours_format(&arena, &hours), rows[i].written ? rows[i].written : rows[i].text);
	}
}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} rows[] = {
		{ "", "There are no opening hours here." },
		{ " ; ", "There are no opening hours here." },
		{ "sunrise-sunset", "“sunrise-sunset” cannot be read as opening hours." },
		{ "Lu-Ve 09:00-12:00", "“Lu-Ve 09:00-12:00” cannot be read as opening hours." },
		{ "Mo-Ve 09:00-12:00", "“Ve 09:00-12:00” is not a day: Mo, Tu, We, Th, Fr, Sa, Su." },
		{ "Mo 9h-12h", "“9h-12h” is not a time from one hour to another. Example: 09:00-12:00" },
		{ "Mo 09:00+", "“09:00+” is not a time from one hour to another. Example: 09:00-12:00" },
		{ "Mo 09:60-12:00", "“09:60-12:00” is not a time from one hour to another. Example: 09:00-12:00" },
		{ "Mo 25:00-26:00", "“25:00-26:00” is not a time from one hour to another. Example: 09:00-12:00" },
		{ "Mo 09:00-12:00 || off", "“|| off” cannot be read as opening hours." },
		{ "Mo", "“Mo” says no hours: times, off, or a comment between quotes." },
		{ "Feb 30 off", "“Feb 30 off” is not a season. Examples: Apr-Sep, Dec 24-Jan 2" },
		{ "Feb-Mar 15 off", "“Feb-Mar 15 off” is not a season. Examples: Apr-Sep, Dec 24-Jan 2" },
		{ "Mo \"a", "A comment stands between two quotes and has at most 120 characters." },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hours hours;
		struct err err;
		char said[400];
		assert_int_equal(hours_parse(&arena, rows[i].text, &hours, &err), E_INPUT);
		assert_string_equal(err_format(&err, err.msg, said, sizeof(said)), rows[i].said);
	}
}

static void test_day(void **state)
{
	(void)state;
	static const struct {
		const char *text, *written; /* NULL: refused */
	} rows[] = {
		{ "9h-12h", "9" N "h" B "–" B "12" N "h" },
		{ "9 h – 12 h 30, 14:00-18:00", "9" N "h" B "–" B "12" N "h" N "30, 14" N "h" B "–" B "18" N "h" },
		{ "de 9h à midi et de 14h à 18h30", "9" N "h" B "–" B "12" N "h, 14" N "h" B "–" B "18" N "h" N "30" },
		{ "10h-12h puis 14h-16h", "10" N "h" B "–" B "12" N "h, 14" N "h" B "–" B "16" N "h" },
		{ "18h-24h", "18" N "h" B "–" B "minuit" },
		{ "20h - minuit", "20" N "h" B "–" B "minuit" },
		{ "22h-2h", "22" N "h" B "–" B "2" N "h" },
		{ "Fermé", "fermé" },
		{ "fermé (travaux)", "fermé (travaux)" },
		{ "9h-12h (sur rendez-vous)", "9" N "h" B "–" B "12" N "h (sur rendez-vous)" },
		{ "sur rendez-vous", "sur rendez-vous" },
		{ "9h", NULL },
		{ "9h-", NULL },
		{ "9h-12h-14h", NULL },
		{ "de 9 à 12", NULL }, /* nine o'clock says its hour */
		{ "29h-30h", NULL },
		{ "9h-12h (", NULL },
		{ "9h-12h \"x\"", NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hours_rule rule, again;
		bool good = hours_day_parse(&arena, rows[i].text, &rule);
		if (good != (rows[i].written != NULL)) fail_msg("%s", rows[i].text);
		if (!good) continue;
		assert_string_equal(hours_day_format(&arena, &rule, LANG_FR), rows[i].written);
		/* What is shown in either language can be typed again. */
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			assert_true(hours_day_parse(&arena, hours_day_format(&arena, &rule, (enum lang)lang), &again));
			assert_true(hours_same_day(&rule, &again));
		}
	}
}

static bool open_at(const char *text, int month, int day, int hour, int minute)
{
	struct hours hours = parsed(text);
	struct datetime at = { { 2026, month, day }, hour, minute, 0 };
	return hours_open(&hours, &at);
}

/* 2026-11-27 is a Friday; 2026-11-11 a Wednesday, and a holiday. */
static void test_open(void **state)
{
	(void)state;
	const char *office = "Mo-Fr 09:00-12:00,14:00-18:00; PH off";
	assert_true(open_at(office, 11, 27, 9, 0));
	assert_true(open_at(office, 11, 27, 11, 59));
	assert_false(open_at(office, 11, 27, 12, 0));
	assert_false(open_at(office, 11, 27, 13, 59));
	assert_true(open_at(office, 11, 27, 14, 0));
	assert_false(open_at(office, 11, 28, 10, 0));
	assert_false(open_at(office, 11, 11, 10, 0));
	assert_true(open_at("Mo-Fr 09:00-12:00", 11, 11, 10, 0));
	/* The last rule that fits decides. */
	assert_false(open_at("Mo-Sa 10:00-20:00; Tu off", 11, 24, 11, 0));
	assert_false(open_at("Mo-Sa 10:00-20:00; Fr 10:00-14:00", 11, 27, 15, 0));
	/* Nights. */
	assert_true(open_at("Fr 22:00-02:00", 11, 27, 23, 0));
	assert_true(open_at("Fr 22:00-02:00", 11, 28, 1, 59));
	assert_false(open_at("Fr 22:00-02:00", 11, 28, 2, 0));
	assert_false(open_at("Fr 22:00-02:00", 11, 27, 1, 0));
	/* Seasons, over the year's end too. */
	assert_true(open_at("Nov-Feb 10:00-16:00", 1, 31, 12, 0));
	assert_false(open_at("Nov-Feb 10:00-16:00", 3, 1, 12, 0));
	assert_true(open_at("Dec 24-Jan 02 10:00-12:00", 1, 2, 11, 0));
	assert_false(open_at("Dec 24-Jan 02 10:00-12:00", 1, 3, 11, 0));
	assert_true(open_at("24/7", 12, 25, 3, 0));
	assert_false(open_at("We \"sur rendez-vous\"", 11, 25, 10, 0));
}

static void test_change(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int day, hour; /* of November 2026 */
		const char *change;
	} rows[] = {
		{ "Mo-Fr 09:00-12:00,14:00-18:00", 27, 10, "2026-11-27T12:00" },
		{ "Mo-Fr 09:00-12:00,14:00-18:00", 27, 12, "2026-11-27T14:00" },
		{ "Mo-Fr 09:00-12:00,14:00-18:00", 27, 18, "2026-11-30T09:00" },
		{ "Fr 22:00-02:00", 27, 23, "2026-11-28T02:00" },
		{ "Fr 22:00-24:00; Sa 00:00-03:00", 27, 23, "2026-11-28T03:00" }, /* no change at midnight */
		{ "24/7", 27, 10, NULL },
		{ "Jul 10:00-12:00", 27, 10, NULL }, /* too far */
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hours hours = parsed(rows[i].text);
		struct datetime at = { { 2026, 11, rows[i].day }, rows[i].hour, 0, 0 }, change;
		char iso[DATETIME_ISO_SIZE];
		assert_int_equal(hours_next_change(&hours, &at, &change), rows[i].change != NULL);
		if (rows[i].change) assert_string_equal(datetime_iso(&change, iso), rows[i].change);
	}
}

static void test_seasons(void **state)
{
	(void)state;
	static const struct {
		const char *text, *french, *english;
	} rows[] = {
		{ "Apr-Sep off", "d’avril à septembre", "from April to September" },
		{ "May-Oct off", "de mai à octobre", "from May to October" },
		{ "Aug off", "en août", "in August" },
		{ "Sep 15-Jul 1 off", "du 15 septembre au 1er juillet", "from 15 September to 1 July" },
		{ "Dec 25 off", "le 25 décembre", "on 25 December" },
		{ "Jan,Aug off", "en janvier, en août", "in January, in August" },
		{ "Mo off", "", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hours hours = parsed(rows[i].text);
		assert_string_equal(hours_seasons_format(&arena, &hours.rules[0], LANG_FR), rows[i].french);
		assert_string_equal(hours_seasons_format(&arena, &hours.rules[0], LANG_EN), rows[i].english);
	}
}

/* As published by the State (https://www.service-public.fr/particuliers/vosdroits/F2405). */
static void test_holidays(void **state)
{
	(void)state;
	static const struct date holidays[] = {
		{ 2026, 1, 1 },  { 2026, 4, 6 },  { 2026, 5, 1 },  { 2026, 5, 8 },   { 2026, 5, 14 },  { 2026, 5, 25 },
		{ 2026, 7, 14 }, { 2026, 8, 15 }, { 2026, 11, 1 }, { 2026, 11, 11 }, { 2026, 12, 25 },
	};
	int n = 0;
	for (struct date d = { 2026, 1, 1 }; d.year == 2026; d = date_add_days(d, 1)) n += date_is_holiday(d);
	assert_int_equal(n, COUNT(holidays));
	for (size_t i = 0; i < COUNT(holidays); i++) assert_true(date_is_holiday(holidays[i]));
	/* Easter Mondays of other years, early and late. */
	assert_true(date_is_holiday((struct date){ 2008, 3, 24 }));
	assert_true(date_is_holiday((struct date){ 2011, 4, 25 }));
	assert_true(date_is_holiday((struct date){ 2000, 4, 24 }));
	assert_true(date_is_holiday((struct date){ 2024, 4, 1 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),  cmocka_unit_test(test_refused), cmocka_unit_test(test_day),
		cmocka_unit_test(test_open),     cmocka_unit_test(test_change),  cmocka_unit_test(test_seasons),
		cmocka_unit_test(test_holidays),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/*
 * Calendars from outside: the events of the standard's examples and of programs that people have, in the site's time;
 * what cannot be kept is told with its line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "formats/ical_read.h"

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

static const struct zone *paris(void)
{
	const struct zone *zone;
	struct err err;
	assert_int_equal(zone_find("Europe/Paris", &zone, &err), OK);
	return zone;
}

static struct ical_file read_text(const char *text)
{
	struct ical_file file;
	struct err err = { 0 };
	char said[500];
	if (ical_read(&arena, text, strlen(text), paris(), &file, &err) != OK)
		fail_msg("%s", err_text(&err, LANG_EN, said, sizeof(said)));
	return file;
}

#define CALENDAR(...) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" __VA_ARGS__ "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Chorale\r\n" lines "END:VEVENT\r\n"

static const char *when(const struct ical_item *item)
{
	return json_text(&arena, schedule_write(&arena, &item->schedule));
}

/* Lines of an event → when it takes place, as kept (' for "). */
static void test_when(void **state)
{
	(void)state;
	static const struct {
		const char *lines, *kept;
	} rows[] = {
		{ "DTSTART;TZID=Europe/Paris:20270105T183000\r\nDTEND;TZID=Europe/Paris:20270105T200000\r\n",
		  "{'from':'2027-01-05T18:30','to':'2027-01-05T20:00'}" },
		{ "DTSTART:20270105T183000\r\nDURATION:PT1H30M\r\n",
		  "{'from':'2027-01-05T18:30','to':'2027-01-05T20:00'}" },
		{ "DTSTART:20270105T173000Z\r\n", "{'from':'2027-01-05T18:30'}" },
		{ "DTSTART:20270705T163000Z\r\n", "{'from':'2027-07-05T18:30'}" },
		{ "DTSTART;VALUE=DATE:20270105\r\nDTEND;VALUE=DATE:20270106\r\n", "{'from':'2027-01-05'}" },
		{ "DTSTART;VALUE=DATE:20270105\r\nDTEND;VALUE=DATE:20270108\r\n",
		  "{'from':'2027-01-05','to':'2027-01-07'}" },
		{ "DTSTART;VALUE=DATE:20270105\r\nDURATION:P2D\r\n", "{'from':'2027-01-05','to':'2027-01-06'}" },
		{ "DTSTART;TZID=America/New_York:20270105T183000\r\n", "{'from':'2027-01-06T00:30'}" },
		{ "DTSTART;TZID=\"Romance Standard Time\":20270105T183000\r\n", "{'from':'2027-01-05T18:30'}" },
		{ "DTSTART;TZID=/citadel.org/20190914_1/Europe/London:20270105T183000\r\n",
		  "{'from':'2027-01-05T19:30'}" },
		{ "DTSTART;TZID=Europe/Paris:20270105T183000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270131T225959Z\r\n",
		  "{'from':'2027-01-05T18:30','rule':'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270131'}" },
		/* Until a moment before it would begin: the day before. */
		{ "DTSTART;TZID=Europe/Paris:20270105T183000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270126T100000Z\r\n",
		  "{'from':'2027-01-05T18:30','rule':'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270125'}" },
		{ "DTSTART;TZID=Europe/Paris:20270105T183000\r\nRRULE:FREQ=WEEKLY\r\n"
		  "EXDATE;TZID=Europe/Paris:20270112T183000,20270119T183000\r\nEXDATE:20270126T173000Z\r\n"
		  "RDATE;VALUE=DATE:20270114\r\n",
		  "{'also':['2027-01-14'],'except':['2027-01-12','2027-01-19','2027-01-26'],'from':'2027-01-05T18:30',"
		  "'rule':'FREQ=WEEKLY;BYDAY=TU'}" },
		/* By the clocks of New York: the days after, in Paris, one hour less while only there it is summer. */
		{ "DTSTART;TZID=America/New_York:20270304T183000\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\n",
		  "{'also':['2027-03-12','2027-04-02'],'from':'2027-03-05T00:30','moved':{'2027-03-18':{'from':'2027-03-18T23:30'},"
		  "'2027-03-25':{'from':'2027-03-25T23:30'}}}" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ical_file file = read_text(
		        arena_printf(&arena, CALENDAR("%s"), arena_printf(&arena, EVENT("%s"), rows[i].lines)));
		char said[300];
		if (file.n != 1)
			fail_msg("%s: %s", rows[i].lines,
			         file.nrefusals ? err_text(&file.refusals[0].why, LANG_EN, said, sizeof(said)) : "");
		char *kept = arena_strdup(&arena, when(&file.items[0]));
		for (char *c = kept; *c; c++)
			if (*c == '"') *c = '\'';
		if (strcmp(kept, rows[i].kept) != 0) print_error("%s\n", rows[i].lines);
		assert_string_equal(kept, rows[i].kept);
	}
}

/* A zone of no known name, as the file describes it. */
static void test_own_clocks(void **state)
{
	(void)state;
	static const char text[] = CALENDAR(
	        "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Hiver\r\nDTSTART;TZID=Chez moi:20270105T183000\r\nEND:VEVENT\r\n"
	        "BEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Été\r\nDTSTART;TZID=Chez moi:20270705T183000\r\nEND:VEVENT\r\n"
	        "BEGIN:VTIMEZONE\r\nTZID:Chez moi\r\n"
	        "BEGIN:STANDARD\r\nDTSTART:19671029T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\n"
	        "BEGIN:DAYLIGHT\r\nDTSTART:19870405T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\n"
	        "END:VTIMEZONE\r\n");
	struct ical_file file = read_text(text);
	assert_int_equal(file.n, 2);
	assert_string_equal(when(&file.items[0]), "{\"from\":\"2027-01-06T00:30\"}");
	assert_string_equal(when(&file.items[1]), "{\"from\":\"2027-07-06T00:30\"}");
}

static void test_facts(void **state)
{
	(void)state;
	struct ical_file file = read_text(CALENDAR(
	        "X-WR-CALNAME:Maison\\, quartier\r\n"
	        "BEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:Un titre\r\n  plié\\; avec \\\"rien\\\"\r\nDESCRIPTION:Un\\nDeux\\, trois\r\n"
	        "LOCATION:Salle\\, 1er étage\r\nGEO:47.394144;-0.68484\r\nURL:https://a.example/x\r\nSEQUENCE:3\r\n"
	        "CATEGORIES:a\\,b,c\r\nCATEGORIES:d\r\nDTSTART:20270105T183000\r\n"
	        "BEGIN:VALARM\r\nTRIGGER:-PT10M\r\nDESCRIPTION:Non\r\nEND:VALARM\r\nEND:VEVENT\r\n"));
	assert_int_equal(file.n, 1);
	const struct ical_item *item = &file.items[0];
	assert_string_equal(file.name, "Maison, quartier");
	assert_string_equal(item->title, "Un titre plié; avec \"rien\"");
	assert_string_equal(item->description, "Un\nDeux, trois");
	assert_string_equal(item->location, "Salle, 1er étage");
	assert_string_equal(item->url, "https://a.example/x");
	assert_string_equal(json_text(&arena, item->tags), "[\"a,b\",\"c\",\"d\"]");
	assert_true(item->placed);
	assert_int_equal(item->lat, 473941440);
	assert_int_equal(item->lon, -6848400);
	assert_int_equal(item->line, 4);
}

/* Days of an event that other parts change or call off; a later version of it; what was called off. */
static void test_versions(void **state)
{
	(void)state;
	struct ical_file file = read_text(CALENDAR(
	        "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID;TZID=Europe/Paris:20270112T183000\r\nSUMMARY:Chorale\r\n"
	        "DTSTART;TZID=Europe/Paris:20270113T190000\r\nDTEND;TZID=Europe/Paris:20270113T220000\r\nEND:VEVENT\r\n"
	        "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Ancienne\r\nDTSTART:20270105T173000\r\nSEQUENCE:1\r\nEND:VEVENT\r\n"
	        "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Chorale\r\nDTSTART:20270105T183000\r\nRRULE:FREQ=WEEKLY\r\nSEQUENCE:2\r\nEND:VEVENT\r\n"
	        "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20270119T173000Z\r\nSTATUS:CANCELLED\r\nDTSTART:20270119T173000Z\r\nEND:VEVENT\r\n"
	        "BEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Annulé\r\nSTATUS:CANCELLED\r\nDTSTART:20270105T183000\r\nEND:VEVENT\r\n"));
	assert_int_equal(file.n, 2);
	assert_int_equal(file.refused, 0);
	assert_string_equal(file.items[0].title, "Chorale");
	assert_string_equal(
	        when(&file.items[0]),
	        "{\"except\":[\"2027-01-19\"],\"from\":\"2027-01-05T18:30\",\"moved\":{\"2027-01-12\":{"
	        "\"from\":\"2027-01-13T19:00\",\"to\":\"2027-01-13T22:00\"}},\"rule\":\"FREQ=WEEKLY;BYDAY=TU\"}");
	assert_false(file.items[0].cancelled);
	assert_true(file.items[1].cancelled);
}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *lines, *why;
	} rows[] = {
		{ "", "It does not say when it begins (DTSTART)." },
		{ "DTSTART:20270230T183000\r\n", "“20270230T183000” is not a date of a calendar." },
		{ "DTSTART;TZID=Nulle part:20270105T183000\r\n",
		  "Its hours are those of “Nulle part”, a time zone that the calendar does not describe." },
		{ "DTSTART:20270105T183000\r\nDTEND:20270105T173000\r\n", "It ends before it begins." },
		{ "DTSTART:20270105T183000\r\nRRULE:FREQ=HOURLY\r\n",
		  "“FREQ=HOURLY” is not a rule of repetition by days, weeks, months or years." },
		{ "DTSTART:20270105T183000\r\nCLASS:PRIVATE\r\n",
		  "Its calendar says that it is private: it stays out." },
		{ "DTSTART:20270105T183000\r\nDURATION:PT\r\n", "“PT” is not a duration." },
		{ "DTSTART:20270105T183000\r\nRRULE:FREQ=DAILY\r\nRRULE:FREQ=WEEKLY\r\n",
		  "It comes back by several rules at once." },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ical_file file = read_text(
		        arena_printf(&arena, CALENDAR("%s"), arena_printf(&arena, EVENT("%s"), rows[i].lines)));
		char said[300];
		assert_int_equal(file.n, 0);
		assert_int_equal(file.nrefusals, 1);
		assert_int_equal(file.refusals[0].line, 3);
		assert_string_equal(file.refusals[0].title, "Chorale");
		assert_string_equal(err_text(&file.refusals[0].why, LANG_EN, said, sizeof(said)), rows[i].why);
	}
	struct ical_file file;
	struct err err;
	assert_int_equal(ical_read(&arena, "<html>", 6, paris(), &file, &err), E_INPUT);
	assert_int_equal(ical_read(&arena, "BEGIN:VCALENDAR\0", 16, paris(), &file, &err), E_INPUT);
	file = read_text(CALENDAR("BEGIN:VTODO\r\nUID:t\r\nSUMMARY:À faire\r\nEND:VTODO\r\n"));
	assert_int_equal(file.refused, 1);
}

/* What other programs wrote: a folder beside the project, which is not part of it. */
static void test_samples(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		int least;
	} rows[] = { { SOURCE_DIR "/../shared/samples/icalendar/rfc2445-examples.ics", 2 },
		     { SOURCE_DIR "/../shared/samples/icalendar/libical-large-1MB.ics", 8 } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		FILE *f = fopen(rows[i].path, "rb");
		if (f == NULL) {
			print_message("%s is not here: not tried\n", rows[i].path);
			continue;
		}
		char *bytes = arena_alloc(&arena, 3 << 20);
		size_t len = fread(bytes, 1, 3 << 20, f);
		struct ical_file file;
		struct err err;
		char said[300];
		fclose(f);
		assert_int_equal(ical_read(&arena, bytes, len, paris(), &file, &err), OK);
		print_message("%s: %d events, %d refused\n", rows[i].path, file.n, file.refused);
		for (int j = 0; j < MIN(file.nrefusals, 4); j++)
			print_message("  line %d, %s: %s\n", file.refusals[j].line, file.refusals[j].title,
			              err_text(&file.refusals[j].why, LANG_EN, said, sizeof(said)));
		assert_true(file.n >= rows[i].least);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_when, setup, teardown),
		cmocka_unit_test_setup_teardown(test_own_clocks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_facts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_versions, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_samples, setup, teardown),
	};
	return cmocka_run_group_tests_name("ical_read", tests, NULL, NULL);
}

/*
 * Calendars as written, read by libical: it finds the hours that the site's own pages say, in every zone, whenever the
 * clocks change there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "formats/ical.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	clock_set(INT64_C(1795910400000)); /* 2026-11-29 */
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	clock_set(0);
	arena_release(&arena);
	return 0;
}

static struct schedule schedule(const char *json)
{
	struct schedule s;
	json_t *value;
	struct err err = { 0 };
	char *text = arena_strdup(&arena, json);
	for (char *c = text; *c; c++)
		if (*c == '\'') *c = '"';
	assert_int_equal(json_parse(&arena, text, strlen(text), &value, &err), OK);
	assert_true(schedule_read(&arena, value, &s));
	return s;
}

static const struct zone *zone(const char *name)
{
	const struct zone *found;
	struct err err;
	assert_int_equal(zone_find(name, &found, &err), OK);
	return found;
}

static const char *calendar(const struct zone *in, const struct schedule *s, const char *title)
{
	struct buf out;
	const char *const tags[] = { "a,b", "c" };
	const struct ical_head head = {
		.uid = "cal", .name = "Agenda", .page = "https://a.example/agenda", .zone = in
	};
	const struct ical_event event = { .uid = "one",
		                          .title = title,
		                          .page = "https://a.example/one",
		                          .description = "Un\nDeux; trois, quatre \\ cinq",
		                          .location = "Salle, 1er étage",
		                          .tags = tags,
		                          .ntags = 2,
		                          .placed = true,
		                          .lat = 473941440,
		                          .lon = -6848400,
		                          .created = INT64_C(1795000000000),
		                          .changed = INT64_C(1795000010000),
		                          .schedule = s };
	buf_init(&out, &arena, 0);
	ical_begin(&out, &arena, &head);
	ical_event(&out, &arena, in, &event);
	ical_end(&out);
	return buf_str(&out);
}

static icalcomponent *read_calendar(const char *text)
{
	icalcomponent *read = icalparser_parse_string(text);
	assert_non_null(read);
	assert_int_equal(icalcomponent_isa(read), ICAL_VCALENDAR_COMPONENT);
	assert_int_equal(icalcomponent_count_errors(read), 0);
	assert_true(icalrestriction_check(read));
	assert_int_equal(icalcomponent_count_errors(read), 0);
	return read;
}

struct gathered {
	int64_t times[400];
	int n;
};

static void take(icalcomponent *event, struct icaltime_span *span, void *data)
{
	struct gathered *g = data;
	(void)event;
	if (g->n < 400) g->times[g->n++] = (int64_t)span->start * 1000;
}

static int by_time(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

/* Two years of what comes back, in each zone: as libical finds it and as we do. */
static void test_zones(void **state)
{
	(void)state;
	static const char *const zones[] = { "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
		                             "UTC",          "America/Santiago", "Pacific/Auckland" };
	static const char *const rules[] = {
		"{'from':'2027-01-05T18:30','to':'2027-01-05T20:00','rule':'FREQ=WEEKLY;BYDAY=TU'}",
		"{'from':'2027-01-12T18:30','rule':'FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2TU','except':['2027-02-09']}",
		"{'from':'2027-01-01T00:30','rule':'FREQ=DAILY;UNTIL=20270131'}",
		"{'from':'2027-01-28T09:00','rule':'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=5'}",
	};
	for (size_t z = 0; z < COUNT(zones); z++)
		for (size_t r = 0; r < COUNT(rules); r++) {
			const struct zone *in = zone(zones[z]);
			struct schedule s = schedule(rules[r]);
			icalcomponent *read = read_calendar(calendar(in, &s, "Chorale"));
			icalcomponent *event = icalcomponent_get_first_component(read, ICAL_VEVENT_COMPONENT);
			struct gathered g = { .n = 0 };
			icalcomponent_foreach_recurrence(event, icaltime_from_string("20261201T000000Z"),
			                                 icaltime_from_string("20290101T000000Z"), take, &g);
			qsort(g.times, (size_t)g.n, sizeof(*g.times), by_time);
			struct occurrence *all;
			int n = schedule_occurrences(&arena, &s, (struct date){ 2026, 12, 1 },
			                             (struct date){ 2028, 12, 31 }, 399, &all);
			if (g.n != n) print_error("%s %s: %d, %d\n", zones[z], rules[r], g.n, n);
			assert_int_equal(g.n, n);
			for (int i = 0; i < n; i++) {
				char ours[TIME_UTC_SIZE], theirs[TIME_UTC_SIZE];
				time_utc(zone_utc(in, &all[i].span.from), ours);
				time_utc(g.times[i], theirs);
				if (strcmp(ours, theirs) != 0) print_error("%s %s\n", zones[z], rules[r]);
				assert_string_equal(theirs, ours);
			}
			icalcomponent_free(read);
		}
}

static void test_facts(void **state)
{
	(void)state;
	struct schedule s = schedule(
	        "{'from':'2027-03-09T18:30','to':'2027-03-09T20:00','rule':'FREQ=MONTHLY;BYDAY=2TU',"
	        "'moved':{'2027-04-13':{'from':'2027-04-14T19:00','to':'2027-04-14T22:00'},"
	        "'2027-04-20':{'from':'2027-04-21T19:00'}}}");
	const char *text = calendar(
	        zone("Europe/Paris"), &s,
	        "Un très très long titre, avec des points-virgules ; et des mots accentués : éèêëàâäôöûüç");
	icalcomponent *read = read_calendar(text);
	assert_int_equal(icalcomponent_count_components(read, ICAL_VEVENT_COMPONENT), 3);
	icalcomponent *event = icalcomponent_get_first_component(read, ICAL_VEVENT_COMPONENT);
	assert_string_equal(icalcomponent_get_summary(event),
	                    "Un très très long titre, avec des points-virgules ; et des mots accentués : éèêëàâäôöûüç");
	assert_string_equal(icalcomponent_get_description(event), "Un\nDeux; trois, quatre \\ cinq");
	assert_string_equal(icalcomponent_get_location(event), "Salle, 1er étage");
	assert_int_equal(icalcomponent_get_sequence(event), 10);
	/* A day moved that was none of the rule's is one of its days first. */
	assert_non_null(strstr(text, "RDATE;TZID=Europe/Paris:20270420T183000\r\n"));
	assert_non_null(strstr(text, "GEO:47.394144;-0.684840\r\n"));
	assert_non_null(strstr(text, "CATEGORIES:a\\,b,c\r\n"));
	event = icalcomponent_get_next_component(read, ICAL_VEVENT_COMPONENT);
	assert_string_equal(icaltime_as_ical_string(icalcomponent_get_recurrenceid(event)), "20270413T183000");
	assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstart(event)), "20270414T190000");
	assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtend(event)), "20270414T220000");
	icalcomponent_free(read);
	for (const char *line = text; *line; line = strstr(line, "\r\n") + 2)
		assert_true(strstr(line, "\r\n") - line <= 75);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(test_zones, setup, teardown),
		                            cmocka_unit_test_setup_teardown(test_facts, setup, teardown) };
	return cmocka_run_group_tests_name("ical", tests, NULL, NULL);
}

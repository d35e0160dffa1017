/* When something takes place, as typed: what is kept, and what stands in the controls again. */
#include "field_fixture.h"

#include "fields/schedule.h"

#define DAY "champ.from.day=8", "champ.from.month=12", "champ.from.year=2026"
#define EVENING DAY, "champ.from.time=18 h 30", "champ.to.time=20 h"

static const struct field *schedule_field(void)
{
	return field_of("'type': 'schedule'");
}

/* Without the typography of spaces. */
static const char *plain_spaces(const char *text)
{
	static const char *const spaces[] = { "\u202F", "\u00A0" };
	struct buf out;
	buf_init(&out, &fixture.a, 0);
	while (*text) {
		size_t len = 1;
		for (size_t i = 0; i < COUNT(spaces); i++)
			if (strncmp(text, spaces[i], strlen(spaces[i])) == 0) len = strlen(spaces[i]);
		if (len > 1) buf_putc(&out, ' ');
		else buf_putc(&out, *text);
		text += len;
	}
	return buf_str(&out);
}

/* A day that was moved keeps the length of the others, unless its own end is said. */
static void test_moved(void **state)
{
	(void)state;
	const struct field *field = schedule_field();
	static const struct {
		const char *typed, *kept, *again;
	} rows[] = {
		{ "9/3/2027 = 10/3/2027", "'from':'2027-03-10T18:30','to':'2027-03-10T20:00'",
		  "09/03/2027 = 10/03/2027 18 h 30" },
		{ "9/3/2027 = 10/3/2027 19 h", "'from':'2027-03-10T19:00','to':'2027-03-10T20:30'",
		  "09/03/2027 = 10/03/2027 19 h" },
		{ "9/3/2027 = 10/3/2027 19 h – 22 h", "'from':'2027-03-10T19:00','to':'2027-03-10T22:00'",
		  "09/03/2027 = 10/03/2027 19 h – 22 h" },
		{ "9/3/2027 = 10/3/2027 19 h - 11/3/2027 1 h", "'from':'2027-03-10T19:00','to':'2027-03-11T01:00'",
		  "09/03/2027 = 10/03/2027 19 h – 11/03/2027 1 h" },
		{ "9 mars 2027 -> 10 mars 2027 19:00 à 22:00", "'from':'2027-03-10T19:00','to':'2027-03-10T22:00'",
		  "09/03/2027 = 10/03/2027 19 h – 22 h" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *moved = arena_printf(&fixture.a, "champ.moved=%s", rows[i].typed);
		const json_t *value = posted(field, EVENING, "champ.repeat=nth", moved);
		const char *said = mistakes();
		assert_string_equal(said, "");
		const char *wanted = arena_printf(&fixture.a,
		                                  "{'from':'2026-12-08T18:30',"
		                                  "'moved':{'2027-03-09':{%s}},"
		                                  "'rule':'FREQ=MONTHLY;BYDAY=2TU','to':'2026-12-08T20:00'}",
		                                  rows[i].kept);
		assert_string_equal(written(value), wanted);
		/* What stands in the controls says the same. */
		struct schedule s;
		assert_true(schedule_read(&fixture.a, value, &s));
		struct schedule_typed typed = schedule_typed_of(&fixture.a, &s, LANG_FR);
		assert_string_equal(plain_spaces(typed.moved), rows[i].again);
		moved = arena_printf(&fixture.a, "champ.moved=%s", typed.moved);
		assert_string_equal(written(posted(field, EVENING, "champ.repeat=nth", moved)), wanted);
	}
}

static void test_moved_wrongly(void **state)
{
	(void)state;
	const struct field *field = schedule_field();
	static const char *const typed[] = { "9/3/2027", "9/3/2027 = bientôt", "9/3/2027 = 10/3/2027 22 h – 19 h",
		                             "9/3/2027 = 10/3/2027 19 h – plus tard", "= 10/3/2027" };
	for (size_t i = 0; i < COUNT(typed); i++) {
		const char *moved = arena_printf(&fixture.a, "champ.moved=%s", typed[i]);
		const json_t *value = posted(field, EVENING, "champ.repeat=nth", moved);
		assert_contains(mistakes(), "is not a day that was moved");
		assert_contains(written(value), typed[i]);
	}
}

static void test_days(void **state)
{
	(void)state;
	const struct field *field = schedule_field();
	assert_string_equal(written(posted(field, DAY)), "{'from':'2026-12-08'}");
	assert_string_equal(written(posted(field, DAY, "champ.to.day=10", "champ.to.month=12", "champ.to.year=2026")),
	                    "{'from':'2026-12-08','to':'2026-12-10'}");
	const char *const three[] = { DAY,
		                      "champ.to.day=10",
		                      "champ.to.month=12",
		                      "champ.to.year=2026",
		                      "champ.repeat=year",
		                      "champ.moved=8/12/2027 = 10/12/2027 – 11/12/2027",
		                      NULL };
	assert_string_equal(written(posted_in(field, LANG_FR, three)),
	                    "{'from':'2026-12-08','moved':{'2027-12-08':{'from':'2027-12-10','to':'2027-12-11'}},"
	                    "'rule':'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=8','to':'2026-12-10'}");
	assert_string_equal(mistakes(), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIELD_TEST(test_moved), FIELD_TEST(test_moved_wrongly),
		                            FIELD_TEST(test_days) };
	return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}

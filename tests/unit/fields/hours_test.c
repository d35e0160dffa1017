/* Opening hours: a week typed day by day, kept in OpenStreetMap's words; what is open now. */
#include "field_fixture.h"

#include "base/date.h"

#define B "\xC2\xA0"
#define N "\xE2\x80\xAF"

static void test_posted(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'hours'");
	assert_string_equal(
	        written(posted(field, "champ.1=9h-12h, 14h-18h", "champ.2=9h-12h et 14h-18h", "champ.3=fermé",
	                       "champ.4=9 h – 12 h, 14:00-18:00", "champ.6=sur rendez-vous", "champ.8=fermé",
	                       "champ.more=Jul-Aug off")),
	        "'Mo-Tu,Th 09:00-12:00,14:00-18:00; We off; Sa \\'sur rendez-vous\\'; PH off; Jul-Aug off'");
	assert_string_equal(written(posted(field, "champ.1=0h-24h", "champ.2=0h-24h", "champ.3=0h-24h",
	                                   "champ.4=0h-24h", "champ.5=0h-24h", "champ.6=0h-24h", "champ.7=0h-24h")),
	                    "'24/7'");
	assert_string_equal(written(posted(field, "champ=Mo 09:00-12:00")), "'Mo 09:00-12:00'");
	assert_string_equal(written(posted(field, "champ.1=", "champ.8=", "champ.more=")), "-");
	assert_string_equal(mistakes(), "");
}

/* All the mistakes, each with its day; all that was typed stays. */
static void test_mistyped(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'hours'");
	static const char *const pairs[] = { "champ.1=9h-", "champ.2=9h-12h", "champ.8=14h", "champ.more=Lu 9-12",
		                             NULL };
	const json_t *value = posted_in(field, LANG_EN, pairs);
	assert_string_equal(mistakes(), "Monday: “9h-” cannot be read. Example: 9 am – 12 pm, 2 pm – 6 pm;"
	                                "public holidays: “14h” cannot be read. Example: 9 am – 12 pm, 2 pm – 6 pm;"
	                                "“Lu 9-12” cannot be read as opening hours.;");
	const char *html = drawn(field->type->edit, field, LANG_FR, value);
	assert_contains(html, "id=\"f-champ\" name=\"champ.1\" value=\"9h-\"");
	assert_contains(html, "name=\"champ.2\" value=\"9h-12h\"");
	assert_contains(html, "name=\"champ.8\" value=\"14h\"");
	assert_contains(html, ">\nLu 9-12</textarea>");
}

static void test_import(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'hours'");
	static const struct text_row rows[] = {
		{ "Mo-Fr 08:00-12:00,13:00-17:30; Sa 08:00-12:00; PH off",
		  "'Mo-Fr 08:00-12:00,13:00-17:30; Sa 08:00-12:00; PH off'", "" },
		/* Day by day, as the form asks: the exception is put where it belongs. */
		{ "Mo-Sa 10:00-20:00; Tu off", "'Mo,We-Sa 10:00-20:00; Tu off'", "" },
		{ "", "-", "" },
		{ "le matin", "'le matin'", "“le matin” cannot be read as opening hours.;" },
	};
	test_imports(field, rows, COUNT(rows));
	static const struct value_row values[] = {
		{ "3", "This should be a text.;" },
		{ "{'1':'9h-12h'}", "This should be a text.;" },
		{ "'Mo'", "“Mo” says no hours: times, off, or a comment between quotes.;" },
	};
	test_checks(field, values, COUNT(values));
}

/* What the form shows, sent back unchanged, is the same value. */
static void test_unchanged(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'hours'");
	static const char *const texts[] = {
		"24/7",
		"Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00; PH off",
		"Fr 22:00-02:00",
		"Mo 18:00-24:00",
		"We \"sur rendez-vous\"; PH \"9h\"",
		"Jul-Aug Mo-Fr 09:00-12:00; Sa off",
		"Mo-Fr 09:00-12:00; Dec 24-Jan 02 off; Aug 15 10:00-12:00",
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		const json_t *value = json_keep(&fixture.a, json_string(texts[i]));
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			const char *html = drawn(field->type->edit, field, (enum lang)lang, value),
			           *pairs[10] = { NULL };
			for (int day = 1; day <= 8; day++) {
				const char *mark = arena_printf(&fixture.a, "name=\"champ.%d\" value=\"", day);
				const char *typed = strstr(html, mark) + strlen(mark);
				pairs[day - 1] = arena_printf(&fixture.a, "champ.%d=%.*s", day,
				                              (int)strcspn(typed, "\""), typed);
			}
			const char *more = strstr(html, "<textarea"), *from = strchr(more, '\n') + 1;
			pairs[8] = arena_printf(&fixture.a, "champ.more=%.*s",
			                        (int)(strstr(from, "</textarea>") - from), from);
			assert_string_equal(json_string_value(posted_in(field, (enum lang)lang, pairs)), texts[i]);
			assert_string_equal(mistakes(), "");
		}
	}
}

static int64_t at(int day, int hour)
{
	const struct zone *paris;
	struct datetime local = { { 2026, 11, day }, hour, 0, 0 };
	assert_int_equal(zone_find("Europe/Paris", &paris, NULL), OK);
	return zone_utc(paris, &local);
}

/* 27 November 2026 is a Friday. By the clock of the site's zone, and true until it changes. */
static void test_now(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'hours'");
	static const struct {
		int day, hour;
		const char *said;
		int until_day, until_hour;
	} rows[] = {
		{ 27, 10, "Ouvert maintenant, jusqu’à 12" N "h<", 27, 12 },
		{ 27, 13, "Fermé maintenant, prochaine ouverture\u00A0: 14" N "h<", 27, 14 },
		{ 27, 18, "Fermé maintenant, prochaine ouverture\u00A0: demain, 10" N "h<", 28, 0 },
		{ 28, 12, "Fermé maintenant, prochaine ouverture\u00A0: après-demain, 9" N "h<", 29, 0 },
	};
	int64_t until;
	fixture.page.until = &until;
	for (size_t i = 0; i < COUNT(rows); i++) {
		until = INT64_MAX;
		fixture.page.now = at(rows[i].day, rows[i].hour);
		assert_contains(shown(field, LANG_FR, "'Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00; PH off'"),
		                rows[i].said);
		assert_int_equal(until, at(rows[i].until_day, rows[i].until_hour));
	}
	assert_contains(shown(field, LANG_FR, "'24/7'"), "Ouvert maintenant<");
	assert_null(strstr(shown(field, LANG_FR, "'We \\u0022sur rendez-vous\\u0022'"), "maintenant"));
}

static void test_shown(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'hours'");
	const json_t *value = value_of(
	        "'Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00; PH off; Jul-Aug Mo-Fr 09:00-12:00; Aug 10-Aug 20 off'");
	assert_string_equal(plain(field, LANG_FR, value),
	                    "lundi à vendredi\u00A0: 9" N "h" B "–" B "12" N "h, 14" N "h" B "–" B "18" N "h\n"
	                    "samedi\u00A0: 10" N "h" B "–" B "12" N "h\n"
	                    "dimanche\u00A0: fermé\n"
	                    "jours fériés\u00A0: fermé\n"
	                    "de juillet à août, lundi à vendredi\u00A0: 9" N "h" B "–" B "12" N "h\n"
	                    "du 10 août au 20 août, tous les jours\u00A0: fermé");
	assert_contains(drawn(field->type->show, field, LANG_FR, value),
	                "<th scope=\"row\">samedi</th><td>10" N "h" B "–" B "12" N "h</td>");
	assert_contains(drawn(field->type->show, field, LANG_FR, value), "<caption>de juillet à août</caption>");
	assert_string_equal(keys(field, value), "1;2;3;4;5;6;");
	assert_true(meets(field, value, "=", "Samedi"));
	assert_true(meets(field, value, "=", "saturday"));
	assert_false(meets(field, value, "=", "dimanche"));
	assert_string_equal(keys(field, value_of("'PH 10:00-12:00'")), "8;");
	assert_string_equal(field->type->key_label(field, "6", &fixture.page), "samedi");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIELD_TEST(test_posted),    FIELD_TEST(test_mistyped), FIELD_TEST(test_import),
		FIELD_TEST(test_unchanged), FIELD_TEST(test_now),      FIELD_TEST(test_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

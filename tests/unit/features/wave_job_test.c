/* Planned letters leave by themselves: on their day, between 8 and 20 o'clock of the site, once each, by e-mail to those who have
 * not answered, and with a questionnaire that is open. */
#include "features/survey/wave_job.h"

#include <string.h>

#include "base/clock.h"
#include "core/letter.h"
#include "core/survey_wave.h"
#include "features/news/news_job.h"
#include "features/survey/survey_job.h"
#include "features/survey/wave_letter.h"
#include "support/site/site.h"

#define HOUR (3600 * 1000LL)
/* Thursday 21 November 2013, 0:00 in Paris. */
#define MIDNIGHT 1384988400000LL

static struct site_fixture site;
static struct site *opened;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	if (opened) {
		test_site(state)->store = NULL;
		site_close(opened);
	}
	clock_set(0);
	site.store = NULL;
	opened = NULL;
	return test_store_teardown(state);
}

static const struct form *form(void)
{
	return model_form(site.model, "enquete");
}

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	static const char *const names[] = { "Régie", "Club", "Café", "Foyer" };
	struct survey_wave wave = { .id = id_random(),
		                    .form = form(),
		                    .due = MIDNIGHT + 9 * HOUR,
		                    .subject = { [LANG_FR] = "Pour {nom}", [LANG_EN] = "For {name}" },
		                    .text = { [LANG_FR] = "{titre} {lien} {autre}", [LANG_EN] = "{title} {link}" } };
	struct survey_target target;
	bool added;
	(void)arg;
	for (int i = 0; i < 4; i++) {
		target = (struct survey_target){ .id = id_random(),
			                         .form = form(),
			                         .name = names[i],
			                         .email = i < 3 ? arena_printf(&site.arena, "%d@exemple.org", i) : "",
			                         .phone = "",
			                         .place = "",
			                         .language = i == 1 ? "en" : "" };
		TRY(survey_target_add(tx, &target, names[i], &added, err));
	}
	return survey_wave_add(tx, &wave, err);
}

static enum code refuse(struct tx *tx, void *arg, struct err *err)
{
	struct survey_target *all;
	int n;
	(void)arg;
	TRY(survey_target_list_by_num(tx_db(tx), &site.arena, form(), &all, &n, err));
	const struct target_noted noted = { .outcome = CALL_REFUSED, .note = "", .call_at = "" };
	return survey_target_note(tx, &all[2], &actor_program, &noted, err);
}

static void begin(void **state, const char *survey)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	assert_ok(site_open(site.store, &opened, &err), &err);
	news_links_use("https://quartier.example");
	site_fixture_form(
	        &site,
	        arena_printf(
	                &site.arena,
	                "{\"key\":\"enquete\",\"version\":1,\"label\":\"Enquête\",\"plural\":\"Enquêtes\",\"add\":\"Répondre\",\"survey\":%s,\"fields\":[{\"key\":\"un\",\"type\":\"text\",\"label\":\"Un\"}]}",
	                survey));
	assert_ok(site_reload(opened, &err), &err);
	assert_ok(store_write(site.store, add, NULL, &err), &err);
	assert_ok(store_write(site.store, refuse, NULL, &err), &err);
}

static const struct letter *letters;
static int nletters;

static int run_at(int64_t ms)
{
	struct err err = { 0 };
	struct letter *all;
	struct db *db;
	clock_set(ms);
	assert_ok(wave_job(site.store, NULL, opened, &err), &err);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(letter_list(db, &site.arena, 20, &all, &nletters, &err), &err);
	for (int i = 0; i < nletters; i++) {
		struct letter one;
		assert_ok(letter_load(db, &site.arena, all[i].num, &one, &err), &err);
		all[i] = one;
	}
	store_read_end(site.store);
	letters = all;
	return nletters;
}

static const struct letter *letter_to(const char *to)
{
	for (int i = 0; i < nletters; i++)
		if (strcmp(letters[i].to, to) == 0) return &letters[i];
	return NULL;
}

static void test_on_its_day(void **state)
{
	begin(state, "{\"state\":\"open\"}");
	assert_int_equal(run_at(MIDNIGHT + 8 * HOUR + HOUR / 2), 0); /* too early */
	assert_int_equal(run_at(MIDNIGHT + 21 * HOUR), 0);           /* too late in the evening */
	assert_int_equal(run_at(MIDNIGHT + 33 * HOUR),
	                 2); /* the next morning; neither who refused nor who has no address */
	assert_int_equal(run_at(MIDNIGHT + 34 * HOUR), 2); /* once */
	const struct letter *french = letter_to("0@exemple.org"), *english = letter_to("1@exemple.org");
	assert_non_null(french);
	assert_non_null(english);
	assert_string_equal(french->subject, "Pour Régie");
	assert_string_equal(english->subject, "For Club");
	assert_int_equal(strncmp(french->body, "Enquête https://quartier.example/-/s/",
	                         strlen("Enquête https://quartier.example/-/s/")),
	                 0);
	assert_non_null(strstr(french->body, " {autre}")); /* what is no placeholder stays */
	assert_null(letter_to("2@exemple.org"));
}

static void test_not_while_it_is_closed(void **state)
{
	begin(state, "{\"state\":\"closed\"}");
	assert_int_equal(run_at(MIDNIGHT + 10 * HOUR), 0);
}

static void test_not_after_its_last_day(void **state)
{
	begin(state, "{\"state\":\"open\",\"closes\":\"2001-01-01\"}");
	assert_int_equal(run_at(MIDNIGHT + 10 * HOUR), 0);
	assert_int_equal(run_at(MIDNIGHT + 34 * HOUR), 0);
}

/* ---- Names are kept so many days after the end ---- */

struct left {
	int named, refused, new, calls;
};

static struct left left_at(int64_t ms)
{
	struct err err = { 0 };
	struct survey_target *all;
	struct db *db;
	struct left left = { 0 };
	int64_t counts[TARGET_STATES], calls;
	clock_set(ms);
	assert_ok(survey_job(site.store, NULL, opened, &err), &err);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(survey_target_list(db, &site.arena, form(), TARGET_STATES, 10, &all, &left.named, &err), &err);
	assert_ok(survey_target_counts(db, form(), counts, &err), &err);
	assert_ok(db_int(db, &calls, 0, &err, "SELECT COUNT(*) FROM survey_call"), &err);
	store_read_end(site.store);
	left.refused = (int)counts[TARGET_REFUSED];
	left.new = (int)counts[TARGET_NEW];
	left.calls = (int)calls;
	return left;
}

static void test_names_go_after_the_end(void **state)
{
	begin(state, "{\"state\":\"open\",\"closes\":\"2013-11-21\",\"targets_days\":2}");
	struct left left = left_at(MIDNIGHT + (2 * 24 + 23) * HOUR); /* the 23rd, in the evening: the last day */
	assert_int_equal(left.named, 4);
	assert_int_equal(left.calls, 1);
	left = left_at(MIDNIGHT + (3 * 24 + 1) * HOUR);
	assert_int_equal(left.named, 0);
	assert_int_equal(left.calls, 0);
	assert_int_equal(left.refused, 1); /* how far they were stays */
	assert_int_equal(left.new, 3);
	assert_int_equal(left_at(MIDNIGHT + (4 * 24) * HOUR).refused, 1); /* and once is enough */
}

static void test_names_go_after_ninety_days(void **state)
{
	begin(state, "{\"state\":\"closed\",\"closed\":\"2013-11-21\",\"closes\":\"2013-12-31\"}");
	assert_int_equal(left_at(MIDNIGHT + 90LL * 24 * HOUR + HOUR).named, 4);
	assert_int_equal(left_at(MIDNIGHT + 91LL * 24 * HOUR + HOUR).named, 0);
}

static void test_names_stay_while_it_is_open(void **state)
{
	begin(state, "{\"state\":\"open\",\"closed\":\"2013-01-01\"}");
	assert_int_equal(left_at(MIDNIGHT + 1000LL * 24 * HOUR).named, 4);
}

static void test_words(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (int reminder = 0; reminder < 2; reminder++)
			assert_true(letter_has_link(letter_text((enum lang)lang, reminder)));
	assert_true(letter_has_link("a {link} b"));
	assert_false(letter_has_link("lien"));
}

#define TEST(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_on_its_day),
		                            TEST(test_not_while_it_is_closed),
		                            TEST(test_not_after_its_last_day),
		                            TEST(test_names_go_after_the_end),
		                            TEST(test_names_go_after_ninety_days),
		                            TEST(test_names_stay_while_it_is_open),
		                            cmocka_unit_test(test_words) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

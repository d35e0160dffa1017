/* The job behind sign-ups: the day before, once; another date; what does not take place; places given; letters say no
 * name but one's own, and none leaves to who cancelled. */
#include "features/signup/signup_job.h"

#include <string.h>

#include "base/clock.h"
#include "core/moment.h"
#include "core/signup.h"
#include "features/news/news_job.h"
#include "support/jobs/jobs.h"

static struct site_fixture site;

static int teardown(void **state)
{
	return jobs_end(state, &site);
}

static void begin(void **state)
{
	jobs_begin(state, &site,
	           "{\"key\":\"fete\",\"version\":1,\"label\":\"Fête\",\"plural\":\"Fêtes\",\"add\":"
	           "\"Annoncer\",\"title\":\"titre\",\"fields\":[{\"key\":\"titre\",\"type\":\"text\","
	           "\"label\":\"Quoi\",\"required\":true},{\"key\":\"quand\",\"type\":\"schedule\",\"label\":"
	           "\"Quand\"},{\"key\":\"inscription\",\"type\":\"signup\",\"label\":\"Inscription\","
	           "\"kept\":10}]}");
}

static struct id announce(const char *values)
{
	return jobs_publish(&site, &site.contributor, "fete", site.open, values);
}

static void change(struct id id, const char *values)
{
	struct err err = { 0 };
	struct issues issues;
	struct save save = site_change(&site, &site.contributor, id, values);
	assert_ok(site_save(&site, &save, &issues, &err), &err);
}

struct doing {
	struct signup_offer offer;
	struct signup_new new;
	struct signup signup;
	int64_t num;
};

static enum code do_add(struct tx *tx, void *arg, struct err *err)
{
	struct doing *x = arg;
	struct signup_moves moves;
	return signup_add(tx, &site.arena, &x->offer, &x->new, &moves, err);
}

static int64_t add(struct id id, const char *day, const char *email)
{
	struct err err = { 0 };
	struct signup_date date;
	const struct field *field;
	const struct record *record = site_load(&site, &site.administrator, id);
	struct doing x = {
		.new = { .record = record->num, .day = day, .name = "Denise Dupont", .email = email, .adults = 1 }
	};
	assert_true(signup_find(record, &x.offer, &field));
	assert_true(signup_date(&site.arena, record, model_zone(site.model), day, &date));
	x.new.begins = date.begins;
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, do_add, &x, &err), &err);
	return x.new.num;
}

static enum code do_cancel(struct tx *tx, void *arg, struct err *err)
{
	struct doing *x = arg;
	struct signup_moves moves;
	TRY(signup_load(tx_db(tx), &site.arena, x->num, &x->signup, err));
	return signup_cancel(tx, &site.arena, &x->offer, &x->signup, &moves, err);
}

static void cancel(int64_t num)
{
	struct err err = { 0 };
	struct doing x = { .num = num, .offer = { .places = -1 } }; /* nobody moves up here: the job does it */
	assert_ok(store_write(site.store, do_cancel, &x, &err), &err);
}

static const struct job_kind kinds[] = { { "signups", signup_job, 0 }, { 0 } };

/* Letters after the job has run, newest first. */
static int letters(struct letter **ret)
{
	clock_set(clock_now() + HOUR / 4);
	jobs_run(&site, kinds, true);
	return jobs_letters(&site, ret);
}

#define SOUP \
	"{\"titre\":\"La soupe\",\"quand\":{\"from\":\"2013-11-24T18:00\"},\"inscription\":{\"open\":true,\"places\":1,\"waiting\":true}}"

/* On Saturday at ten for Sunday evening; once; not to who cancelled nor to who waits. */
static void test_reminder(void **state)
{
	struct letter *all;
	begin(state);
	struct id id = announce(SOUP);
	int64_t gone = add(id, "", "partie@example.org");
	cancel(gone);
	add(id, "", "denise@example.org");
	add(id, "", "attend@example.org");
	add(id, "", "");
	assert_int_equal(letters(&all), 0);
	clock_set(1385195400000LL); /* 23 November 2013, 09:30 in Paris */
	assert_int_equal(letters(&all), 0);
	clock_set(clock_now() + HOUR);
	assert_int_equal(letters(&all), 1);
	assert_string_equal(all[0].to, "denise@example.org");
	assert_non_null(strstr(all[0].subject, "Demain"));
	assert_non_null(strstr(all[0].subject, "La soupe"));
	assert_non_null(strstr(all[0].body, "dimanche 24 novembre 2013"));
	assert_non_null(strstr(all[0].body, "https://quartier.example/-/attend-leave?c="));
	assert_null(strstr(all[0].body, "Dupont")); /* nobody has confirmed that address */
	assert_int_equal(letters(&all), 1);
	/* Whoever signs up once the day before has begun knows. */
	cancel(all[0].num ? gone + 1 : 0);
	clock_set(clock_now() + HOUR);
	assert_int_equal(letters(&all), 2); /* attend@ has the place now: a letter says so */
	assert_string_equal(all[0].to, "attend@example.org");
	assert_non_null(strstr(all[0].subject, "Une place pour vous"));
	assert_int_equal(letters(&all), 3); /* … and it is tomorrow */
	assert_string_equal(all[0].to, "attend@example.org");
	assert_int_equal(letters(&all), 3);
}

/* Another hour: told once, and reminded of the new one. */
static void test_moved_and_called_off(void **state)
{
	struct letter *all;
	begin(state);
	struct id id = announce(SOUP);
	add(id, "", "denise@example.org");
	change(id, "{\"quand\":{\"from\":\"2013-12-01T19:00\"}}");
	assert_int_equal(letters(&all), 1);
	assert_non_null(strstr(all[0].subject, "Une autre date"));
	assert_non_null(strstr(all[0].body, "dimanche 1er décembre 2013"));
	assert_int_equal(letters(&all), 1);
	clock_set(1385195400000LL + HOUR); /* the day before the former date: nothing */
	assert_int_equal(letters(&all), 1);
	clock_set(clock_now() + 7 * DAY);
	assert_int_equal(letters(&all), 2);
	assert_non_null(strstr(all[0].subject, "Demain"));
	/* In the trash: told after half an hour, so that a mistake can be mended first. */
	struct id other = announce(
	        "{\"titre\":\"Le bal\",\"quand\":{\"from\":\"2014-01-10\"},\"inscription\":{\"open\":true}}");
	add(other, "", "denise@example.org");
	assert_int_equal(site_set_state(&site, &site.administrator, other, STATE_TRASH), OK);
	assert_int_equal(letters(&all), 2);
	clock_set(clock_now() + HOUR);
	assert_int_equal(letters(&all), 3);
	assert_non_null(strstr(all[0].subject, "N’a pas lieu"));
	assert_non_null(strstr(all[0].body, "Le bal"));
	assert_null(strstr(all[0].body, "attend-leave"));
	assert_int_equal(letters(&all), 3);
}

/* One day of what repeats is left out: those of that day are told, the others are not. */
static void test_one_day_off(void **state)
{
	struct letter *all;
	begin(state);
	struct id id = announce("{\"titre\":\"Le chantier\",\"quand\":{\"from\":\"2013-11-23T09:00\",\"rule\":"
	                        "\"FREQ=WEEKLY;BYDAY=SA\"},\"inscription\":{\"open\":true}}");
	add(id, "2013-12-07", "le7@example.org");
	add(id, "2013-12-14", "le14@example.org");
	change(id,
	       "{\"quand\":{\"from\":\"2013-11-23T09:00\",\"rule\":\"FREQ=WEEKLY;BYDAY=SA\",\"except\":[\"2013-12-07\"]}}");
	assert_int_equal(letters(&all), 1);
	assert_string_equal(all[0].to, "le7@example.org");
	assert_non_null(strstr(all[0].subject, "N’a pas lieu"));
}

/* The organiser finds more chairs: who waits comes up without anybody doing anything. Then names go after ten days. */
static void test_more_places(void **state)
{
	struct letter *all;
	struct err err = { 0 };
	struct db *db;
	struct signup_list list;
	begin(state);
	struct id id = announce(SOUP);
	add(id, "", "denise@example.org");
	add(id, "", "attend@example.org");
	change(id, "{\"inscription\":{\"open\":true,\"places\":2,\"waiting\":true}}");
	assert_int_equal(letters(&all), 1);
	assert_string_equal(all[0].to, "attend@example.org");
	clock_set(1385312400000LL + 11 * DAY); /* eleven days after 24 November 2013, 18:00 in Paris */
	(void)letters(&all);
	int64_t num = site_load(&site, &site.administrator, id)->num;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(signup_read(db, &site.arena, num, "", false, &list, &err), &err);
	store_read_end(site.store);
	assert_int_equal(list.taken, 2);
	assert_string_equal(list.rows[0].name, "");
	assert_string_equal(list.rows[0].email, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) JOBS_BOTH(name, teardown)
		TEST(test_reminder),
		TEST(test_moved_and_called_off),
		TEST(test_one_day_off),
		TEST(test_more_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Before a search for dates closes, members and followers who have not answered are told once; who answered never is. */
#include "features/date_poll/date_poll_job.h"

#include <string.h>

#include "base/clock.h"
#include "core/date_poll.h"
#include "core/news.h"
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
	           "{\"key\":\"sondage\",\"version\":1,\"label\":\"Date\",\"plural\":\"Dates\",\"add\":\"Chercher\","
	           "\"title\":\"titre\",\"fields\":[{\"key\":\"titre\",\"type\":\"text\",\"label\":\"Titre\","
	           "\"required\":true},{\"key\":\"dates\",\"type\":\"dates\",\"label\":\"Dates\"}]}");
}

static const struct record *poll(const struct space *space, const char *closes, const char *more)
{
	const char *values = arena_printf(
	        &site.arena,
	        "{\"titre\":\"Quand ?\",\"dates\":{\"slots\":[{\"at\":\"2013-12-01T18:30/20:00\"},{\"at\":"
	        "\"2013-12-03\"}],\"closes\":\"%s\"%s}}",
	        closes, more);
	struct id id = jobs_publish(&site, &site.facilitator, "sondage", space, values);
	return site_load(&site, &site.facilitator, id);
}

struct doing {
	const struct record *record;
	int64_t person;
	bool follows;
};

static enum code do_answer(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	struct date_poll of;
	const struct field *field;
	signed char answers[SLOTS_MAX] = { ANSWER_NO, ANSWER_NONE };
	int full;
	if (d->follows)
		return follow_set(tx, d->person, &(struct follow){ FOLLOW_RECORD, d->record->num, "" }, true, err);
	assert_true(date_poll_find(&site.arena, d->record, &of, &field));
	return date_poll_answer(tx, d->record, &of, d->person, answers, &full, err);
}

static void does(const struct actor *actor, const struct record *record, bool follows)
{
	struct err err = { 0 };
	struct doing d = { record, actor->person, follows };
	assert_ok(store_write(site.store, do_answer, &d, &err), &err);
}

static const struct job_kind kinds[] = { { "dates", dates_job, 0 }, { "news", news_job, 0 }, { 0 } };

static void run(void)
{
	jobs_run(&site, kinds, true);
}

static int told(const struct actor *actor)
{
	struct db *db;
	struct err err = { 0 };
	struct news *news;
	int n, dates = 0;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(news_list(db, &site.arena, actor->person, false, &news, &n, &err), &err);
	store_read_end(site.store);
	for (int i = 0; i < n; i++) dates += news[i].kind == NEWS_DATES;
	return dates;
}

static void test_members(void **state)
{
	begin(state);
	const struct record *record = poll(site.closed, "2013-11-23", "");
	run(); /* Thursday for Saturday: not yet */
	assert_int_equal(told(&site.member), 0);
	clock_set(clock_now() + DAY);
	run();
	assert_int_equal(told(&site.member), 1);
	assert_int_equal(told(&site.facilitator), 0); /* who asks */
	assert_int_equal(told(&site.contributor), 0); /* may not read it */
	run();
	clock_set(clock_now() + DAY);
	run();
	assert_int_equal(told(&site.member), 1); /* once */
	assert_non_null(record);
}

static void test_answered(void **state)
{
	begin(state);
	const struct record *record = poll(site.closed, "2013-11-22", "");
	does(&site.member, record, false); /* even a no is an answer */
	run();
	assert_int_equal(told(&site.member), 0);
}

/* In the site's first space, only who follows it was asked. */
static void test_followers(void **state)
{
	begin(state);
	const struct record *record = poll(site.open, "2013-11-21", "");
	does(&site.other, record, true);
	does(&site.contributor, record, true);
	does(&site.contributor, record, false);
	run();
	assert_int_equal(told(&site.other), 1);
	assert_int_equal(told(&site.contributor), 0);
	assert_int_equal(told(&site.member), 0);
}

/* Neither what is closed nor what is decided. */
static void test_over(void **state)
{
	begin(state);
	poll(site.closed, "2013-11-20", "");
	poll(site.closed, "2013-11-22", ",\"chosen\":\"2013-12-03\"");
	run();
	assert_int_equal(told(&site.member), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) JOBS_BOTH(name, teardown)
		TEST(test_members),
		TEST(test_answered),
		TEST(test_followers),
		TEST(test_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

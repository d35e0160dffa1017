/* Where pages were made known: noted, taken back, looked at; a reminder comes at its time to who asked, once. */
#include "features/relay/relay_job.h"

#include <string.h>

#include "base/clock.h"
#include "core/news.h"
#include "core/relay.h"
#include "support/jobs/jobs.h"

static struct site_fixture site;

static int teardown(void **state)
{
	return jobs_end(state, &site);
}

static const struct job_kind kinds[] = { { "relay", relay_job, 0 }, { 0 } };

static struct id begin(void **state)
{
	jobs_begin(state, &site, NULL);
	return site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\",\"genre\":\"asso\"}");
}

static void work(void)
{
	jobs_run(&site, kinds, false);
}

static int told(const struct actor *actor)
{
	struct db *db;
	struct news *all;
	struct err err = { 0 };
	int n = -1;
	work();
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(news_list(db, &site.arena, actor->person, false, &all, &n, &err), &err);
	store_read_end(site.store);
	assert_true(n == 0 || all[0].kind == NEWS_RELAY);
	return n;
}

static enum code write_add(struct tx *tx, void *arg, struct err *err)
{
	return relay_add(tx, arg, err);
}

static enum code write_looked(struct tx *tx, void *arg, struct err *err)
{
	const struct relay *relay = arg;
	return relay_looked(tx, relay->num, err);
}

static enum code write_delete(struct tx *tx, void *arg, struct err *err)
{
	const struct relay *relay = arg;
	return relay_delete(tx, relay->num, err);
}

static void write(store_fn *fn, struct relay *relay)
{
	struct err err = { 0 };
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, fn, relay, &err), &err);
}

static struct relay post(const struct actor *actor, struct id about, const char *place, int64_t remind)
{
	struct relay relay = { .record = site_load(&site, &actor_program, about)->num,
		               .person = actor->person,
		               .place = place,
		               .url = "https://social.example/1",
		               .remind = remind };
	write(write_add, &relay);
	return relay;
}

static int list(int64_t record, bool due, struct relay **ret)
{
	struct db *db;
	struct err err = { 0 };
	int n = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(relay_list(db, &site.arena, record, due, ret, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static int missing(int64_t since)
{
	struct db *db;
	struct err err = { 0 };
	int64_t nums[10];
	int n = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(relay_missing(db, since, nums, 10, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void test_noted(void **state)
{
	struct id card = begin(state),
	          other = site_card(&site, &site.other, "{\"nom\":\"Le four\",\"genre\":\"asso\"}");
	struct relay *all;
	assert_int_equal(missing(SITE_START - DAY), 2);
	assert_int_equal(missing(clock_now() + DAY), 0);
	struct relay first = post(&site.contributor, card, "facebook", 0),
	             second = post(&site.other, card, "mastodon", 0);
	assert_int_equal(missing(SITE_START - DAY), 1);
	assert_int_equal(list(first.record, false, &all), 2);
	assert_int_equal(all[0].num, second.num); /* the latest first */
	assert_string_equal(all[1].place, "facebook");
	assert_string_equal(all[1].url, "https://social.example/1");
	assert_string_equal(all[1].name, "Camille");
	assert_int_equal(list(site_load(&site, &actor_program, other)->num, false, &all), 0);
	write(write_delete, &first);
	write(write_delete, &second);
	assert_int_equal(list(0, false, &all), 0);
	assert_int_equal(missing(SITE_START - DAY), 2);
}

static void test_reminded(void **state)
{
	struct id card = begin(state);
	struct relay *all;
	int64_t at = clock_now() + 2 * DAY;
	struct relay relay = post(&site.other, card, "instagram", at);
	assert_int_equal(told(&site.other), 0);
	clock_set(at - 1);
	assert_int_equal(told(&site.other), 0);
	assert_int_equal(list(0, true, &all), 0);
	clock_set(at);
	assert_int_equal(told(&site.other), 1);
	assert_int_equal(told(&site.contributor), 0); /* whose page it is, but who did not ask */
	assert_int_equal(list(0, true, &all), 1);
	write(write_looked, &relay);
	assert_int_equal(list(0, true, &all), 0);
	assert_int_equal(list(0, false, &all), 1);
	clock_set(at + 3 * DAY);
	assert_int_equal(told(&site.other), 1);
}

/* She has been to see before, has taken it back, or reads the page no more. */
static void test_not_reminded(void **state)
{
	struct id card = begin(state);
	int64_t at = clock_now() + 2 * DAY;
	struct relay seen = post(&site.other, card, "facebook", at), gone = post(&site.other, card, "mastodon", at);
	write(write_looked, &seen);
	write(write_delete, &gone);
	post(&site.other, card, "bluesky", at);
	assert_int_equal(site_set_state(&site, &site.facilitator, card, STATE_TRASH), OK);
	clock_set(at);
	assert_int_equal(told(&site.other), 0);
}

#define TEST(test)                                                               \
	{ #test " (SQLite)", test, test_sqlite_setup, teardown, NULL },          \
	{                                                                        \
#test " (PostgreSQL)", test, test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_noted), TEST(test_reminded), TEST(test_not_reminded) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

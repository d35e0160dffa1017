/* A draft that is published by itself: at its time and not before, by the rights of who said so, once. */
#include "features/scheduled/scheduled_job.h"

#include <string.h>

#include "base/clock.h"
#include "core/news.h"
#include "core/scheduled.h"
#include "features/news/news_job.h"
#include "support/jobs/jobs.h"

static struct site_fixture site;

static int teardown(void **state)
{
	return jobs_end(state, &site);
}

static const struct job_kind kinds[] = { { "publish", scheduled_job, 0 }, { "news", news_job, 0 }, { 0 } };

static void begin(void **state)
{
	jobs_begin(state, &site, NULL);
}

static void work(void)
{
	jobs_run(&site, kinds, false);
}

struct asking {
	struct save save;
	struct issues issues;
	const struct actor *actor;
	struct record *record;
	int64_t at;
	bool end;
};

static enum code write_draft(struct tx *tx, void *arg, struct err *err)
{
	struct asking *x = arg;
	return record_save(tx, &site.arena, site.model, &x->save, &x->issues, err);
}

static enum code write_schedule(struct tx *tx, void *arg, struct err *err)
{
	struct asking *x = arg;
	if (x->end) return scheduled_end(tx, x->record->num, err);
	return scheduled_set(tx, x->record, x->actor->person, x->at, err);
}

static struct record *load(struct id id)
{
	struct db *db;
	struct err err = { 0 };
	struct record *record;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(record_load(db, &site.arena, site.model, &actor_program, id, &record, &err), &err);
	store_read_end(site.store);
	return record;
}

static bool is_scheduled(const struct record *record, struct scheduled *ret)
{
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	enum code code = scheduled_find(db, record->num, ret, &err);
	store_read_end(site.store);
	assert_true(code == OK || code == E_NOT_FOUND);
	return code == OK;
}

static struct record *draft(const struct actor *actor, const char *values)
{
	struct err err = { 0 };
	json_t *json;
	assert_ok(json_parse(&site.arena, values, strlen(values), &json, &err), &err);
	struct asking x = { .save = { .actor = actor,
		                      .form = model_form(site.model, "fiche"),
		                      .space = &site.model->spaces[0],
		                      .values = json,
		                      .state = STATE_DRAFT } };
	issues_init(&x.issues, &site.arena);
	assert_ok(store_write(site.store, write_draft, &x, &err), &err);
	return load(x.save.saved);
}

static void schedule(const struct actor *actor, struct record *record, int64_t at)
{
	struct err err = { 0 };
	struct asking x = { .actor = actor, .record = record, .at = at };
	assert_ok(store_write(site.store, write_schedule, &x, &err), &err);
}

static const char CARD[] = "{\"nom\":\"Plus tard\",\"genre\":\"asso\"}";

static void test_at_its_time(void **state)
{
	begin(state);
	struct scheduled found;
	struct record *record = draft(&site.contributor, CARD);
	int64_t at = clock_now() + HOUR;
	schedule(&site.contributor, record, at);
	clock_set(at - 1);
	work();
	assert_int_equal(load(record->id)->state, STATE_DRAFT);
	assert_true(is_scheduled(record, &found));
	assert_int_equal(found.at, at);
	clock_set(at);
	work();
	struct record *published = load(record->id);
	assert_int_equal(published->state, STATE_PUBLISHED);
	assert_int_equal(published->author, site.contributor.person);
	assert_false(is_scheduled(record, &found));
}

/* The job of the first time does nothing; that of the second does. */
static void test_another_time(void **state)
{
	begin(state);
	struct record *record = draft(&site.contributor, CARD);
	int64_t now = clock_now();
	schedule(&site.contributor, record, now + HOUR);
	schedule(&site.contributor, record, now + 3 * HOUR);
	clock_set(now + 2 * HOUR);
	work();
	assert_int_equal(load(record->id)->state, STATE_DRAFT);
	clock_set(now + 3 * HOUR);
	work();
	assert_int_equal(load(record->id)->state, STATE_PUBLISHED);
}

static void test_not_any_more(void **state)
{
	begin(state);
	struct err err = { 0 };
	struct scheduled found;
	struct record *record = draft(&site.contributor, CARD);
	int64_t at = clock_now() + HOUR;
	schedule(&site.contributor, record, at);
	struct asking x = { .record = record, .end = true };
	assert_ok(store_write(site.store, write_schedule, &x, &err), &err);
	clock_set(at + 1);
	work();
	assert_int_equal(load(record->id)->state, STATE_DRAFT);
	assert_false(is_scheduled(record, &found));
}

/* What lacks an answer stays, says so, and is not tried again. */
static void test_it_cannot_be(void **state)
{
	begin(state);
	struct scheduled found;
	struct record *record = draft(&site.contributor, "{\"genre\":\"asso\"}");
	int64_t at = clock_now() + HOUR;
	schedule(&site.contributor, record, at);
	clock_set(at);
	work();
	assert_int_equal(load(record->id)->state, STATE_DRAFT);
	assert_true(is_scheduled(record, &found));
	assert_true(found.failed);
}

static enum code write_follow(struct tx *tx, void *arg, struct err *err)
{
	const struct actor *actor = arg;
	const struct follow follow = { FOLLOW_FORM, site.card->num, "" };
	return follow_set(tx, actor->person, &follow, true, err);
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
	return n;
}

/* Who follows hears of it when it appears: neither when it is written nor when its time is chosen. */
static void test_told_when_it_appears(void **state)
{
	begin(state);
	struct err err = { 0 };
	assert_ok(store_write(site.store, write_follow, &site.other, &err), &err);
	assert_ok(store_write(site.store, write_follow, &site.contributor, &err), &err);
	struct record *record = draft(&site.contributor, CARD);
	int64_t at = clock_now() + HOUR;
	assert_int_equal(told(&site.other), 0);
	schedule(&site.contributor, record, at);
	clock_set(at - 1);
	assert_int_equal(told(&site.other), 0);
	clock_set(at);
	assert_int_equal(told(&site.other), 1);
	assert_int_equal(told(&site.contributor), 0); /* it is hers */
	clock_set(at + HOUR);
	assert_int_equal(told(&site.other), 1);
}

#define TEST(test)                                                               \
	{ #test " (SQLite)", test, test_sqlite_setup, teardown, NULL },          \
	{                                                                        \
#test " (PostgreSQL)", test, test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_at_its_time), TEST(test_another_time), TEST(test_not_any_more),
		                            TEST(test_it_cannot_be), TEST(test_told_when_it_appears) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

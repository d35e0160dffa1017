/* Answers to proposed dates: one each, the last word counts, full is full, gone with the record and the person. */
#include "core/date_poll.h"

#include "base/clock.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

/* Three dates, the second for one person. */
static struct date_poll three(void)
{
	json_t *value = json_keep(&site.arena,
	                          json_pack("{s:[{s:s},{s:s,s:i},{s:s}]}", "slots", "at", "2026-12-01", "at",
	                                    "2026-12-02T18:30/20:00", "places", 1, "at", "2026-12-03"));
	return date_poll_of(&site.arena, value);
}

struct answering {
	const struct record *record;
	struct date_poll poll;
	int64_t person;
	signed char answers[SLOTS_MAX];
	int full;
};

static enum code write_answer(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	return date_poll_answer(tx, x->record, &x->poll, x->person, x->answers, &x->full, err);
}

static int full;

static enum code answer(const struct actor *actor, struct id record, int first, int second, int third)
{
	struct err err = { 0 };
	struct answering x = { site_load(&site, &site.administrator, record),
		               three(),
		               actor->person,
		               { (signed char)first, (signed char)second, (signed char)third },
		               -1 };
	clock_set(clock_now() + 1000);
	enum code code = store_write(site.store, write_answer, &x, &err);
	full = x.full;
	return code;
}

static struct poll_result read_poll(struct id record, const struct date_poll *poll)
{
	struct db *db;
	struct err err = { 0 };
	struct poll_result result;
	int64_t num = site_load(&site, &site.administrator, record)->num;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(date_poll_read(db, &site.arena, num, poll, &result, &err), &err);
	store_read_end(site.store);
	return result;
}

static void test_answers(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"La réunion\"}");
	struct date_poll poll = three();
	assert_int_equal(answer(&site.member, id, ANSWER_YES, ANSWER_YES, ANSWER_NO), OK);
	assert_int_equal(answer(&site.other, id, ANSWER_YES, ANSWER_YES, ANSWER_NONE), E_LIMIT);
	assert_int_equal(full, 1);
	struct poll_result result = read_poll(id, &poll);
	assert_int_equal(result.n, 1); /* nothing of the refused answer was kept */
	assert_int_equal(answer(&site.other, id, ANSWER_YES, ANSWER_MAYBE, ANSWER_NONE), OK);
	/* Her own place stays hers; then she leaves it, and another takes it. */
	assert_int_equal(answer(&site.member, id, ANSWER_NO, ANSWER_YES, ANSWER_NO), OK);
	assert_int_equal(answer(&site.member, id, ANSWER_NO, ANSWER_NO, ANSWER_NO), OK);
	assert_int_equal(answer(&site.other, id, ANSWER_YES, ANSWER_YES, ANSWER_NONE), OK);
	result = read_poll(id, &poll);
	assert_int_equal(result.n, 2);
	assert_int_equal(result.counts[0][ANSWER_YES], 1);
	assert_int_equal(result.counts[0][ANSWER_NO], 1);
	assert_int_equal(result.counts[1][ANSWER_YES], 1);
	assert_int_equal(result.counts[2][ANSWER_YES] + result.counts[2][ANSWER_MAYBE], 0);
	/* A date that is no longer proposed: what was said of it waits, and counts again when it comes back. */
	struct date_poll two = poll;
	two.n = 2;
	assert_int_equal(read_poll(id, &two).counts[1][ANSWER_YES], 1);
	two.slots = poll.slots + 1;
	two.n = 1;
	assert_int_equal(read_poll(id, &two).counts[0][ANSWER_YES], 1);
}

struct withdrawing {
	int64_t record, person;
};

static enum code withdraw(struct tx *tx, void *arg, struct err *err)
{
	const struct withdrawing *w = arg;
	return date_poll_withdraw(tx, w->record, w->person, err);
}

static void test_withdrawn(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"La réunion\"}");
	struct date_poll poll = three();
	assert_int_equal(answer(&site.member, id, ANSWER_YES, ANSWER_NO, ANSWER_NO), OK);
	assert_int_equal(answer(&site.other, id, ANSWER_YES, ANSWER_NO, ANSWER_NO), OK);
	struct withdrawing w = { site_load(&site, &site.administrator, id)->num, site.member.person };
	assert_ok(store_write(site.store, withdraw, &w, &err), &err);
	struct poll_result result = read_poll(id, &poll);
	assert_int_equal(result.n, 1);
	assert_int_equal(result.people[0].person, site.other.person);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_answers),
		TEST(test_withdrawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

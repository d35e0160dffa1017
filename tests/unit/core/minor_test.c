/* Children: an account waits for a parent, what it tells about persons waits for a facilitator, nothing is kept longer. */
#include "core/minor.h"

#include "base/clock.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	return minor_begin(tx, *(int64_t *)arg, err);
}

static enum code wait(struct tx *tx, void *arg, struct err *err)
{
	return person_set_state(tx, *(int64_t *)arg, PERSON_WAITING, err);
}

static enum code agree(struct tx *tx, void *arg, struct err *err)
{
	return minor_agree(tx, *(int64_t *)arg, MINOR_AT_DESK, site.administrator.person, err);
}

static enum code end(struct tx *tx, void *arg, struct err *err)
{
	return minor_end(tx, *(int64_t *)arg, err);
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return minor_purge(tx, clock_now() - MINOR_WAIT_MS, err);
}

static void write(store_fn *fn, int64_t person)
{
	struct err err = { 0 };
	assert_ok(store_write(site.store, fn, &person, &err), &err);
}

static int waiting(void)
{
	struct db *db;
	struct err err = { 0 };
	struct person *all;
	int n;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(minor_waiting(db, &site.arena, 10, &all, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static bool is_minor(int64_t person, struct minor *ret)
{
	struct db *db;
	struct err err = { 0 };
	struct actor actor;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	enum code code = minor_find(db, person, ret, &err);
	enum code loaded = actor_load(db, &site.arena, person, &actor, &err);
	store_read_end(site.store);
	if (loaded == OK) assert_int_equal(actor.minor, code == OK);
	return code == OK;
}

static void test_agreement(void **state)
{
	struct minor minor;
	site_fixture_init(&site, test_store(state));
	int64_t her = site.member.person;
	assert_false(is_minor(her, &minor));
	write(begin, her);
	write(wait, her);
	assert_int_equal(waiting(), 1);
	assert_true(is_minor(her, &minor));
	assert_int_equal(minor.agreed, 0);
	clock_set(clock_now() + 1000);
	int64_t now = clock_now();
	write(agree, her);
	assert_true(is_minor(her, &minor));
	assert_int_equal(minor.agreed, now);
	assert_int_equal(minor.way, MINOR_AT_DESK);
	clock_set(clock_now() + 1000);
	write(agree, her); /* said once */
	assert_true(is_minor(her, &minor));
	assert_int_equal(minor.agreed, now);
	assert_int_equal(waiting(), 0);
	write(end, her);
	assert_false(is_minor(her, &minor));
}

static bool is_there(int64_t num)
{
	struct db *db;
	struct err err = { 0 };
	struct person person;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	enum code code = person_load(db, &site.arena, num, &person, &err);
	store_read_end(site.store);
	return code == OK;
}

/* Nobody agreed within a month: nothing is kept. Whoever may come in stays. */
static void test_purge(void **state)
{
	site_fixture_init(&site, test_store(state));
	int64_t waits = site.member.person, agreed = site.other.person;
	write(begin, waits);
	write(wait, waits);
	write(begin, agreed);
	write(agree, agreed);
	clock_set(clock_now() + MINOR_WAIT_MS);
	write(purge, 0);
	assert_true(is_there(waits));
	clock_set(clock_now() + 1);
	write(purge, 0);
	assert_false(is_there(waits));
	assert_true(is_there(agreed));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_agreement),
		TEST(test_purge),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Thanks: once each, never to oneself, taken back, gone with the record and with the person. */
#include "core/thanks.h"

#include "base/clock.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

struct thanking {
	const struct record *record;
	int64_t person;
	bool thanked;
};

static enum code write_thanks(struct tx *tx, void *arg, struct err *err)
{
	const struct thanking *t = arg;
	return thanks_set(tx, t->record, t->person, t->thanked, err);
}

static enum code thank(const struct actor *actor, struct id record, bool thanked)
{
	struct err err = { 0 };
	struct thanking t = { site_load(&site, &site.administrator, record), actor->person, thanked };
	clock_set(clock_now() + 1000);
	return store_write(site.store, write_thanks, &t, &err);
}

static struct thanks read_as(const struct actor *actor, struct id record)
{
	struct db *db;
	struct err err = { 0 };
	struct thanks thanks;
	int64_t num = site_load(&site, &site.administrator, record)->num;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(thanks_read(db, num, actor->person, &thanks, &err), &err);
	store_read_end(site.store);
	return thanks;
}

static void test_once_each(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}");
	assert_int_equal(thank(&site.contributor, id, true), E_FORBIDDEN);
	assert_int_equal(thank(&site.other, id, true), OK);
	assert_int_equal(thank(&site.other, id, true), OK);
	assert_int_equal(thank(&site.member, id, true), OK);
	assert_int_equal(read_as(&site.other, id).n, 2);
	assert_true(read_as(&site.other, id).hers);
	assert_false(read_as(&site.visitor, id).hers);
	assert_int_equal(thank(&site.other, id, false), OK);
	assert_int_equal(read_as(&site.other, id).n, 1);
	assert_false(read_as(&site.other, id).hers);
}

static void test_received(void **state)
{
	struct err err = { 0 };
	struct db *db;
	struct thanked *all;
	const char **names;
	int total, n;
	site_fixture_init(&site, test_store(state));
	struct id first = site_card(&site, &site.contributor, "{\"nom\":\"Un\"}"),
	          second = site_card(&site, &site.contributor, "{\"nom\":\"Deux\"}");
	struct id others = site_card(&site, &site.other, "{\"nom\":\"Trois\"}");
	assert_int_equal(thank(&site.other, first, true), OK);
	assert_int_equal(thank(&site.member, first, true), OK);
	assert_int_equal(thank(&site.other, second, true), OK);
	assert_int_equal(thank(&site.contributor, others, true), OK);
	int64_t num = site_load(&site, &site.visitor, second)->num, num1 = site_load(&site, &site.visitor, first)->num;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(thanks_received(db, &site.arena, site.contributor.person, 5, &total, &all, &n, &err), &err);
	assert_int_equal(total, 3);
	assert_int_equal(n, 2);
	assert_int_equal(all[0].record, num);
	assert_int_equal(all[1].n, 2);
	assert_ok(thanks_names(db, &site.arena, num1, 1, &names, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_string_equal(names[0], "Odile");
	store_read_end(site.store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_once_each),
		TEST(test_received),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

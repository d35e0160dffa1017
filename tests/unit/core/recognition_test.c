/* What was done in a year: counted once, by whom, as far as everybody reads it. */
#include "core/recognition.h"

#include <string.h>

#include "base/clock.h"
#include "support/site/site.h"

#define YEAR 1356998400000LL      /* 1 January 2013, 00:00 UTC */
#define NEXT_YEAR 1388534400000LL /* 1 January 2014 */

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static struct recognition read_year(const struct actor *actor, int64_t from, int64_t to)
{
	struct db *db;
	struct recognition all;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(recognition_read(db, &site.arena, site.model, actor, from, to, &all, &err), &err);
	store_read_end(site.store);
	return all;
}

static const struct recognised *of(const struct recognition *all, const struct actor *actor)
{
	for (int i = 0; i < all->n; i++)
		if (all->people[i].person == actor->person) return &all->people[i];
	return NULL;
}

struct naming {
	int64_t person;
	bool named, first;
	int year;
};

static enum code write_name(struct tx *tx, void *arg, struct err *err)
{
	const struct naming *x = arg;
	return recognition_name(tx, x->person, x->named, err);
}

static enum code write_thank(struct tx *tx, void *arg, struct err *err)
{
	struct naming *x = arg;
	return recognition_thank(tx, x->person, x->year, &x->first, err);
}

static void write(store_fn *fn, struct naming *x)
{
	struct err err = { 0 };
	assert_ok(store_write(site.store, fn, x, &err), &err);
}

static void test_counted(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id card = site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\",\"genre\":\"asso\"}");
	struct id trash = site_card(&site, &site.contributor, "{\"nom\":\"Jetée\",\"genre\":\"asso\"}");
	site_card(&site, &site.other, "{\"nom\":\"Le four\",\"genre\":\"asso\"}");
	site_change(&site, &site.other, card, "{\"histoire\":\"Une\"}");
	site_change(&site, &site.other, card, "{\"histoire\":\"Deux\"}");
	site_change(&site, &site.contributor, card, "{\"histoire\":\"La mienne\"}");
	assert_int_equal(site_set_state(&site, &site.facilitator, trash, STATE_TRASH), OK);
	struct save save = { .actor = &site.member,
		             .form = site.card,
		             .space = site.closed,
		             .values = site_json(&site, "{\"nom\":\"Secrète\",\"genre\":\"asso\"}"),
		             .state = STATE_PUBLISHED };
	struct err err = { 0 };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	struct recognition all = read_year(&site.visitor, YEAR, NEXT_YEAR);
	assert_int_equal(all.made, 2);
	assert_int_equal(all.months[10], 2); /* November: site.h */
	assert_int_equal(all.kinds[site.card - site.model->forms], 2);
	assert_int_equal(all.helped, 1);
	assert_int_equal(all.n, 2);
	assert_int_equal(all.named, 2);
	assert_string_equal(all.people[0].name, "Camille");
	assert_string_equal(all.people[1].name, "Odile");
	assert_int_equal(of(&all, &site.contributor)->made, 1);
	assert_int_equal(of(&all, &site.contributor)->helped, 0);
	assert_int_equal(of(&all, &site.other)->made, 1);
	assert_int_equal(of(&all, &site.other)->helped, 1);
	/* a member sees what her space did; another year is another */
	assert_int_equal(read_year(&site.member, YEAR, NEXT_YEAR).made, 3);
	all = read_year(&site.visitor, NEXT_YEAR, NEXT_YEAR + 366LL * 24 * 3600 * 1000);
	assert_int_equal(all.made + all.helped + all.n, 0);
}

static void test_unnamed(void **state)
{
	site_fixture_init(&site, test_store(state));
	site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\",\"genre\":\"asso\"}");
	struct naming x = { .person = site.contributor.person, .named = false };
	for (int i = 0; i < 2; i++) write(write_name, &x);
	struct recognition all = read_year(&site.visitor, YEAR, NEXT_YEAR);
	assert_int_equal(all.n, 1);
	assert_int_equal(all.named, 0);
	assert_null(all.people[0].name);
	assert_string_equal(all.people[0].email, "");
	x.named = true;
	write(write_name, &x);
	assert_int_equal(read_year(&site.visitor, YEAR, NEXT_YEAR).named, 1);
}

static void test_thanked_once(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct naming x = { .person = site.contributor.person, .year = 2013 };
	write(write_thank, &x);
	assert_true(x.first);
	write(write_thank, &x);
	assert_false(x.first);
	x.year = 2014;
	write(write_thank, &x);
	assert_true(x.first);
}

#define TEST(test)                                                               \
	{ #test " (SQLite)", test, test_sqlite_setup, teardown, NULL },          \
	{                                                                        \
#test " (PostgreSQL)", test, test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_counted), TEST(test_unnamed), TEST(test_thanked_once) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Records shown in further spaces, without widening who reads them; and printed copies, told to be wrong. */
#include <string.h>

#include "core/also_in.h"
#include "core/plan.h"
#include "core/printed.h"
#include "core/query.h"
#include "store/job.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

struct doing {
	int64_t record;
	const struct space *space;
	bool shown;
	struct printed printed;
	struct printed_record row;
};

static enum code do_show(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	return also_in_set(tx, d->record, d->space, d->shown, err);
}

static void show(int64_t record, const struct space *space, bool shown)
{
	struct err err = { 0 };
	struct doing d = { .record = record, .space = space, .shown = shown };
	assert_ok(store_write(site.store, do_show, &d, &err), &err);
}

/* Titles of the space's cards, with what it shows too; the total said by the facets' way of counting. */
static const char *in_space(const struct actor *actor, const struct space *space, const char *search)
{
	struct db *db;
	struct err err = { 0 };
	struct result result;
	struct buf out;
	const struct sort by_title = { .builtin = SORT_TITLE };
	const struct query query = { .form = site.card,
		                     .space = space,
		                     .also = true,
		                     .search = search,
		                     .sorts = &by_title,
		                     .nsorts = 1,
		                     .size = 10 };
	buf_init(&out, &site.arena, 0);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(query_run(db, &site.arena, site.model, actor, &query, &result, &err), &err);
	for (int i = 0; i < result.n; i++) {
		struct record *record;
		assert_ok(record_load_num(db, &site.arena, site.model, actor, result.nums[i], &record, &err), &err);
		buf_printf(&out, "%s%s", i ? ", " : "", record->title);
	}
	assert_int_equal(result.total, result.n);
	store_read_end(site.store);
	return buf_str(&out);
}

static void test_spaces(void **state)
{
	site_fixture_init(&site, test_store(state));
	int64_t open =
	        site_load(&site, &site.visitor, site_card(&site, &site.contributor, "{\"nom\":\"Le four\"}"))->num;
	site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}");
	assert_string_equal(in_space(&site.member, site.closed, NULL), "");
	show(open, site.closed, true);
	show(open, site.closed, true);
	assert_string_equal(in_space(&site.member, site.closed, NULL), "Le four");
	assert_string_equal(in_space(&site.member, site.closed, "four"), "Le four");
	assert_string_equal(in_space(&site.member, site.closed, "moulin"), "");
	assert_string_equal(in_space(&site.visitor, site.open, NULL), "Le four, Le moulin");
	/* The sets of the planner, as of a large site. */
	int few = plan_few;
	plan_few = 0;
	assert_string_equal(in_space(&site.member, site.closed, "four"), "Le four");
	assert_string_equal(in_space(&site.visitor, site.open, NULL), "Le four, Le moulin");
	plan_few = few;
	show(open, site.closed, false);
	assert_string_equal(in_space(&site.member, site.closed, NULL), "");
}

static void test_rights(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct record closed = { .form = site.card, .space = site.closed, .state = STATE_PUBLISHED };
	struct record open = { .form = site.card, .space = site.open, .state = STATE_PUBLISHED };
	assert_true(also_in_may(&site.member, &open, site.closed));
	assert_false(also_in_may(&site.contributor, &open, site.closed));
	assert_false(also_in_may(&site.member, &open, site.open));
	open.circle = 7;
	assert_false(also_in_may(&site.member, &open, site.closed));
	assert_true(also_in_may(&site.member, &closed, site.open));
	assert_false(also_in_may_end(&site.visitor, &closed, site.open));
}

/* ---- Printed copies ---- */

static enum code do_print(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return printed_add(tx, &d->printed, &d->row, 1, err);
}

static enum code do_wrong(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	return printed_set_wrong(tx, &d->row, true, err);
}

static enum code do_replace(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	return printed_replace(tx, d->printed.num, &d->row, 1, err);
}

static int wrong_for(const struct actor *actor, int *n)
{
	struct db *db;
	struct err err = { 0 };
	struct printed *all;
	int wrong = 0;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(printed_list(db, &site.arena, site.model, actor, &all, n, &err), &err);
	for (int i = 0; i < *n; i++) wrong += all[i].wrong;
	store_read_end(site.store);
	return wrong;
}

/* Those asked for. */
static int jobs(void)
{
	struct db *db;
	struct err err = { 0 };
	struct job_row *rows;
	int n;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(job_list(db, &site.arena, "printed", 10, &rows, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void test_printed(void **state)
{
	struct err err = { 0 };
	int n;
	site_fixture_init(&site, test_store(state));
	struct id oven = site_card(&site, &site.contributor, "{\"nom\":\"Le four\"}"),
	          mill = site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}");
	struct doing d = { .printed = { .person = site.member.person,
		                        .space = site.open->num,
		                        .choices = "path=%2Ffour",
		                        .title = "Le four",
		                        .place = "Gare",
		                        .copies = 3 } };
	d.row = (struct printed_record){ .record = site_load(&site, &site.visitor, oven)->num };
	assert_ok(store_write(site.store, do_print, &d, &err), &err);
	d.row.printed = d.printed.num;
	/* Only a save of what a copy shows asks for the job. */
	(void)site_change(&site, &site.contributor, mill, "{\"nom\":\"Le grand moulin\"}");
	assert_int_equal(jobs(), 0);
	(void)site_change(&site, &site.contributor, oven, "{\"nom\":\"Le grand four\"}");
	assert_int_equal(jobs(), 1);
	assert_int_equal(site_set_state(&site, &site.facilitator, oven, STATE_TRASH), OK);
	assert_int_equal(jobs(), 2);
	/* Hers, and of who looks after the space. */
	assert_int_equal(wrong_for(&site.member, &n), 0);
	assert_int_equal(n, 1);
	assert_ok(store_write(site.store, do_wrong, &d, &err), &err);
	assert_int_equal(wrong_for(&site.facilitator, &n), 1);
	assert_int_equal(wrong_for(&site.other, &n), 0);
	assert_int_equal(n, 0);
	assert_ok(store_write(site.store, do_replace, &d, &err), &err);
	assert_int_equal(wrong_for(&site.member, &n), 0);
	assert_int_equal(n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_spaces),
		TEST(test_rights),
		TEST(test_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

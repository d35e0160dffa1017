/* Calendars that are followed, as both engines keep them: added once, tried, failing, paused, gone, with what they brought. */
#include "features/calendar/calendar_source.h"

#include <string.h>

#include "base/clock.h"
#include "support/site/site.h"

#define HOUR (3600LL * 1000)

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

struct doing {
	struct calendar_source source;
	int64_t num, tried;
	const char *uid;
	bool with;
	const char **gone; /* results */
	int n;
};
typedef enum code deed(struct tx *tx, struct doing *d, struct err *err);

struct call {
	deed *what;
	struct doing *d;
};

static enum code run(struct tx *tx, void *arg, struct err *err)
{
	struct call *call = arg;
	return call->what(tx, call->d, err);
}

static enum code does(deed *what, struct doing *d)
{
	struct err err = { 0 };
	struct call call = { what, d };
	clock_set(clock_now() + 1000);
	return store_write(site.store, run, &call, &err);
}

static enum code add(struct tx *tx, struct doing *d, struct err *err)
{
	return source_add(tx, &site.arena, &d->source, &d->num, err);
}

static enum code tried(struct tx *tx, struct doing *d, struct err *err)
{
	return source_tried(tx, &site.arena, &d->source, err);
}

static enum code pauses(struct tx *tx, struct doing *d, struct err *err)
{
	return source_pause(tx, d->num, d->with, err);
}

static enum code removes(struct tx *tx, struct doing *d, struct err *err)
{
	return source_remove(tx, &site.arena, site.model, &site.facilitator, d->num, d->with, err);
}

/* As an import notes what it made (features/import). */
static enum code brings(struct tx *tx, struct doing *d, struct err *err)
{
	TRY(db_run(
	        tx_db(tx), err,
	        "INSERT INTO import_row (source, key, record, brought) VALUES ('fiche/agenda', $1, $2, '{}') ON CONFLICT (source, "
	        "key) DO NOTHING",
	        d->uid, d->source.form));
	return source_note(tx, d->num, d->uid, "fiche/agenda", d->tried, err);
}

static enum code gone(struct tx *tx, struct doing *d, struct err *err)
{
	return source_gone(tx, &site.arena, d->num, d->tried, &d->gone, &d->n, err);
}

static struct calendar_source new_source(const char *url)
{
	return (struct calendar_source){ .url = url,
		                         .title = "maison.example",
		                         .form = site.card->num,
		                         .space = site.open->num,
		                         .person = site.facilitator.person };
}

static int64_t follow(const char *url)
{
	struct doing d = { .source = new_source(url) };
	assert_int_equal(does(add, &d), OK);
	return d.num;
}

static struct calendar_source load(int64_t num)
{
	struct db *db;
	struct err err = { 0 };
	struct calendar_source source;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(source_load(db, &site.arena, num, &source, &err), &err);
	store_read_end(site.store);
	return source;
}

static int events(int64_t num)
{
	struct db *db;
	struct err err = { 0 };
	int n = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(source_events(db, num, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void note(int64_t num, const char *uid, int64_t record, int64_t when)
{
	struct doing d = { .num = num, .uid = uid, .tried = when, .source = { .form = record } };
	assert_int_equal(does(brings, &d), OK);
}

static void test_once(void **state)
{
	site_fixture_init(&site, test_store(state));
	int64_t num = follow("https://maison.example/a.ics");
	struct doing again = { .source = new_source("https://maison.example/a.ics") };
	assert_int_equal(does(add, &again), E_CONFLICT);
	struct calendar_source source = load(num);
	assert_string_equal(source.url, "https://maison.example/a.ics");
	assert_true(source.tried == 0 && source.done == 0 && source.said == NULL && !source.paused);
	for (int i = 1; i < SOURCE_MAX; i++) follow(arena_printf(&site.arena, "https://maison.example/%d.ics", i));
	struct doing beyond = { .source = new_source("https://maison.example/encore.ics") };
	assert_int_equal(does(add, &beyond), E_LIMIT);
}

/* Why it failed is a message and what it names, for each reader's language; after SOURCE_FAILURES it is paused. */
static void test_failing(void **state)
{
	struct err why;
	site_fixture_init(&site, test_store(state));
	struct doing d = { .num = follow("https://maison.example/a.ics") };
	d.source = load(d.num);
	(void)err_set(&why, E_IO, N_("“%s” does not answer (%d)."), "maison.example", 404);
	d.source.said = source_said(&site.arena, &why);
	d.source.tried = clock_now();
	d.source.failed = SOURCE_FAILURES - 1;
	assert_int_equal(does(tried, &d), OK);
	struct calendar_source source = load(d.num);
	assert_false(source.paused);
	const struct page page = { .arena = &site.arena, .lang = LANG_EN };
	assert_string_equal(source_failure(&page, &source), "“maison.example” does not answer (404).");
	d.source.failed++;
	assert_int_equal(does(tried, &d), OK);
	assert_true(load(d.num).paused);
	d.with = false;
	assert_int_equal(does(pauses, &d), OK);
	source = load(d.num);
	assert_true(!source.paused && source.failed == 0 && source.said == NULL);
	assert_null(source_failure(&page, &source));
}

/* What it no longer has and nobody else has; what both have stays with the other. */
static void test_gone(void **state)
{
	site_fixture_init(&site, test_store(state));
	int64_t first = follow("https://maison.example/a.ics"), second = follow("https://voisins.example/b.ics"),
	        now = clock_now();
	struct id ids[3];
	int64_t nums[3];
	for (int i = 0; i < 3; i++) {
		ids[i] = site_card(&site, &site.facilitator,
		                   arena_printf(&site.arena, "{\"nom\":\"Bal %d\",\"genre\":\"asso\"}", i));
		nums[i] = site_load(&site, &site.facilitator, ids[i])->num;
	}
	note(first, "a", nums[0], now);
	note(first, "b", nums[1], now);
	note(first, "c", nums[2], now);
	note(second, "b", nums[1], now);
	assert_int_equal(events(first), 2);
	assert_int_equal(events(second), 0);
	note(first, "a", nums[0], now + HOUR); /* the next try has only that one */
	struct doing d = { .num = first, .tried = now + HOUR };
	assert_int_equal(does(gone, &d), OK);
	assert_int_equal(d.n, 1);
	assert_string_equal(d.gone[0], "c");
	assert_int_equal(events(second), 1);
	/* Stopped with its events: those that it alone brings go to the trash. */
	struct doing stop = { .num = second, .with = true };
	assert_int_equal(does(removes, &stop), OK);
	assert_int_equal(site_load(&site, &site.facilitator, ids[1])->state, STATE_TRASH);
	assert_int_equal(site_load(&site, &site.facilitator, ids[0])->state, STATE_PUBLISHED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_once),
		TEST(test_failing),
		TEST(test_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

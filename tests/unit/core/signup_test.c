/* Sign-ups: the last place is given once, whoever waits moves up, what repeats has its own places each day; names go. */
#include "core/signup.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "core/moment.h"
#include "support/site/site.h"

#define DAY (24LL * 3600 * 1000)

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

/* Thursday 21 November 2013, 11:20 in Paris. */
static void begin(void **state)
{
	site_fixture_init(&site, test_store(state));
	site_fixture_form(&site,
	                  "{\"key\":\"fete\",\"version\":1,\"label\":\"Fête\",\"plural\":\"Fêtes\",\"add\":"
	                  "\"Annoncer\",\"title\":\"titre\",\"fields\":[{\"key\":\"titre\",\"type\":\"text\","
	                  "\"label\":\"Quoi\",\"required\":true},{\"key\":\"quand\",\"type\":\"schedule\",\"label\":"
	                  "\"Quand\"},{\"key\":\"inscription\",\"type\":\"signup\",\"label\":\"Inscription\"}]}");
}

static const struct record *announce(const char *values)
{
	struct err err = { 0 };
	struct issues issues;
	struct save save = { .actor = &site.contributor,
		             .form = model_form(site.model, "fete"),
		             .space = site.open,
		             .values = site_json(&site, values),
		             .state = STATE_PUBLISHED };
	assert_ok(site_save(&site, &save, &issues, &err), &err);
	return site_load(&site, &site.administrator, save.saved);
}

static struct signup_offer offer_of(const struct record *record)
{
	struct signup_offer offer;
	const struct field *field;
	assert_true(signup_find(record, &offer, &field));
	return offer;
}

/* ---- Signing up ---- */

struct doing {
	const struct record *record;
	struct signup_offer offer;
	struct signup_new new;
	struct signup signup;
	struct signup_moves moves;
	struct arena *a;
	int64_t num;
	int came;
};

static enum code do_add(struct tx *tx, void *arg, struct err *err)
{
	struct doing *x = arg;
	return signup_add(tx, x->a, &x->offer, &x->new, &x->moves, err);
}

static struct doing adding(const struct record *record, const char *day, int64_t person, const char *name, int adults,
                           int children)
{
	return (struct doing){ .record = record,
		               .offer = offer_of(record),
		               .a = &site.arena,
		               .new = { .record = record->num,
		                        .person = person,
		                        .day = day,
		                        .name = name,
		                        .email = "",
		                        .adults = adults,
		                        .children = children,
		                        .begins = clock_now() + 3 * DAY } };
}

static struct doing last;

static enum code add(const struct record *record, const char *day, int64_t person, const char *name, int adults,
                     int children)
{
	struct err err = { 0 };
	last = adding(record, day, person, name, adults, children);
	clock_set(clock_now() + 1000);
	return store_write(site.store, do_add, &last, &err);
}

static enum code do_cancel(struct tx *tx, void *arg, struct err *err)
{
	struct doing *x = arg;
	TRY(signup_load(tx_db(tx), x->a, x->num, &x->signup, err));
	return signup_cancel(tx, x->a, &x->offer, &x->signup, &x->moves, err);
}

static enum code cancel(const struct record *record, int64_t num)
{
	struct err err = { 0 };
	last = adding(record, "", 0, "", 1, 0);
	last.num = num;
	return store_write(site.store, do_cancel, &last, &err);
}

static struct signup_list read_list(const struct record *record, const char *day)
{
	struct db *db;
	struct err err = { 0 };
	struct signup_list list;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(signup_read(db, &site.arena, record->num, day, false, &list, &err), &err);
	store_read_end(site.store);
	return list;
}

static void test_places_and_waiting(void **state)
{
	begin(state);
	const struct record *fete = announce(
	        "{\"titre\":\"La soupe\",\"quand\":{\"from\":\"2013-12-01T18:00\"},"
	        "\"inscription\":{\"open\":true,\"places\":4,\"waiting\":true,\"companions\":3}}");
	assert_int_equal(add(fete, "", site.member.person, "", 2, 0), OK);
	int64_t member = last.new.num;
	assert_int_equal(last.new.state, SIGNUP_IN);
	assert_int_equal(add(fete, "", site.other.person, "", 1, 2), OK); /* three, where two are left: they wait */
	int64_t other = last.new.num;
	assert_int_equal(last.new.state, SIGNUP_WAITING);
	/* Whoever comes after and fits does not wait behind who does not. */
	assert_int_equal(add(fete, "", 0, "Denise", 1, 0), OK);
	assert_int_equal(last.new.state, SIGNUP_IN);
	struct signup_list list = read_list(fete, "");
	assert_int_equal(list.n, 3);
	assert_int_equal(list.taken, 3);
	assert_int_equal(list.waiting, 3);
	/* She has two places; three is too many for her, and she keeps hers. */
	assert_int_equal(add(fete, "", site.member.person, "", 4, 0), E_LIMIT);
	assert_int_equal(read_list(fete, "").taken, 3);
	assert_int_equal(add(fete, "", site.member.person, "", 1, 0), OK); /* fewer: one place more, not enough */
	assert_int_equal(last.moves.n, 0);
	assert_true(last.new.changed);
	assert_int_equal(last.new.num, member);
	assert_int_equal(cancel(fete, member), OK);
	assert_int_equal(last.moves.n, 1);
	assert_int_equal(last.moves.nums[0], other);
	list = read_list(fete, "");
	assert_int_equal(list.taken, 4);
	assert_int_equal(list.waiting, 0);
	assert_int_equal(cancel(fete, member), E_CONFLICT);
	/* Back again: at the end of the queue. */
	assert_int_equal(add(fete, "", site.member.person, "", 1, 0), OK);
	assert_int_equal(last.new.state, SIGNUP_WAITING);
	assert_int_equal(last.new.num, member);
}

static void test_full_without_waiting(void **state)
{
	begin(state);
	const struct record *fete = announce("{\"titre\":\"La soupe\",\"inscription\":{\"open\":true,\"places\":2}}");
	assert_int_equal(add(fete, "", site.member.person, "", 1, 0), OK);
	assert_int_equal(add(fete, "", site.other.person, "", 2, 0), E_LIMIT);
	assert_int_equal(add(fete, "", site.other.person, "", 1, 0), OK);
	assert_int_equal(add(fete, "", 0, "Denise", 1, 0), E_LIMIT);
	assert_int_equal(read_list(fete, "").n, 2);
	const struct record *open = announce("{\"titre\":\"Le bal\",\"inscription\":{\"open\":true}}");
	for (int i = 0; i < 30; i++) assert_int_equal(add(open, "", 0, "Quelqu’un", 5, 0), OK);
	assert_int_equal(read_list(open, "").taken, 150);
}

/* ---- At once ---- */

enum { AT_ONCE = 8 };

static void *sign(void *arg)
{
	struct doing *x = arg;
	struct err err = { 0 };
	struct arena a;
	arena_init(&a);
	x->a = &a;
	x->came = store_write(site.store, do_add, x, &err);
	arena_release(&a);
	return NULL;
}

/* Eight people at the same moment, three places: three have one, whatever the order; the others are refused, or wait. */
static void at_once(const struct record *fete, bool waits)
{
	pthread_t threads[AT_ONCE];
	struct doing x[AT_ONCE];
	int in = 0, refused = 0, waiting = 0;
	for (int i = 0; i < AT_ONCE; i++) {
		x[i] = adding(fete, "", 0, "Quelqu’un", 1, 0);
		assert_int_equal(pthread_create(&threads[i], NULL, sign, &x[i]), 0);
	}
	for (int i = 0; i < AT_ONCE; i++) {
		pthread_join(threads[i], NULL);
		in += x[i].came == OK && x[i].new.state == SIGNUP_IN;
		waiting += x[i].came == OK && x[i].new.state == SIGNUP_WAITING;
		refused += x[i].came == E_LIMIT;
	}
	assert_int_equal(in, 3);
	assert_int_equal(waits ? waiting : refused, AT_ONCE - 3);
	assert_int_equal(read_list(fete, "").taken, 3);
}

static void test_last_place_once(void **state)
{
	begin(state);
	at_once(announce("{\"titre\":\"Sans attente\",\"inscription\":{\"open\":true,\"places\":3}}"), false);
	at_once(announce("{\"titre\":\"Avec attente\",\"inscription\":{\"open\":true,\"places\":3,\"waiting\":true}}"),
	        true);
}

/* ---- What repeats ---- */

static void test_repeats(void **state)
{
	begin(state);
	const struct zone *zone = model_zone(site.model);
	struct signup_date *dates, date;
	/* Every Saturday from 23 November 2013 on; that of the 30th is on Sunday, that of the 7th is left out. */
	const struct record *fete = announce(
	        "{\"titre\":\"Le chantier\",\"quand\":{\"from\":\"2013-11-23T09:00\",\"to\":\"2013-11-23T12:00\",\"rule\":"
	        "\"FREQ=WEEKLY;BYDAY=SA\",\"except\":[\"2013-12-07\"],\"moved\":{\"2013-11-30\":{\"from\":"
	        "\"2013-12-01T10:00\"}}},\"inscription\":{\"open\":true,\"places\":1,\"before\":2}}");
	assert_true(signup_repeats(&site.arena, fete));
	assert_int_equal(signup_dates(&site.arena, fete, zone, clock_now(), 3, &dates), 3);
	assert_string_equal(dates[0].day, "2013-11-23");
	assert_string_equal(dates[1].day, "2013-11-30");
	assert_true(dates[1].moved);
	assert_int_equal(dates[1].span.from.date.day, 1);
	assert_string_equal(dates[2].day, "2013-12-14");
	/* 09:00 in Paris in winter is 08:00 UTC: 23 November 2013 08:00 UTC. */
	assert_int_equal(dates[0].begins, 1385193600000LL);
	assert_int_equal(add(fete, "2013-11-23", site.member.person, "", 1, 0), OK);
	assert_int_equal(add(fete, "2013-11-30", site.member.person, "", 1, 0), OK);
	assert_int_equal(add(fete, "2013-11-23", site.other.person, "", 1, 0), E_LIMIT);
	assert_false(signup_date(&site.arena, fete, zone, "2013-12-07", &date));
	assert_false(signup_date(&site.arena, fete, zone, "2013-11-24", &date));
	assert_false(signup_date(&site.arena, fete, zone, "", &date));
	assert_false(signup_date(&site.arena, fete, zone, "demain", &date));
	/* Two days before the first one: still on the 21st, not on the 22nd. */
	struct signup_offer offer = offer_of(fete);
	struct datetime now = zone_local(zone, clock_now()), later = now;
	later.date.day = 22;
	assert_int_equal(signup_time(&offer, &dates[0], &now), SIGNUP_OPEN);
	assert_int_equal(signup_time(&offer, &dates[0], &later), SIGNUP_LATE);
	assert_int_equal(signup_time(&offer, &dates[1], &later), SIGNUP_OPEN);
	offer.opens = "2013-11-23";
	assert_int_equal(signup_time(&offer, &dates[1], &later), SIGNUP_EARLY);
	offer.opens = NULL;
	offer.closes = "2013-11-21";
	assert_int_equal(signup_time(&offer, &dates[1], &now), SIGNUP_OPEN);
	assert_int_equal(signup_time(&offer, &dates[1], &later), SIGNUP_LATE);
}

/* ---- Who came, and what is kept ---- */

static enum code do_came(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *x = arg;
	return signup_note_came(tx, x->num, x->came, err);
}

static void came(int64_t num, int n)
{
	struct err err = { 0 };
	struct doing x = { .num = num, .came = n };
	assert_ok(store_write(site.store, do_came, &x, &err), &err);
}

static enum code do_forget(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return signup_forget(tx, model_form(site.model, "fete")->num, clock_now() - 60 * DAY, err);
}

static enum code do_forget_person(struct tx *tx, void *arg, struct err *err)
{
	return signup_forget_person(tx, *(const int64_t *)arg, err);
}

static void test_names_go_counts_stay(void **state)
{
	struct err err = { 0 };
	begin(state);
	const struct record *fete = announce(
	        "{\"titre\":\"La soupe\",\"inscription\":{\"open\":true,\"companions\":3,\"questions\":[{\"text\":\"Quoi ?\"}]}}");
	assert_int_equal(add(fete, "", site.member.person, "", 2, 1), OK);
	came(last.new.num, 2);
	assert_int_equal(add(fete, "", 0, "Denise", 1, 0), OK);
	came(last.new.num, 1);
	came(last.new.num, -1);
	assert_int_equal(read_list(fete, "").noted, 1);
	clock_set(clock_now() + 62 * DAY); /* 59 days after it began */
	assert_ok(store_write(site.store, do_forget, NULL, &err), &err);
	assert_string_equal(read_list(fete, "").rows[1].name, "Denise");
	clock_set(clock_now() + 2 * DAY);
	assert_ok(store_write(site.store, do_forget, NULL, &err), &err);
	struct signup_list list = read_list(fete, "");
	assert_int_equal(list.n, 2);
	assert_int_equal(list.taken, 4);
	assert_int_equal(list.came, 2);
	for (int i = 0; i < list.n; i++) {
		assert_string_equal(list.rows[i].name, "");
		assert_int_equal(list.rows[i].person, 0);
	}
}

/* A person who goes frees what is to come; what is over stays as a number. */
static void test_person_goes(void **state)
{
	struct err err = { 0 };
	begin(state);
	const struct record *fete = announce(
	        "{\"titre\":\"La soupe\",\"inscription\":{\"open\":true,\"places\":1,\"waiting\":true}}");
	const struct record *past = announce("{\"titre\":\"Le bal\",\"inscription\":{\"open\":true}}");
	assert_int_equal(add(past, "", site.member.person, "", 1, 0), OK);
	came(last.new.num, 1);
	clock_set(clock_now() + 10 * DAY);
	assert_int_equal(add(fete, "", site.member.person, "", 1, 0), OK);
	assert_int_equal(add(fete, "", site.other.person, "", 1, 0), OK);
	assert_ok(store_write(site.store, do_forget_person, &site.member.person, &err), &err);
	struct signup_list list = read_list(fete, "");
	assert_int_equal(list.n, 1);
	assert_int_equal(list.rows[0].person, site.other.person);
	assert_int_equal(read_list(past, "").came, 1);
	assert_int_equal(read_list(past, "").rows[0].person, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_places_and_waiting),   TEST(test_full_without_waiting),
		TEST(test_last_place_once),      TEST(test_repeats),
		TEST(test_names_go_counts_stay), TEST(test_person_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

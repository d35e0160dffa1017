/* What waits for a yes: made by saving, where the rules of the space say so; ended by publishing. */
#include "core/proposal.h"

#include <string.h>

#include "base/clock.h"
#include "core/person.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

/* The open space, where what contributors add waits. */
static void begin(void **state)
{
	site_fixture_init(&site, test_store(state));
	((struct space *)site.open)->publication = PUBLICATION_APPROVED;
}

static struct id propose(const struct actor *actor, const char *values, bool *waits)
{
	struct err err = { 0 };
	struct save save = { .actor = actor,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, values) };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	*waits = save.waits;
	return save.saved;
}

static int waiting(const struct actor *actor)
{
	struct db *db;
	struct err err = { 0 };
	struct record **records;
	int n = -1;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(proposal_list(db, &site.arena, site.model, actor, &records, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static struct id refused;

static enum code refuse(struct tx *tx, void *arg, struct err *err)
{
	return proposal_refuse(tx, refused, arg, err);
}

static struct proposal found(struct id record)
{
	struct db *db;
	struct err err = { 0 };
	struct proposal proposal;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(proposal_find(db, &site.arena, record, &proposal, &err), &err);
	store_read_end(site.store);
	return proposal;
}

static void test_waits_and_is_published(void **state)
{
	struct err err = { 0 };
	bool waits;
	begin(state);
	struct id id = propose(&site.contributor, "{\"nom\": \"Une\"}", &waits);
	assert_true(waits);
	assert_non_null(site_load(&site, &site.contributor, id)); /* hers */
	assert_null(site_load(&site, &site.other, id));
	assert_null(site_load(&site, &site.visitor, id));
	assert_int_equal(waiting(&site.facilitator), 1);
	assert_int_equal(waiting(&site.member), 0); /* looks after nothing */
	/* Publishing by herself changes nothing. */
	assert_ok(site_set_state(&site, &site.contributor, id, STATE_PUBLISHED), &err);
	assert_null(site_load(&site, &site.visitor, id));
	assert_ok(site_set_state(&site, &site.facilitator, id, STATE_PUBLISHED), &err);
	assert_non_null(site_load(&site, &site.visitor, id));
	assert_int_equal(waiting(&site.facilitator), 0);
	assert_int_equal(site_rebuild(&site), 0);
}

static void test_members_do_not_wait(void **state)
{
	bool waits;
	begin(state);
	struct id id = propose(&site.member, "{\"nom\": \"Une\"}", &waits);
	assert_false(waits);
	assert_non_null(site_load(&site, &site.visitor, id));
	assert_int_equal(waiting(&site.facilitator), 0);
}

static void test_refused_and_again(void **state)
{
	struct err err = { 0 };
	bool waits;
	begin(state);
	refused = propose(&site.contributor, "{\"nom\": \"Une\"}", &waits);
	assert_ok(store_write(site.store, refuse, (void *)"Pas ici.", &err), &err);
	assert_int_equal(waiting(&site.facilitator), 0);
	assert_string_equal(found(refused).reason, "Pas ici.");
	assert_true(found(refused).refused > 0);
	struct save save = site_change(&site, &site.contributor, refused, "{\"nom\": \"Une autre\"}");
	save.state = STATE_PUBLISHED;
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_int_equal(waiting(&site.facilitator), 1);
	assert_int_equal(found(refused).refused, 0);
	assert_string_equal(found(refused).reason, "");
}

/* People without an account. */

static enum code come(struct tx *tx, void *arg, struct err *err)
{
	return person_create(tx, &site.arena, "Denise", NULL, NULL, LEVEL_VISITOR, arg, err);
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	return person_purge_guests(tx, *(const int64_t *)arg, err);
}

static bool is_there(int64_t num)
{
	struct db *db;
	struct person person;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = person_load(db, &site.arena, num, &person, NULL);
	store_read_end(site.store);
	return code == OK;
}

/* Who left something stays its author; who left nothing is forgotten, but not while she may still be writing. */
static void test_guests_who_left_nothing(void **state)
{
	struct err err = { 0 };
	int64_t left = 0, gone = 0, before;
	bool waits;
	begin(state);
	((struct space *)site.open)->guests = GUESTS_APPROVED;
	assert_ok(store_write(site.store, come, &left, &err), &err);
	assert_ok(store_write(site.store, come, &gone, &err), &err);
	struct actor guest = { .person = left, .site = LEVEL_VISITOR, .name = "Denise" };
	(void)propose(&guest, "{\"nom\": \"Une\"}", &waits);
	assert_true(waits);
	before = SITE_START - 1;
	assert_ok(store_write(site.store, purge, &before, &err), &err);
	assert_true(is_there(gone));
	before = clock_now() + 1;
	assert_ok(store_write(site.store, purge, &before, &err), &err);
	assert_false(is_there(gone));
	assert_true(is_there(left));
	assert_true(is_there(site.contributor.person));
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_waits_and_is_published),
		BOTH(test_members_do_not_wait),
		BOTH(test_refused_and_again),
		BOTH(test_guests_who_left_nothing),
	};
	return cmocka_run_group_tests_name("proposal", tests, NULL, NULL);
}

/* Debates: one position a person, moves kept, first names of a group, closed after the last day; gone with page and account. */
#include "core/debate.h"

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

static struct id begin(void **state)
{
	struct err err = { 0 };
	struct issues issues;
	site_fixture_init(&site, test_store(state));
	site_fixture_form(
	        &site,
	        "{\"key\":\"debat\",\"version\":1,\"label\":\"Débat\",\"plural\":\"Débats\",\"add\":\"Ouvrir\","
	        "\"title\":\"question\",\"debate\":{\"end\":\"fin\"},\"fields\":[{\"key\":\"question\",\"type\":"
	        "\"text\",\"label\":\"Question\",\"required\":true},{\"key\":\"fin\",\"type\":\"date\",\"label\":"
	        "\"Jusqu’au\"}]}");
	struct save save = { .actor = &site.contributor,
		             .form = model_form(site.model, "debat"),
		             .space = site.open,
		             .values = site_json(&site, "{\"question\":\"Un banc ?\",\"fin\":\"2013-11-30\"}"),
		             .state = STATE_PUBLISHED };
	assert_ok(site_save(&site, &save, &issues, &err), &err);
	return save.saved;
}

static enum code do_set(struct tx *tx, void *arg, struct err *err)
{
	return position_set(tx, arg, err);
}

static enum code set(struct position_new *position)
{
	struct err err = { 0 };
	clock_set(clock_now() + 1000);
	return store_write(site.store, do_set, position, &err);
}

static struct debate debate_of(int64_t record)
{
	struct db *db;
	struct err err = { 0 };
	struct debate debate;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(debate_read(db, &site.arena, record, &debate, &err), &err);
	store_read_end(site.store);
	return debate;
}

static void test_moves(void **state)
{
	int64_t record = site_load(&site, &site.visitor, begin(state))->num;
	struct position_new one = { .record = record,
		                    .person = site.member.person,
		                    .name = "",
		                    .stance = STANCE_FOR,
		                    .reason = "On s’assoit." };
	assert_int_equal(set(&one), OK);
	assert_false(one.moved);
	one.reason = "On s’assoit, vraiment.";
	assert_int_equal(set(&one), OK); /* other words, the same position */
	assert_false(one.moved);
	one.stance = STANCE_UNSURE;
	assert_int_equal(set(&one), OK);
	assert_true(one.moved);
	one.stance = STANCE_AGAINST;
	assert_int_equal(set(&one), OK);
	struct debate debate = debate_of(record);
	assert_int_equal(debate.n, 1);
	assert_int_equal(debate.counts[STANCE_AGAINST], 1);
	assert_int_equal(debate.counts[STANCE_FOR] + debate.counts[STANCE_UNSURE], 0);
	assert_int_equal(debate.positions[0].nbefore, 2);
	assert_int_equal(debate.positions[0].before[0], STANCE_FOR);
	assert_int_equal(debate.positions[0].before[1], STANCE_UNSURE);
	assert_string_equal(debate.positions[0].reason, "On s’assoit, vraiment.");
}

static enum code do_accept(struct tx *tx, void *arg, struct err *err)
{
	const struct position_new *position = arg;
	return position_accept(tx, position->record, position->saved, err);
}

static enum code do_leave(struct tx *tx, void *arg, struct err *err)
{
	return person_delete(tx, *(const int64_t *)arg, err);
}

/* First names are several of the same; what waits is not counted; an account that goes takes its own. */
static void test_group(void **state)
{
	struct err err = { 0 };
	int64_t record = site_load(&site, &site.visitor, begin(state))->num;
	struct position_new lea = { .record = record,
		                    .entered_by = site.facilitator.person,
		                    .name = "Léa",
		                    .stance = STANCE_FOR,
		                    .reason = "" };
	assert_int_equal(set(&lea), OK);
	struct position_new other = lea;
	assert_int_equal(set(&other), OK);
	assert_true(lea.saved != other.saved);
	lea.num = lea.saved;
	lea.stance = STANCE_QUESTION;
	assert_int_equal(set(&lea), OK);
	struct debate debate = debate_of(record);
	assert_int_equal(debate.n, 2);
	assert_int_equal(debate.counts[STANCE_FOR], 1);
	assert_int_equal(debate.counts[STANCE_QUESTION], 1);
	/* A person's is nobody else's to write over by its number. */
	struct position_new hers = { .record = record,
		                     .person = site.other.person,
		                     .name = "",
		                     .stance = STANCE_AGAINST,
		                     .reason = "Non",
		                     .waits = true };
	assert_int_equal(set(&hers), OK);
	lea.num = hers.saved;
	assert_int_equal(set(&lea), E_NOT_FOUND);
	debate = debate_of(record);
	assert_int_equal(debate.waiting, 1);
	assert_int_equal(debate.total, 2);
	assert_ok(store_write(site.store, do_accept, &hers, &err), &err);
	assert_int_equal(debate_of(record).counts[STANCE_AGAINST], 1);
	int64_t person = site.other.person;
	assert_ok(store_write(site.store, do_leave, &person, &err), &err);
	assert_int_equal(debate_of(record).n, 2);
	person = site.facilitator.person; /* whom she entered stays */
	assert_ok(store_write(site.store, do_leave, &person, &err), &err);
	assert_int_equal(debate_of(record).n, 2);
}

static void test_closed(void **state)
{
	const struct record *debate = site_load(&site, &site.visitor, begin(state));
	struct date last = { 2013, 11, 30 };
	assert_true(form_debates(debate->form));
	assert_true(debate_is_open(debate, last));
	assert_false(debate_is_open(debate, date_add_days(last, 1)));
	assert_false(form_debates(site.card));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_moves),
		TEST(test_group),
		TEST(test_closed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Shareable versions: agreed to by all before anything is there, without the rest, taken back for good. */
#include "core/shareable.h"

#include <string.h>

#include "support/site/site.h"

static struct site_fixture site;

struct work {
	struct shareable s;
	struct save save;
	struct issues issues;
	const struct actor *actor;
	struct consent answer;
	struct id copy;
	bool all;
};

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static enum code save(struct tx *tx, void *arg, struct err *err)
{
	struct work *w = arg;
	struct record *record;
	TRY(record_load_num(tx_db(tx), &site.arena, site.model, &actor_program, w->s.record, &record, err));
	TRY(shareable_concerned(tx_db(tx), &site.arena, record, w->s.values, w->s.person, w->s.consents,
	                        SHAREABLE_PEOPLE, &w->s.n, err));
	return shareable_save(tx, &site.arena, site.model, &w->s, err);
}

static enum code again(struct tx *tx, struct work *w, struct err *err)
{
	return shareable_of(tx_db(tx), &site.arena, w->s.record, &w->s, err);
}

static enum code ask(struct tx *tx, void *arg, struct err *err)
{
	struct work *w = arg;
	TRY(shareable_ask(tx, &w->s, err));
	return again(tx, w, err);
}

static enum code answer(struct tx *tx, void *arg, struct err *err)
{
	struct work *w = arg;
	TRY(shareable_answer(tx, &w->s, &w->answer, err));
	return again(tx, w, err);
}

static enum code publish(struct tx *tx, void *arg, struct err *err)
{
	struct work *w = arg;
	return shareable_publish(tx, &site.arena, site.model, w->actor, &w->s, &w->save, &w->issues, err);
}

static enum code withdraw(struct tx *tx, void *arg, struct err *err)
{
	struct work *w = arg;
	return shareable_withdraw(tx, &site.arena, site.model, &w->s, err);
}

static enum code forget(struct tx *tx, void *arg, struct err *err)
{
	struct work *w = arg;
	return shareable_forget(tx, &site.arena, site.model, site.other.person, w->all, err);
}

static enum code run(store_fn *fn, struct work *w)
{
	struct err err = { 0 };
	issues_init(&w->issues, &site.arena);
	return store_write(site.store, fn, w, &err);
}

static void begin(void **state, struct work *w)
{
	site_fixture_init(&site, test_store(state));
	issues_init(&w->issues, &site.arena);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\",\"genre\":\"asso\"}");
	struct save change = site_change(&site, &site.other, id, "{\"nom\":\"Le vieux moulin\"}");
	struct err err = { 0 };
	assert_ok(site_save(&site, &change, &w->issues, &err), &err);
	const struct record *record = site_load(&site, &site.contributor, id);
	w->actor = &site.contributor;
	w->s.record = record->num;
	w->s.space = site.open->num;
	w->s.person = site.contributor.person;
	w->s.values = site_json(&site, "{\"nom\":\"Un moulin\",\"genre\":\"asso\"}");
	assert_int_equal(run(save, w), OK);
}

static void agree(struct work *w)
{
	assert_int_equal(run(ask, w), OK);
	w->answer = w->s.consents[0];
	w->answer.answer = CONSENT_AGREES;
	assert_int_equal(run(answer, w), OK);
}

static void test_life(void **state)
{
	struct work w = { 0 };
	begin(state, &w);
	assert_int_equal(w.s.n, 1); /* who prepares it asks herself nothing */
	assert_int_equal(w.s.consents[0].person, site.other.person);
	assert_int_equal(run(publish, &w), E_CONFLICT);
	agree(&w);
	assert_int_equal(run(save, &w), OK); /* another text: asked again */
	assert_int_equal(run(publish, &w), E_CONFLICT);
	agree(&w);
	assert_int_equal(run(publish, &w), OK);
	w.copy = w.save.saved;
	assert_string_equal(site_values(&site, &site.visitor, w.copy), "{\"genre\":\"asso\",\"nom\":\"Un moulin\"}");
	assert_int_equal(run(save, &w), E_CONFLICT);
	assert_int_equal(run(withdraw, &w), OK);
	assert_null(site_load(&site, &site.visitor, w.copy));
	assert_int_equal(site_set_state(&site, &site.administrator, w.copy, STATE_PUBLISHED), E_FORBIDDEN);
	assert_int_equal(site_set_state(&site, &site.contributor, w.copy, STATE_PUBLISHED), E_FORBIDDEN);
	assert_int_equal(run(save, &w), OK); /* another one: what was hidden goes for good */
	assert_null(site_load(&site, &site.administrator, w.copy));
}

static void test_erased(void **state)
{
	struct work w = { 0 };
	begin(state, &w);
	assert_int_equal(run(forget, &w), OK); /* not published: it goes, lest the others' yes be enough */
	assert_int_equal(run(publish, &w), E_NOT_FOUND);
	assert_int_equal(run(save, &w), OK);
	agree(&w);
	assert_int_equal(run(publish, &w), OK);
	w.copy = w.save.saved;
	assert_int_equal(run(forget, &w), OK); /* her name alone: what she agreed to stays */
	assert_non_null(site_load(&site, &site.visitor, w.copy));
	w.all = true;
	assert_int_equal(run(forget, &w), OK);
	assert_null(site_load(&site, &site.administrator, w.copy));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_life),
		TEST(test_erased),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

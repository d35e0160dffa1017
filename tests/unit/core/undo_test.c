/* Taking a save back, on one record or on the many of a batch. */
#include <string.h>

#include "base/clock.h"
#include "core/history.h"
#include "support/site/site.h"

static struct site_fixture site;

#define SITE(state) site_fixture_init(&site, test_store(state))

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

struct undoing {
	const struct actor *actor;
	struct id save;
	struct undo undo;
};

static enum code undo(struct tx *tx, void *arg, struct err *err)
{
	struct undoing *u = arg;
	return history_undo(tx, &site.arena, site.model, u->actor, u->save, &u->undo, err);
}

static enum code try_undo(struct undoing *u)
{
	struct err err = { 0 };
	clock_set(clock_now() + 1000);
	return store_write(site.store, undo, u, &err);
}

static void change(const struct actor *actor, struct id id, struct id batch, const char *values)
{
	struct err err = { 0 };
	struct save save = { .actor = actor,
		             .record = id,
		             .state = STATE_PUBLISHED,
		             .batch = batch,
		             .values = site_json(&site, values) };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
}

static const char *seen(struct id id)
{
	return site_values(&site, &site.facilitator, id);
}

/* All fields of all parts come back; what somebody changed since stays; the undoing can be undone. */
static void test_batch(void **state)
{
	SITE(state);
	struct id ids[3], batch = id_new();
	for (int i = 0; i < 3; i++)
		ids[i] = site_card(&site, &site.facilitator, "{\"nom\":\"A\",\"prix\":\"1\",\"tel\":\"0247000000\"}");
	for (int i = 0; i < 3; i++)
		change(&site.facilitator, ids[i], batch, "{\"prix\":\"2\",\"tel\":null,\"note\":\"vu\"}");
	change(&site.contributor, ids[2], id_new(), "{\"prix\":\"3\"}");
	struct undoing u = { .actor = &site.facilitator, .save = batch };
	assert_int_equal(try_undo(&u), OK);
	assert_int_equal(u.undo.done, 2);
	assert_int_equal(u.undo.left, 1);
	const char *before = "{\"nom\":\"A\",\"prix\":\"1\",\"tel\":\"0247000000\"}";
	assert_string_equal(seen(ids[0]), before);
	assert_string_equal(seen(ids[1]), before);
	assert_string_equal(seen(ids[2]), "{\"nom\":\"A\",\"prix\":\"3\",\"tel\":\"0247000000\"}");
	struct undoing again = { .actor = &site.facilitator, .save = u.undo.save };
	assert_int_equal(try_undo(&again), OK);
	assert_string_equal(seen(ids[0]), "{\"nom\":\"A\",\"note\":\"vu\",\"prix\":\"2\"}");
	assert_int_equal(site_rebuild(&site), 0);
}

/* Only who did it, or who looks after the space. */
static void test_rights(void **state)
{
	SITE(state);
	struct id batch = id_new(), id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"prix\":\"1\"}");
	change(&site.contributor, id, batch, "{\"prix\":\"2\"}");
	struct undoing u = { .actor = &site.other, .save = batch };
	assert_int_equal(try_undo(&u), E_NOT_FOUND);
	assert_string_equal(seen(id), "{\"nom\":\"A\",\"prix\":\"2\"}");
	u.actor = &site.facilitator;
	assert_int_equal(try_undo(&u), OK);
	assert_string_equal(seen(id), "{\"nom\":\"A\",\"prix\":\"1\"}");
	u.save = id_new();
	assert_int_equal(try_undo(&u), E_NOT_FOUND);
}

struct stating {
	struct id id, batch;
	enum record_state state;
};

static enum code set_state(struct tx *tx, void *arg, struct err *err)
{
	struct stating *s = arg;
	return record_set_state(tx, &site.arena, site.model, &site.facilitator, s->id, s->state, s->batch, err);
}

static void test_states(void **state)
{
	SITE(state);
	struct err err = { 0 };
	static const enum record_state states[] = { STATE_ARCHIVED, STATE_TRASH };
	for (size_t i = 0; i < COUNT(states); i++) {
		struct stating s = { site_card(&site, &site.facilitator, "{\"nom\":\"A\",\"note\":\"n\"}"), id_new(),
			             states[i] };
		clock_set(clock_now() + 1000);
		assert_ok(store_write(site.store, set_state, &s, &err), &err);
		assert_int_equal(site_load(&site, &site.facilitator, s.id)->state, states[i]);
		struct undoing u = { .actor = &site.facilitator, .save = s.batch };
		assert_int_equal(try_undo(&u), OK);
		assert_int_equal(u.undo.done, 1);
		assert_int_equal(site_load(&site, &site.facilitator, s.id)->state, STATE_PUBLISHED);
	}
	assert_int_equal(site_rebuild(&site), 0);
}

static struct id word(const char *text)
{
	struct err err = { 0 };
	struct save save = { .actor = &site.administrator,
		             .form = site.term,
		             .space = site.closed,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, text) };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	return save.saved;
}

/* One undoing takes back the name and all the links that followed it, as they were typed where the person may
 * write, by the former title elsewhere; what somebody wrote since stays. */
static void test_renaming(void **state)
{
	SITE(state);
	struct err err = { 0 };
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"Jardin\"}");
	struct id hers = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"histoire\":\"[[jardin ]] [[JARDIN]]\"}");
	struct id since = site_card(&site, &site.contributor, "{\"nom\":\"B\",\"histoire\":\"[[Jardin]]\"}");
	struct id theirs = word("{\"mot\":\"m\",\"sens\":\"[[Jardin]]\"}");
	struct save save = { .actor = &site.contributor,
		             .record = id,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, "{\"nom\":\"Potager\"}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_string_equal(site_values(&site, &site.administrator, theirs),
	                    "{\"mot\":\"m\",\"sens\":\"[[Potager]]\"}");
	change(&site.other, since, id_new(), "{\"histoire\":\"Plus rien\"}");
	struct undoing u = { .actor = &site.contributor, .save = save.batch };
	assert_int_equal(try_undo(&u), OK);
	assert_int_equal(u.undo.done, 3);
	assert_int_equal(u.undo.left, 1);
	assert_string_equal(seen(id), "{\"nom\":\"Jardin\"}");
	assert_string_equal(seen(hers), "{\"histoire\":\"[[jardin ]] [[JARDIN]]\",\"nom\":\"A\"}");
	assert_string_equal(seen(since), "{\"histoire\":\"Plus rien\",\"nom\":\"B\"}");
	assert_string_equal(site_values(&site, &site.administrator, theirs), "{\"mot\":\"m\",\"sens\":\"[[Jardin]]\"}");
	assert_int_equal(site_rebuild(&site), 0);
}

/* ---- All that somebody did ---- */

static struct spree hour(const struct actor *actor)
{
	return (struct spree){ actor->id, clock_now() - 3600 * 1000 };
}

struct spree_undoing {
	const struct actor *actor;
	struct spree spree;
	struct undo undo;
};

static enum code undo_spree(struct tx *tx, void *arg, struct err *err)
{
	struct spree_undoing *u = arg;
	return history_spree_undo(tx, &site.arena, site.model, u->actor, &u->spree, &u->undo, err);
}

static enum code try_spree(struct spree_undoing *u)
{
	struct err err = { 0 };
	clock_set(clock_now() + 1000);
	return store_write(site.store, undo_spree, u, &err);
}

static int listed(const struct actor *actor, const struct spree *spree, struct spree_item **items)
{
	struct db *db;
	struct err err = { 0 };
	int n = -1;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(history_spree_list(db, &site.arena, site.model, actor, spree, items, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

/* What was there before the hour stays as she left it; of what came since, all goes but what others wrote. */
static void test_spree(void **state)
{
	SITE(state);
	struct spree_item *items;
	struct id old = site_card(&site, &site.other, "{\"nom\":\"Ancienne\",\"prix\":\"1\"}");
	change(&site.contributor, old, id_new(), "{\"prix\":\"2\"}");
	clock_set(clock_now() + 2 * 3600 * 1000);
	struct id twice = site_card(&site, &site.other, "{\"nom\":\"Deux fois\",\"prix\":\"1\",\"histoire\":\"n\"}");
	change(&site.contributor, twice, id_new(), "{\"prix\":\"8\",\"histoire\":null}");
	change(&site.contributor, twice, id_new(), "{\"prix\":\"9\"}");
	change(&site.contributor, old, id_new(), "{\"nom\":\"Abîmée\"}");
	struct id mended = site_card(&site, &site.other, "{\"nom\":\"Réparée\",\"prix\":\"1\"}");
	change(&site.contributor, mended, id_new(), "{\"prix\":\"5\"}");
	change(&site.other, mended, id_new(), "{\"prix\":\"6\"}");
	struct id made = site_card(&site, &site.contributor, "{\"nom\":\"Publicité\"}");
	struct id shared = site_card(&site, &site.contributor, "{\"nom\":\"Reprise\"}");
	change(&site.other, shared, id_new(), "{\"prix\":\"4\"}");
	struct spree_undoing u = { .actor = &site.facilitator, .spree = hour(&site.contributor) };
	assert_int_equal(listed(&site.facilitator, &u.spree, &items), 5);
	for (int i = 0; i < 5; i++) {
		bool left = id_equal(items[i].record->id, mended) || id_equal(items[i].record->id, shared);
		assert_int_equal(items[i].left, left);
		assert_int_equal(items[i].made,
		                 id_equal(items[i].record->id, made) || id_equal(items[i].record->id, shared));
	}
	assert_int_equal(try_spree(&u), OK);
	assert_int_equal(u.undo.done, 3);
	assert_int_equal(u.undo.left, 2);
	assert_string_equal(seen(old), "{\"nom\":\"Ancienne\",\"prix\":\"2\"}");
	assert_string_equal(seen(twice), "{\"histoire\":\"n\",\"nom\":\"Deux fois\",\"prix\":\"1\"}");
	assert_string_equal(seen(mended), "{\"nom\":\"Réparée\",\"prix\":\"6\"}");
	assert_int_equal(site_load(&site, &site.facilitator, made)->state, STATE_TRASH);
	assert_int_equal(site_load(&site, &site.facilitator, shared)->state, STATE_PUBLISHED);
	assert_int_equal(listed(&site.facilitator, &u.spree, &items), 2);
	/* In one go, all of it again. */
	struct undoing again = { .actor = &site.facilitator, .save = u.undo.save };
	assert_int_equal(try_undo(&again), OK);
	assert_string_equal(seen(twice), "{\"nom\":\"Deux fois\",\"prix\":\"9\"}");
	assert_int_equal(site_load(&site, &site.facilitator, made)->state, STATE_PUBLISHED);
	assert_int_equal(site_rebuild(&site), 0);
}

/* Who looks after no space where she wrote undoes nothing; another space than one's own is left alone. */
static void test_spree_rights(void **state)
{
	SITE(state);
	struct spree_item *items;
	struct id made = site_card(&site, &site.member, "{\"nom\":\"A\"}");
	struct spree_undoing u = { .spree = hour(&site.member) };
	const struct actor *const none[] = { &site.visitor, &site.contributor, &site.member };
	for (size_t i = 0; i < COUNT(none); i++) {
		u.actor = none[i];
		assert_int_equal(listed(none[i], &u.spree, &items), 0);
		assert_int_equal(try_spree(&u), E_NOT_FOUND);
	}
	struct actor_space quarter = { site.open->num, LEVEL_FACILITATOR };
	struct actor host = site.other;
	host.spaces = &quarter;
	host.nspaces = 1;
	struct err err = { 0 };
	struct save inside = { .actor = &site.member,
		               .form = site.term,
		               .space = site.closed,
		               .state = STATE_PUBLISHED,
		               .values = site_json(&site, "{\"mot\":\"m\"}") };
	assert_ok(site_save(&site, &inside, NULL, &err), &err);
	u.actor = &host;
	assert_int_equal(listed(&host, &u.spree, &items), 1);
	assert_int_equal(try_spree(&u), OK);
	assert_int_equal(site_load(&site, &site.administrator, made)->state, STATE_TRASH);
	assert_int_equal(site_load(&site, &site.administrator, inside.saved)->state, STATE_PUBLISHED);
}

#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_batch),    BOTH(test_rights), BOTH(test_states),
		                            BOTH(test_renaming), BOTH(test_spree),  BOTH(test_spree_rights) };
	return cmocka_run_group_tests_name("undo", tests, NULL, NULL);
}

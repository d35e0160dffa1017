/* Drafts, archives, moving to another space, the end. */
#include <string.h>

#include "base/clock.h"
#include "core/record.h"
#include "support/site/site.h"

static struct site_fixture site;

#define SITE(state) site_fixture_init(&site, test_store(state))

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

#define number(text, ...) number_values("" text, VALUES(__VA_ARGS__))
static int64_t number_values(const char *text, const struct value *values, int n)
{
	struct db *db;
	struct err err = { 0 };
	int64_t found = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int_values(db, &found, -1, &err, text, values, n), &err);
	store_read_end(site.store);
	return found;
}

static struct id draft(const struct actor *actor, const char *values)
{
	struct err err = { 0 };
	struct save save = { .actor = actor,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_DRAFT,
		             .values = site_json(&site, values) };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	return save.saved;
}

static struct save change(const struct actor *actor, struct id id, enum record_state state, const char *values)
{
	return (struct save){ .actor = actor, .record = id, .state = state, .values = site_json(&site, values) };
}

/* Nothing of a draft is a revision; it may lack what is needed; its publication is its first revision. */
static void test_draft_then_published(void **state)
{
	SITE(state);
	struct err err = { 0 };
	struct issues issues;
	struct id id = draft(&site.contributor, "{\"nom\":\"Atelier\",\"ouvert\":true,\"prix\":\"3\"}");
	assert_int_equal(number("SELECT COUNT(*) FROM obj"), 0);
	struct save save = change(&site.contributor, id, STATE_DRAFT, "{\"prix\":\"4\",\"ouvert\":null}");
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_int_equal(number("SELECT COUNT(*) FROM obj"), 0);
	assert_string_equal(site_values(&site, &site.contributor, id), "{\"nom\":\"Atelier\",\"prix\":\"4\"}");
	assert_string_equal(site_values(&site, &site.visitor, id), "");
	assert_int_equal(number("SELECT COUNT(*) FROM search_doc"), 0);

	/* "horaires" is needed where "ouvert" is yes */
	save = change(&site.contributor, id, STATE_PUBLISHED, "{\"ouvert\":true}");
	assert_int_equal(site_save(&site, &save, &issues, &err), E_INPUT);
	assert_non_null(issues_of(&issues, "horaires"));
	assert_string_equal(site_values(&site, &site.visitor, id), "");

	save = change(&site.contributor, id, STATE_PUBLISHED, "{\"nom\":\"Atelier vélo\"}");
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_string_equal(site_values(&site, &site.visitor, id), "{\"nom\":\"Atelier vélo\",\"prix\":\"4\"}");
	assert_string_equal(site_load(&site, &site.visitor, id)->slug, "atelier-velo");
	assert_int_equal(number("SELECT COUNT(*) FROM obj"), 1);
	assert_int_equal(number("SELECT COUNT(*) FROM record_slug"), 0);
	assert_int_equal(site_rebuild(&site), 0);
}

/* A correction of an archived record leaves it archived; taking it out brings it back to lists. */
static void test_archived_and_corrected(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator,
	                         "{\"nom\":\"A\",\"genre\":\"asso\",\"tel\":\"02 47 00 00 00\"}");
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_ARCHIVED), OK);
	site_change(&site, &site.contributor, id, "{\"nom\":\"B\"}");
	assert_int_equal(site_load(&site, &site.visitor, id)->state, STATE_ARCHIVED);
	assert_int_equal(number("SELECT COUNT(*) FROM field_value"), 0);
	assert_int_equal(site_rebuild(&site), 0);
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_PUBLISHED), OK);
	assert_true(number("SELECT COUNT(*) FROM field_value") > 0);
	assert_int_equal(site_rebuild(&site), 0);
}

/* ---- Moving ---- */

struct moving {
	const struct actor *actor;
	struct id id, became;
	const struct space *to;
};

static enum code move(struct tx *tx, void *arg, struct err *err)
{
	struct moving *m = arg;
	struct issues issues;
	struct save save;
	issues_init(&issues, &site.arena);
	TRY(record_move(tx, &site.arena, site.model, m->actor, m->id, m->to, &save, &issues, err));
	m->became = save.saved;
	return OK;
}

static enum code try_move(struct moving *m)
{
	struct err err = { 0 };
	clock_set(clock_now() + 1000);
	return store_write(site.store, move, m, &err);
}

static const struct record *by_address(const struct actor *actor, const struct space *space, const char *slug)
{
	struct db *db;
	struct err err = { 0 };
	struct record *record = NULL;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	enum code code = record_load_slug(db, &site.arena, site.model, actor, space, slug, &record, &err);
	store_read_end(site.store);
	if (code != E_NOT_FOUND) assert_ok(code, &err);
	return record;
}

static void test_moved(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.administrator,
	                         "{\"nom\":\"Bilan\",\"note\":\"à revoir\",\"prix\":\"2\"}");
	struct moving m = { &site.administrator, id, { { 0 } }, site.closed };
	assert_int_equal(try_move(&m), OK);
	assert_false(id_equal(m.became, id));
	/* Both ids and the old address lead to it, for those who may read the other space. */
	assert_true(id_equal(site_load(&site, &site.administrator, id)->id, m.became));
	assert_true(id_equal(by_address(&site.administrator, site.open, "bilan")->id, m.became));
	assert_ptr_equal(site_load(&site, &site.administrator, id)->space, site.closed);
	assert_string_equal(site_values(&site, &site.administrator, id),
	                    "{\"nom\":\"Bilan\",\"note\":\"à revoir\",\"prix\":\"2\"}");
	assert_null(site_load(&site, &site.visitor, id));
	assert_null(by_address(&site.visitor, site.open, "bilan"));
	/* And on, once it has moved again. */
	struct moving back = { &site.administrator, m.became, { { 0 } }, site.open };
	assert_int_equal(try_move(&back), OK);
	assert_true(id_equal(site_load(&site, &site.visitor, id)->id, back.became));
	assert_true(id_equal(by_address(&site.visitor, site.open, "bilan")->id, back.became));
	assert_int_equal(site_rebuild(&site), 0);
}

/* The author stays the author, the day it was written too, and what was archived is not published by that. */
static void test_moved_as_it_was(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"Souvenir\"}");
	int64_t created = site_load(&site, &site.visitor, id)->created;
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_ARCHIVED), OK);
	struct moving m = { &site.administrator, id, { { 0 } }, site.closed };
	assert_int_equal(try_move(&m), OK);
	const struct record *moved = site_load(&site, &site.administrator, id);
	assert_int_equal(moved->state, STATE_ARCHIVED);
	assert_int_equal(moved->author, site.contributor.person);
	assert_int_equal(moved->created, created);
	struct id nobody = site_card(&site, &actor_program, "{\"nom\":\"Importé\"}");
	m = (struct moving){ &site.administrator, nobody, { { 0 } }, site.closed };
	assert_int_equal(try_move(&m), OK);
	assert_int_equal(site_load(&site, &site.administrator, nobody)->author, 0);
	assert_int_equal(site_rebuild(&site), 0);
}

/* Whoever does not read all of it cannot carry it away, nor bring it where she may not write. */
static void test_moving_is_refused(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator, "{\"nom\":\"Bilan\",\"note\":\"à revoir\"}");
	struct moving m = { &site.contributor, id, { { 0 } }, site.closed };
	assert_int_not_equal(try_move(&m), OK);
	struct id mine = site_card(&site, &site.contributor, "{\"nom\":\"La mienne\"}");
	m = (struct moving){ &site.contributor, mine, { { 0 } }, site.closed };
	assert_int_not_equal(try_move(&m), OK);
	m = (struct moving){ &site.administrator, id, { { 0 } }, site.open };
	assert_int_equal(try_move(&m), E_INPUT);
	assert_int_equal(number("SELECT COUNT(*) FROM record_moved"), 0);
	assert_int_equal(site_load(&site, &site.visitor, id)->state, STATE_PUBLISHED);
}

/* ---- The end ---- */

struct ending {
	const struct actor *actor;
	struct id id;
};

static enum code end(struct tx *tx, void *arg, struct err *err)
{
	struct ending *e = arg;
	return record_delete(tx, &site.arena, site.model, e->actor, e->id, err);
}

static enum code try_end(const struct actor *actor, struct id id)
{
	struct err err = { 0 };
	struct ending e = { actor, id };
	return store_write(site.store, end, &e, &err);
}

static int trashed_before(int64_t before)
{
	struct db *db;
	struct err err = { 0 };
	struct id *ids;
	int n;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(record_list_trashed(db, &site.arena, before, 10, &ids, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

/* Only the program ends what was published, and only from the trash; nothing of it stays. */
static void test_deleted_for_ever(void **state)
{
	SITE(state);
	struct id kept = site_card(&site, &site.facilitator, "{\"nom\":\"Reste\",\"genre\":\"asso\"}");
	const char *before = site_dump(&site);
	int64_t bodies = number("SELECT COUNT(*) FROM body");
	struct id id = site_card(
	        &site, &site.facilitator,
	        "{\"nom\":\"Canari\",\"genre\":\"asso\",\"note\":\"canari\",\"lieu\":{\"address\":\"ici\","
	        "\"lat\":473855000,\"lon\":6884000}}");
	assert_int_equal(try_end(&actor_program, id), E_INPUT);
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_TRASH), OK);
	int64_t trashed = clock_now();
	assert_int_equal(trashed_before(trashed - 1000), 0);
	assert_int_equal(trashed_before(trashed + 1000), 1);
	assert_int_equal(try_end(&site.administrator, id), E_INPUT);
	assert_int_equal(try_end(&actor_program, id), OK);
	assert_null(site_load(&site, &site.administrator, id));
	assert_string_equal(site_dump(&site), before);
	assert_int_equal(number("SELECT COUNT(*) FROM body"), bodies);
	assert_int_equal(
	        number("SELECT COUNT(*) FROM obj o WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.num = o.rec)"), 0);
	assert_non_null(site_load(&site, &site.visitor, kept));
}

static void test_draft_deleted(void **state)
{
	SITE(state);
	struct id id = draft(&site.contributor, "{\"nom\":\"Essai\"}");
	assert_int_equal(try_end(&site.other, id), E_NOT_FOUND);
	assert_int_equal(try_end(&site.contributor, id), OK);
	assert_int_equal(number("SELECT COUNT(*) FROM record"), 0);
}

#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_draft_then_published), BOTH(test_archived_and_corrected), BOTH(test_moved),
		BOTH(test_moved_as_it_was),      BOTH(test_moving_is_refused),      BOTH(test_deleted_for_ever),
		BOTH(test_draft_deleted),
	};
	return cmocka_run_group_tests_name("record life", tests, NULL, NULL);
}

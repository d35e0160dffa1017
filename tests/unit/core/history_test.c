/* History: what each reader sees of it, the state after each save, and what comes back. */
#include "core/history.h"

#include <string.h>

#include "base/clock.h"
#include "core/space.h"
#include "support/site/site.h"

static struct site_fixture site;

#define SITE(state) site_fixture_init(&site, test_store(state))

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static const struct id newest;

static enum code list(const struct actor *actor, struct id record, struct id before, int limit,
                      struct history_entry **ret, int *n)
{
	struct db *db;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = history_list(db, &site.arena, site.model, actor, record, before, limit, ret, n, NULL);
	store_read_end(site.store);
	return code;
}

/* "nom,prix|nom": the touched fields of each entry, newest first. */
static const char *touched(const struct actor *actor, struct id record)
{
	struct history_entry *entries;
	int n;
	const char *text = "";
	assert_int_equal(list(actor, record, newest, 100, &entries, &n), OK);
	for (int i = 0; i < n; i++) {
		text = arena_printf(&site.arena, "%s%s", text, i ? "|" : "");
		for (int k = 0; k < entries[i].nfields; k++)
			text = arena_printf(&site.arena, "%s%s%s", text, k ? "," : "", entries[i].fields[k]);
	}
	return text;
}

/* The save that is the i-th, 0 the newest. */
static struct id save_at(const struct actor *actor, struct id record, int i)
{
	struct history_entry *entries;
	int n;
	assert_int_equal(list(actor, record, newest, 100, &entries, &n), OK);
	assert_in_range(i, 0, n - 1);
	return entries[i].save;
}

static const char *state_after(const struct actor *actor, struct id record, struct id save)
{
	struct db *db;
	const json_t *values;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = history_state(db, &site.arena, site.model, actor, record, save, &values, NULL);
	store_read_end(site.store);
	return code == OK ? json_text(&site.arena, values) : code_name(code);
}

struct restoring {
	const struct actor *actor;
	struct id record, save;
	struct save result;
};

static enum code write_restore(struct tx *tx, void *arg, struct err *err)
{
	struct restoring *w = arg;
	struct issues issues;
	issues_init(&issues, &site.arena);
	return history_restore(tx, &site.arena, site.model, w->actor, w->record, w->save, &w->result, &issues, err);
}

static enum code restore(const struct actor *actor, struct id record, struct id save, bool *changed)
{
	struct restoring w = { .actor = actor, .record = record, .save = save };
	clock_set(clock_now() + 1000);
	enum code code = store_write(site.store, write_restore, &w, NULL);
	if (code == OK) *changed = w.result.changed;
	return code;
}

/* ---- The list ---- */

static void test_list(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"prix\":\"1\"}");
	struct err err = { 0 };
	struct save save = { .actor = &site.other,
		             .record = id,
		             .note = "  le prix\n a baissé ",
		             .minor = true,
		             .values = site_json(&site, "{\"prix\":null}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	site_change(&site, &actor_program, id, "{\"nom\":\"B\",\"genre\":\"lieu\"}");
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_TRASH), OK);
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_PUBLISHED), OK);
	struct history_entry *e;
	int n;
	assert_int_equal(list(&site.visitor, id, newest, 100, &e, &n), OK);
	assert_int_equal(n, 5);
	assert_string_equal(touched(&site.visitor, id), "||nom,genre|prix|nom,prix");
	assert_true(e[0].current && !e[1].current && !e[4].current);
	assert_true(e[1].deleted && !e[0].deleted && !e[2].deleted);
	assert_true(e[3].minor && !e[2].minor && !e[4].minor);
	assert_string_equal(e[3].note, "le prix a baissé");
	assert_null(e[4].note);
	assert_string_equal(e[4].actor_name, "Camille");
	assert_string_equal(e[3].actor_name, "Odile");
	assert_string_equal(e[1].actor_name, "Farida");
	assert_null(e[2].actor_name);
	assert_true(id_is_zero(e[2].actor) && id_equal(e[4].actor, site.contributor.id));
	for (int i = 0; i < 5; i++) {
		assert_int_equal(e[i].time, SITE_START + 1000 * (5 - i));
		assert_false(e[i].alongside);
	}
}

static void test_pages(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator, "{\"nom\":\"0\",\"contact\":\"x\"}");
	for (int i = 1; i < 10; i++)
		site_change(&site, &site.facilitator, id,
		            arena_printf(&site.arena, "{\"nom\":\"%d\",\"contact\":\"%d\"}", i, i));
	struct history_entry *e;
	struct id before = newest;
	int n, seen = 0;
	do {
		assert_int_equal(list(&site.member, id, before, 3, &e, &n), OK);
		for (int i = 0; i < n; i++) {
			assert_int_equal(e[i].time, SITE_START + 1000 * (10 - seen));
			assert_int_equal(e[i].current, seen == 0);
			assert_int_equal(e[i].nfields, 2); /* both parts in one entry */
			seen++;
		}
		if (n) before = e[n - 1].save;
	} while (n == 3);
	assert_int_equal(seen, 10);
	assert_int_equal(list(&site.member, id, id_random(), 3, &e, &n), E_NOT_FOUND);
	assert_int_equal(list(&site.member, id_random(), newest, 3, &e, &n), E_NOT_FOUND);
	assert_int_equal(list(&site.member, id, newest, 0, &e, &n), OK);
	assert_int_equal(n, 0);
}

/* Two people at once: the second save was made beside the first. */
static void test_alongside(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	const struct record *opened = site_load(&site, &site.other, id);
	site_change_opened(&site, &site.contributor, opened, "{\"prix\":\"1\"}");
	site_change_opened(&site, &site.other, opened, "{\"genre\":\"lieu\"}");
	site_change(&site, &site.contributor, id, "{\"nom\":\"B\"}");
	struct history_entry *e;
	int n;
	assert_int_equal(list(&site.visitor, id, newest, 100, &e, &n), OK);
	assert_int_equal(n, 4);
	assert_false(e[0].alongside); /* made on both */
	assert_true(e[1].alongside);
	assert_false(e[2].alongside);
	assert_false(e[3].alongside);
}

/* ---- For whom ---- */

static void test_audiences(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator,
	                         "{\"nom\":\"A\",\"contact\":\"SECRET\",\"note\":\"SECRET\"}");
	struct err err = { 0 };
	struct save save = { .actor = &site.facilitator,
		             .record = id,
		             .note = "SECRET",
		             .values = site_json(&site, "{\"note\":\"SECRET 2\"}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	site_change(&site, &site.member, id, "{\"nom\":\"B\",\"contact\":\"SECRET 3\"}");
	assert_string_equal(touched(&site.visitor, id), "nom|nom");
	assert_string_equal(touched(&site.member, id), "nom,contact|nom,contact");
	assert_string_equal(touched(&site.facilitator, id), "nom,contact|note|nom,contact,note");
	/* The save that only facilitators may know of does not exist for the others. */
	assert_string_equal(state_after(&site.visitor, id, save_at(&site.facilitator, id, 1)), "E_NOT_FOUND");
	for (int i = 0; i < 2; i++) {
		struct id at = save_at(&site.visitor, id, i);
		assert_null(strstr(state_after(&site.visitor, id, at), "SECRET"));
		assert_null(strstr(state_after(&site.contributor, id, at), "SECRET"));
		assert_null(strstr(state_after(&site.member, id, at), "SECRET 2"));
	}
	assert_string_equal(state_after(&site.member, id, save_at(&site.member, id, 0)),
	                    "{\"contact\":\"SECRET 3\",\"nom\":\"B\"}");
	/* Where one may not look at all. */
	struct save closed = { .actor = &site.member,
		               .form = site.card,
		               .space = site.closed,
		               .state = STATE_PUBLISHED,
		               .values = site_json(&site, "{\"nom\":\"A\"}") };
	assert_ok(site_save(&site, &closed, NULL, &err), &err);
	struct history_entry *e;
	int n;
	assert_int_equal(list(&site.visitor, closed.saved, newest, 9, &e, &n), E_NOT_FOUND);
	assert_int_equal(list(&site.contributor, closed.saved, newest, 9, &e, &n), E_NOT_FOUND);
	assert_int_equal(list(&site.member, closed.saved, newest, 9, &e, &n), OK);
}

/* A field for fewer readers than when it was written: its past is for them too. */
static void test_narrowed(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"horaires\":\"SECRET\"}");
	site_change(&site, &site.contributor, id, "{\"horaires\":\"SECRET 2\"}");
	json_t *form = json_keep(&site.arena, json_deep_copy(site.card->definition)), *field;
	size_t i;
	json_array_foreach (json_object_get(form, "fields"), i, field)
		if (strcmp(json_str(field, "key"), "horaires") == 0)
			json_object_set_new(field, "audience", json_string("members"));
	site_fixture_form(&site, json_text(&site.arena, form));
	assert_string_equal(touched(&site.visitor, id), "|nom");
	assert_string_equal(state_after(&site.visitor, id, save_at(&site.visitor, id, 0)), "{\"nom\":\"A\"}");
	assert_string_equal(touched(&site.member, id), "horaires|nom,horaires");
	assert_string_equal(state_after(&site.member, id, save_at(&site.member, id, 1)),
	                    "{\"horaires\":\"SECRET\",\"nom\":\"A\"}");
	/* Restoring keeps it where it belongs. */
	bool changed;
	assert_int_equal(restore(&site.member, id, save_at(&site.member, id, 1), &changed), OK);
	assert_string_equal(site_values(&site, &site.member, id), "{\"horaires\":\"SECRET\",\"nom\":\"A\"}");
	assert_string_equal(site_values(&site, &site.visitor, id), "{\"nom\":\"A\"}");
}

/* ---- Past states ---- */

static void test_states(void **state)
{
	SITE(state);
	static const char *const values[] = {
		"{\"nom\":\"A\",\"prix\":\"1\"}",
		"{\"nom\":\"B\",\"prix\":\"1\"}",
		"{\"nom\":\"B\"}",
		"{\"contact\":\"Jo\",\"nom\":\"B\"}",
		"{\"contact\":\"Jo\",\"histoire\":\"h\",\"nom\":\"B\"}",
	};
	struct id id = site_card(&site, &site.member, values[0]);
	site_change(&site, &site.member, id, "{\"nom\":\"B\"}");
	site_change(&site, &site.member, id, "{\"prix\":null}");
	site_change(&site, &site.member, id, "{\"contact\":\"Jo\"}");
	site_change(&site, &site.member, id, "{\"histoire\":\"h\"}");
	for (int i = 0; i < 5; i++)
		assert_string_equal(state_after(&site.member, id, save_at(&site.member, id, 4 - i)), values[i]);
	assert_string_equal(state_after(&site.member, id, id_random()), "E_NOT_FOUND");
	/* A save of another record is none of this one. */
	struct id other = site_card(&site, &site.member, "{\"nom\":\"Z\"}");
	assert_string_equal(state_after(&site.member, id, save_at(&site.member, other, 0)), "E_NOT_FOUND");
}

/* Right after each of two saves made at once: first the one, then both. */
static void test_states_at_once(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"histoire\":\"un\\ndeux\\ntrois\\n\"}");
	const struct record *opened = site_load(&site, &site.other, id);
	site_change_opened(&site, &site.contributor, opened, "{\"histoire\":\"UN\\ndeux\\ntrois\\n\"}");
	site_change_opened(&site, &site.other, opened, "{\"histoire\":\"un\\ndeux\\nTROIS\\n\"}");
	assert_string_equal(state_after(&site.visitor, id, save_at(&site.visitor, id, 1)),
	                    "{\"histoire\":\"UN\\ndeux\\ntrois\\n\",\"nom\":\"A\"}");
	assert_string_equal(state_after(&site.visitor, id, save_at(&site.visitor, id, 0)),
	                    "{\"histoire\":\"UN\\ndeux\\nTROIS\\n\",\"nom\":\"A\"}");
}

static void test_erased(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"histoire\":\"SECRET\"}");
	site_change(&site, &site.contributor, id, "{\"histoire\":\"autre\"}");
	struct hash first = site_load(&site, &site.visitor, id)->parts[AUDIENCE_PUBLIC].heads.ids[0];
	site_change(&site, &site.contributor, id, "{\"histoire\":null,\"prix\":\"1\"}");
	/* The text between is erased: it is gone, those around it stay. */
	site_erase(&site, id, &first);
	assert_string_equal(state_after(&site.visitor, id, save_at(&site.visitor, id, 1)), "{\"nom\":\"A\"}");
	assert_string_equal(state_after(&site.visitor, id, save_at(&site.visitor, id, 2)),
	                    "{\"histoire\":\"SECRET\",\"nom\":\"A\"}");
	assert_string_equal(site_values(&site, &site.visitor, id), "{\"nom\":\"A\",\"prix\":\"1\"}");
	assert_string_equal(touched(&site.visitor, id), "histoire,prix|histoire|nom,histoire");
}

/* ---- Restoring ---- */

static void test_restore(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator,
	                         "{\"nom\":\"A\",\"prix\":\"1\",\"histoire\":\"h\",\"contact\":\"Jo\",\"note\":\"n\"}");
	site_change(&site, &site.facilitator, id,
	            "{\"nom\":\"B\",\"prix\":null,\"genre\":\"lieu\",\"contact\":\"Joe\",\"note\":\"m\"}");
	struct id first = save_at(&site.visitor, id, 1);
	bool changed = false;
	assert_int_equal(restore(&site.visitor, id, first, &changed), E_SIGN_IN);
	/* What she may not edit stays as it is. */
	assert_int_equal(restore(&site.contributor, id, first, &changed), OK);
	assert_true(changed);
	assert_string_equal(site_values(&site, &site.facilitator, id),
	                    "{\"contact\":\"Joe\",\"histoire\":\"h\",\"nom\":\"A\",\"note\":\"m\",\"prix\":\"1\"}");
	/* It is a save like another: it can be undone. */
	assert_string_equal(touched(&site.contributor, id), "nom,genre,prix|nom,genre,prix|nom,histoire,prix");
	assert_int_equal(restore(&site.facilitator, id, first, &changed), OK);
	assert_string_equal(site_values(&site, &site.facilitator, id),
	                    "{\"contact\":\"Jo\",\"histoire\":\"h\",\"nom\":\"A\",\"note\":\"n\",\"prix\":\"1\"}");
	assert_int_equal(restore(&site.facilitator, id, first, &changed), OK);
	assert_false(changed);
	assert_int_equal(restore(&site.facilitator, id, save_at(&site.facilitator, id, 2), &changed), OK);
	assert_string_equal(site_values(&site, &site.facilitator, id),
	                    "{\"contact\":\"Joe\",\"genre\":\"lieu\",\"histoire\":\"h\",\"nom\":\"B\",\"note\":\"m\"}");
	assert_int_equal(restore(&site.facilitator, id, id_random(), &changed), E_NOT_FOUND);
	assert_int_equal(site_rebuild(&site), 0);
}

/* Going back to one of two versions answers the question. */
static void test_restore_settles(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	const struct record *opened = site_load(&site, &site.other, id);
	site_change_opened(&site, &site.contributor, opened, "{\"nom\":\"B\"}");
	assert_true(site_change_opened(&site, &site.other, opened, "{\"nom\":\"C\"}").conflict);
	bool changed;
	assert_int_equal(restore(&site.contributor, id, save_at(&site.visitor, id, 1), &changed), OK);
	assert_true(changed);
	assert_false(site_load(&site, &site.visitor, id)->conflict);
	assert_string_equal(site_values(&site, &site.visitor, id), "{\"nom\":\"B\"}");
	assert_int_equal(site_rebuild(&site), 0);
}

static enum code close_publication(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return space_save(tx, &site.arena, site_json(&site, "{\"key\":\"quartier\",\"publication\":\"members\"}"), err);
}

/* Correcting what is one's own is one right, bringing back what others changed is another. */
static void test_restore_own(void **state)
{
	SITE(state);
	struct err err = { 0 };
	bool changed;
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	assert_ok(store_write(site.store, close_publication, NULL, &err), &err);
	site_fixture_form(&site, json_text(&site.arena, site.card->definition));
	site_change(&site, &site.contributor, id, "{\"nom\":\"B\"}");
	assert_int_equal(restore(&site.contributor, id, save_at(&site.visitor, id, 1), &changed), E_FORBIDDEN);
	assert_int_equal(restore(&site.member, id, save_at(&site.visitor, id, 1), &changed), OK);
	assert_string_equal(site_values(&site, &site.visitor, id), "{\"nom\":\"A\"}");
}

/* ---- What is new ---- */

static int recent(const struct actor *actor, const struct form *form, int64_t before, int limit, struct recent **ret)
{
	struct db *db;
	struct err err = { 0 };
	int n;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(history_recent(db, &site.arena, site.model, actor, form, before, limit, ret, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void test_recent(void **state)
{
	SITE(state);
	struct err err = { 0 };
	struct id first = site_card(&site, &site.facilitator, "{\"nom\":\"A\",\"contact\":\"Jo\",\"note\":\"n\"}");
	struct save term = { .actor = &site.contributor,
		             .form = site.term,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, "{\"mot\":\"agora\"}"),
		             .note = "nouveau mot" };
	assert_ok(site_save(&site, &term, NULL, &err), &err);
	site_change(&site, &site.facilitator, first, "{\"note\":\"m\"}");                    /* facilitators' */
	site_change(&site, &site.facilitator, first, "{\"nom\":\"B\",\"contact\":\"Joe\"}"); /* in two parts */
	struct save hidden = { .actor = &site.member,
		               .form = site.card,
		               .space = site.closed,
		               .state = STATE_PUBLISHED,
		               .values = site_json(&site, "{\"nom\":\"caché\"}") };
	assert_ok(site_save(&site, &hidden, NULL, &err), &err);
	struct save draft = { .actor = &site.contributor,
		              .form = site.card,
		              .space = site.open,
		              .state = STATE_DRAFT,
		              .values = site_json(&site, "{\"nom\":\"brouillon\"}") };
	assert_ok(site_save(&site, &draft, NULL, &err), &err);
	struct id gone = site_card(&site, &site.facilitator, "{\"nom\":\"jeté\"}");
	assert_int_equal(site_set_state(&site, &site.facilitator, gone, STATE_TRASH), OK);

	struct recent *r;
	assert_int_equal(recent(&site.visitor, NULL, 0, 50, &r), 3);
	assert_true(id_equal(r[0].record, first) && id_equal(r[1].record, term.saved) && id_equal(r[2].record, first));
	assert_true(!r[0].created && r[1].created && r[2].created);
	assert_string_equal(r[1].note, "nouveau mot");
	assert_string_equal(r[1].actor_name, "Camille");
	assert_string_equal(r[0].actor_name, "Farida");
	assert_int_equal(r[0].time, SITE_START + 4000);
	assert_int_equal(r[0].num, site_load(&site, &site.visitor, first)->num);
	assert_int_equal(recent(&site.contributor, NULL, 0, 50, &r), 3); /* drafts are not news */
	assert_int_equal(recent(&site.member, NULL, 0, 50, &r), 4);
	assert_true(id_equal(r[0].record, hidden.saved));
	assert_int_equal(recent(&site.facilitator, NULL, 0, 50, &r), 5);
	assert_int_equal(recent(&site.visitor, site.term, 0, 50, &r), 1);
	/* Page by page, each once. */
	int64_t before = 0;
	int seen = 0;
	for (int n; (n = recent(&site.facilitator, NULL, before, 2, &r)) > 0; seen += n) before = r[n - 1].position;
	assert_int_equal(seen, 5);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_list),     BOTH(test_pages),       BOTH(test_alongside),       BOTH(test_audiences),
		BOTH(test_narrowed), BOTH(test_states),      BOTH(test_states_at_once),  BOTH(test_erased),
		BOTH(test_restore),  BOTH(test_restore_own), BOTH(test_restore_settles), BOTH(test_recent),
	};
	return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}

/*
 * What is stored of a record follows from its objects alone (P7): after any sequence of saves by any
 * actors on any opened state, restores, trash, moves and erasures, making everything again from the objects
 * changes no row; and once all derived rows are thrown away, the same ones come back.
 */
#include <string.h>

#include "base/clock.h"
#include "core/history.h"
#include "store/places.h"
#include "store/words.h"
#include "support/seeds.h"
#include "support/site/site.h"

enum { CARDS = 5, OPENED = 12, STEPS = 45 };

static struct site_fixture site;

static int teardown(void **state)
{
	seeds_teardown(state);
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

/* What happened, so that the sequences are known to hold all of it. */
static struct {
	int saved, unchanged, merged, conflicts, restored, trashed, revived, erased, refused, moved;
} seen;

static struct id cards[CARDS];
static int ncards;
static struct {
	const struct record *record;
	const struct actor *actor;
} opened[OPENED];
static int nopened;

static const char *one_of(const char *const *list, size_t n)
{
	return list[random_below((uint32_t)n)];
}
#define ONE_OF(...) one_of((const char *const[]){ __VA_ARGS__ }, COUNT(((const char *const[]){ __VA_ARGS__ })))

static const struct actor *somebody(void)
{
	const struct actor *const all[] = { &site.contributor, &site.other,         &site.member,
		                            &site.facilitator, &site.administrator, &actor_program };
	return all[random_below(COUNT(all))];
}

static struct id some_card(void)
{
	return cards[random_below((uint32_t)ncards)];
}

/* Random values */

static json_t *random_lines(void)
{
	const char *text = "";
	for (int i = 0; i < 6; i++) {
		const char *line = ONE_OF("Le marché du jeudi", "La fête", "[[Régie Plus]]", "Un atelier vélo");
		text = arena_printf(&site.arena, "%s%s\n", text,
		                    random_below(4) ? arena_printf(&site.arena, "ligne %d", i) : line);
	}
	return json_string(text);
}

static json_t *random_place(void)
{
	return json_pack("{s:I,s:I}", "lat", (json_int_t)473900000 + random_below(3), "lon",
	                 (json_int_t)6880000 + random_below(3));
}

static json_t *random_links(void)
{
	char text[ID_TEXT + 1];
	json_t *links = json_array();
	for (int n = (int)random_below(3); n > 0 && ncards; n--)
		json_array_append_new(links, json_string(id_format(some_card(), text)));
	return links;
}

static json_t *random_value(const char *key)
{
	if (strcmp(key, "nom") == 0)
		return json_string(
		        ONE_OF("Régie Plus", "La Rabière", "Point info", "Café des aidants", "Vélo pour tous"));
	if (random_below(5) == 0) return json_null();
	if (strcmp(key, "genre") == 0) return json_string(ONE_OF("asso", "service", "lieu"));
	if (strcmp(key, "themes") == 0) return json_pack("[s,s]", ONE_OF("vélo", "numérique"), ONE_OF("Fête", "santé"));
	if (strcmp(key, "histoire") == 0 || strcmp(key, "note") == 0) return random_lines();
	if (strcmp(key, "lieu") == 0) return random_place();
	if (strcmp(key, "prix") == 0) return json_string(ONE_OF("1", "2.5", "-3"));
	if (strcmp(key, "ouvert") == 0) return json_boolean(random_below(2));
	if (strcmp(key, "liens") == 0) return random_links();
	if (strcmp(key, "tel") == 0) return json_string(ONE_OF("0247000000", "0247000001"));
	if (strcmp(key, "suivi") == 0) return json_string(ONE_OF("vu", "revoir"));
	return json_string(ONE_OF("le matin", "sur rendez-vous", "Jo", "Mamadou"));
}

static const char *random_values(const struct actor *actor, bool fresh)
{
	json_t *values = json_keep(&site.arena, json_object());
	for (int i = 0; i < site.card->nfields; i++) {
		const struct field *field = &site.card->fields[i];
		bool hers = actor_level(actor, site.open) >= audience_level(field->audience);
		if (hers && random_below(100) < 30) json_object_set_new(values, field->key, random_value(field->key));
	}
	if (fresh) json_object_set_new(values, "nom", random_value("nom"));
	return json_text(&site.arena, values);
}

/* Random steps */

static void save(struct save *save)
{
	enum code code = site_save(&site, save, NULL, NULL);
	if (code != OK) {
		assert_true(code == E_INPUT || code == E_NOT_FOUND || code == E_FORBIDDEN);
		seen.refused++;
		return;
	}
	seen.saved += save->changed;
	seen.unchanged += !save->changed;
	seen.merged += save->merged;
	seen.conflicts += save->conflict;
}

static void step_create(void)
{
	const struct actor *actor = somebody();
	if (ncards == CARDS) return;
	struct save s = { .actor = actor,
		          .form = site.card,
		          .space = site.open,
		          .values = site_json(&site, random_values(actor, true)),
		          .state = random_below(6) ? STATE_PUBLISHED : STATE_DRAFT };
	struct err err = { 0 };
	enum code code = site_save(&site, &s, NULL, &err);
	if (code == OK) cards[ncards++] = s.saved;
	else assert_int_equal(code, E_INPUT);
}

static void step_open(void)
{
	const struct actor *actor = somebody();
	const struct record *record = site_load(&site, actor, some_card());
	int at = nopened < OPENED ? nopened++ : (int)random_below(OPENED);
	if (record == NULL) {
		if (at == nopened - 1) nopened--;
		return;
	}
	opened[at].record = record;
	opened[at].actor = actor;
}

static void step_save(void)
{
	const struct actor *actor = somebody();
	struct save s = { .actor = actor,
		          .record = some_card(),
		          .values = site_json(&site, random_values(actor, false)),
		          .minor = random_below(2),
		          .settles = random_below(4) == 0 };
	save(&s);
}

static void step_save_opened(void)
{
	if (nopened == 0) return;
	int at = (int)random_below((uint32_t)nopened);
	const struct record *record = opened[at].record;
	struct save s = { .actor = opened[at].actor,
		          .record = record->id,
		          .opened = true,
		          .values = site_json(&site, random_values(opened[at].actor, false)),
		          .note = random_below(3) ? NULL : "corrigé" };
	for (int i = 0; i < AUDIENCE_COUNT; i++) s.heads[i] = record->parts[i].heads;
	save(&s);
}

static void step_state(void)
{
	static const enum record_state states[] = { STATE_TRASH, STATE_PUBLISHED, STATE_ARCHIVED };
	enum record_state state = states[random_below(3)];
	struct id id = some_card();
	enum record_state before = site_load(&site, &actor_program, id)->state;
	if (before == STATE_TRASH && random_below(2)) state = STATE_PUBLISHED;
	if (site_set_state(&site, random_below(2) ? &site.facilitator : somebody(), id, state) != OK) return;
	seen.trashed += state == STATE_TRASH && before != STATE_TRASH;
	seen.revived += before == STATE_TRASH && state != STATE_TRASH;
}

struct restoring {
	const struct actor *actor;
	struct id record, save;
	enum code code;
};

static enum code write_restore(struct tx *tx, void *arg, struct err *err)
{
	struct restoring *w = arg;
	struct save result;
	struct issues issues;
	issues_init(&issues, &site.arena);
	return history_restore(tx, &site.arena, site.model, w->actor, w->record, w->save, &result, &issues, err);
}

static void step_restore(void)
{
	struct history_entry *entries;
	struct db *db;
	int n = 0;
	struct restoring w = { .actor = somebody(), .record = some_card() };
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = history_list(db, &site.arena, site.model, w.actor, w.record, (struct id){ 0 }, 100, &entries,
	                              &n, NULL);
	store_read_end(site.store);
	if (code != OK || n == 0) return;
	w.save = entries[random_below((uint32_t)n)].save;
	clock_set(clock_now() + 1000);
	seen.restored += store_write(site.store, write_restore, &w, NULL) == OK;
}

struct moving {
	const struct actor *actor;
	struct id record;
	const struct space *to;
};

static enum code write_move(struct tx *tx, void *arg, struct err *err)
{
	struct moving *w = arg;
	struct save result;
	struct issues issues;
	issues_init(&issues, &site.arena);
	return record_move(tx, &site.arena, site.model, w->actor, w->record, w->to, &result, &issues, err);
}

static void step_move(void)
{
	struct moving w = { random_below(2) ? &site.facilitator : &site.administrator, some_card(),
		            random_below(3) ? site.open : site.closed };
	clock_set(clock_now() + 1000);
	seen.moved += store_write(site.store, write_move, &w, NULL) == OK;
}

static void step_erase(void)
{
	struct db *db;
	struct id id = some_card();
	struct hash objects[200];
	int n = 0;
	int64_t num = site_load(&site, &actor_program, id)->num;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	struct rows rows = { 0 };
	assert_ok(db_query(db, &rows, &err, "SELECT id FROM obj WHERE rec = $1 ORDER BY hlc, id", num), &err);
	while (n < 200 && rows_next(&rows)) objects[n++] = row_hash(&rows, 0);
	assert_ok(rows_end(&rows, &err), &err);
	rows_release(&rows);
	store_read_end(site.store);
	if (n == 0) return; /* a draft */
	site_erase(&site, id, &objects[random_below((uint32_t)n)]);
	seen.erased++;
}

static void step(void)
{
	uint32_t what = random_below(100);
	if (ncards == 0 || what < 8) step_create();
	else if (what < 23) step_open();
	else if (what < 42) step_save();
	else if (what < 70) step_save_opened();
	else if (what < 85) step_state();
	else if (what < 91) step_restore();
	else if (what < 94) step_move();
	else step_erase();
}

/* Checks */

/* Facet counts are how many records have each key: counted by the database itself. */
static void check_counts(void)
{
	struct db *db;
	struct err err = { 0 };
	int64_t wrong = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int(db, &wrong, -1, &err,
	                 "SELECT COUNT(*) FROM value_count c WHERE c.n <> (SELECT COUNT(*) FROM field_value v "
	                 "JOIN record r ON r.num = v.num WHERE v.field = c.field AND v.audience = c.audience "
	                 "AND v.key = c.key AND r.space = c.space)"),
	          &err);
	assert_int_equal(wrong, 0);
	int64_t genre = form_field(site.card, "genre")->num;
	assert_ok(
	        db_int(db, &wrong, -1, &err,
	               "SELECT COUNT(*) FROM field_value v JOIN record r ON r.num = v.num WHERE v.field = $1 AND NOT EXISTS "
	               "(SELECT 1 FROM value_count c WHERE c.field = v.field AND c.audience = v.audience AND "
	               "c.key = v.key AND c.space = r.space)",
	               genre),
	        &err);
	assert_int_equal(wrong, 0);
	store_read_end(site.store);
}

static enum code throw_away(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	struct db *db = tx_db(tx);
	int64_t last;
	TRY(db_int(db, &last, 0, err, "SELECT MAX(num) FROM record"));
	for (int64_t num = 1; num <= last; num++) {
		TRY(places_remove(db, num, err));
		TRY(words_remove(db, num, err));
	}
	TRY(db_run(
	        db, err,
	        "DELETE FROM part WHERE record IN (SELECT num FROM record WHERE state <> 0)")); /* drafts have no objects */
	TRY(db_run(db, err, "DELETE FROM field_value"));
	TRY(db_run(db, err, "DELETE FROM value_count"));
	TRY(db_run(db, err, "DELETE FROM link"));
	TRY(db_run(db, err, "DELETE FROM word"));
	return db_run(db, err, "DELETE FROM trigram");
}

/* The first line of each that is not in the other says more than two pages of rows. */
static void expect_same(const char *now, const char *before, const char *when)
{
	if (strcmp(now, before) == 0) return;
	while (*now && *before) {
		size_t n = strcspn(now, "\n"), b = strcspn(before, "\n");
		if (n != b || memcmp(now, before, n) != 0) {
			fail_msg("%s\nnow:    %.*s\nbefore: %.*s", when, (int)n, now, (int)b, before);
		}
		now += n + 1;
		before += b + 1;
	}
	fail_msg("%s\nnow:    %s\nbefore: %s", when, now, before);
}

static void check_rebuild(void)
{
	const char *before = site_dump(&site);
	int64_t differences = site_rebuild(&site);
	expect_same(site_dump(&site), before, "made again");
	assert_int_equal(differences, 0);
	check_counts();
}

static void test_rebuild(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	random_seed(1); /* people and spaces too: all of a run can be played again */
	site_fixture_init(&site, store);
	memset(&seen, 0, sizeof(seen));
	seeds_begin(14);
	while (seeds_next()) {
		ncards = nopened = 0;
		for (int i = 0; i < STEPS; i++) {
			step();
			if (i % 15 == 14) check_rebuild();
		}
		const char *before = site_dump(&site);
		assert_ok(store_write(site.store, throw_away, NULL, &err), &err);
		assert_true(site_rebuild(&site) > 0);
		expect_same(site_dump(&site), before, "made from nothing");
		check_counts();
	}
	if (!seeds_all()) return;
	print_message(
	        "saved %d, unchanged %d, merged %d, conflicts %d, restored %d, trashed %d, revived %d, erased %d, "
	        "refused %d, moved %d\n",
	        seen.saved, seen.unchanged, seen.merged, seen.conflicts, seen.restored, seen.trashed, seen.revived,
	        seen.erased, seen.refused, seen.moved);
	assert_true(seen.saved > 50 && seen.unchanged && seen.merged > 10 && seen.conflicts > 10);
	assert_true(seen.restored > 5 && seen.trashed > 2 && seen.revived && seen.erased > 5 && seen.refused &&
	            seen.moved);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = { BOTH(test_rebuild) };
	return cmocka_run_group_tests_name("rebuild", tests, NULL, NULL);
}

/* Spaces changed and put to sleep, requests to join them, and what nobody has touched for long. */
#include "core/space.h"

#include <string.h>

#include "base/clock.h"
#include "core/definition.h"
#include "core/dormant.h"
#include "core/join_request.h"
#include "core/person.h"
#include "support/site/site.h"

#define MONTH (30.5 * 24 * 3600 * 1000)

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static void begin(void **state)
{
	site_fixture_init(&site, test_store(state));
}

static struct db *read_begin(void)
{
	struct db *db;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	return db;
}

static enum code save_space(struct tx *tx, void *arg, struct err *err)
{
	return space_save(tx, &site.arena, arg, err);
}

static const struct space *reload(struct model **ret, const char *slug)
{
	struct db *db = read_begin();
	struct err err = { 0 };
	assert_ok(model_load(db, ret, &err), &err);
	store_read_end(site.store);
	return model_space_by_slug(*ret, slug);
}

static void test_definition(void **state)
{
	struct err err = { 0 };
	struct model *model;
	json_t *definition;
	begin(state);
	assert_ok(store_write(site.store, save_space,
	                      site_json(&site, "{\"key\": \"entre-nous\", \"name\": \"Entre nous\", "
	                                       "\"description\": \"Le groupe\", "
	                                       "\"visibility\": \"listed\", \"admission\": \"invited\", "
	                                       "\"colour\": \"#804020\"}"),
	                      &err),
	          &err);
	const struct space *space = reload(&model, "entre-nous");
	assert_non_null(space);
	assert_string_equal(label_text(&space->description, LANG_FR), "Le groupe");
	assert_int_equal(space->visibility, VISIBILITY_LISTED);
	assert_int_equal(space->admission, ADMISSION_INVITED);
	assert_string_equal(space->colour, "#804020");
	assert_int_equal(space->state, SPACE_AWAKE);
	/* What is read back can be saved again as it is. */
	struct db *db = read_begin();
	assert_ok(space_definition(db, &site.arena, space->num, &definition, &err), &err);
	store_read_end(site.store);
	assert_string_equal(json_str(definition, "key"), "entre-nous");
	assert_string_equal(json_str(definition, "visibility"), "listed");
	assert_ok(store_write(site.store, save_space, definition, &err), &err);
	model_release(model);
	/* No mistake opens a space, nor gives it an address that is none. */
	assert_int_equal(
	        store_write(site.store, save_space, site_json(&site, "{\"key\": \"x\", \"admission\": \"oui\"}"), &err),
	        E_INPUT);
	assert_int_equal(store_write(site.store, save_space, site_json(&site, "{\"key\": \"../x\"}"), &err), E_INPUT);
	assert_int_equal(store_write(site.store, save_space, site_json(&site, "{\"key\": \"9x\"}"), &err), E_INPUT);
	assert_int_equal(store_write(site.store, save_space, site_json(&site, "{\"key\": \"\"}"), &err), E_INPUT);
}

static enum code sleep_closed(struct tx *tx, void *arg, struct err *err)
{
	return space_set_state(tx, site.closed->num, *(enum space_state *)arg, err);
}

static void test_sleep(void **state)
{
	struct err err = { 0 };
	struct model *model;
	enum space_state asleep = SPACE_ASLEEP;
	begin(state);
	assert_ok(store_write(site.store, sleep_closed, &asleep, &err), &err);
	const struct space *space = reload(&model, site.closed->slug);
	assert_int_equal(space->state, SPACE_ASLEEP);
	/* Changing what it says does not wake it. */
	json_t *definition;
	struct db *db = read_begin();
	assert_ok(space_definition(db, &site.arena, space->num, &definition, &err), &err);
	store_read_end(site.store);
	json_object_set_new(definition, "story", json_string("Trois ans de réunions."));
	model_release(model);
	assert_ok(store_write(site.store, save_space, definition, &err), &err);
	space = reload(&model, site.closed->slug);
	assert_int_equal(space->state, SPACE_ASLEEP);
	assert_string_equal(json_str(space->definition, "story"), "Trois ans de réunions.");
	model_release(model);
}

static enum code delete_space(struct tx *tx, void *arg, struct err *err)
{
	return space_delete(tx, ((const struct space *)arg)->num, err);
}

static void test_delete(void **state)
{
	struct err err = { 0 };
	struct model *model;
	begin(state);
	(void)site_card(&site, &site.contributor, "{\"nom\": \"Une\"}");
	assert_int_equal(store_write(site.store, delete_space, (void *)site.open, &err), E_INPUT);
	assert_ok(store_write(site.store, delete_space, (void *)site.closed, &err), &err);
	assert_null(reload(&model, site.closed->slug));
	model_release(model);
}

/* ---- Requests ---- */

static struct {
	int64_t person;
	const struct space *space;
	enum level level;
	const char *word;
} asked;

static enum code ask(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return join_request_add(tx, asked.person, asked.space->num, asked.level, asked.word, err);
}

static enum code refuse(struct tx *tx, void *arg, struct err *err)
{
	return join_request_refuse(tx, asked.person, asked.space->num, arg, err);
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return join_request_purge(tx, err);
}

static int requests(const struct actor *actor, struct join_request **all)
{
	struct err err = { 0 };
	int n = -1;
	struct db *db = read_begin();
	assert_ok(join_request_list(db, &site.arena, site.model, actor, NULL, all, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static enum code find(struct join_request *ret)
{
	struct err err = { 0 };
	struct db *db = read_begin();
	enum code code = join_request_find(db, &site.arena, asked.person, asked.space, ret, &err);
	store_read_end(site.store);
	return code;
}

static void test_requests(void **state)
{
	struct err err = { 0 };
	struct join_request *all, one;
	begin(state);
	asked.person = site.contributor.person;
	asked.space = site.closed;
	asked.level = LEVEL_MEMBER;
	asked.word = "Je viens du quartier";
	assert_int_equal(find(&one), E_NOT_FOUND);
	assert_ok(store_write(site.store, ask, NULL, &err), &err);
	assert_int_equal(requests(&site.facilitator, &all), 1);
	assert_string_equal(all[0].word, "Je viens du quartier");
	assert_int_equal(all[0].level, LEVEL_MEMBER);
	assert_int_equal(requests(&site.administrator, &all), 1);
	/* Nobody else knows who asks. */
	assert_int_equal(requests(&site.member, &all), 0);
	assert_int_equal(requests(&site.contributor, &all), 0);
	assert_int_equal(requests(&site.visitor, &all), 0);
	/* Asking twice is one request, the last. */
	asked.word = "Encore moi";
	assert_ok(store_write(site.store, ask, NULL, &err), &err);
	assert_int_equal(requests(&site.facilitator, &all), 1);
	assert_string_equal(all[0].word, "Encore moi");
	/* What is refused waits no more and says why, for a while; asking again is possible. */
	assert_ok(store_write(site.store, refuse, (void *)"Plus de place", &err), &err);
	assert_int_equal(requests(&site.facilitator, &all), 0);
	assert_int_equal(find(&one), OK);
	assert_string_equal(one.reason, "Plus de place");
	assert_ok(store_write(site.store, ask, NULL, &err), &err);
	assert_int_equal(requests(&site.facilitator, &all), 1);
	assert_ok(store_write(site.store, refuse, (void *)"Plus de place", &err), &err);
	clock_set(clock_now() + JOIN_REQUEST_KEPT_MS / 2);
	assert_ok(store_write(site.store, purge, NULL, &err), &err);
	assert_int_equal(find(&one), OK);
	clock_set(clock_now() + JOIN_REQUEST_KEPT_MS);
	assert_ok(store_write(site.store, purge, NULL, &err), &err);
	assert_int_equal(find(&one), E_NOT_FOUND);
}

static enum code count_others(int64_t person, int64_t *ret)
{
	struct err err = { 0 };
	struct db *db = read_begin();
	enum code code = membership_others(db, site.closed->num, person, ret, &err);
	store_read_end(site.store);
	return code;
}

static enum code block(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return person_set_state(tx, site.facilitator.person, PERSON_BLOCKED, err);
}

static void test_others(void **state)
{
	struct err err = { 0 };
	int64_t n = -1;
	begin(state);
	assert_int_equal(count_others(site.facilitator.person, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(count_others(site.member.person, &n), OK);
	assert_int_equal(n, 1);
	/* Who cannot sign in looks after nothing. */
	assert_ok(store_write(site.store, block, NULL, &err), &err);
	assert_int_equal(count_others(site.member.person, &n), OK);
	assert_int_equal(n, 0);
}

/* ---- Dormant ---- */

static enum code set_dormant(struct tx *tx, void *arg, struct err *err)
{
	return definition_save(tx, &site.arena, DEFINITION_SETTING, "dormant", site_json(&site, arg), &actor_program,
	                       NULL, err);
}

static enum code find_dormant(struct tx *tx, void *arg, struct err *err)
{
	return dormant_find(tx, arg, clock_now(), err);
}

/* What is found in the order of kinds, as letters: s space, f form, r record. */
static const char *dormant(const struct actor *actor)
{
	struct err err = { 0 };
	struct model *model;
	struct dormant *all;
	int n;
	(void)reload(&model, "");
	assert_ok(store_write(site.store, find_dormant, model, &err), &err);
	struct db *db = read_begin();
	assert_ok(dormant_list(db, &site.arena, model, actor, &all, &n, &err), &err);
	store_read_end(site.store);
	char *letters = arena_alloc(&site.arena, (size_t)n + 1);
	for (int i = 0; i < n; i++) letters[i] = "sfr"[all[i].kind];
	letters[n] = '\0';
	model_release(model);
	return letters;
}

static void test_dormant(void **state)
{
	struct err err = { 0 };
	enum space_state asleep = SPACE_ASLEEP;
	begin(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\": \"Une\"}");
	assert_string_equal(dormant(&site.administrator), "");
	clock_set(SITE_START + (int64_t)(11 * MONTH));
	assert_string_equal(dormant(&site.administrator), "");
	clock_set(SITE_START + (int64_t)(13 * MONTH));
	assert_string_equal(dormant(&site.administrator), "ssff");
	/* Only who looks after something is told. */
	assert_string_equal(dormant(&site.member), "");
	assert_string_equal(dormant(&site.visitor), "");
	/* Pages count when their form is named. */
	assert_ok(store_write(site.store, set_dormant, (void *)"{\"months\": 12, \"forms\": [\"fiche\"]}", &err), &err);
	assert_string_equal(dormant(&site.administrator), "ssffr");
	/* A correction wakes the page, its form and its space. */
	struct save save = site_change(&site, &site.contributor, id, "{\"nom\": \"Une autre\"}");
	assert_true(save.changed);
	assert_string_equal(dormant(&site.administrator), "sf");
	/* What was put to sleep is not flagged any more. */
	assert_ok(store_write(site.store, sleep_closed, &asleep, &err), &err);
	assert_string_equal(dormant(&site.administrator), "f");
	/* The delay is the site's. */
	assert_ok(store_write(site.store, set_dormant, (void *)"{\"months\": 24, \"forms\": []}", &err), &err);
	assert_string_equal(dormant(&site.administrator), "");
	clock_set(clock_now() + (int64_t)(23 * MONTH));
	assert_string_equal(dormant(&site.administrator), "f");
	clock_set(clock_now() + (int64_t)(2 * MONTH));
	assert_string_equal(dormant(&site.administrator), "sff");
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_definition), BOTH(test_sleep),  BOTH(test_delete),
		BOTH(test_requests),   BOTH(test_others), BOTH(test_dormant),
	};
	return cmocka_run_group_tests_name("space", tests, NULL, NULL);
}

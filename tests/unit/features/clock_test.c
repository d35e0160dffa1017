/*
 * A clock that jumps by hours, forward and back, under a site in use: what was acknowledged stays as it was last
 * said, who is signed in stays so, jobs have their turn, and `check` finds nothing wrong.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/history.h"
#include "core/person.h"
#include "core/session.h"
#include "features/check/check.h"
#include "features/jobs.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "support/store.h"

enum { STEPS = 250, PAGES = 8, HOUR = 3600 * 1000 };
#define DAY (24LL * HOUR)
static const int64_t start = 1790000000000;

/* What was acknowledged last of each page. */
struct told {
	struct id id;
	enum record_state state;
	char text[32];
	int saves; /* since it was published */
};

static struct world {
	struct site *site;
	struct store *store; /* the site's */
	const struct model *model;
	struct arena a;
	int64_t person;
	char session[SESSION_TOKEN + 1];
	struct told pages[PAGES];
} w;

/* ---- What people do ---- */

static enum code save_page(struct tx *tx, void *arg, struct err *err)
{
	struct told *page = arg;
	struct issues issues;
	issues_init(&issues, &w.a);
	struct save save = { .actor = &actor_program,
		             .record = page->id,
		             .form = model_form(w.model, "page"),
		             .space = &w.model->spaces[0],
		             .state = page->state,
		             .values = json_keep(&w.a, json_pack("{s:s, s:s}", "titre", "Page", "texte", page->text)) };
	TRY(record_save(tx, &w.a, w.model, &save, &issues, err));
	page->id = save.saved;
	return OK;
}

static void save(struct told *page)
{
	struct err err = { 0 };
	if (page->state == STATE_TRASH) page->state = STATE_PUBLISHED; /* whoever writes takes it out */
	if (page->state == STATE_DRAFT && !id_is_zero(page->id) && random_below(2)) page->state = STATE_PUBLISHED;
	snprintf(page->text, sizeof(page->text), "Texte %u", random_below(1000000000));
	assert_ok(store_write(w.store, save_page, page, &err), &err);
	page->saves += page->state == STATE_PUBLISHED;
}

static enum code move_page(struct tx *tx, void *arg, struct err *err)
{
	struct told *page = arg;
	return record_set_state(tx, &w.a, w.model, &actor_program, page->id, page->state, (struct id){ 0 }, err);
}

static void move(struct told *page)
{
	struct err err = { 0 };
	if (id_is_zero(page->id) || page->state == STATE_DRAFT) return;
	page->state = page->state == STATE_TRASH ? STATE_PUBLISHED : STATE_TRASH;
	page->saves++;
	assert_ok(store_write(w.store, move_page, page, &err), &err);
}

static enum code touch(struct tx *tx, void *arg, struct err *err)
{
	return session_touch(tx, arg, err);
}

/* As each request does (web/web.c). */
static void use_session(void)
{
	struct err err = { 0 };
	struct db *db;
	struct session session;
	assert_ok(store_read_begin(w.store, &db, &err), &err);
	assert_ok(session_find(db, &w.a, w.session, &session, &err), &err);
	store_read_end(w.store);
	assert_int_equal(session.person, w.person);
	if (session_is_stale(&session)) assert_ok(store_write(w.store, touch, &session.hash, &err), &err);
}

static int run_jobs(void)
{
	struct err err = { 0 };
	int n = -1;
	assert_ok(job_run_due(w.store, job_kinds, w.site, &n, &err), &err);
	return n;
}

/* ---- What is there ---- */

static void read_page(struct db *db, const struct told *page)
{
	struct err err = { 0 };
	struct record *record;
	struct history_entry *saves;
	int n;
	if (id_is_zero(page->id)) return;
	assert_ok(record_load(db, &w.a, w.model, &actor_program, page->id, &record, &err), &err);
	assert_int_equal(record->state, page->state);
	assert_string_equal(json_string_value(json_object_get(record->values, "texte")), page->text);
	if (page->state == STATE_DRAFT) return;
	assert_ok(history_list(db, &w.a, w.model, &actor_program, page->id, (struct id){ 0 }, 1000, &saves, &n, &err),
	          &err);
	assert_int_equal(n, page->saves);
}

static void read_all(void)
{
	struct err err = { 0 };
	struct db *db;
	assert_ok(store_read_begin(w.store, &db, &err), &err);
	for (int i = 0; i < PAGES; i++) read_page(db, &w.pages[i]);
	store_read_end(w.store);
}

static void assert_sound(void)
{
	struct checking c = { .site = w.site, .store = w.store, .model = w.model, .arena = &w.a, .lang = LANG_EN };
	for (const struct check *check = checks; check->name; check++)
		if (check_run(check, &c) != 0) fail_msg("%s finds something wrong: %s", check->name, c.findings[0].msg);
}

/* ---- The site ---- */

static enum code add_person(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	TRY(person_create(tx, &w.a, "Zoé", "zoe@site.example", "no hash", LEVEL_CONTRIBUTOR, &w.person, err));
	return session_create(tx, w.person, NULL, SESSION_LIFE_MS, false, w.session, err);
}

static void build(void **state)
{
	struct err err = { 0 };
	struct job_runner *runner;
	w = (struct world){ .store = test_store(state) };
	arena_init(&w.a);
	assert_ok(site_open(w.store, &w.site, &err), &err);
	test_site(state)->store = NULL; /* the site's */
	assert_ok(preset_apply(w.site, &w.a, SOURCE_DIR "/presets/agora-de-quartier", &err), &err);
	assert_ok(store_write(w.store, add_person, NULL, &err), &err);
	assert_ok(job_runner_start(w.store, job_kinds, w.site, &runner, &err),
	          &err); /* notes the jobs that come back */
	job_runner_stop(runner);
	w.model = site_model(w.site);
	for (int i = 0; i < PAGES; i++) w.pages[i].state = i % 2 ? STATE_PUBLISHED : STATE_DRAFT;
}

static void end(void)
{
	model_release(w.model);
	site_close(w.site);
	arena_release(&w.a);
	random_seed(0);
	clock_set(0);
}

/* Never further than five days from the start, so that nothing comes to the end of its life. */
static void jump(void)
{
	int64_t to = clock_now() + (int64_t)random_below(24 * HOUR) - 12 * HOUR;
	clock_set(MAX(start - 5 * DAY, MIN(to, start + 5 * DAY)));
}

static void test_jumps(void **state)
{
	int turns = 0;
	clock_set(start);
	random_seed(20261127);
	build(state);
	for (int step = 0; step < STEPS; step++) {
		struct told *page = &w.pages[random_below(PAGES)];
		uint32_t what = random_below(10);
		jump();
		if (what < 5) save(page);
		else if (what < 7) move(page);
		else turns += run_jobs();
		use_session();
		read_all();
	}
	assert_true(turns > STEPS / 20);
	assert_sound();

	/* The trash is emptied of what is there, once its time has come; the rest stays. */
	clock_set(start + 40 * DAY);
	run_jobs();
	for (int i = 0; i < PAGES; i++)
		if (w.pages[i].state == STATE_TRASH) w.pages[i].id = (struct id){ 0 };
	read_all();
	assert_sound();
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH_ENGINES(test_jumps) };
	if (sodium_init() < 0) return 1;
	field_types_use(field_table);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The power goes, the disk refuses: no acknowledged save is lost, none is half there, and `check` finds nothing
 * wrong (support/vfs.h). In short; `make faults` (FAULTS=…) tries every operation, with more luck each.
 */
#include <limits.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/record.h"
#include "features/check/check.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "support/store.h"
#include "support/vfs.h"

enum { SAVES = 30, TEXT = 12000, CUTS = 40, LOG_LIMIT = 200 * 1024 };

static struct arena arena;
static long thorough; /* how often each operation is tried; 0: a sample */

/* ---- A site that is written to ---- */

static struct site *make_site(struct test_site *place)
{
	struct err err = { 0 };
	struct site *site;
	test_site_init(place);
	place->options.log_limit = LOG_LIMIT; /* so that the log is emptied under way */
	vfs_trace(place->dir);
	test_site_open(place);
	assert_ok(site_open(place->store, &site, &err), &err);
	place->store = NULL; /* the site's */
	assert_ok(preset_apply(site, &arena, SOURCE_DIR "/presets/agora-de-quartier", &err), &err);
	return site;
}

struct writing {
	const struct model *model;
	int number;
};

static const char *title_of(struct arena *a, int number)
{
	return arena_printf(a, "Page %d", number);
}

static enum code write_page(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	struct issues issues;
	struct arena *a = &arena;
	char *text = arena_alloc(a, TEXT + 1);
	memset(text, 'a' + w->number % 26, TEXT);
	text[TEXT] = '\0';
	issues_init(&issues, a);
	struct save save = { .actor = &actor_program,
		             .form = model_form(w->model, "page"),
		             .space = &w->model->spaces[0],
		             .state = STATE_PUBLISHED,
		             .values = json_keep(
		                     a, json_pack("{s:s, s:s}", "titre", title_of(a, w->number), "texte", text)) };
	return record_save(tx, a, w->model, &save, &issues, err);
}

static enum code save_page(struct site *site, int number, struct err *err)
{
	struct writing writing = { site_model(site), number };
	enum code code = store_write(site_store(site), write_page, &writing, err);
	model_release(writing.model);
	return code;
}

/* ---- What is left ---- */

static bool has_page(struct site *site, int number)
{
	struct db *db;
	struct err err = { 0 };
	int64_t n;
	assert_ok(store_read_begin(site_store(site), &db, &err), &err);
	assert_ok(db_int(db, &n, 0, &err, "SELECT COUNT(*) FROM part WHERE content LIKE '%\"' || $1 || '\"%'",
	                 title_of(&arena, number)),
	          &err);
	store_read_end(site_store(site));
	return n == 1;
}

/* Neither how long a password takes nor, as they are not SQLite's, files. */
static bool concerns_database(const struct check *check)
{
	return strcmp(check->name, "passwords") != 0 && strcmp(check->name, "files") != 0;
}

static void assert_sound(struct site *site, const char *when)
{
	struct checking c = {
		.site = site, .store = site_store(site), .model = site_model(site), .arena = &arena, .lang = LANG_EN
	};
	for (const struct check *check = checks; check->name; check++)
		if (concerns_database(check) && check_run(check, &c) != 0)
			fail_msg("%s: %s finds something wrong", when, check->name);
	model_release(c.model);
}

/* Opened by the ordinary code, as after any start. */
static struct site *open_site(const char *dir, const char *when)
{
	struct err err = { 0 };
	struct store *store;
	struct site *site = NULL;
	char text[1024];
	const struct store_options options = { .dir = dir, .reserve = -1, .log_limit = LOG_LIMIT };
	if (store_open(&options, &store, &err) != OK || site_open(store, &site, &err) != OK)
		fail_msg("%s: %s", when, err_format(&err, err.msg, text, sizeof(text)));
	return site;
}

/* ---- Power cuts ---- */

static void check_cut(size_t at, uint64_t seed, const size_t acknowledged[SAVES])
{
	struct test_site place;
	struct err err = { 0 };
	test_site_init(&place);
	vfs_cut(place.dir, at, seed);
	const char *when = arena_printf(&arena, "cut after operation %zu, seed %llu", at, (unsigned long long)seed);
	struct site *site = open_site(place.dir, when);
	for (int i = 0; i < SAVES; i++)
		if (acknowledged[i] <= at && !has_page(site, i)) fail_msg("%s: save %d is lost", when, i);
	assert_sound(site, when);
	assert_ok(save_page(site, SAVES, &err), &err);
	site_close(site);
	test_site_release(&place);
}

static void test_power_cuts(void **state)
{
	struct test_site place;
	struct err err = { 0 };
	size_t acknowledged[SAVES];
	(void)state;
	struct site *site = make_site(&place);
	size_t start = vfs_trace_length();
	for (int i = 0; i < SAVES; i++) {
		assert_ok(save_page(site, i, &err), &err);
		acknowledged[i] = vfs_trace_length();
	}
	size_t end = vfs_trace_length();
	struct store_figures figures;
	store_figures(site_store(site), &figures);
	assert_true(figures.checkpoints > 0 && figures.restarts > 0); /* cut in the middle of these too */
	size_t tries = 0;
	for (size_t at = start; at <= end; at++) {
		if (!thorough && random_below((uint32_t)(end - start)) > CUTS) continue;
		for (long seed = 0; seed < MAX(thorough, 1); seed++, tries++)
			check_cut(at, (uint64_t)(at * 1000 + (size_t)seed), acknowledged);
	}
	print_message("%zu power cuts at %zu operations\n", tries, end - start);
	site_close(site);
	vfs_trace_end();
	test_site_release(&place);
}

/* ---- Errors ---- */

static const struct {
	const char *name;
	int code;
	bool lasts;
} errors[] = {
	{ "the disk fails once", SQLITE_IOERR, false },
	{ "the disk fails", SQLITE_IOERR, true },
	{ "the disk is full for a moment", SQLITE_FULL, false },
	{ "the disk is full", SQLITE_FULL, true },
};

/* Saves go on until one fails, then the disk is well again. False: the n-th operation never came. */
static bool check_error(size_t kind, int n)
{
	struct test_site place;
	struct err err = { 0 };
	bool saved[SAVES + 2] = { false };
	const char *when = arena_printf(&arena, "%s at operation %d", errors[kind].name, n);
	struct site *site = make_site(&place);
	vfs_trace_end();
	vfs_fail(n, errors[kind].code, errors[kind].lasts);
	for (int i = 0; i < 6; i++) {
		enum code code = save_page(site, i, &err);
		saved[i] = code == OK;
		if (code != OK && code != E_IO && code != E_FULL && code != E_BUSY)
			fail_msg("%s: a save ends with %s", when, code_name(code));
	}
	bool failed = vfs_has_failed();
	vfs_fail(0, 0, false);
	saved[6] = save_page(site, 6, &err) == OK;
	if (!saved[6]) fail_msg("%s: no save goes on afterwards (%s)", when, err.msg);
	for (int i = 0; i <= 6; i++)
		if (saved[i] && !has_page(site, i)) fail_msg("%s: save %d is lost", when, i);
	site_close(site);
	site = open_site(place.dir, when);
	for (int i = 0; i <= 6; i++)
		if (saved[i] && !has_page(site, i)) fail_msg("%s: save %d is lost after a start", when, i);
	assert_sound(site, when);
	site_close(site);
	test_site_release(&place);
	return failed;
}

static void test_errors(void **state)
{
	int tries = 0;
	(void)state;
	for (size_t kind = 0; kind < COUNT(errors); kind++)
		for (int n = 1;; n += thorough ? 1 : 1 + (int)random_below(80), tries++)
			if (!check_error(kind, n)) break;
	print_message("%d errors\n", tries);
	assert_in_range(tries, 4 * COUNT(errors), INT_MAX);
}

static int setup(void **state)
{
	const char *faults = getenv("FAULTS");
	(void)state;
	thorough = faults ? strtol(faults, NULL, 10) : 0;
	arena_init(&arena);
	random_seed(20131128);
	field_types_use(field_table);
	vfs_install();
	return sodium_init() < 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_power_cuts),
		cmocka_unit_test(test_errors),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

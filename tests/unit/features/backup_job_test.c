/* Backups as work in the background: made, noted, let go, tried. */
#include "features/backup/backup_job.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/site.h"
#include "features/backup/shelf.h"
#include "features/check/check_report.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "store/disk.h"
#include "support/store.h"

#define DAYS(n) ((n)*24LL * 3600 * 1000)

static struct arena arena;

/* A job finds the database as its settings say. */
static void settle(void **state, const char *lines)
{
	struct err err;
	const struct test_site *place = test_site(state);
	const char *postgres = *place->postgres ? arena_printf(&arena, "postgres = %s\n", place->postgres) : "";
	assert_ok(disk_write(arena_printf(&arena, "%s/parvis.conf", place->dir), postgres, &err), &err);
	assert_ok(disk_write(arena_printf(&arena, "%s/settings.conf", place->dir), lines, &err), &err);
}

static struct site *make_site(void **state)
{
	struct err err = { 0 };
	struct site *site;
	assert_ok(site_open(test_store(state), &site, &err), &err);
	test_site(state)->store = NULL; /* the site's */
	assert_ok(preset_apply(site, &arena, SOURCE_DIR "/presets/agora-de-quartier", &err), &err);
	return site;
}

static void run(struct site *site, enum code (*work)(struct store *, const struct job *, void *, struct err *),
                json_t *payload)
{
	struct err err = { 0 };
	const struct job job = { .payload = payload };
	assert_ok(work(site_store(site), &job, site, &err), &err);
	json_decref(payload);
}

static int list(struct site *site, struct shelved **all)
{
	struct err err;
	int n;
	assert_ok(shelf_list(&arena, store_dir(site_store(site)), all, &n, &err), &err);
	return n;
}

static void test_made_and_tried(void **state)
{
	struct shelved *all;
	struct stat st;
	struct err err;
	settle(state, "");
	struct site *site = make_site(state);
	const char *dir = store_dir(site_store(site));
	assert_int_equal(list(site, &all), 0);
	run(site, backup_job, json_object());
	assert_int_equal(list(site, &all), 1);
	assert_int_equal(strlen(all[0].hash), HASH_HEX);
	assert_false(all[0].by_itself);
	assert_int_equal(all[0].tested, 0);
	const char *path = shelf_path(&arena, dir, all[0].name);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, all[0].bytes);
	run(site, backup_test_job, json_pack("{s:s}", "name", all[0].name));
	assert_int_equal(list(site, &all), 1);
	if (!all[0].sound) fail_msg("%s", all[0].said);
	assert_true(all[0].tested);
	assert_int_not_equal(access(arena_printf(&arena, "%s/tmp/trial", dir), F_OK), 0);
	/* One byte. */
	int fd = open(path, O_RDWR | O_CLOEXEC);
	char byte;
	assert_int_equal(pread(fd, &byte, 1, st.st_size / 2), 1);
	byte ^= 1;
	assert_int_equal(pwrite(fd, &byte, 1, st.st_size / 2), 1);
	close(fd);
	run(site, backup_test_job, json_pack("{s:s}", "name", all[0].name));
	assert_int_equal(list(site, &all), 1);
	assert_false(all[0].sound);
	assert_true(*all[0].said);
	/* One that is no more is no failure; no name leads elsewhere. */
	run(site, backup_test_job, json_pack("{s:s}", "name", "../site.db"));
	assert_int_equal(shelf_find(&arena, dir, "../parvis.conf", all, &err), E_NOT_FOUND);
	assert_ok(shelf_delete(&arena, dir, all[0].name, &err), &err);
	assert_int_equal(list(site, &all), 0);
	site_close(site);
}

/* A day after the site was made, then each day; the oldest go, but those that somebody asked for. */
static void test_by_itself(void **state)
{
	struct shelved *all;
	settle(state, "backups_kept = 2\n");
	int64_t start = clock_now();
	clock_set(start);
	struct site *site = make_site(state);
	run(site, backup_schedule, json_object());
	assert_int_equal(list(site, &all), 0);
	clock_set(start + DAYS(1));
	run(site, backup_schedule, json_object());
	run(site, backup_schedule, json_object());
	assert_int_equal(list(site, &all), 1);
	assert_true(all[0].by_itself);
	clock_set(start + DAYS(1) + 3600000);
	run(site, backup_job, json_object());
	for (int day = 3; day < 6; day++) {
		clock_set(start + DAYS(day));
		run(site, backup_schedule, json_object());
	}
	assert_int_equal(list(site, &all), 3);
	assert_int_equal(all[0].made, start + DAYS(5));
	assert_int_equal(all[1].made, start + DAYS(4));
	assert_false(all[2].by_itself);
	settle(state, "backups = never\n");
	clock_set(start + DAYS(9));
	run(site, backup_schedule, json_object());
	assert_int_equal(list(site, &all), 3);
	settle(state, "backups = weekly\n");
	run(site, backup_schedule, json_object());
	assert_int_equal(list(site, &all), 3); /* four days after the last */
	clock_set(start + DAYS(12));
	run(site, backup_schedule, json_object());
	assert_int_equal(list(site, &all), 4);
	clock_set(0);
	site_close(site);
}

/* While the site is served: what can be looked at without writing. */
static void test_check(void **state)
{
	json_t *report;
	struct err err;
	settle(state, "");
	struct site *site = make_site(state);
	assert_int_equal(check_last(&arena, store_dir(site_store(site)), &report, &err), E_NOT_FOUND);
	run(site, check_job, json_object());
	assert_ok(check_last(&arena, store_dir(site_store(site)), &report, &err), &err);
	assert_int_equal(json_int(report, "wrong", -1), 0);
	assert_true(json_array_size(json_object_get(report, "checks")) >= 5);
	site_close(site);
}

/* No room for it: nothing is begun. */
static void test_room(void **state)
{
	struct err err;
	(void)test_store(state);
	assert_int_equal(shelf_room(test_site(state)->dir, INT64_MAX / 2, &err), E_FULL);
	assert_ok(shelf_room(test_site(state)->dir, 0, &err), &err);
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	field_types_use(field_table);
	return 0;
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
		BOTH_ENGINES(test_made_and_tried),
		BOTH_ENGINES(test_by_itself),
		BOTH_ENGINES(test_check),
		ONLY_SQLITE(test_room),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

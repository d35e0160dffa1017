/* Archives of spaces: asked for once, made by a job, for who asked; gone with time and with any erasure. */
#include "features/archive/archive.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/clock.h"
#include "core/site.h"
#include "store/disk.h"
#include "support/site/site.h"

static struct site_fixture site;
static struct site *opened;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	if (opened) {
		test_site(state)->store = NULL;
		site_close(opened);
	}
	site.store = NULL;
	opened = NULL;
	return test_store_teardown(state);
}

static void begin(void **state)
{
	struct err err = { 0 };
	const struct test_site *place = test_site(state);
	site_fixture_init(&site, test_store(state));
	const char *postgres = *place->postgres ? arena_printf(&site.arena, "postgres = %s\n", place->postgres) : "";
	assert_ok(disk_write(arena_printf(&site.arena, "%s/parvis.conf", place->dir), postgres, &err), &err);
	assert_ok(site_open(site.store, &opened, &err), &err);
	site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\",\"genre\":\"asso\"}");
	site_card(&site, &site.contributor, "{\"nom\":\"La forge\",\"genre\":\"asso\"}");
}

struct asking {
	const struct actor *actor;
	enum archive_scope scope;
};

static enum code write_ask(struct tx *tx, void *arg, struct err *err)
{
	const struct asking *x = arg;
	return archive_ask(tx, site.open, x->actor->person, x->scope, "https://quartier.example", LANG_FR, err);
}

static void ask(const struct actor *actor, enum archive_scope scope)
{
	struct err err = { 0 };
	struct asking x = { actor, scope };
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, write_ask, &x, &err), &err);
}

static int list(const struct actor *actor, struct archive **ret)
{
	struct db *db;
	struct err err = { 0 };
	int n = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(archive_list(db, &site.arena, site.open, actor->person, ret, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void work(void)
{
	static const struct job_kind kinds[] = { { "space-archive", archive_job, 0 }, { 0 } };
	struct err err = { 0 };
	int n = 1;
	while (n) assert_ok(job_run_due(site.store, kinds, opened, &n, &err), &err);
}

static const char *path_of(const struct archive *archive)
{
	return arena_printf(&site.arena, "%s/%s", archive_folder(&site.arena, site.store),
	                    archive_name(&site.arena, archive->id));
}

static void test_made(void **state)
{
	struct archive *all;
	struct stat st;
	int error;
	begin(state);
	ask(&site.facilitator, ARCHIVE_PUBLIC);
	ask(&site.facilitator, ARCHIVE_PUBLIC); /* that one is coming */
	ask(&site.facilitator, ARCHIVE_OWN);
	assert_int_equal(list(&site.facilitator, &all), 2);
	assert_int_equal(list(&site.administrator, &all), 0);
	work();
	assert_int_equal(list(&site.facilitator, &all), 2);
	assert_int_equal(all[0].scope, ARCHIVE_OWN);
	assert_int_equal(all[1].scope, ARCHIVE_PUBLIC);
	for (int i = 0; i < 2; i++) {
		assert_true(all[i].made);
		assert_int_equal(all[i].records, 2);
		assert_string_equal(all[i].error, "");
		assert_int_equal(stat(path_of(&all[i]), &st), 0);
		assert_int_equal(st.st_size, all[i].bytes);
		assert_int_equal(st.st_mode & 0777, 0600);
		zip_t *zip = zip_open(path_of(&all[i]), ZIP_RDONLY | ZIP_CHECKCONS, &error);
		assert_non_null(zip);
		assert_true(zip_name_locate(zip, "index.html", 0) >= 0);
		assert_true(zip_name_locate(zip, "pages/le-moulin.html", 0) >= 0);
		zip_discard(zip);
	}
	/* Nothing of the making stays. */
	char **left;
	int n;
	struct err err;
	assert_ok(
	        disk_list(&site.arena, arena_printf(&site.arena, "%s/tmp", store_dir(site.store)), "", &left, &n, &err),
	        &err);
	assert_int_equal(n, 0);
}

static void test_gone(void **state)
{
	struct archive *all;
	struct err err = { 0 };
	const struct job none = { 0 };
	begin(state);
	ask(&site.facilitator, ARCHIVE_PUBLIC);
	work();
	assert_int_equal(list(&site.facilitator, &all), 1);
	const char *path = path_of(&all[0]);
	assert_ok(archive_upkeep(site.store, &none, opened, &err), &err);
	assert_int_equal(list(&site.facilitator, &all), 1);
	clock_set(all[0].created + ARCHIVE_KEPT_MS + 1);
	assert_ok(archive_upkeep(site.store, &none, opened, &err), &err);
	assert_int_equal(list(&site.facilitator, &all), 0);
	assert_int_not_equal(access(path, F_OK), 0);
	ask(&site.facilitator, ARCHIVE_PUBLIC);
	work();
	assert_int_equal(list(&site.facilitator, &all), 1);
	path = path_of(&all[0]);
	assert_int_equal(access(path, F_OK), 0);
	assert_ok(archive_forget(site.store, &err), &err);
	assert_int_equal(list(&site.facilitator, &all), 0);
	assert_int_not_equal(access(path, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_made),
		TEST(test_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

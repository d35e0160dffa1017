/* A site comes back as it was, on the same engine and on the other; what is damaged is refused. */
#include "features/backup/backup.h"

#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/clock.h"
#include "core/reindex.h"
#include "features/backup/backup_table.h"
#include "features/check/check.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "media/picture.h"
#include "support/store.h"

static struct arena arena;

static void no_report(const char *file, const struct import_report *report)
{
	(void)file;
	assert_int_equal(report->refused, 0);
}

/* The preset with its demonstration and pictures. */
static struct site *make_site(void **state)
{
	struct err err = { 0 };
	struct site *site;
	static const char folder[] = SOURCE_DIR "/presets/agora-de-quartier";
	assert_ok(site_open(test_store(state), &site, &err), &err);
	test_site(state)->store = NULL; /* the site's */
	assert_ok(preset_apply(site, &arena, folder, &err), &err);
	assert_ok(preset_demo(site, &arena, folder, no_report, &err), &err);
	return site;
}

static const char *archive(void **state, const char *name)
{
	return arena_printf(&arena, "%s/%s", test_site(state)->dir, name);
}

/* Beside the store that is open. */
static struct backup_figures back_up(struct test_site *site, const char *path)
{
	struct err err = { 0 };
	struct store *store;
	struct backup_figures figures;
	struct store_options options = site->options;
	options.create = false;
	options.beside = true;
	assert_ok(store_open(&options, &store, &err), &err);
	assert_ok(backup_make(store, &(struct backup_settings){ "workers = 3\n", "backups = never\n" }, path, &figures,
	                      &err),
	          &err);
	store_close(store);
	return figures;
}

static void assert_sound(struct site *site)
{
	struct checking c = {
		.site = site, .store = site_store(site), .model = site_model(site), .arena = &arena, .lang = LANG_EN
	};
	for (const struct check *check = checks; check->name; check++)
		if (check_run(check, &c) != 0) fail_msg("%s finds something wrong", check->name);
	model_release(c.model);
}

/* The description without the time: it has the hash of each table. */
static const char *description(const char *path)
{
	char text[16384];
	int error;
	zip_t *zip = zip_open(path, ZIP_RDONLY, &error);
	assert_non_null(zip);
	zip_file_t *file = zip_fopen(zip, "backup.json", 0);
	zip_int64_t n = zip_fread(file, text, sizeof(text));
	assert_in_range(n, 1, sizeof(text) - 1);
	zip_fclose(file);
	zip_discard(zip);
	text[n] = '\0';
	char *made = strstr(text, "\"made\":");
	assert_non_null(made);
	memmove(made, strchr(made, ','), strlen(strchr(made, ',')) + 1);
	return arena_strdup(&arena, text);
}

/* Into a new place, whose schema moves on to the newest, and where everything is computed and checked. False:
 * no PostgreSQL here. */
static bool restore(struct test_site *place, const char *path, bool postgres, struct site **ret)
{
	struct err err = { 0 };
	struct backup *backup;
	struct backup_figures figures;
	test_site_init(place);
	if (postgres && !test_site_postgres(place, SOURCE_DIR)) {
		test_site_release(place);
		return false;
	}
	assert_ok(backup_open(&arena, path, &backup, &err), &err);
	place->options.schema = backup_schema(backup);
	test_site_open(place);
	assert_ok(backup_restore(backup, place->store, &figures, &err), &err);
	assert_int_equal(backup_restore(backup, place->store, &figures, &err), E_CONFLICT);
	backup_close(backup);
	store_close(place->store);
	place->options.schema = 0;
	test_site_open(place);
	assert_ok(site_open(place->store, ret, &err), &err);
	int64_t mended;
	const struct model *model = site_model(*ret);
	assert_ok(reindex_everything(site_store(*ret), model, NULL, NULL, &mended, &err), &err);
	model_release(model);
	assert_int_equal(mended, 0);
	assert_sound(*ret);
	return true;
}

static void release(struct test_site *place, struct site *site)
{
	site_close(site);
	place->store = NULL;
	test_site_release(place);
}

/* Backed up again: the same tables, the same files. */
static void assert_restored(const char *path, bool postgres)
{
	struct test_site place;
	struct site *site;
	if (!restore(&place, path, postgres, &site)) return;
	const char *again = arena_printf(&arena, "%s/again.zip", place.dir);
	back_up(&place, again);
	assert_string_equal(description(again), description(path));
	release(&place, site);
}

static void test_comes_back(void **state)
{
	struct site *site = make_site(state);
	const char *path = archive(state, "site.zip");
	struct err err = { 0 };
	struct stat st;
	struct backup_figures figures = back_up(test_site(state), path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(figures.bytes, st.st_size);
	assert_true(figures.rows > 500 && figures.files >= 2);
	assert_restored(path, false);
	assert_restored(path, true);
	/* What is there already stays. */
	assert_int_equal(backup_make(site_store(site), &(struct backup_settings){ "", "" }, path, &figures, &err),
	                 E_CONFLICT);
	site_close(site);
}

static int64_t count(struct site *site, const char *sql)
{
	struct err err = { 0 };
	struct db *db;
	int64_t n;
	assert_ok(store_read_begin(site_store(site), &db, &err), &err);
	assert_ok(db_int_values(db, &n, 0, &err, sql, NULL, 0), &err);
	store_read_end(site_store(site));
	return n;
}

/* Each schema that sites may have (src/store/schema) has a site of its time in tests/upgrade, made by the
 * program of then: it opens with the program of now, and nothing of it is lost. */
static void test_upgrade(void **state)
{
	(void)state;
	for (int schema = 1; schema <= store_schema(); schema++) {
		const char *path = arena_printf(&arena, "%s/tests/upgrade/schema-%04d.zip", SOURCE_DIR, schema);
		for (int postgres = 0; postgres < 2; postgres++) {
			struct test_site place;
			struct site *site;
			if (!restore(&place, path, postgres, &site)) continue;
			/* What tests/upgrade/make put in. */
			assert_int_equal(count(site, "SELECT COUNT(*) FROM person WHERE email = 'ada@upgrade.example'"),
			                 1);
			assert_int_equal(count(site, "SELECT COUNT(*) FROM record WHERE slug LIKE 'mise-a-niveau-%'"),
			                 3);
			release(&place, site);
		}
	}
}

static const char *const table_queries[] = {
	[ENGINE_SQLITE] = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' "
	                  "AND name NOT LIKE 'search_fts%' AND name NOT LIKE 'place_index%'",
	[ENGINE_POSTGRES] = "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()",
};

/* A new table is either kept, or left out on purpose. */
static void test_every_table(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct db *db;
	int n = 0, known = 0;
	assert_ok(store_read_begin(store, &db, &err), &err);
	AUTO(rows_release) struct rows rows = { 0 };
	assert_ok(db_query_values(db, &rows, &err, table_queries[db_engine(db)], NULL, 0), &err);
	for (; rows_next(&rows); n++) {
		int found = 0;
		for (const struct backup_table *t = backup_tables; t->name; t++)
			found += strcmp(t->name, row_text(&rows, 0)) == 0;
		for (const char *const *t = backup_left_out; *t; t++) found += strcmp(*t, row_text(&rows, 0)) == 0;
		if (found != 1) fail_msg("the table %s is named %d times", row_text(&rows, 0), found);
	}
	assert_ok(rows_end(&rows, &err), &err);
	rows_release(&rows);
	store_read_end(store);
	for (const struct backup_table *t = backup_tables; t->name; t++) known++;
	for (const char *const *t = backup_left_out; *t; t++) known++;
	assert_int_equal(n, known);
}

/* One bit, anywhere: refused before anything is written. */
static void test_damaged(void **state)
{
	struct site *site = make_site(state);
	const char *path = archive(state, "site.zip");
	struct err err = { 0 };
	struct backup *backup;
	struct arena a;
	enum { FLIPS = 150, END = 80 };
	back_up(test_site(state), path);
	site_close(site);
	int fd = open(path, O_RDWR);
	struct stat st;
	assert_int_equal(fstat(fd, &st), 0);
	arena_init(&a);
	for (int i = 0; i < FLIPS; i++) {
		char byte, bit;
		/* The last bytes, where the archive ends, each in turn; then by chance. */
		off_t at = i < END ? st.st_size - 1 - i : random_below((uint32_t)st.st_size);
		assert_int_equal(pread(fd, &byte, 1, at), 1);
		bit = byte ^ (char)(1 << random_below(8));
		assert_int_equal(pwrite(fd, &bit, 1, at), 1);
		if (backup_open(&a, path, &backup, &err) != E_INPUT) fail_msg("byte %lld may change", (long long)at);
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		arena_reset(&a);
	}
	assert_ok(backup_open(&a, path, &backup, &err), &err);
	backup_close(backup);
	/* Cut short; not an archive; absent. */
	assert_int_equal(ftruncate(fd, st.st_size / 2), 0);
	assert_int_equal(backup_open(&a, path, &backup, &err), E_INPUT);
	assert_int_equal(backup_open(&a, SOURCE_DIR "/README.md", &backup, &err), E_INPUT);
	assert_int_equal(backup_open(&a, archive(state, "nothing"), &backup, &err), E_NOT_FOUND);
	arena_release(&a);
	close(fd);
}

/* Beside: no writing, and only what is there. */
static void test_beside(void **state)
{
	struct err err = { 0 };
	struct store *store;
	struct store_options options = { .dir = test_site(state)->dir, .beside = true };
	test_store(state);
	assert_ok(store_open(&options, &store, &err), &err);
	store_close(store);
	options.dir = arena_printf(&arena, "%s/files", test_site(state)->dir);
	assert_int_equal(store_open(&options, &store, &err), E_NOT_FOUND);
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	random_seed(20131128);
	field_types_use(field_table);
	return sodium_init() < 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PICTURE_COMMAND) == 0) return picture_child();
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_comes_back),  ONLY_SQLITE(test_upgrade), /* which opens both */
		BOTH_ENGINES(test_every_table), ONLY_SQLITE(test_damaged), ONLY_SQLITE(test_beside),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

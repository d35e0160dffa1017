/* Each damage is seen by the check that is there for it; a sound site has nothing wrong. */
#include "features/check/check.h"

#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "core/audit.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "media/picture.h"
#include "support/store.h"

static struct arena arena;

static enum code add_audit(struct tx *tx, void *arg, struct err *err)
{
	struct id thing = { { 1, 2, 3 } };
	(void)arg;
	TRY(audit_add(tx, &arena, &actor_program, "person.level", thing, NULL, err));
	return audit_add(tx, &arena, &actor_program, "person.block", thing, NULL, err);
}

static void no_report(const char *file, const struct import_report *report)
{
	(void)file;
	assert_int_equal(report->refused, 0);
}

/* The preset, its demonstration if asked, two rows of audit. */
static struct site *make_site(void **state, bool demo)
{
	struct err err = { 0 };
	struct site *site;
	static const char folder[] = SOURCE_DIR "/presets/agora-de-quartier";
	assert_ok(site_open(test_store(state), &site, &err), &err);
	test_site(state)->store = NULL; /* the site's */
	assert_ok(preset_apply(site, &arena, folder, &err), &err);
	if (demo) assert_ok(preset_demo(site, &arena, folder, no_report, &err), &err);
	assert_ok(store_write(site_store(site), add_audit, NULL, &err), &err);
	return site;
}

/* What each check finds, by its name. */
static int64_t found_by(struct site *site, const char *name)
{
	struct checking c = {
		.site = site, .store = site_store(site), .model = site_model(site), .arena = &arena, .lang = LANG_EN
	};
	int64_t found = -1;
	for (const struct check *check = checks; check->name; check++)
		if (strcmp(check->name, name) == 0) found = check_run(check, &c);
	model_release(c.model);
	return found;
}

#define FIRST(table, key) " WHERE " key " = (SELECT " key " FROM " table " ORDER BY " key " LIMIT 1)"

/* What is done to a table, and how it is undone: by `mend`, else by putting all its rows back. */
static const struct damage {
	const char *check, *table, *sql, *mend;
} damages[] = {
	{ "objects", "body", "UPDATE body SET data = '{\"set\":{}}'" FIRST("body", "id"), NULL },
	{ "objects", "body", "DELETE FROM body" FIRST("body", "id"), NULL },
	{ "objects", "obj", "UPDATE obj SET header = replace(header, '{', '{ ')" FIRST("obj", "id"), NULL },
	{ "objects", "obj", "UPDATE obj SET depth = depth + 1" FIRST("obj", "id"), NULL },
	{ "objects", "obj", "UPDATE obj SET flags = 4" FIRST("obj", "id"), NULL },
	{ "objects", "obj", "UPDATE obj SET compartment = save" FIRST("obj", "id"), NULL },
	{ "objects", "parent", "INSERT INTO parent (child, parent) SELECT id, id FROM obj" FIRST("obj", "id"), NULL },
	{ "database", "body", "UPDATE body SET id = salt" FIRST("body", "id"), NULL },
	{ "database", "obj", "DELETE FROM obj" FIRST("obj", "id"), NULL },
	{ "database", "parent", "INSERT INTO parent (child, parent) SELECT id, salt FROM body" FIRST("body", "id"),
	  NULL },
	{ "index", "part", "UPDATE part SET content = '{}'" FIRST("part", "record"), NULL },
	{ "index", "part", "UPDATE part SET conflict = '{\"nom\":[]}'" FIRST("part", "record"), NULL },
	{ "index", "record", "UPDATE record SET changed = changed + 1" FIRST("record", "num"),
	  "UPDATE record SET changed = changed - 1" FIRST("record", "num") },
	{ "index", "field_value", "DELETE FROM field_value" FIRST("field_value", "num"), NULL },
	{ "index", "value_count", "UPDATE value_count SET n = n + 1" FIRST("value_count", "field"), NULL },
	{ "index", "link", "DELETE FROM link" FIRST("link", "source"), NULL },
	{ "index", "search_doc", "UPDATE search_doc SET title = title || ' else'" FIRST("search_doc", "doc"),
	  "UPDATE search_doc SET title = replace(title, ' else', '')" },
	{ "index", "word", "UPDATE word SET n = n + 1" FIRST("word", "word"), NULL },
	{ "index", "trigram", "DELETE FROM trigram" FIRST("trigram", "tri"), NULL },
	{ "files", "file", "UPDATE file SET size = size + 1" FIRST("file", "hash"), NULL },
	{ "files", "file",
	  "INSERT INTO file (hash, size, type, created) SELECT salt, 0, 'a', 0 FROM body" FIRST("body", "id"), NULL },
	{ "audit", "audit", "UPDATE audit SET action = 'person.praise'" FIRST("audit", "num"), NULL },
	{ "audit", "audit", "DELETE FROM audit" FIRST("audit", "num"), NULL },
};

static enum code run(struct tx *tx, const char *sql, struct err *err)
{
	return db_run_values(tx_db(tx), err, sql, NULL, 0);
}

static enum code do_damage(struct tx *tx, void *arg, struct err *err)
{
	const struct damage *d = arg;
	if (d->mend == NULL)
		TRY(run(tx, arena_printf(&arena, "CREATE TABLE set_aside AS SELECT * FROM %s", d->table), err));
	return run(tx, d->sql, err);
}

static enum code do_mend(struct tx *tx, void *arg, struct err *err)
{
	const struct damage *d = arg;
	if (d->mend) return run(tx, d->mend, err);
	TRY(run(tx, arena_printf(&arena, "DELETE FROM %s", d->table), err));
	TRY(run(tx, arena_printf(&arena, "INSERT INTO %s SELECT * FROM set_aside", d->table), err));
	return run(tx, "DROP TABLE set_aside", err);
}

static void assert_sound(struct site *site)
{
	for (const struct check *check = checks; check->name; check++)
		if (found_by(site, check->name) != 0) fail_msg("%s finds something wrong", check->name);
}

static void test_sound(void **state)
{
	struct site *site = make_site(state, true);
	assert_sound(site);
	site_close(site);
}

static void test_damages(void **state)
{
	struct site *site = make_site(state, false);
	struct err err = { 0 };
	for (size_t i = 0; i < COUNT(damages); i++) {
		struct damage d = damages[i];
		assert_ok(store_write(site_store(site), do_damage, &d, &err), &err);
		if (found_by(site, d.check) == 0) fail_msg("%s does not see: %s", d.check, d.sql);
		assert_ok(store_write(site_store(site), do_mend, &d, &err), &err);
	}
	assert_sound(site);
	site_close(site);
}

/* A byte of a file changes on the disk, then the file goes. */
static void test_damaged_file(void **state)
{
	struct site *site = make_site(state, false);
	struct err err = { 0 };
	struct db *db;
	char hex[HASH_HEX + 1], *path;
	assert_ok(store_read_begin(site_store(site), &db, &err), &err);
	AUTO(rows_release) struct rows rows = { 0 };
	assert_ok(db_query(db, &rows, &err, "SELECT hash FROM file ORDER BY hash LIMIT 1"), &err);
	assert_true(rows_next(&rows));
	struct hash hash = row_hash(&rows, 0);
	hash_hex(&hash, hex);
	assert_ok(rows_end(&rows, &err), &err);
	rows_release(&rows);
	store_read_end(site_store(site));

	path = arena_printf(&arena, "%s/files/%.2s/%s", store_dir(site_store(site)), hex, hex + 2);
	int fd = open(path, O_RDWR);
	char first;
	assert_int_equal(pread(fd, &first, 1, 0), 1);
	first ^= 1;
	assert_int_equal(pwrite(fd, &first, 1, 0), 1);
	close(fd);
	assert_int_equal(found_by(site, "files"), 1);
	unlink(path);
	assert_int_equal(found_by(site, "files"), 1);
	site_close(site);
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
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
		BOTH_ENGINES(test_sound),
		BOTH_ENGINES(test_damages),
		BOTH_ENGINES(test_damaged_file),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

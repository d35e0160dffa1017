/* Migrations, and what the schema must do alike on both engines. */
#include "store/migrate.h"

#include <string.h>

#include "base/buf.h"
#include "store/driver.h"
#include "store/places.h"
#include "store/words.h"
#include "support/store.h"

/* A writing connection to an empty database. */
struct empty {
	struct test_site site;
	struct db *db;
};

static bool open_empty(struct empty *e, enum engine engine)
{
	struct err err = { 0 };
	char path[160];
	test_site_init(&e->site);
	snprintf(path, sizeof(path), "%s/site.db", e->site.dir);
	struct db_options options = { .where = path, .writer = true, .create = true };
	if (engine == ENGINE_POSTGRES) {
		if (!test_site_postgres(&e->site, SOURCE_DIR)) {
			test_site_release(&e->site);
			return false;
		}
		options.where = e->site.postgres;
	}
	assert_ok(db_open(engine, &options, &e->db, &err), &err);
	return true;
}

static void close_empty(struct empty *e)
{
	db_close(e->db);
	test_site_release(&e->site);
}

static int version(struct db *db)
{
	struct err err = { 0 };
	int v = -1;
	assert_ok(migrate_version(db, &v, &err), &err);
	return v;
}

/* Names and types of all columns and names of all indexes, one line each, in order. */
static const char *describe(struct arena *a, struct db *db)
{
	static const char *const queries[] = {
		[ENGINE_SQLITE] = "SELECT line FROM (SELECT m.name || '.' || c.name || ' ' || c.type || c.\"notnull\""
		                  " AS line FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'"
		                  " UNION ALL SELECT type || ' ' || name || ' ' || tbl_name FROM sqlite_schema)"
		                  " ORDER BY line",
		[ENGINE_POSTGRES] = "SELECT line FROM (SELECT table_name || '.' || column_name || ' ' || data_type"
		                    " || is_nullable AS line FROM information_schema.columns"
		                    " WHERE table_schema = current_schema()"
		                    " UNION ALL SELECT regexp_replace(indexdef, 'test_[0-9_]*\\.', '') FROM pg_indexes"
		                    " WHERE schemaname = current_schema()) AS x ORDER BY line COLLATE \"C\"",
	};
	struct err err = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	struct buf out;
	buf_init(&out, a, 0);
	assert_ok(db_query_values(db, &rows, &err, queries[db_engine(db)], NULL, 0), &err);
	while (rows_next(&rows)) buf_printf(&out, "%s\n", row_text(&rows, 0));
	assert_ok(rows_end(&rows, &err), &err);
	return buf_str(&out);
}

/* The mechanism */

static const char meta_sql[] = "CREATE TABLE meta (key {text} PRIMARY KEY, value {text}){keyed};\n";

static const struct migration steps[] = {
	{ "0001-a.sql", meta_sql },
	{ "0002-b.sql", "-- A note with a {blob}; and more.\n"
	                "CREATE TABLE b (num {pk}, n {int}, t {text}, d {blob}\n"
	                "-- postgres: , only_postgres BIGINT\n"
	                "-- sqlite: , only_sqlite INTEGER\n"
	                "){table};\nINSERT INTO b (n) VALUES (7);" },
	{ "0003-c.sql", "ALTER TABLE b ADD COLUMN c {int};\nUPDATE b SET c = n + 1;" },
};

static const struct migration broken[] = {
	{ "0001-a.sql", meta_sql },
	{ "0002-b.sql", "CREATE TABLE b (n {int});\nINSERT INTO b (n) VALUES (1);\nnonsense;" },
};

static void check_steps(enum engine engine)
{
	struct empty e;
	struct err err = { 0 };
	int64_t n = 0;
	if (!open_empty(&e, engine)) skip();
	assert_int_equal(version(e.db), 0);
	assert_ok(migrate_run(e.db, steps, 0, &err), &err);
	assert_int_equal(version(e.db), 0);
	for (int upto = 1; upto <= 3; upto++) {
		for (int twice = 0; twice < 2; twice++) {
			assert_ok(migrate_run(e.db, steps, upto, &err), &err);
			assert_int_equal(version(e.db), upto);
		}
	}
	assert_ok(db_int(e.db, &n, 0, &err, "SELECT c FROM b WHERE num = 1"), &err);
	assert_int_equal(n, 8);
	assert_ok(db_int_values(e.db, &n, -1, &err,
	                        engine == ENGINE_SQLITE ? "SELECT count(only_sqlite) FROM b"
	                                                : "SELECT count(only_postgres) FROM b",
	                        NULL, 0),
	          &err);
	assert_int_equal(n, 0);
	/* An older program on a newer site. */
	assert_int_equal(migrate_run(e.db, steps, 2, &err), E_INPUT);
	close_empty(&e);
}

/* What fails leaves the version before, whole. */
static void check_broken(enum engine engine)
{
	struct empty e;
	struct err err = { 0 };
	if (!open_empty(&e, engine)) skip();
	assert_int_equal(migrate_run(e.db, broken, 2, &err), E_INTERNAL);
	db_forgive(e.db);
	assert_false(e.db->driver->in_transaction(e.db));
	assert_int_equal(version(e.db), 1);
	assert_ok(migrate_run(e.db, steps, 3, &err), &err);
	assert_int_equal(version(e.db), 3);
	close_empty(&e);
}

/* The program's own: from every earlier version, the result is the same. */
static void check_every_version(enum engine engine)
{
	struct arena a = { 0 };
	const char *direct = NULL;
	struct err err = { 0 };
	for (int from = 0; from <= migration_count; from++) {
		struct empty e;
		if (!open_empty(&e, engine)) skip();
		assert_ok(migrate_run(e.db, migrations, from, &err), &err);
		assert_int_equal(version(e.db), from);
		assert_ok(migrate_run(e.db, migrations, migration_count, &err), &err);
		assert_int_equal(version(e.db), migration_count);
		const char *now = describe(&a, e.db);
		assert_true(strlen(now) > 1000);
		if (direct) assert_string_equal(now, direct);
		direct = now;
		close_empty(&e);
	}
	arena_release(&a);
}

static void test_steps_sqlite(void **state)
{
	(void)state;
	check_steps(ENGINE_SQLITE);
}

static void test_steps_postgres(void **state)
{
	(void)state;
	check_steps(ENGINE_POSTGRES);
}

static void test_broken_sqlite(void **state)
{
	(void)state;
	check_broken(ENGINE_SQLITE);
}

static void test_broken_postgres(void **state)
{
	(void)state;
	check_broken(ENGINE_POSTGRES);
}

static void test_every_version_sqlite(void **state)
{
	(void)state;
	check_every_version(ENGINE_SQLITE);
}

static void test_every_version_postgres(void **state)
{
	(void)state;
	check_every_version(ENGINE_POSTGRES);
}

/* The same tables and columns on both engines, but for the dialect's own. */

static enum code list_columns(struct db *db, struct arena *a, const char **ret, struct err *err)
{
	static const char *const queries[] = {
		[ENGINE_SQLITE] = "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c"
		                  " WHERE m.type = 'table' AND m.name NOT LIKE 'search\\_fts%' ESCAPE '\\'"
		                  " AND m.name NOT LIKE 'place\\_index%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'"
		                  " ORDER BY 1",
		[ENGINE_POSTGRES] = "SELECT table_name || '.' || column_name AS line FROM information_schema.columns"
		                    " WHERE table_schema = current_schema() AND data_type <> 'tsvector'"
		                    " ORDER BY (table_name || '.' || column_name) COLLATE \"C\"",
	};
	AUTO(rows_release) struct rows rows = { 0 };
	struct buf out;
	buf_init(&out, a, 0);
	TRY(db_query_values(db, &rows, err, queries[db_engine(db)], NULL, 0));
	while (rows_next(&rows)) buf_printf(&out, "%s\n", row_text(&rows, 0));
	*ret = buf_str(&out);
	return rows_end(&rows, err);
}

static void test_same_columns(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const char *columns[2];
	struct err err = { 0 };
	for (enum engine engine = ENGINE_SQLITE; engine <= ENGINE_POSTGRES; engine++) {
		struct empty e;
		if (!open_empty(&e, engine)) skip();
		assert_ok(migrate_run(e.db, migrations, migration_count, &err), &err);
		assert_ok(list_columns(e.db, &a, &columns[engine], &err), &err);
		close_empty(&e);
	}
	assert_string_equal(columns[ENGINE_SQLITE], columns[ENGINE_POSTGRES]);
	arena_release(&a);
}

/* Places and words: what is found, and no more once it is removed */

static enum code add_record(struct db *db, int num, struct err *err)
{
	return db_run(db, err,
	              "INSERT INTO record (num, id, form, space, slug, state, created, changed)"
	              " VALUES ($1, $2, 1, 1, $3, 0, 0, 0)",
	              num, id_new(), num == 1 ? "one" : "two");
}

static enum code fill(struct tx *tx, void *arg, struct err *err)
{
	struct db *db = tx_db(tx);
	(void)arg;
	TRY(db_run(db, err,
	           "INSERT INTO space (num, id, slug, body, visibility, compartment_public,"
	           " compartment_members, compartment_facilitators, created, changed)"
	           " VALUES (1, $1, 'all', '{}', 0, $2, $3, $4, 0, 0)",
	           id_new(), id_new(), id_new(), id_new()));
	TRY(db_run(db, err,
	           "INSERT INTO definition (num, kind, key, version, body, changed)"
	           " VALUES (1, 0, 'place', 1, '{}', 0)"));
	TRY(db_run(db, err, "INSERT INTO field (num, form, key) VALUES (1, 1, 'where')"));
	TRY(add_record(db, 1, err));
	TRY(add_record(db, 2, err));
	TRY(words_add(db, 1, &(struct words){ 1, 7, 0, 1, "jardin partag", "rue du change 37000 tour", "change" },
	              err));
	TRY(words_add(db, 1, &(struct words){ 2, 7, 2, 4, "jardin partag", "code cach 1234 1e5a", "" }, err));
	TRY(words_add(db, 2, &(struct words){ 3, 7, 0, 4, "repar cafe\npaus", "jardin été 中文", "" }, err));
	TRY(places_add(db, 1, 1, 0, (struct box){ 6848000, 6848000, 473941000, 473941000 }, err));
	TRY(places_add(db, 1, 1, 0, (struct box){ -1800000000, -1799999999, 899999999, 900000000 }, err));
	return places_add(db, 2, 1, 0, (struct box){ 6000000, 7000000, 470000000, 480000000 }, err);
}

/* How many records match: FTS5 and tsquery agree on plain words and starts of words. */
static int64_t matches(struct db *db, const char *fts, const char *tsquery)
{
	struct err err = { 0 };
	int64_t n = -1;
	if (db_engine(db) == ENGINE_SQLITE)
		assert_ok(db_int(db, &n, -1, &err,
		                 "SELECT count(*) FROM search_fts"
		                 " WHERE search_fts MATCH $1",
		                 fts),
		          &err);
	else
		assert_ok(db_int(db, &n, -1, &err,
		                 "SELECT count(*) FROM search_doc"
		                 " WHERE words @@ CAST($1 AS tsquery)",
		                 tsquery),
		          &err);
	return n;
}

static int64_t inside(struct db *db, int west, int east, int south, int north)
{
	struct err err = { 0 };
	struct arena arena = { 0 };
	struct rows rows = { 0 };
	struct sql q;
	sql_init(&q, &arena);
	sql_add(&q, "SELECT count(DISTINCT p.num)");
	places_in_box(&q, (struct box){ west, east, south, north }, db_engine(db));
	sql_add(&q, " AND p.field = ?", 1);
	assert_ok(sql_query(&q, db, &rows, &err), &err);
	assert_true(rows_next(&rows));
	int64_t n = row_int(&rows, 0);
	assert_ok(rows_end(&rows, &err), &err);
	arena_release(&arena);
	return n;
}

static void check_filled(struct db *db)
{
	assert_int_equal(matches(db, "jardin", "jardin"), 3);
	assert_int_equal(matches(db, "\"¶jardin\"", "'¶jardin'"), 2);
	assert_int_equal(matches(db, "\"¶paus\" AND \"§7\"", "'¶paus' & '§7'"), 1);
	assert_int_equal(matches(db, "1234", "1234"), 1);
	assert_int_equal(matches(db, "1e5a", "'1e5a'"), 1);
	assert_int_equal(matches(db, "37000 AND tour", "37000 & tour"), 1);
	assert_int_equal(matches(db, "\"été\" AND \"中文\"", "'été' & '中文'"), 1);
	assert_int_equal(matches(db, "ete", "ete"), 0);
	assert_int_equal(matches(db, "repa*", "repa:*"), 1);
	assert_int_equal(inside(db, 6848000, 6848000, 473941000, 473941000), 2);
	assert_int_equal(inside(db, 6848001, 6848001, 473941000, 473941000), 1);
	assert_int_equal(inside(db, -1799999999, -1799999998, 899999998, 899999999), 1);
	assert_int_equal(inside(db, 0, 1, 0, 1), 0);
}

static enum code change(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	TRY(words_remove(tx_db(tx), 1, err));
	TRY(places_remove(tx_db(tx), 1, err));
	TRY(db_run(tx_db(tx), err, "DELETE FROM record WHERE num = 1"));
	TRY(words_remove(tx_db(tx), 2, err));
	TRY(words_add(tx_db(tx), 2, &(struct words){ 4, 7, 0, 4, "autre", "jardin", "" }, err));
	TRY(places_remove(tx_db(tx), 2, err));
	return places_add(tx_db(tx), 2, 1, 0, (struct box){ 1, 1, 2, 2 }, err);
}

/* A record cannot be deleted while an index still holds it. */
static enum code delete_record(struct tx *tx, void *arg, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM record WHERE num = $1", *(const int *)arg);
}

static void test_indexes_follow(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct db *db;
	assert_ok(store_write(store, fill, NULL, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	check_filled(db);
	store_read_end(store);
	assert_int_equal(store_write(store, delete_record, &(int){ 1 }, &err), E_CONFLICT);
	assert_ok(store_write(store, change, NULL, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_int_equal(matches(db, "jardin", "jardin"), 1);
	assert_int_equal(matches(db, "cafe", "cafe"), 0);
	assert_int_equal(matches(db, "autre", "autre"), 1);
	assert_int_equal(matches(db, "change", "change"), 0);
	assert_int_equal(matches(db, "cach", "cach"), 0);
	assert_int_equal(inside(db, 6848000, 6848000, 473941000, 473941000), 0);
	assert_int_equal(inside(db, 0, 1, 0, 2), 1);
	store_read_end(store);
}

/* Longer than FTS5, tsvector (1 MB) or anybody needs: cut between two words. */
static enum code add_long_text(struct tx *tx, void *arg, struct err *err)
{
	AUTO(buf_release) struct buf text = { 0 };
	(void)arg;
	for (int i = 0; text.len < 3 * 1024 * 1024; i++) buf_printf(&text, "mot%d ", i);
	return words_add(tx_db(tx), 1, &(struct words){ 4, 7, 0, 4, "long", buf_str(&text), "" }, err);
}

static void test_long_text(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct db *db;
	assert_ok(store_write(store, fill, NULL, &err), &err);
	assert_ok(store_write(store, add_long_text, NULL, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_int_equal(matches(db, "mot10000", "mot10000"), 1);
	assert_int_equal(matches(db, "mot100000", "mot100000"), 0);
	store_read_end(store);
}

/* FTS5 and the R-tree agree with the tables that they follow. */
static enum code check_shadows(struct tx *tx, void *arg, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	char *found = arg;
	TRY(db_run(tx_db(tx), err, "INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)"));
	TRY(db_query(tx_db(tx), &rows, err, "SELECT rtreecheck('place_index')"));
	if (rows_next(&rows)) snprintf(found, 64, "%s", row_text(&rows, 0));
	return rows_end(&rows, err);
}

static void test_shadows(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	char found[64] = "";
	assert_ok(store_write(store, fill, NULL, &err), &err);
	assert_ok(store_write(store, change, NULL, &err), &err);
	assert_ok(store_write(store, check_shadows, found, &err), &err);
	assert_string_equal(found, "ok");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_steps_sqlite),
		cmocka_unit_test(test_steps_postgres),
		cmocka_unit_test(test_broken_sqlite),
		cmocka_unit_test(test_broken_postgres),
		cmocka_unit_test(test_every_version_sqlite),
		cmocka_unit_test(test_every_version_postgres),
		cmocka_unit_test(test_same_columns),
		BOTH_ENGINES(test_indexes_follow),
		BOTH_ENGINES(test_long_text),
		ONLY_SQLITE(test_shadows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What goes into the database comes out alike on both engines; errors too. */
#include "store/db.h"

#include <string.h>

#include "store/sql.h"
#include "support/store.h"

/* Runs `fn` in a transaction; returns its code. */
static enum code write(void **state, store_fn *fn, void *arg, struct err *err)
{
	return store_write(test_store(state), fn, arg, err);
}

static enum code make_table(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	struct db *db = tx_db(tx);
	if (db_engine(db) == ENGINE_SQLITE)
		return db_run(db, err,
		              "CREATE TABLE t (n INTEGER PRIMARY KEY, i INTEGER, s TEXT, b BLOB,"
		              " CHECK (i <> 13)) STRICT");
	return db_run(db, err,
	              "CREATE TABLE t (n BIGINT PRIMARY KEY, i BIGINT, s TEXT COLLATE \"C\","
	              " b BYTEA, CHECK (i <> 13))");
}

static void setup_table(void **state)
{
	struct err err = { 0 };
	assert_ok(write(state, make_table, NULL, &err), &err);
}

/* Round trips */

static const char long_text[] = "L'été à Tours : « œuvre », naïveté, 中文, 🌻 — and 'quotes', \\ and $1";

static enum code insert_all_kinds(struct tx *tx, void *arg, struct err *err)
{
	struct id *id = arg;
	struct hash hash = hash_sha256("abc", 3);
	struct db *db = tx_db(tx);
	TRY(db_run(db, err, "INSERT INTO t (n, i, s, b) VALUES ($1, $2, $3, $4)", 1, INT64_MIN, long_text, *id));
	/* No assert here: cmocka jumps, and this is the writer's thread. */
	if (db_changes(db) != 1) FAIL(err, E_INTERNAL, "%d changes", (int)db_changes(db));
	TRY(db_run(db, err, "INSERT INTO t (b, s, i, n) VALUES ($4, $3, $2, $1)", 2, INT64_MAX, "", hash));
	TRY(db_run(db, err, "INSERT INTO t (n, i, s, b) VALUES ($1, $2, $3, $4)", 3, true, (const char *)NULL,
	           blob_of(NULL, 0)));
	TRY(db_run(db, err, "INSERT INTO t (n, i, s, b) VALUES ($1, $2, $3, $4)", 4, -1, "x", blob_of("", 0)));
	return db_run(db, err, "INSERT INTO t (n, i, b) VALUES ($1, $1, $2)", 5, blob_of("\0\xff\0", 3));
}

static void check_first_rows(struct rows *rows, const struct id *id)
{
	assert_true(rows_next(rows));
	assert_int_equal(row_int(rows, 0), INT64_MIN);
	assert_string_equal(row_text(rows, 1), long_text);
	assert_true(id_equal(row_id(rows, 2), *id));
	assert_true(rows_next(rows));
	assert_int_equal(row_int(rows, 0), INT64_MAX);
	assert_string_equal(row_text(rows, 1), "");
	assert_false(row_is_null(rows, 1));
	struct hash hash = row_hash(rows, 2), wanted = hash_sha256("abc", 3);
	assert_int_equal(hash_compare(&hash, &wanted), 0);
}

static void test_kinds_round_trip(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct id id = id_new();
	struct db *db;
	setup_table(state);
	assert_ok(write(state, insert_all_kinds, &id, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	struct rows rows = { 0 };
	assert_ok(db_query(db, &rows, &err, "SELECT i, s, b FROM t ORDER BY n"), &err);
	check_first_rows(&rows, &id);
	assert_true(rows_next(&rows));
	assert_int_equal(row_int(&rows, 0), 1);
	assert_true(row_is_null(&rows, 1));
	assert_string_equal(row_text(&rows, 1), "");
	assert_true(row_is_null(&rows, 2));
	assert_true(id_is_zero(row_id(&rows, 2)));
	assert_int_equal(row_blob(&rows, 2).len, 0);
	assert_true(rows_next(&rows));
	assert_int_equal(row_int(&rows, 0), -1);
	assert_false(row_is_null(&rows, 2));
	assert_int_equal(row_blob(&rows, 2).len, 0);
	assert_true(rows_next(&rows));
	assert_int_equal(row_blob(&rows, 2).len, 3);
	assert_memory_equal(row_blob(&rows, 2).ptr, "\0\xff\0", 3);
	assert_false(rows_next(&rows));
	assert_false(rows_next(&rows));
	assert_ok(rows_end(&rows, &err), &err);
	store_read_end(store);
}

/* Reads `text` as one integer. */
#define assert_sql_int(db, expected, ...)                                 \
	do {                                                              \
		int64_t found = -99;                                      \
		struct err e = { 0 };                                     \
		assert_ok(db_int((db), &found, -1, &e, __VA_ARGS__), &e); \
		assert_int_equal(found, (expected));                      \
	} while (0)

static void test_expressions(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct id id = id_new();
	struct db *db;
	setup_table(state);
	assert_ok(write(state, insert_all_kinds, &id, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_sql_int(db, 5, "SELECT count(*) FROM t");
	assert_sql_int(db, 5, "SELECT sum(i) FROM t WHERE n > $1 AND i BETWEEN $2 AND $3", 2, -1, 5);
	assert_sql_int(db, -99990000, "SELECT sum($1 * n) FROM t WHERE n = $2", -99990000, 1);
	assert_sql_int(db, 0, "SELECT coalesce(sum(n), 0) FROM t WHERE n > $1", 100);
	assert_sql_int(db, 1, "SELECT EXISTS (SELECT 1 FROM t WHERE b = $1)", id);
	assert_sql_int(db, 0, "SELECT EXISTS (SELECT 1 FROM t WHERE s = $1)", "nothing");
	assert_sql_int(db, -1, "SELECT n FROM t WHERE s = $1", "nothing");
	/* Binary collation: capitals before small letters before accents. */
	assert_sql_int(db, 1, "SELECT 'Z' < 'a' AND 'z' < 'é'");
	/* The same argument twice, and not in order. */
	assert_sql_int(db, 2, "SELECT n FROM t WHERE i = $2 AND n = $1 AND $2 = $2", 2, INT64_MAX);
	/* "$1" in a quoted text is a text. */
	assert_sql_int(db, 1, "SELECT n FROM t WHERE s LIKE '%$1' AND n = $1", 1);
	store_read_end(store);
}

static void test_sql_builder(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct id id = id_new();
	struct arena arena = { 0 };
	struct db *db;
	setup_table(state);
	assert_ok(write(state, insert_all_kinds, &id, &err), &err);
	struct sql q;
	sql_init(&q, &arena);
	sql_add(&q, "SELECT count(*), '?' FROM t WHERE n IN (0");
	for (int i = 1; i <= 4; i++) sql_add(&q, ", ?", i);
	{
		char passing[] = "x";
		sql_add(&q, ") AND (s = ? OR b = ?)", (const char *)passing, id);
		passing[0] = '!';
	}
	assert_string_equal(buf_str(&q.text), "SELECT count(*), '?' FROM t WHERE n IN (0, $1, $2, $3, $4)"
	                                      " AND (s = $5 OR b = $6)");
	assert_ok(store_read_begin(store, &db, &err), &err);
	struct rows rows = { 0 };
	assert_ok(sql_query(&q, db, &rows, &err), &err);
	assert_true(rows_next(&rows));
	assert_int_equal(row_int(&rows, 0), 2);
	assert_string_equal(row_text(&rows, 1), "?");
	assert_ok(rows_end(&rows, &err), &err);
	store_read_end(store);
	arena_release(&arena);
}

/* A walk inside a walk of the same text, more texts than the cache holds, kinds that change. */
static void test_statements(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct id id = id_new();
	struct arena arena = { 0 };
	struct db *db;
	setup_table(state);
	assert_ok(write(state, insert_all_kinds, &id, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	struct rows outer = { 0 };
	int pairs = 0;
	assert_ok(db_query(db, &outer, &err, "SELECT n FROM t WHERE n <> $1 ORDER BY n", 3), &err);
	while (rows_next(&outer)) {
		AUTO(rows_release) struct rows inner = { 0 };
		assert_ok(db_query(db, &inner, &err, "SELECT n FROM t WHERE n <> $1 ORDER BY n", 4), &err);
		while (rows_next(&inner)) pairs++;
	}
	assert_ok(rows_end(&outer, &err), &err);
	assert_int_equal(pairs, 16);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 300; i++) {
			struct sql q;
			sql_init(&q, &arena);
			sql_add(&q, "SELECT n + ?", i);
			for (int k = 0; k < i; k++) sql_add(&q, " ");
			sql_add(&q, " FROM t WHERE n = ?", 1);
			struct rows rows = { 0 };
			assert_ok(sql_query(&q, db, &rows, &err), &err);
			assert_true(rows_next(&rows));
			assert_int_equal(row_int(&rows, 0), i + 1);
			assert_ok(rows_end(&rows, &err), &err);
		}
	}
	for (int i = 0; i < 3; i++) {
		assert_sql_int(db, -1, "SELECT n FROM t WHERE s = $1", (const char *)NULL);
		assert_sql_int(db, 4, "SELECT n FROM t WHERE s = $1", "x");
	}
	store_read_end(store);
	arena_release(&arena);
}

/* Errors */

struct attempt {
	const char *text;
	const struct value *values;
	int n;
	enum code second; /* of a harmless statement after it */
};

static enum code attempt(struct tx *tx, void *arg, struct err *err)
{
	struct attempt *a = arg;
	enum code code = db_run_values(tx_db(tx), err, a->text, a->values, a->n);
	a->second = db_run(tx_db(tx), NULL, "INSERT INTO t (n) VALUES (77)");
	return code;
}

/* Forgets the failure: the transaction must fail all the same. */
static enum code attempt_and_forget(struct tx *tx, void *arg, struct err *err)
{
	struct err mine;
	return attempt(tx, arg, &mine) == OK ? err_set(err, E_INTERNAL, "no failure") : OK;
}

static void assert_refused(void **state, enum code expected, const char *text, const struct value *values, int n)
{
	struct err err = { 0 };
	struct attempt a = { .text = text, .values = values, .n = n };
	assert_int_equal(write(state, attempt, &a, &err), expected);
	assert_int_equal(err.code, expected);
	assert_int_equal(a.second, expected);
	a.second = OK;
	assert_int_equal(write(state, attempt_and_forget, &a, &err), expected);
	assert_int_equal(a.second, expected);
}

static void test_constraints(void **state)
{
	struct err err = { 0 };
	struct id id = id_new();
	struct db *db;
	setup_table(state);
	assert_ok(write(state, insert_all_kinds, &id, &err), &err);
	assert_refused(state, E_CONFLICT, "INSERT INTO t (n) VALUES ($1)", VALUES(1));
	assert_refused(state, E_CONFLICT, "UPDATE t SET i = $1 WHERE n = $2", VALUES(13, 1));
	assert_refused(state, E_CONFLICT, "INSERT INTO meta (key, value) VALUES ($1, $2)",
	               VALUES("a", (const char *)NULL));
	assert_refused(state, E_CONFLICT,
	               "INSERT INTO membership (person, space, level, created)"
	               " VALUES ($1, $1, $1, $1)",
	               VALUES(999));
	assert_refused(state, E_INTERNAL, "UPDATE t SET nothing = $1", VALUES(1));
	assert_refused(state, E_INTERNAL, "this is not SQL", VALUES());
	assert_refused(state, E_INTERNAL, "UPDATE t SET i = $1 WHERE n = $2", VALUES("text", 1));
	assert_refused(state, E_INPUT, "UPDATE t SET s = $1", VALUES("caf\xe9"));
	assert_refused(state, E_INPUT, "UPDATE t SET s = $1", VALUES("\xed\xa0\x80"));
	assert_refused(state, E_INPUT, "UPDATE t SET s = $1", VALUES("\xc0\x80"));
	assert_refused(state, E_INPUT, "UPDATE t SET s = $1", VALUES("cut \xe2\x82"));
	assert_ok(store_read_begin(test_store(state), &db, &err), &err);
	assert_sql_int(db, 5, "SELECT count(*) FROM t WHERE n < 77");
	assert_sql_int(db, 0, "SELECT count(*) FROM t WHERE n = 77");
	store_read_end(test_store(state));
}

/* A snapshot refuses writes, other types than asked, and all that follows a failure. */
static void test_failed_snapshot(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct db *db;
	int64_t n;
	setup_table(state);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_int_equal(db_run(db, &err, "DELETE FROM meta"), E_INTERNAL);
	assert_int_equal(db_int(db, &n, 0, &err, "SELECT 1"), E_INTERNAL);
	store_read_end(store);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_sql_int(db, 1, "SELECT count(*) FROM meta");
	struct rows rows = { 0 };
	assert_ok(db_query(db, &rows, &err, "SELECT value, 1.5 FROM meta"), &err);
	assert_true(rows_next(&rows));
	assert_int_equal(row_int(&rows, 0), 0);
	assert_int_equal(rows_end(&rows, &err), E_INTERNAL);
	store_read_end(store);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_query(db, &rows, &err, "SELECT value, 1.5 FROM meta"), &err);
	assert_true(rows_next(&rows));
	assert_string_equal(row_text(&rows, 1), "");
	assert_int_equal(rows_end(&rows, &err), E_INTERNAL);
	store_read_end(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_kinds_round_trip), BOTH_ENGINES(test_expressions), BOTH_ENGINES(test_sql_builder),
		BOTH_ENGINES(test_statements),       BOTH_ENGINES(test_constraints), BOTH_ENGINES(test_failed_snapshot),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

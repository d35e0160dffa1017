/* What SQLite alone needs: its log is emptied in time, and a full disk is survived. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/store.h"

static enum code make_table(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return db_run(tx_db(tx), err, "CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB)");
}

static enum code insert_big(struct tx *tx, void *arg, struct err *err)
{
	static const char bytes[100000];
	const int *n = arg;
	return db_run(tx_db(tx), err, "INSERT INTO t (n, b) VALUES ($1, $2)", *n, blob_of(bytes, sizeof(bytes)));
}

static int64_t size_of(const char *dir, const char *name)
{
	char path[256];
	struct stat st;
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return stat(path, &st) == 0 ? st.st_size : -1;
}

static void test_settings(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct db *db;
	int64_t n = -1;
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_int(db, &n, -1, &err, "PRAGMA trusted_schema"), &err);
	assert_int_equal(n, 0);
	assert_ok(db_int(db, &n, -1, &err, "PRAGMA cell_size_check"), &err);
	assert_int_equal(n, 1);
	assert_ok(db_int(db, &n, -1, &err, "PRAGMA busy_timeout"), &err);
	assert_int_equal(n, 5000);
	store_read_end(store);
}

static enum code check_writer(struct tx *tx, void *arg, struct err *err)
{
	int64_t *found = arg;
	TRY(db_int(tx_db(tx), &found[0], -1, err, "PRAGMA synchronous"));
	TRY(db_int(tx_db(tx), &found[1], -1, err, "PRAGMA secure_delete"));
	TRY(db_int(tx_db(tx), &found[2], -1, err, "PRAGMA foreign_keys"));
	return db_int(tx_db(tx), &found[3], -1, err, "PRAGMA wal_autocheckpoint");
}

static void test_writer_settings(void **state)
{
	struct err err = { 0 };
	int64_t found[4] = { -1, -1, -1, -1 };
	assert_ok(store_write(test_store(state), check_writer, found, &err), &err);
	assert_int_equal(found[0], 2); /* FULL */
	assert_int_equal(found[1], 1);
	assert_int_equal(found[2], 1);
}

/* Readers that overlap without end: one is always inside a snapshot. */

struct crowd {
	struct store *store;
	atomic_bool stop;
	atomic_int failures, reads;
};

static void *read_again_and_again(void *arg)
{
	struct crowd *crowd = arg;
	while (!atomic_load(&crowd->stop)) {
		struct db *db;
		int64_t n;
		if (store_read_begin(crowd->store, &db, NULL) != OK) {
			atomic_fetch_add(&crowd->failures, 1);
			continue;
		}
		if (db_int(db, &n, 0, NULL, "SELECT count(*) FROM t") != OK) atomic_fetch_add(&crowd->failures, 1);
		usleep(5000);
		store_read_end(crowd->store);
		atomic_fetch_add(&crowd->reads, 1);
	}
	store_thread_end(crowd->store);
	return NULL;
}

static void test_log_is_emptied_under_readers(void **state)
{
	enum { READERS = 4, LIMIT = 2 * 1024 * 1024, ROWS = 200 };
	test_store(state);
	test_site(state)->options.log_limit = LIMIT;
	struct crowd crowd = { .store = test_store_reopen(state) };
	struct err err = { 0 };
	assert_ok(store_write(crowd.store, make_table, NULL, &err), &err);
	pthread_t threads[READERS];
	for (int i = 0; i < READERS; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, read_again_and_again, &crowd), 0);
		usleep(1300);
	}
	for (int i = 0; i < ROWS; i++) {
		assert_ok(store_write(crowd.store, insert_big, &i, &err), &err);
		usleep(1000);
	}
	atomic_store(&crowd.stop, true);
	for (int i = 0; i < READERS; i++) pthread_join(threads[i], NULL);
	struct store_figures figures;
	store_figures(crowd.store, &figures);
	assert_int_equal(crowd.failures, 0);
	assert_in_range(crowd.reads, 20, 1000000);
	/* 20 MB went through a log of 2 MB: never far over its limit. */
	assert_in_range(figures.restarts, 2, ROWS);
	assert_in_range(size_of(store_dir(crowd.store), "site.db-wal"), 0, 3 * LIMIT);
}

/* A reader that stays does not stop writers, and its snapshot stays whole. */
static void test_long_reader(void **state)
{
	enum { LIMIT = 512 * 1024 };
	test_store(state);
	test_site(state)->options.log_limit = LIMIT;
	struct store *store = test_store_reopen(state);
	struct err err = { 0 };
	struct db *db;
	int64_t n = -1;
	assert_ok(store_write(store, make_table, NULL, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_int(db, &n, -1, &err, "SELECT count(*) FROM t"), &err);
	for (int i = 0; i < 30; i++) assert_ok(store_write(store, insert_big, &i, &err), &err);
	assert_ok(db_int(db, &n, -1, &err, "SELECT count(*) FROM t"), &err);
	assert_int_equal(n, 0);
	store_read_end(store);
	/* The gate was closed meanwhile; it opens as soon as the log is emptied. */
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_int(db, &n, -1, &err, "SELECT count(*) FROM t"), &err);
	assert_int_equal(n, 30);
	store_read_end(store);
	struct store_figures figures;
	store_figures(store, &figures);
	assert_in_range(figures.restarts, 1, 10);
}

static void test_log_is_gone_after_close(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	assert_ok(store_write(store, make_table, NULL, &err), &err);
	assert_true(size_of(store_dir(store), "site.db-wal") > 0);
	struct test_site *site = test_site(state);
	store_close(site->store);
	site->store = NULL;
	assert_int_equal(size_of(site->dir, "site.db-wal"), -1);
}

/* A full disk. SQLite says the same of a database that reached max_page_count. */

static enum code set_page_limit(struct tx *tx, void *arg, struct err *err)
{
	int64_t n;
	return *(bool *)arg ? db_int(tx_db(tx), &n, 0, err, "PRAGMA max_page_count = 1")
	                    : db_int(tx_db(tx), &n, 0, err, "PRAGMA max_page_count = 100000");
}

static enum code delete_all(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return db_run(tx_db(tx), err, "DELETE FROM t");
}

static void test_full_disk(void **state)
{
	struct store *store = test_store(state);
	struct test_site *site = test_site(state);
	struct err err = { 0 };
	assert_int_equal(size_of(site->dir, "reserve"), site->options.reserve);
	assert_ok(store_write(store, make_table, NULL, &err), &err);
	assert_ok(store_write(store, insert_big, &(int){ 1 }, &err), &err);
	assert_ok(store_write(store, set_page_limit, &(bool){ true }, &err), &err);
	assert_int_equal(store_write(store, insert_big, &(int){ 2 }, &err), E_FULL);
	assert_int_equal(size_of(site->dir, "reserve"), -1);
	struct store_figures figures;
	store_figures(store, &figures);
	assert_true(figures.disk_full);
	assert_ok(store_write_freeing(store, delete_all, NULL, &err), &err);
	/* This disk has room, so the reserve is taken back and writes go on. */
	assert_ok(store_write(store, insert_big, &(int){ 3 }, &err), &err);
	assert_int_equal(size_of(site->dir, "reserve"), site->options.reserve);
	store_figures(store, &figures);
	assert_false(figures.disk_full);
}

/* Words stand between spaces and line ends; a beginning is one of a word only. */
static void test_has_word(void **state)
{
	static const struct {
		const char *text, *word;
		int whole, begins;
	} cases[] = {
		{ "jardin\nrue du jardinage", "jardin", 1, 1 },
		{ "rue du jardinage", "jardin", 0, 1 },
		{ "avantjardin jardin", "jardin", 1, 1 },
		{ "avantjardin", "jardin", 0, 0 },
		{ "jardi", "jardin", 0, 0 },
		{ "jardin", "jardin", 1, 1 },
		{ "ar ararat", "ara", 0, 1 },
		{ "", "a", 0, 0 },
		{ "a", "", 0, 0 },
	};
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct db *db;
	assert_ok(store_read_begin(store, &db, &err), &err);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t whole = -1, begins = -1;
		assert_ok(db_int(db, &whole, -1, &err, "SELECT has_word($1, $2, 0)", cases[i].text, cases[i].word),
		          &err);
		assert_ok(db_int(db, &begins, -1, &err, "SELECT has_word($1, $2, 1)", cases[i].text, cases[i].word),
		          &err);
		assert_int_equal(whole, cases[i].whole);
		assert_int_equal(begins, cases[i].begins);
	}
	store_read_end(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ONLY_SQLITE(test_has_word),        ONLY_SQLITE(test_settings),
		ONLY_SQLITE(test_writer_settings), ONLY_SQLITE(test_log_is_emptied_under_readers),
		ONLY_SQLITE(test_long_reader),     ONLY_SQLITE(test_log_is_gone_after_close),
		ONLY_SQLITE(test_full_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

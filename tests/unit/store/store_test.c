/* Writes, batches, snapshots and the generation. */
#include "store/store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/store.h"

static enum code make_table(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return db_run(tx_db(tx), err, "CREATE TABLE t (n BIGINT PRIMARY KEY, i BIGINT)");
}

/* The store with the table of these tests. */
static struct store *store_with_table(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	assert_ok(store_write(store, make_table, NULL, &err), &err);
	return store;
}

static enum code insert(struct tx *tx, void *arg, struct err *err)
{
	const int *n = arg;
	return db_run(tx_db(tx), err, "INSERT INTO t (n, i) VALUES ($1, 0)", *n);
}

static enum code insert_public(struct tx *tx, void *arg, struct err *err)
{
	tx_public(tx);
	return insert(tx, arg, err);
}

static int64_t count_in(struct db *db)
{
	struct err err = { 0 };
	int64_t n = -1;
	return db_int(db, &n, -1, &err, "SELECT count(*) FROM t") == OK ? n : -1;
}

/* -1 on failure: also called from threads, where cmocka may not jump. */
static int64_t count(struct store *store)
{
	struct db *db;
	if (store_read_begin(store, &db, NULL) != OK) return -1;
	int64_t n = count_in(db);
	store_read_end(store);
	return n;
}

/* Writes and what undoes them */

static enum code insert_then_fail(struct tx *tx, void *arg, struct err *err)
{
	TRY(insert_public(tx, arg, err));
	FAIL(err, E_FORBIDDEN, "not %s", "you");
}

static enum code insert_sees_itself(struct tx *tx, void *arg, struct err *err)
{
	int64_t before = count_in(tx_db(tx));
	TRY(insert(tx, arg, err));
	return count_in(tx_db(tx)) == before + 1 ? OK : err_set(err, E_INTERNAL, "unseen");
}

static void test_write(void **state)
{
	struct store *store = store_with_table(state);
	struct err err = { 0 };
	assert_ok(store_write(store, insert, &(int){ 1 }, &err), &err);
	assert_int_equal(count(store), 1);
	assert_int_equal(store_write(store, insert_then_fail, &(int){ 2 }, &err), E_FORBIDDEN);
	assert_string_equal(err.msg, "not %s");
	assert_string_equal(err.args[0], "you");
	assert_int_equal(count(store), 1);
	assert_int_equal(store_write(store, insert, &(int){ 1 }, &err), E_CONFLICT);
	assert_int_equal(store_write(store, insert, &(int){ 1 }, NULL), E_CONFLICT);
	assert_ok(store_write(store, insert_sees_itself, &(int){ 2 }, &err), &err);
	assert_int_equal(count(store), 2);
	store = test_store_reopen(state);
	assert_int_equal(count(store), 2);
}

static enum code write_inside(struct tx *tx, void *arg, struct err *err)
{
	return store_write(tx_store(tx), insert, arg, err);
}

static enum code read_inside(struct tx *tx, void *arg, struct err *err)
{
	struct db *db;
	(void)arg;
	return store_read_begin(tx_store(tx), &db, err);
}

static void test_nesting_is_refused(void **state)
{
	struct store *store = store_with_table(state);
	struct err err = { 0 };
	struct db *db, *second;
	assert_int_equal(store_write(store, write_inside, &(int){ 1 }, &err), E_INTERNAL);
	assert_int_equal(store_write(store, read_inside, NULL, &err), E_INTERNAL);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_int_equal(store_read_begin(store, &second, &err), E_INTERNAL);
	/* Writing while holding a snapshot is fine. */
	assert_int_equal(count_in(db), 0);
	assert_ok(store_write(store, insert, &(int){ 1 }, &err), &err);
	assert_int_equal(count_in(db), 0);
	store_read_end(store);
	assert_int_equal(count(store), 1);
}

/* Batches. A call that holds the writer lets others queue up behind it. */

struct latch {
	pthread_mutex_t mutex;
	pthread_cond_t cond;
	bool held, free;
};

#define LATCH                                                                     \
	{                                                                         \
		PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false \
	}

static enum code hold(struct tx *tx, void *arg, struct err *err)
{
	struct latch *latch = arg;
	(void)tx, (void)err;
	pthread_mutex_lock(&latch->mutex);
	latch->held = true;
	pthread_cond_broadcast(&latch->cond);
	while (!latch->free) pthread_cond_wait(&latch->cond, &latch->mutex);
	pthread_mutex_unlock(&latch->mutex);
	return OK;
}

static void latch_wait_held(struct latch *latch)
{
	pthread_mutex_lock(&latch->mutex);
	while (!latch->held) pthread_cond_wait(&latch->cond, &latch->mutex);
	pthread_mutex_unlock(&latch->mutex);
}

static void latch_free(struct latch *latch)
{
	pthread_mutex_lock(&latch->mutex);
	latch->free = true;
	pthread_cond_broadcast(&latch->cond);
	pthread_mutex_unlock(&latch->mutex);
}

struct caller {
	pthread_t thread;
	struct store *store;
	store_fn *fn;
	void *arg;
	int n;
	enum code code;
	struct err err;
};

static void *call(void *arg)
{
	struct caller *c = arg;
	c->code = store_write(c->store, c->fn, c->arg ? c->arg : &c->n, &c->err);
	return NULL;
}

static void caller_start(struct caller *c)
{
	assert_int_equal(pthread_create(&c->thread, NULL, call, c), 0);
}

enum { CALLERS = 8, TRIES = 50 };

/* Eight writers at once of rows `first` to `first` + 7, the fourth with `odd` and the others with insert;
 * they are given time to queue up behind one that holds the writer over the 2 ms of its own batch. On
 * a busy machine they may still be divided, so what needs them together tries again. */
static void run_together(struct store *store, store_fn *odd, int first, struct caller callers[CALLERS])
{
	struct latch latch = LATCH;
	struct caller holder = { .store = store, .fn = hold, .arg = &latch };
	caller_start(&holder);
	latch_wait_held(&latch);
	for (int i = 0; i < CALLERS; i++) {
		callers[i] = (struct caller){ .store = store, .fn = i == 3 ? odd : insert, .n = first + i };
		caller_start(&callers[i]);
	}
	usleep(50 * 1000);
	latch_free(&latch);
	pthread_join(holder.thread, NULL);
	assert_int_equal(holder.code, OK);
	for (int i = 0; i < CALLERS; i++) pthread_join(callers[i].thread, NULL);
}

static void test_calls_share_a_commit(void **state)
{
	struct store *store = store_with_table(state);
	struct caller callers[CALLERS];
	struct store_figures before, after;
	uint64_t commits = 0;
	for (int try = 0; try < TRIES && commits != 2; try++) {
		store_figures(store, &before);
		run_together(store, insert, try * CALLERS, callers);
		store_figures(store, &after);
		for (int i = 0; i < CALLERS; i++) assert_ok(callers[i].code, &callers[i].err);
		assert_int_equal(count(store), (try + 1) * CALLERS);
		assert_int_equal(after.calls - before.calls, CALLERS + 1);
		commits = after.commits - before.commits;
	}
	assert_int_equal(commits, 2); /* the holder's, and one for the eight */
}

static void test_one_failure_leaves_the_others(void **state)
{
	struct store *store = store_with_table(state);
	struct caller callers[CALLERS];
	run_together(store, insert_then_fail, 0, callers);
	for (int i = 0; i < CALLERS; i++) assert_int_equal(callers[i].code, i == 3 ? E_FORBIDDEN : OK);
	assert_int_equal(count(store), CALLERS - 1);
}

static enum code insert_twice(struct tx *tx, void *arg, struct err *err)
{
	TRY(insert(tx, arg, err));
	return insert(tx, arg, err);
}

static void test_one_conflict_leaves_the_others(void **state)
{
	struct store *store = store_with_table(state);
	struct caller callers[CALLERS];
	run_together(store, insert_twice, 0, callers);
	for (int i = 0; i < CALLERS; i++) assert_int_equal(callers[i].code, i == 3 ? E_CONFLICT : OK);
	assert_int_equal(count(store), CALLERS - 1);
}

/* A commit that fails: a constraint looked at only then, on both engines. */

static enum code make_deferred(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	TRY(db_run(tx_db(tx), err, "CREATE TABLE owner (n BIGINT PRIMARY KEY)"));
	return db_run(tx_db(tx), err,
	              "CREATE TABLE owned (owner BIGINT NOT NULL"
	              " REFERENCES owner (n) DEFERRABLE INITIALLY DEFERRED)");
}

static enum code insert_orphan(struct tx *tx, void *arg, struct err *err)
{
	tx_public(tx);
	TRY(insert(tx, arg, err));
	return db_run(tx_db(tx), err, "INSERT INTO owned (owner) VALUES (99)");
}

static void test_failed_commit_fails_all(void **state)
{
	struct store *store = store_with_table(state);
	struct caller callers[CALLERS];
	struct err err = { 0 };
	assert_ok(store_write(store, make_deferred, NULL, &err), &err);
	uint64_t generation = store_generation(store);
	int failed = 0, written = 0;
	for (int try = 0; try < TRIES && failed < CALLERS; try++) {
		run_together(store, insert_orphan, try * CALLERS, callers);
		assert_int_equal(callers[3].code, E_CONFLICT);
		failed = 0;
		for (int i = 0; i < CALLERS; i++) {
			failed += callers[i].code == E_CONFLICT;
			written += callers[i].code == OK;
			assert_int_equal(callers[i].err.code, callers[i].code);
		}
		assert_int_equal(count(store), written);
		assert_int_equal(store_generation(store), generation);
	}
	assert_int_equal(failed, CALLERS); /* all were in the orphan's batch */
	assert_ok(store_write(store, insert, &(int){ 1000 }, &err), &err);
}

/* The generation, and what happens after a commit */

struct seen {
	struct store *store;
	int times;
	uint64_t generation;
	int64_t rows;
};

static void look(void *arg)
{
	struct seen *seen = arg;
	seen->times++;
	seen->generation = store_generation(seen->store);
}

static enum code insert_and_look(struct tx *tx, void *arg, struct err *err)
{
	struct seen *seen = arg;
	seen->generation = store_generation(tx_store(tx));
	tx_public(tx);
	tx_after_commit(tx, look, seen);
	return insert(tx, &(int){ 50 + seen->times }, err);
}

static enum code look_then_fail(struct tx *tx, void *arg, struct err *err)
{
	TRY(insert_and_look(tx, arg, err));
	FAIL(err, E_FORBIDDEN, "no");
}

static void test_generation(void **state)
{
	struct store *store = store_with_table(state);
	struct err err = { 0 };
	uint64_t start = store_generation(store);
	assert_ok(store_write(store, insert, &(int){ 1 }, &err), &err);
	assert_int_equal(store_generation(store), start);
	assert_ok(store_write(store, insert_public, &(int){ 2 }, &err), &err);
	assert_int_equal(store_generation(store), start + 1);
	assert_int_equal(store_write(store, insert_then_fail, &(int){ 3 }, &err), E_FORBIDDEN);
	assert_int_equal(store_write(store, insert_public, &(int){ 2 }, &err), E_CONFLICT);
	assert_int_equal(store_generation(store), start + 1);
	struct seen seen = { .store = store };
	assert_ok(store_write(store, insert_and_look, &seen, &err), &err);
	assert_int_equal(seen.times, 1);
	assert_int_equal(seen.generation, start + 2); /* it had moved before the call of after_commit */
	assert_int_equal(store_write(store, look_then_fail, &seen, &err), E_FORBIDDEN);
	assert_int_equal(seen.times, 1);
	assert_int_equal(seen.generation, start + 2); /* and not yet inside the transaction */
}

/* Snapshots */

static void test_snapshot_isolation(void **state)
{
	struct store *store = store_with_table(state);
	struct err err = { 0 };
	struct db *db;
	assert_ok(store_write(store, insert, &(int){ 1 }, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_int_equal(count_in(db), 1);
	struct caller other = { .store = store, .fn = insert, .n = 2 };
	caller_start(&other);
	pthread_join(other.thread, NULL);
	assert_ok(other.code, &other.err);
	assert_int_equal(count_in(db), 1);
	store_read_end(store);
	assert_int_equal(count(store), 2);
}

/* Each writes a row and must read it at once, as must the next one that it tells. */
struct talker {
	pthread_t thread;
	struct store *store;
	atomic_int *announced; /* highest row whose write returned, by all */
	int first, missed;
};

enum { TALKERS = 8, TALKS = 40 };

static bool sees(struct store *store, int n)
{
	struct db *db;
	int64_t found = -1;
	if (store_read_begin(store, &db, NULL) != OK) return false;
	enum code code = db_int(db, &found, -1, NULL, "SELECT n FROM t WHERE n = $1", n);
	store_read_end(store);
	return code == OK && found == n;
}

static void *talk(void *arg)
{
	struct talker *t = arg;
	for (int i = 0; i < TALKS; i++) {
		int n = t->first + i;
		t->missed += store_write(t->store, insert_public, &n, NULL) != OK;
		t->missed += !sees(t->store, n);
		int other = atomic_exchange(t->announced, n);
		if (other) t->missed += !sees(t->store, other);
	}
	store_thread_end(t->store);
	return NULL;
}

static void test_reads_see_writes(void **state)
{
	struct store *store = store_with_table(state);
	struct talker talkers[TALKERS];
	atomic_int announced = 0;
	uint64_t generation = store_generation(store);
	for (int i = 0; i < TALKERS; i++) {
		talkers[i] = (struct talker){ .store = store, .announced = &announced, .first = 1 + i * TALKS };
		assert_int_equal(pthread_create(&talkers[i].thread, NULL, talk, &talkers[i]), 0);
	}
	for (int i = 0; i < TALKERS; i++) pthread_join(talkers[i].thread, NULL);
	for (int i = 0; i < TALKERS; i++) assert_int_equal(talkers[i].missed, 0);
	assert_int_equal(count(store), TALKERS * TALKS);
	assert_int_equal(store_generation(store), generation + TALKERS * TALKS);
}

static void test_read_limit(void **state)
{
	test_store(state);
	test_site(state)->options.read_limit = 100;
	struct store *store = test_store_reopen(state);
	struct err err = { 0 };
	struct db *db;
	int64_t n;
	assert_ok(store_read_begin(store, &db, &err), &err);
	int64_t start = clock_monotonic();
	assert_int_equal(db_int(db, &n, 0, &err,
	                        "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c"
	                        " WHERE x < 1000000000) SELECT max(x) FROM c"),
	                 E_BUSY);
	assert_in_range(clock_monotonic() - start, 90, 4000);
	assert_int_equal(db_int(db, &n, 0, &err, "SELECT 1"), E_BUSY);
	store_read_end(store);
	/* The time counts from the start of the snapshot. */
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_int(db, &n, 0, &err, "SELECT 1"), &err);
	usleep(150 * 1000);
	assert_int_equal(db_int(db, &n, 0, &err, "SELECT 1"), E_BUSY);
	store_read_end(store);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_int(db, &n, 0, &err, "SELECT 1"), &err);
	store_read_end(store);
}

/* Threads that end without store_thread_end leave nothing open. */

static void *read_once(void *arg)
{
	struct store *store = arg;
	return count(store) == 0 ? NULL : store;
}

static void test_threads_come_and_go(void **state)
{
	struct store *store = store_with_table(state);
	for (int i = 0; i < 300; i++) {
		pthread_t thread;
		void *failed;
		assert_int_equal(pthread_create(&thread, NULL, read_once, store), 0);
		pthread_join(thread, &failed);
		assert_null(failed);
	}
	assert_int_equal(count(store), 0);
}

/* Opening */

static void test_opening(void **state)
{
	struct err err = { 0 };
	struct store *store = test_store(state), *second = NULL;
	struct test_site *site = test_site(state);
	assert_int_equal(store_open(&site->options, &second, &err), E_BUSY);
	assert_null(second);
	assert_string_equal(store_dir(store), site->dir);
	assert_int_equal(store_engine(store), site->options.postgres ? ENGINE_POSTGRES : ENGINE_SQLITE);
	char path[160];
	struct stat st;
	snprintf(path, sizeof(path), "%s/%s", site->dir, site->options.postgres ? "lock" : "site.db");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	snprintf(path, sizeof(path), "%s/files", site->dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	struct store_options elsewhere = site->options;
	snprintf(path, sizeof(path), "%s/none", site->dir);
	elsewhere.dir = path;
	elsewhere.create = false;
	assert_int_equal(store_open(&elsewhere, &second, &err), E_NOT_FOUND);
	assert_int_not_equal(access(path, F_OK), 0);
	site->options.create = false;
	test_store_reopen(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_write),
		BOTH_ENGINES(test_nesting_is_refused),
		BOTH_ENGINES(test_calls_share_a_commit),
		BOTH_ENGINES(test_one_failure_leaves_the_others),
		BOTH_ENGINES(test_one_conflict_leaves_the_others),
		BOTH_ENGINES(test_failed_commit_fails_all),
		BOTH_ENGINES(test_generation),
		BOTH_ENGINES(test_snapshot_isolation),
		BOTH_ENGINES(test_reads_see_writes),
		BOTH_ENGINES(test_read_limit),
		BOTH_ENGINES(test_threads_come_and_go),
		BOTH_ENGINES(test_opening),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

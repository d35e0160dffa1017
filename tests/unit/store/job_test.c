/* Jobs: run once when due, again when they fail, dead in the end. */
#include "store/job.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/store.h"

enum { MINUTE = 60 * 1000 };
static const int64_t start = 1700000000000;

/* What the jobs of a test did. */
struct log {
	atomic_int runs;
	int64_t last_id, word_length;
	int attempts;
	bool fails;
	enum code inner; /* of what the job did with the store */
};

static enum code run_note(struct store *store, const struct job *job, void *context, struct err *err)
{
	struct log *log = context;
	(void)store;
	log->last_id = job->id;
	log->attempts = job->attempts;
	const char *word = json_string_value(json_object_get(job->payload, "word"));
	log->word_length = word ? (int64_t)strlen(word) : -1;
	atomic_fetch_add(&log->runs, 1);
	if (log->fails) FAIL(err, E_IO, "the %s is unplugged", "printer");
	return OK;
}

static enum code add_note_now(struct tx *tx, void *arg, struct err *err)
{
	json_t *payload = json_pack("{s:s}", "word", arg ? (const char *)arg : "été");
	enum code code = job_add(tx, "note", payload, clock_now(), err);
	json_decref(payload);
	return code;
}

/* A job that reads, forgets to end its snapshot, and writes another job. */
static enum code run_parent(struct store *store, const struct job *job, void *context, struct err *err)
{
	struct log *log = context;
	struct db *db;
	int64_t n;
	(void)job;
	TRY(store_read_begin(store, &db, err));
	log->inner = db_int(db, &n, 0, err, "SELECT count(*) FROM job");
	atomic_fetch_add(&log->runs, 1);
	return store_write(store, add_note_now, NULL, err);
}

static const struct job_kind kinds[] = {
	{ "note", run_note, 0 },
	{ "parent", run_parent, 0 },
	{ 0 },
};

enum { HOUR = 60 * MINUTE };
static const struct job_kind hourly[] = { { "note", run_note, HOUR }, { 0 } };

struct add {
	const char *kind;
	int64_t run_at;
	enum code then;
};

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	const struct add *a = arg;
	json_t *payload = json_pack("{s:s}", "word", "été");
	enum code code = job_add(tx, a->kind, payload, a->run_at, err);
	json_decref(payload);
	TRY(code);
	if (a->then != OK) FAIL(err, a->then, "undone");
	return OK;
}

static int run_due(struct store *store, struct log *log)
{
	struct err err = { 0 };
	int n = -1;
	assert_ok(job_run_due(store, kinds, log, &n, &err), &err);
	return n;
}

static int64_t number(struct store *store, const char *text)
{
	struct err err = { 0 };
	struct db *db;
	int64_t n = -1;
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_int_values(db, &n, -1, &err, text, NULL, 0), &err);
	store_read_end(store);
	return n;
}

static void test_due_jobs_run_once(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct log log = { 0 };
	clock_set(start);
	assert_int_equal(run_due(store, &log), 0);
	assert_ok(store_write(store, add, &(struct add){ "note", start, OK }, &err), &err);
	assert_ok(store_write(store, add, &(struct add){ "note", start + 5 * MINUTE, OK }, &err), &err);
	/* Undone together with what asked for it. */
	assert_int_equal(store_write(store, add, &(struct add){ "note", start, E_FORBIDDEN }, &err), E_FORBIDDEN);
	assert_int_equal(run_due(store, &log), 1);
	assert_int_equal(log.runs, 1);
	assert_int_equal(log.attempts, 0);
	assert_int_equal(log.word_length, strlen("été"));
	assert_int_equal(run_due(store, &log), 0);
	clock_set(start + 5 * MINUTE - 1);
	assert_int_equal(run_due(store, &log), 0);
	clock_set(start + 5 * MINUTE);
	assert_int_equal(run_due(store, &log), 1);
	assert_int_equal(number(store, "SELECT count(*) FROM job"), 0);
	clock_set(0);
}

/* After 1, 2, 4 … 64 minutes; eight attempts in all. */
static void test_retries(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct log log = { .fails = true };
	int64_t now = start;
	clock_set(now);
	assert_ok(store_write(store, add, &(struct add){ "note", start, OK }, &err), &err);
	for (int i = 0; i < JOB_ATTEMPTS; i++) {
		assert_int_equal(run_due(store, &log), 1);
		assert_int_equal(log.attempts, i);
		assert_int_equal(run_due(store, &log), 0);
		if (i == JOB_ATTEMPTS - 1) break;
		int64_t delay = (int64_t)MINUTE << i;
		clock_set(now + delay - 1);
		assert_int_equal(run_due(store, &log), 0);
		clock_set(now += delay);
	}
	clock_set(now + 1000LL * 24 * 60 * MINUTE);
	assert_int_equal(run_due(store, &log), 0);
	assert_int_equal(number(store, "SELECT count(*) FROM job WHERE state = 2 AND attempts = 8"
	                               " AND error = 'the printer is unplugged'"),
	                 1);
	clock_set(0);
}

static void test_success_after_failure(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct log log = { .fails = true };
	clock_set(start);
	assert_ok(store_write(store, add, &(struct add){ "note", start, OK }, &err), &err);
	assert_int_equal(run_due(store, &log), 1);
	log.fails = false;
	clock_set(start + MINUTE);
	assert_int_equal(run_due(store, &log), 1);
	assert_int_equal(log.attempts, 1);
	assert_int_equal(number(store, "SELECT count(*) FROM job"), 0);
	clock_set(0);
}

static void test_unknown_kind_is_kept(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct log log = { 0 };
	clock_set(start);
	assert_ok(store_write(store, add, &(struct add){ "fax", start, OK }, &err), &err);
	assert_int_equal(run_due(store, &log), 1);
	assert_int_equal(log.runs, 0);
	assert_int_equal(number(store, "SELECT count(*) FROM job WHERE state = 0 AND error LIKE '%fax%'"), 1);
	clock_set(0);
}

/* A crash in the middle of a job: the row stays leased. */
static enum code lease_for_ever(struct tx *tx, void *arg, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE job SET state = 1, attempts = $2, lease_until = $1", start + 15 * MINUTE,
	              *(int *)arg);
}

static void test_lease_ends(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct log log = { 0 };
	clock_set(start);
	assert_ok(store_write(store, add, &(struct add){ "note", start, OK }, &err), &err);
	assert_ok(store_write(store, lease_for_ever, &(int){ 3 }, &err), &err);
	assert_int_equal(run_due(store, &log), 0);
	clock_set(start + 15 * MINUTE);
	assert_int_equal(run_due(store, &log), 1);
	assert_int_equal(log.attempts, 3);
	/* One that crashed the program each time must not do so for ever. */
	assert_ok(store_write(store, add, &(struct add){ "note", start, OK }, &err), &err);
	assert_ok(store_write(store, lease_for_ever, &(int){ JOB_ATTEMPTS }, &err), &err);
	assert_int_equal(run_due(store, &log), 0);
	assert_int_equal(number(store, "SELECT count(*) FROM job WHERE state = 2"), 1);
	clock_set(0);
}

static void test_limit(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	char *word = test_malloc(JOB_PAYLOAD_MAX + 1);
	memset(word, 'a', JOB_PAYLOAD_MAX);
	word[JOB_PAYLOAD_MAX] = '\0';
	assert_int_equal(store_write(store, add_note_now, word, &err), E_LIMIT);
	test_free(word);
}

static bool wait_for_runs(struct log *log, int runs)
{
	for (int i = 0; i < 1000 && atomic_load(&log->runs) < runs; i++) usleep(5000);
	return atomic_load(&log->runs) == runs;
}

static void test_runner(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct log log = { 0 };
	struct job_runner *runner;
	/* Left leased by a process that crashed: runs at once when the next one starts. */
	assert_ok(store_write(store, add, &(struct add){ "note", clock_now(), OK }, &err), &err);
	assert_ok(store_write(store, lease_for_ever, &(int){ 1 }, &err), &err);
	assert_ok(job_runner_start(store, kinds, &log, &runner, &err), &err);
	assert_true(wait_for_runs(&log, 1));
	/* The job and the one that it adds: no waiting for the next look at the table. */
	int64_t before = clock_monotonic();
	assert_ok(store_write(store, add, &(struct add){ "parent", clock_now(), OK }, &err), &err);
	assert_true(wait_for_runs(&log, 3));
	assert_in_range(clock_monotonic() - before, 0, 2000);
	assert_int_equal(log.inner, OK);
	assert_ok(store_write(store, add, &(struct add){ "note", clock_now() + 200, OK }, &err), &err);
	assert_true(wait_for_runs(&log, 4));
	job_runner_stop(runner);
	assert_int_equal(number(store, "SELECT count(*) FROM job"), 0);
}

static int run_hourly(struct store *store, struct log *log)
{
	struct err err = { 0 };
	int n = -1;
	assert_ok(job_run_due(store, hourly, log, &n, &err), &err);
	return n;
}

/* One row, whatever happens: started again, done, failed for a whole night. */
static void test_kind_that_comes_back(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct log log = { 0 };
	struct job_runner *runner;
	assert_ok(job_runner_start(store, hourly, &log, &runner, &err), &err);
	assert_true(wait_for_runs(&log, 1));
	job_runner_stop(runner);
	assert_ok(job_runner_start(store, hourly, &log, &runner, &err), &err);
	job_runner_stop(runner);
	assert_int_equal(number(store, "SELECT count(*) FROM job WHERE state = 0"), 1);
	int64_t now = number(store, "SELECT run_at FROM job");
	assert_in_range(now, clock_now() + HOUR - 10 * 1000, clock_now() + HOUR);

	clock_set(now);
	assert_int_equal(run_hourly(store, &log), 1);
	assert_int_equal(number(store, "SELECT run_at FROM job WHERE attempts = 0"), now + HOUR);
	log.fails = true;
	for (int i = 0; i < JOB_ATTEMPTS; i++) {
		clock_set(now = number(store, "SELECT run_at FROM job"));
		assert_int_equal(run_hourly(store, &log), 1);
	}
	assert_int_equal(number(store, "SELECT run_at FROM job WHERE state = 0 AND attempts = 0"
	                               " AND error = 'the printer is unplugged'"),
	                 now + HOUR);
	log.fails = false;
	clock_set(now + HOUR);
	assert_int_equal(run_hourly(store, &log), 1);
	assert_int_equal(number(store, "SELECT count(*) FROM job WHERE error IS NULL"), 1);
	clock_set(0);
}

/* What was put off while the clock was ten hours ahead does not wait for those ten hours; what was asked for a
 * given time does. */
static void test_clock_goes_back(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct log log = { .fails = true };
	struct job_runner *runner;
	clock_set(start + 10 * HOUR);
	assert_ok(job_runner_start(store, hourly, &log, &runner, &err), &err);
	assert_true(wait_for_runs(&log, 1));
	job_runner_stop(runner);
	assert_int_equal(number(store, "SELECT count(*) FROM job WHERE attempts = 1"), 1);
	log.fails = false;
	clock_set(start);
	assert_int_equal(run_hourly(store, &log), 1); /* the new try */
	clock_set(start + 10 * HOUR);
	assert_int_equal(run_hourly(store, &log), 1);
	clock_set(start);
	assert_int_equal(run_hourly(store, &log), 1); /* the turn */
	assert_int_equal(run_hourly(store, &log), 0);
	assert_ok(store_write(store, add, &(struct add){ "note", start + 20 * HOUR, OK }, &err), &err);
	clock_set(start + 10 * HOUR);
	assert_int_equal(run_due(store, &log), 1); /* the next turn */
	clock_set(start - 10 * HOUR);
	assert_int_equal(run_due(store, &log), 0);
	clock_set(start + 20 * HOUR);
	assert_int_equal(run_due(store, &log), 1);
	clock_set(0);
}

struct deed {
	enum code (*act)(struct tx *tx, int64_t id, struct err *err);
	int64_t id;
};

static enum code do_deed(struct tx *tx, void *arg, struct err *err)
{
	const struct deed *deed = arg;
	return deed->act(tx, deed->id, err);
}

static int list_jobs(struct store *store, struct arena *a, const char *kind, struct job_row **rows)
{
	struct db *db;
	struct err err;
	int n;
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(job_list(db, a, kind, 10, rows, &n, &err), &err);
	store_read_end(store);
	return n;
}

/* What failed comes first, with its reason; tried again it may succeed; dropped it is gone. */
static void test_seen_again_dropped(void **state)
{
	struct store *store = test_store(state);
	struct log log = { .fails = true };
	struct err err;
	struct job_row *rows;
	struct arena a;
	arena_init(&a);
	clock_set(start);
	assert_ok(store_write(store, add, &(struct add){ "note", start, OK }, &err), &err);
	for (int i = 0; i < JOB_ATTEMPTS; i++) {
		assert_int_equal(run_due(store, &log), 1);
		clock_set(start + (int64_t)(i + 1) * 1000 * MINUTE);
	}
	assert_ok(store_write(store, add, &(struct add){ "parent", start + 100000LL * MINUTE, OK }, &err), &err);
	assert_int_equal(list_jobs(store, &a, NULL, &rows), 2);
	assert_int_equal(rows[0].state, JOB_DEAD);
	assert_int_equal(rows[0].attempts, JOB_ATTEMPTS);
	assert_string_equal(rows[0].error, "the printer is unplugged");
	assert_int_equal(rows[1].state, JOB_WAITING);
	assert_null(rows[1].error);
	assert_int_equal(list_jobs(store, &a, "note", &rows), 1);
	int64_t dead = rows[0].id;
	log.fails = false;
	assert_int_equal(run_due(store, &log), 0);
	assert_ok(store_write(store, do_deed, &(struct deed){ job_again, dead }, &err), &err);
	assert_int_equal(run_due(store, &log), 1);
	assert_int_equal(list_jobs(store, &a, "note", &rows), 0);
	assert_int_equal(list_jobs(store, &a, "parent", &rows), 1);
	assert_ok(store_write(store, do_deed, &(struct deed){ job_drop, rows[0].id }, &err), &err);
	assert_int_equal(list_jobs(store, &a, NULL, &rows), 0);
	clock_set(0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_due_jobs_run_once),
		BOTH_ENGINES(test_retries),
		BOTH_ENGINES(test_success_after_failure),
		BOTH_ENGINES(test_unknown_kind_is_kept),
		BOTH_ENGINES(test_lease_ends),
		BOTH_ENGINES(test_limit),
		BOTH_ENGINES(test_runner),
		BOTH_ENGINES(test_kind_that_comes_back),
		BOTH_ENGINES(test_clock_goes_back),
		BOTH_ENGINES(test_seen_again_dropped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "store/job.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/json.h"
#include "store/internal.h"

enum {
	LEASE_MS = 15 * 60 * 1000,
	FIRST_DELAY_MS = 60 * 1000,
	LAST_DELAY_MS = FIRST_DELAY_MS << (JOB_ATTEMPTS - 2),
	SLEEP_MS = 60 * 1000, /* at most: the clock may have been set */
	TROUBLE_MS = 5000     /* after the database failed */
};

/* Adding */

static void wake(void *arg)
{
	struct store *store = arg;
	pthread_mutex_lock(&store->job_mutex);
	store->jobs_added++;
	pthread_cond_broadcast(&store->job_cond);
	pthread_mutex_unlock(&store->job_mutex);
}

static enum code add(struct tx *tx, const char *kind, const json_t *payload, int64_t run_at, bool once, struct err *err)
{
	char *text = json_dumps(payload, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	if (text == NULL) die("out of memory");
	int64_t there = 0;
	enum code code = OK;
	if (strlen(text) > JOB_PAYLOAD_MAX) code = err_set(err, E_LIMIT, N_("a job of over %d bytes"), JOB_PAYLOAD_MAX);
	if (code == OK && once)
		code = db_int(tx_db(tx), &there, 0, err,
		              "SELECT COUNT(*) FROM job WHERE kind = $1 AND payload = $2 AND state = $3 AND "
		              "run_at <= $4",
		              kind, text, (int)JOB_WAITING, run_at);
	if (code == OK && there == 0)
		code = db_run(tx_db(tx), err, "INSERT INTO job (kind, payload, run_at) VALUES ($1, $2, $3)", kind, text,
		              run_at);
	free(text);
	if (code == OK) tx_after_commit(tx, wake, tx_store(tx));
	return code;
}

enum code job_add(struct tx *tx, const char *kind, const json_t *payload, int64_t run_at, struct err *err)
{
	return add(tx, kind, payload, run_at, false, err);
}

enum code job_add_once(struct tx *tx, const char *kind, const json_t *payload, int64_t run_at, struct err *err)
{
	return add(tx, kind, payload, run_at, true, err);
}

enum code job_again(struct tx *tx, int64_t id, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "UPDATE job SET state = 0, attempts = 0, run_at = $2 WHERE id = $1 AND state <> 1",
	           id, clock_now()));
	tx_after_commit(tx, wake, tx_store(tx));
	return OK;
}

/* Taking: the row says who has it and until when, so a crash gives it back. */

struct lease {
	struct arena *arena;
	const struct job_kind *kinds;
	int64_t now, id;
	const char *kind, *payload;
	int attempts; /* before this one */
	bool found;
};

static enum code bury(struct db *db, int64_t id, const char *why, struct err *err)
{
	return db_run(db, err, "UPDATE job SET state = 2, lease_until = 0, error = $2 WHERE id = $1", id, why);
}

static enum code find_due(struct db *db, struct lease *l, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT id, kind, payload, attempts FROM job"
	             " WHERE state <= 1 AND run_at <= $1 AND lease_until <= $1"
	             " ORDER BY run_at, id LIMIT 1",
	             l->now));
	l->found = rows_next(&rows);
	if (l->found) {
		l->id = row_int(&rows, 0);
		l->kind = arena_strdup(l->arena, row_text(&rows, 1));
		l->payload = arena_strdup(l->arena, row_text(&rows, 2));
		l->attempts = (int)row_int(&rows, 3);
	}
	return rows_end(&rows, err);
}

/* Those that would wait for longer than they were told to: the clock has gone back since. What the clock was when
 * a job was asked for, nobody can tell: these wait. */
static enum code bring_back(struct db *db, const struct lease *l, struct err *err)
{
	for (const struct job_kind *kind = l->kinds; kind->name; kind++)
		if (kind->every)
			TRY(db_run(db, err, "UPDATE job SET run_at = $1 WHERE kind = $2 AND state = 0 AND run_at > $3",
			           l->now, kind->name, l->now + MAX(kind->every, LAST_DELAY_MS)));
	return db_run(db, err, "UPDATE job SET run_at = $1 WHERE attempts > 0 AND state = 0 AND run_at > $2", l->now,
	              l->now + LAST_DELAY_MS);
}

static enum code take(struct tx *tx, void *arg, struct err *err)
{
	struct lease *l = arg;
	struct db *db = tx_db(tx);
	TRY(bring_back(db, l, err));
	for (;;) {
		TRY(find_due(db, l, err));
		if (!l->found) return OK;
		if (l->attempts < JOB_ATTEMPTS)
			return db_run(db, err,
			              "UPDATE job SET state = 1, attempts = attempts + 1, "
			              "lease_until = $2"
			              " WHERE id = $1",
			              l->id, l->now + LEASE_MS);
		/* Its last attempt never came back: the program stopped in the middle. */
		TRY(bury(db, l->id, "the program stopped while it ran", err));
	}
}

/* Ending */

struct outcome {
	const struct lease *lease;
	int64_t every;
	enum code code;
	char error[512];
};

/* Only if the lease is still ours: `attempts` tells. */
static enum code settle(struct tx *tx, void *arg, struct err *err)
{
	const struct outcome *o = arg;
	int attempt = o->lease->attempts + 1;
	struct db *db = tx_db(tx);
	bool last = o->code == OK || attempt >= JOB_ATTEMPTS;
	if (last && o->every)
		return db_run(db, err,
		              "UPDATE job SET state = 0, lease_until = 0, attempts = 0, run_at = $3, error = $4"
		              " WHERE id = $1 AND attempts = $2",
		              o->lease->id, attempt, clock_now() + o->every, o->code == OK ? NULL : o->error);
	if (o->code == OK)
		return db_run(db, err, "DELETE FROM job WHERE id = $1 AND attempts = $2", o->lease->id, attempt);
	if (last) return bury(db, o->lease->id, o->error, err);
	return db_run(db, err,
	              "UPDATE job SET state = 0, lease_until = 0, run_at = $3, error = $4"
	              " WHERE id = $1 AND attempts = $2",
	              o->lease->id, attempt, clock_now() + ((int64_t)FIRST_DELAY_MS << (attempt - 1)), o->error);
}

static const struct job_kind *find_kind(const struct job_kind *kinds, const char *name)
{
	for (; kinds->name; kinds++)
		if (strcmp(kinds->name, name) == 0) return kinds;
	return NULL;
}

static enum code run(struct store *store, const struct job_kind *kind, void *context, const struct lease *l,
                     struct err *err)
{
	if (kind == NULL) FAIL(err, E_INTERNAL, N_("no kind of job is called %s"), l->kind);
	json_t *payload;
	TRY(json_parse(l->arena, l->payload, strlen(l->payload), &payload, err));
	struct job job = { .id = l->id, .payload = payload, .attempts = l->attempts };
	return kind->run(store, &job, context, err);
}

/* The first job due at `now`, if any. */
static enum code run_one(struct store *store, const struct job_kind *kinds, void *context, int64_t now, bool *ran,
                         struct err *err)
{
	AUTO(arena_release) struct arena arena = { 0 };
	struct lease lease = { .arena = &arena, .kinds = kinds, .now = now };
	TRY(store_write(store, take, &lease, err));
	*ran = lease.found;
	if (!lease.found) return OK;
	struct err why = { .msg = "" };
	const struct job_kind *kind = find_kind(kinds, lease.kind);
	struct outcome outcome = { .lease = &lease, .every = kind ? kind->every : 0 };
	outcome.code = run(store, kind, context, &lease, &why);
	store_read_end(store); /* should the job have left a snapshot open */
	if (outcome.code != OK) err_format(&why, why.msg, outcome.error, sizeof(outcome.error));
	return store_write(store, settle, &outcome, err);
}

enum code job_run_due(struct store *store, const struct job_kind *kinds, void *context, int *ret, struct err *err)
{
	int64_t now = clock_now();
	int count = 0;
	for (bool ran = true; ran; count += ran) TRY(run_one(store, kinds, context, now, &ran, err));
	*ret = count;
	return OK;
}

/* The thread */

struct job_runner {
	struct store *store;
	const struct job_kind *kinds;
	void *context;
	pthread_t thread;
	bool stopping; /* under job_mutex */
};

static enum code next_due(struct store *store, int64_t *ret, struct err *err)
{
	struct db *db;
	TRY(store_read_begin(store, &db, err));
	enum code code = db_int(db, ret, INT64_MAX, err,
	                        "SELECT CASE WHEN lease_until > run_at THEN lease_until ELSE run_at END"
	                        " FROM job WHERE state <= 1 ORDER BY 1 LIMIT 1");
	store_read_end(store);
	return code;
}

/* How long to sleep once nothing is due. */
static int64_t pause_after(struct job_runner *r, enum code code)
{
	int64_t due;
	if (code != OK || next_due(r->store, &due, NULL) != OK) return TROUBLE_MS;
	return MAX(1, MIN(due - clock_now(), SLEEP_MS)); /* it may have become due just now */
}

static void *thread(void *arg)
{
	struct job_runner *r = arg;
	struct store *store = r->store;
	pthread_mutex_lock(&store->job_mutex);
	while (!r->stopping) {
		uint64_t seen = store->jobs_added;
		pthread_mutex_unlock(&store->job_mutex);
		bool ran = false;
		enum code code = run_one(store, r->kinds, r->context, clock_now(), &ran, NULL);
		int64_t until = ran ? 0 : clock_monotonic() + pause_after(r, code);
		pthread_mutex_lock(&store->job_mutex);
		while (!ran && !r->stopping && store->jobs_added == seen)
			if (!cond_wait_until(&store->job_cond, &store->job_mutex, until)) break;
	}
	pthread_mutex_unlock(&store->job_mutex);
	store_thread_end(store);
	return NULL;
}

/* One process has the folder, so what is leased was leased by one that ended. */
static enum code prepare(struct tx *tx, void *arg, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(db, err, "UPDATE job SET state = 0, lease_until = 0 WHERE state = 1"));
	for (const struct job_kind *kind = arg; kind->name; kind++)
		if (kind->every)
			TRY(db_run(db, err,
			           "INSERT INTO job (kind, payload, run_at) SELECT $1, '{}', $2"
			           " WHERE NOT EXISTS (SELECT 1 FROM job WHERE kind = $1 AND state = 0)",
			           kind->name, clock_now()));
	return OK;
}

enum code job_runner_start(struct store *store, const struct job_kind *kinds, void *context, struct job_runner **ret,
                           struct err *err)
{
	TRY(store_write(store, prepare, (void *)kinds, err));
	struct job_runner *r = calloc(1, sizeof(*r));
	if (r == NULL) die("out of memory");
	*r = (struct job_runner){ .store = store, .kinds = kinds, .context = context };
	thread_start(&r->thread, thread, r);
	*ret = r;
	return OK;
}

void job_runner_stop(struct job_runner *runner)
{
	struct store *store = runner->store;
	pthread_mutex_lock(&store->job_mutex);
	runner->stopping = true;
	pthread_cond_broadcast(&store->job_cond);
	pthread_mutex_unlock(&store->job_mutex);
	pthread_join(runner->thread, NULL);
	free(runner);
}

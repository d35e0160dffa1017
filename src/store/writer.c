/*
 * The one writer: a thread that owns the writing connection. Calls queue up while a batch is being
 * made durable and then commit together, so the slower the disk, the bigger the batches.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "store/internal.h"

enum {
	BATCH_CALLS = 64,
	BATCH_MS = 2,
	CHECKPOINT_BYTES = 4 * 1024 * 1024, /* of new log before a part of it is moved */
	GATE_MS = 6000                      /* a little over the limit of a snapshot */
};

struct after {
	void (*fn)(void *arg);
	void *arg;
	struct after *next;
};

/* One store_write, on the stack of the thread that waits for it. */
struct call {
	store_fn *fn;
	void *arg;
	struct err *err;
	enum code code;
	bool public, done;
	struct after *first, **last;
	pthread_cond_t cond;
	struct call *next;
};

struct tx {
	struct store *store;
	struct db *db;
	struct call *call;
};

/* One store_scrub, on the stack of the thread that waits for it. */
struct scrub {
	bool begun, done, emptied;
	pthread_cond_t cond;
	struct scrub *next;
};

struct writer {
	struct store *store;
	struct db *db; /* NULL: lost */
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	struct call *first, **last;
	bool woken, stopping;
	struct scrub *scrubs; /* those who wait for the log to be emptied */
	/* of the thread only */
	int64_t checked;              /* size of the log after the last checkpoint */
	int64_t gate_until;           /* when to give up waiting for readers; 0: the gate is open */
	int64_t next_gate;            /* size of the log at which to try */
	struct store_figures figures; /* under mutex */
};

struct db *tx_db(struct tx *tx)
{
	return tx->db;
}

struct store *tx_store(struct tx *tx)
{
	return tx->store;
}

void tx_public(struct tx *tx)
{
	tx->call->public = true;
}

void tx_after_commit(struct tx *tx, void (*fn)(void *arg), void *arg)
{
	struct after *after = malloc(sizeof(*after));
	if (after == NULL) die("out of memory");
	*after = (struct after){ fn, arg, NULL };
	*tx->call->last = after;
	tx->call->last = &after->next;
}

/* Batches */

struct batch {
	struct call *calls[BATCH_CALLS];
	int n;
	enum code code; /* not OK: the whole batch failed */
	struct err err;
};

static enum code command(struct writer *w, const char *text, struct err *err)
{
	return w->db->driver->command(w->db, text, err);
}

static void close_lost(struct writer *w)
{
	if (w->db == NULL || !w->db->lost) return;
	db_close(w->db);
	w->db = NULL;
}

static enum code begin_once(struct writer *w, struct err *err)
{
	if (w->db == NULL) {
		struct db_options options = { .where = w->store->where, .writer = true };
		TRY(db_open(w->store->engine, &options, &w->db, err));
	}
	db_forgive(w->db);
	enum code code = w->db->driver->begin_write(w->db, err);
	if (code != OK && !w->db->lost && w->db->driver->in_transaction(w->db)) (void)!command(w, "ROLLBACK", NULL);
	return code;
}

static void begin(struct writer *w, struct batch *batch)
{
	bool old = w->db != NULL;
	batch->code = begin_once(w, &batch->err);
	if (batch->code == OK) return;
	close_lost(w);
	/* A connection kept from before may have died since. */
	if (old && w->db == NULL) batch->code = begin_once(w, &batch->err);
	if (batch->code != OK) close_lost(w);
}

/* What went wrong concerns the whole transaction. */
static void break_batch(struct writer *w, struct batch *batch)
{
	batch->code = w->db->failure.code;
	batch->err = w->db->failure;
}

static void undo(struct writer *w, struct batch *batch)
{
	struct db *db = w->db;
	if (db->full) reserve_give(w->store);
	/* SQLite undoes everything by itself after some failures; a lost server does too. */
	if (db->lost || !db->driver->in_transaction(db)) {
		if (!db->failed) db_fail(db, NULL, E_INTERNAL, "the transaction was ended inside");
		break_batch(w, batch);
		return;
	}
	db_forgive(db);
	if (command(w, "ROLLBACK TO call", NULL) != OK || command(w, "RELEASE call", NULL) != OK) break_batch(w, batch);
}

static void run(struct writer *w, struct batch *batch, struct call *call)
{
	struct db *db = w->db;
	struct tx tx = { w->store, db, call };
	if (command(w, "SAVEPOINT call", NULL) != OK) {
		break_batch(w, batch);
		return;
	}
	call->code = call->fn(&tx, call->arg, call->err);
	if (call->code == OK && db->failed) {
		call->code = db->failure.code;
		if (call->err) *call->err = db->failure;
	}
	if (call->code != OK) undo(w, batch);
	else if (command(w, "RELEASE call", NULL) != OK) break_batch(w, batch);
}

static void commit(struct writer *w, struct batch *batch)
{
	struct db *db = w->db;
	if (db == NULL) return;
	if (batch->code == OK && command(w, "COMMIT", NULL) != OK) {
		break_batch(w, batch);
		/* It may be saved all the same: pages made before must not be served again. */
		if (db->lost) atomic_fetch_add(&w->store->generation, 1);
	}
	if (batch->code != OK) {
		if (db->full) reserve_give(w->store);
		if (!db->lost && db->driver->in_transaction(db)) (void)!command(w, "ROLLBACK", NULL);
	}
	close_lost(w);
}

static struct call *pop(struct writer *w)
{
	pthread_mutex_lock(&w->mutex);
	struct call *call = w->first;
	if (call) w->first = call->next;
	if (w->first == NULL) w->last = &w->first;
	pthread_mutex_unlock(&w->mutex);
	return call;
}

static void after_commit(struct call *call)
{
	while (call->first) {
		struct after *after = call->first;
		call->first = after->next;
		if (call->code == OK) after->fn(after->arg);
		free(after);
	}
}

static void answer(struct writer *w, struct batch *batch)
{
	unsigned public = 0, good = 0;
	for (int i = 0; i < batch->n; i++) {
		struct call *call = batch->calls[i];
		if (batch->code != OK && call->code == OK) {
			call->code = batch->code;
			if (call->err) *call->err = batch->err;
		}
		good += call->code == OK;
		public += call->code == OK && call->public;
	}
	if (public) atomic_fetch_add(&w->store->generation, public);
	for (int i = 0; i < batch->n; i++) after_commit(batch->calls[i]);
	pthread_mutex_lock(&w->mutex);
	w->figures.waiting -= batch->n;
	w->figures.calls += good;
	w->figures.commits += batch->code == OK;
	if (w->db && w->db->driver->log_size) w->figures.log_size = w->db->driver->log_size(w->db);
	for (int i = 0; i < batch->n; i++) {
		batch->calls[i]->done = true;
		pthread_cond_signal(&batch->calls[i]->cond);
	}
	pthread_mutex_unlock(&w->mutex);
}

static void run_batch(struct writer *w, struct call *call)
{
	struct batch batch = { 0 };
	int64_t start = clock_monotonic();
	begin(w, &batch);
	while (call) {
		batch.calls[batch.n++] = call;
		if (batch.code == OK) run(w, &batch, call);
		bool enough = batch.n == BATCH_CALLS || clock_monotonic() - start >= BATCH_MS;
		call = enough || batch.code != OK ? NULL : pop(w);
	}
	commit(w, &batch);
	answer(w, &batch);
}

/* SQLite's log: moved to the database in parts after the answers; when readers never leave room for
 * all of it, they are held back for a moment. */

static bool checkpoint(struct writer *w, bool restart)
{
	db_forgive(w->db);
	enum code code = w->db->driver->checkpoint(w->db, restart, NULL);
	if (w->db->full) reserve_give(w->store);
	db_forgive(w->db);
	w->checked = w->db->driver->log_size(w->db);
	pthread_mutex_lock(&w->mutex);
	w->figures.log_size = w->checked;
	w->figures.checkpoints += code == OK;
	w->figures.restarts += code == OK && restart;
	pthread_mutex_unlock(&w->mutex);
	return code == OK;
}

/* Those who waited since before the gate closed have their answer. */
static void answer_scrubs(struct writer *w, bool emptied)
{
	pthread_mutex_lock(&w->mutex);
	for (struct scrub **at = &w->scrubs; *at;) {
		struct scrub *scrub = *at;
		if (!scrub->begun) {
			at = &scrub->next;
			continue;
		}
		*at = scrub->next;
		scrub->emptied = emptied;
		scrub->done = true;
		pthread_cond_signal(&scrub->cond);
	}
	w->woken |= w->scrubs != NULL;
	pthread_mutex_unlock(&w->mutex);
}

/* Does anybody wait for it? */
static bool begin_scrubs(struct writer *w)
{
	pthread_mutex_lock(&w->mutex);
	for (struct scrub *scrub = w->scrubs; scrub; scrub = scrub->next) scrub->begun = true;
	bool any = w->scrubs != NULL;
	pthread_mutex_unlock(&w->mutex);
	return any;
}

static void open_gate(struct writer *w)
{
	w->gate_until = 0;
	w->next_gate = w->db->driver->log_size(w->db) + w->store->log_limit;
	readers_open_gate(w->store);
}

static void look_after_log(struct writer *w)
{
	if (w->db == NULL && begin_scrubs(w)) answer_scrubs(w, false);
	if (w->db == NULL || w->db->driver->checkpoint == NULL) return;
	int64_t size = w->db->driver->log_size(w->db);
	if (size < w->checked) w->checked = w->next_gate = 0; /* the log started anew by itself */
	if (w->gate_until) {
		bool quiet = readers_quiet(w->store);
		bool emptied = quiet && checkpoint(w, true);
		if (quiet || clock_monotonic() >= w->gate_until) {
			answer_scrubs(w, emptied);
			open_gate(w);
		}
	} else if (begin_scrubs(w) || size >= MAX(w->store->log_limit, w->next_gate)) {
		w->gate_until = clock_monotonic() + GATE_MS;
		readers_close_gate(w->store);
		writer_wake(w->store);
	} else if (size - w->checked >= MIN(CHECKPOINT_BYTES, w->store->log_limit)) {
		checkpoint(w, false);
	}
}

/* The thread */

/* Waits for a call, or for news from readers. False: time to stop. */
static bool wait_for_work(struct writer *w, struct call **ret)
{
	pthread_mutex_lock(&w->mutex);
	while (w->first == NULL && !w->woken && !w->stopping) {
		if (w->gate_until == 0) pthread_cond_wait(&w->wake, &w->mutex);
		else if (!cond_wait_until(&w->wake, &w->mutex, w->gate_until)) break;
	}
	w->woken = false;
	bool stop = w->stopping && w->first == NULL;
	pthread_mutex_unlock(&w->mutex);
	*ret = pop(w);
	return !stop;
}

static void *thread(void *arg)
{
	struct writer *w = arg;
	struct call *call;
	while (wait_for_work(w, &call)) {
		if (call) run_batch(w, call);
		look_after_log(w);
	}
	return NULL;
}

void writer_start(struct store *store, struct db *db)
{
	struct writer *w = calloc(1, sizeof(*w));
	if (w == NULL) die("out of memory");
	w->store = store;
	w->db = db;
	w->last = &w->first;
	pthread_mutex_init(&w->mutex, NULL);
	cond_init(&w->wake);
	store->writer = w;
	thread_start(&w->thread, thread, w);
}

void writer_stop(struct store *store)
{
	struct writer *w = store->writer;
	pthread_mutex_lock(&w->mutex);
	w->stopping = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->mutex);
	pthread_join(w->thread, NULL);
}

void writer_release(struct store *store)
{
	struct writer *w = store->writer;
	db_close(w->db);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->mutex);
	free(w);
	store->writer = NULL;
}

void writer_wake(struct store *store)
{
	struct writer *w = store->writer;
	pthread_mutex_lock(&w->mutex);
	w->woken = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->mutex);
}

bool writer_is_me(struct store *store)
{
	return store->writer && pthread_equal(pthread_self(), store->writer->thread);
}

static enum code write_and_wait(struct store *store, store_fn *fn, void *arg, struct err *err)
{
	struct writer *w = store->writer;
	if (writer_is_me(store)) FAIL(err, E_INTERNAL, "store_write inside store_write");
	struct call call = { .fn = fn, .arg = arg, .err = err };
	call.last = &call.first;
	pthread_cond_init(&call.cond, NULL);
	pthread_mutex_lock(&w->mutex);
	*w->last = &call;
	w->last = &call.next;
	w->figures.waiting++;
	pthread_cond_signal(&w->wake);
	while (!call.done) pthread_cond_wait(&call.cond, &w->mutex);
	pthread_mutex_unlock(&w->mutex);
	pthread_cond_destroy(&call.cond);
	return call.code;
}

enum code store_write(struct store *store, store_fn *fn, void *arg, struct err *err)
{
	if (!reserve_whole(store)) FAIL(err, E_FULL, N_("the disk is full: nothing was saved"));
	return write_and_wait(store, fn, arg, err);
}

enum code store_write_freeing(struct store *store, store_fn *fn, void *arg, struct err *err)
{
	return write_and_wait(store, fn, arg, err);
}

static enum code empty_log(struct store *store, struct err *err)
{
	struct writer *w = store->writer;
	if (writer_is_me(store)) FAIL(err, E_INTERNAL, "store_scrub inside store_write");
	struct scrub scrub = { 0 };
	pthread_cond_init(&scrub.cond, NULL);
	pthread_mutex_lock(&w->mutex);
	scrub.next = w->scrubs;
	w->scrubs = &scrub;
	w->woken = true;
	pthread_cond_signal(&w->wake);
	while (!scrub.done) pthread_cond_wait(&scrub.cond, &w->mutex);
	pthread_mutex_unlock(&w->mutex);
	pthread_cond_destroy(&scrub.cond);
	if (!scrub.emptied)
		FAIL(err, E_BUSY, N_("the log of the database could not be emptied: somebody reads for long"));
	return OK;
}

/* On a connection of its own: it takes a while, and others write meanwhile. */
static enum code vacuum(struct store *store, struct err *err)
{
	struct db *db;
	struct db_options options = { .where = store->where, .writer = true };
	TRY(db_open(store->engine, &options, &db, err));
	enum code code = db->driver->vacuum(db, err);
	db_close(db);
	return code;
}

enum code store_scrub(struct store *store, struct err *err)
{
	return store->engine == ENGINE_SQLITE ? empty_log(store, err) : vacuum(store, err);
}

void store_figures(struct store *store, struct store_figures *ret)
{
	struct writer *w = store->writer;
	pthread_mutex_lock(&w->mutex);
	*ret = w->figures;
	pthread_mutex_unlock(&w->mutex);
	ret->disk_full = atomic_load(&store->reserve.given);
}

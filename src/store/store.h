/*
 * The store of one site: a database (SQLite in the data folder, or PostgreSQL), the files named by
 * their hash, and the job queue. One writer; any number of reading threads.
 */
#ifndef PARVIS_STORE_H
#define PARVIS_STORE_H

#include "store/db.h"

struct store;
struct tx;

struct store_options {
	const char *dir;      /* the data folder; holds site.db, files/, tmp/ */
	const char *postgres; /* libpq connection string; NULL: SQLite in the data folder */
	bool create;          /* make the folder and an empty database when absent */
};

/* Opens, checks and migrates. E_NOT_FOUND: no site there (and create is false). */
enum code store_open(const struct store_options *options, struct store **ret, struct err *err) MUST;
/* Waits for writes under way. Readers must have been closed (their threads ended). */
void store_close(struct store *store);

/*
 * The calling thread's reading connection (opened on first use, closed by store_thread_end), inside
 * a snapshot: begin before the first query of a request, end after the last. Reads are limited to
 * 5 seconds. Reads begun after a write returned see it.
 */
enum code store_read_begin(struct store *store, struct db **ret, struct err *err) MUST;
void store_read_end(struct store *store);
void store_thread_end(struct store *store);

/*
 * The only way to write. `fn` runs inside a transaction, perhaps on another thread (the caller waits
 * meanwhile, so its arena may be used); it reads through tx_db, and has no outside effect. An error
 * from `fn` undoes what it wrote and comes back as is. Returns after the commit is durable.
 * Batches: up to 64 calls, at most 2 ms apart, commit together; a failed commit fails them all.
 */
typedef enum code store_fn(struct tx *tx, void *arg, struct err *err);
enum code store_write(struct store *store, store_fn *fn, void *arg, struct err *err) MUST;

struct db *tx_db(struct tx *tx);
/* This write changes what visitors see: the generation moves after the commit, before the answer. */
void tx_public(struct tx *tx);
/* Calls fn(arg) after a successful commit, on the writing thread; not at all if it fails. */
void tx_after_commit(struct tx *tx, void (*fn)(void *arg), void *arg);
/* Number of public writes since the start; read it before a snapshot begins. */
uint64_t store_generation(struct store *store);

/* The folder given at opening. */
const char *store_dir(const struct store *store);
enum engine store_engine(const struct store *store);

#endif

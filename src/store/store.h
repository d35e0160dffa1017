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
	const char *dir;      /* the data folder; holds site.db, files/, tmp/, effacements.journal (store/ledger.h) */
	const char *postgres; /* libpq connection string; NULL: SQLite in the data folder */
	bool create;          /* make the folder and an empty database when absent */
	bool beside;          /* only reads, while another process may have it open: no store_write */
	int schema;           /* the version of the schema to stop at; 0: the newest */
	/* Limits; 0 for the usual value. */
	int64_t read_limit; /* ms that a snapshot may last; 5,000; -1: none (command line only) */
	int64_t log_limit;  /* bytes of SQLite's log before readers are held back to empty it; 64 MiB */
	int64_t reserve;    /* bytes kept aside for a full disk (SQLite); 64 MiB; -1: none */
};

/* Opens, checks and migrates. E_NOT_FOUND: no site there (and create is false). E_BUSY: another
 * process has it open (one folder, one process; but `beside`), or the server cannot be reached. Beside,
 * nothing is migrated: E_INPUT when the schema is not the newest. */
enum code store_open(const struct store_options *options, struct store **ret, struct err *err) MUST;
/* Waits for writes under way. No thread may read or write any more; connections of threads that did
 * not call store_thread_end are closed. NULL is fine. */
void store_close(struct store *store);

/*
 * The calling thread's reading connection (opened on first use, closed by store_thread_end), inside
 * a snapshot: begin before the first query of a request, end after the last. Snapshots are limited to
 * 5 seconds: then queries fail with E_BUSY. Reads begun after a write returned see it. Not inside
 * store_write, and not twice (E_INTERNAL). After a failed query all others of the snapshot fail too.
 */
enum code store_read_begin(struct store *store, struct db **ret, struct err *err) MUST;
void store_read_end(struct store *store);
void store_thread_end(struct store *store);

/*
 * The only way to write. `fn` runs inside a transaction, perhaps on another thread (the caller waits
 * meanwhile, so its arena may be used); it reads through tx_db, and has no outside effect. An error
 * from `fn` undoes what it wrote and comes back as is; so does a failed statement, even when `fn`
 * returns OK (to tolerate what is already there, use ON CONFLICT). Returns after the commit is
 * durable. Calls that wait at the same time commit together, up to 64 or 2 ms; a failed commit fails
 * them all. When PostgreSQL is lost during a commit, E_IO cannot say whether it was saved.
 *
 * On a full disk (SQLite) writes fail with E_FULL until there is room again, but store_write_freeing,
 * for what deletes, may use the reserve.
 */
typedef enum code store_fn(struct tx *tx, void *arg, struct err *err);
enum code store_write(struct store *store, store_fn *fn, void *arg, struct err *err) MUST;
enum code store_write_freeing(struct store *store, store_fn *fn, void *arg, struct err *err) MUST;

struct db *tx_db(struct tx *tx);
struct store *tx_store(struct tx *tx);
/* This write changes what visitors see: the generation moves after the commit, before the answer. */
void tx_public(struct tx *tx);
/* Calls fn(arg) after a successful commit, on the writing thread; not at all if it fails. */
void tx_after_commit(struct tx *tx, void (*fn)(void *arg), void *arg);
/* Number of public writes since the start; read it before a snapshot begins. */
uint64_t store_generation(struct store *store);

/*
 * After an erasure: nothing of what was deleted stays where the database can be read past itself. SQLite: pages
 * are overwritten as they are freed (secure_delete), so it is enough that the log is emptied and cut, for which
 * readers are held back a moment; E_BUSY when they do not end in time. PostgreSQL: dead rows are given back by
 * VACUUM.
 */
enum code store_scrub(struct store *store, struct err *err) MUST;

/* What happened since the start. */
struct store_figures {
	uint64_t calls, commits;        /* of store_write; those undone are not counted */
	uint64_t checkpoints, restarts; /* of SQLite's log */
	int64_t log_size;               /* bytes, after the last commit */
	int64_t waiting;                /* calls that wait for the writer, or for its commit, right now */
	bool disk_full;
};
void store_figures(struct store *store, struct store_figures *ret);

/* The folder given at opening. */
const char *store_dir(const struct store *store);
enum engine store_engine(const struct store *store);
/* The newest version of the schema that this program knows. */
int store_schema(void);
/* SQLite's version as linked: "3.40.1". */
const char *store_sqlite_version(void);

#endif

/* What the files of the store share. Only src/store/ includes this. */
#ifndef PARVIS_STORE_INTERNAL_H
#define PARVIS_STORE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/driver.h"
#include "store/store.h"

/* Who reads now, and the gate that holds newcomers back while the log is emptied. */
struct readers {
	pthread_mutex_t mutex;
	pthread_cond_t opened;
	pthread_key_t key; /* the thread's struct reader */
	struct reader *list;
	int active;
	bool closed;
};

/* Room kept aside for a full disk: a file that is given up so that deletions pass. */
struct reserve {
	int64_t size;      /* 0: none */
	atomic_bool given; /* the disk is full */
};

struct writer;

struct store {
	char *dir, *where; /* where: as db_options */
	int dir_fd, lock_fd;
	enum engine engine;
	int64_t read_limit, log_limit;
	bool beside; /* no lock, no writer */
	atomic_uint_fast64_t generation;
	struct readers readers;
	struct writer *writer;
	struct reserve reserve;
	/* Job runners sleep here; jobs_added counts what may wake them. */
	pthread_mutex_t job_mutex;
	pthread_cond_t job_cond;
	uint64_t jobs_added;
};

void readers_init(struct store *store);
void readers_release(struct store *store);
/* New snapshots wait until the gate opens again. */
void readers_close_gate(struct store *store);
void readers_open_gate(struct store *store);
bool readers_quiet(struct store *store); /* nobody reads */

/* Takes `db` over. */
void writer_start(struct store *store, struct db *db);
/* Finishes what is queued. */
void writer_stop(struct store *store);
/* Closes the connection, after those of the readers: SQLite then empties its log. */
void writer_release(struct store *store);
/* Something changed that the writer waits for. */
void writer_wake(struct store *store);
bool writer_is_me(struct store *store);

void reserve_init(struct store *store, int64_t size);
/* Gives the reserve up: the disk is full. */
void reserve_give(struct store *store);
/* False while the disk is full; takes the reserve back when there is room again. */
bool reserve_whole(struct store *store);

/* threads.c: waiting until a time of clock_monotonic(); threads that take no signals. */
void cond_init(pthread_cond_t *cond);
/* False: the time has come. */
bool cond_wait_until(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t until);
void thread_start(pthread_t *thread, void *(*fn)(void *), void *arg);

#endif

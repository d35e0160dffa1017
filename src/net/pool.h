/*
 * Worker threads behind a bounded queue. The event loop pushes jobs and takes them back; nothing
 * else is shared. Each worker has an arena of its own, so that what a handler deferred (statements,
 * files…) is undone on the thread that made it, and its memory stays warm.
 */
#ifndef PARVIS_POOL_H
#define PARVIS_POOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* The head of whatever is pushed. */
struct pool_job {
	struct pool_job *next;
	int64_t pushed; /* ms, monotonic: when it began to wait */
};

struct pool_options {
	int workers, queue;
	/* Of a queue longer than a sixteenth, a job is taken only while the first has not waited so long, in ms: people who
	 * come all at once wait a moment; where more keep coming than can be served, they are told at once. 0: no bound. */
	int64_t patience;
	void (*run)(void *context, struct pool_job *job, struct arena *arena);
	void (*worker_end)(void *context); /* or NULL */
	void *context;
	int wake_fd; /* an eventfd, written when pool_done has something new */
};

struct pool;

/* Starts the threads, with all signals blocked. E_IO when the system refuses. */
enum code pool_new(const struct pool_options *options, struct pool **ret, struct err *err) MUST;

/* False when the queue is full, or has been waiting too long. */
bool pool_push(struct pool *pool, struct pool_job *job);
/* Takes a job out of the queue; false when a worker has it already (it then comes by pool_done). */
bool pool_cancel(struct pool *pool, struct pool_job *job);
/* All the jobs that are done since the last call, oldest first; NULL when none. */
struct pool_job *pool_done(struct pool *pool);

/* Waits for the jobs under way (not for the queue), ends the threads. Then pool_done gives back
 * the jobs that were done and those that were not. */
void pool_stop(struct pool *pool);
void pool_free(struct pool *pool);

#endif

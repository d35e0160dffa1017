#include "net/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

struct list {
	struct pool_job *first, **last;
	int count;
};

struct pool {
	struct pool_options options;
	pthread_mutex_t lock; /* of all that follows */
	pthread_cond_t wake;
	struct list waiting, done;
	bool stopping;
	int nthreads;
	pthread_t threads[];
};

static void list_add(struct list *list, struct pool_job *job)
{
	job->next = NULL;
	*list->last = job;
	list->last = &job->next;
	list->count++;
}

static struct pool_job *list_take_first(struct list *list)
{
	struct pool_job *job = list->first;
	list->first = job->next;
	if (list->first == NULL) list->last = &list->first;
	list->count--;
	return job;
}

static struct pool_job *list_take_all(struct list *list)
{
	struct pool_job *first = list->first;
	*list = (struct list){ .last = &list->first };
	return first;
}

static bool list_remove(struct list *list, struct pool_job *job)
{
	for (struct pool_job **at = &list->first; *at; at = &(*at)->next) {
		if (*at != job) continue;
		*at = job->next;
		if (list->last == &job->next) list->last = at;
		list->count--;
		return true;
	}
	return false;
}

/* The next job, or NULL when the pool stops. Called with the lock held. */
static struct pool_job *wait_for_job(struct pool *pool)
{
	while (pool->waiting.first == NULL && !pool->stopping) pthread_cond_wait(&pool->wake, &pool->lock);
	return pool->stopping ? NULL : list_take_first(&pool->waiting);
}

static void *worker(void *arg)
{
	struct pool *pool = arg;
	struct pool_job *job;
	struct arena arena;
	arena_init(&arena);
	pthread_mutex_lock(&pool->lock);
	while ((job = wait_for_job(pool)) != NULL) {
		pthread_mutex_unlock(&pool->lock);
		pool->options.run(pool->options.context, job, &arena);
		arena_reset(&arena);
		pthread_mutex_lock(&pool->lock);
		bool first = pool->done.first == NULL;
		list_add(&pool->done, job);
		if (!first) continue;
		/* The loop takes the whole list at once, so one wake-up is enough. */
		pthread_mutex_unlock(&pool->lock);
		uint64_t one = 1;
		if (write(pool->options.wake_fd, &one, sizeof(one)) < 0) die("cannot wake the loop");
		pthread_mutex_lock(&pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
	arena_release(&arena);
	if (pool->options.worker_end) pool->options.worker_end(pool->options.context);
	return NULL;
}

enum code pool_new(const struct pool_options *options, struct pool **ret, struct err *err)
{
	size_t n = (size_t)options->workers;
	struct pool *pool = calloc(1, sizeof(*pool) + n * sizeof(pool->threads[0]));
	if (pool == NULL) die("out of memory");
	pool->options = *options;
	list_take_all(&pool->waiting);
	list_take_all(&pool->done);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->wake, NULL);
	/* Signals are for the main thread, whose system calls they may interrupt. */
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int failed = 0;
	while (pool->nthreads < options->workers && !failed) {
		failed = pthread_create(&pool->threads[pool->nthreads], NULL, worker, pool);
		if (!failed) pool->nthreads++;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed) {
		pool_stop(pool);
		pool_free(pool);
		FAIL(err, E_IO, "Cannot start a thread: %s", strerror(failed));
	}
	*ret = pool;
	return OK;
}

/* Called with the lock held. */
static bool has_room(const struct pool *pool, int64_t now)
{
	const struct list *waiting = &pool->waiting;
	if (waiting->count >= pool->options.queue) return false;
	if (waiting->count <= pool->options.queue / 16 || pool->options.patience == 0) return true;
	return now - waiting->first->pushed < pool->options.patience;
}

bool pool_push(struct pool *pool, struct pool_job *job)
{
	job->pushed = clock_monotonic();
	pthread_mutex_lock(&pool->lock);
	bool room = has_room(pool, job->pushed);
	if (room) list_add(&pool->waiting, job);
	pthread_mutex_unlock(&pool->lock);
	if (room) pthread_cond_signal(&pool->wake);
	return room;
}

bool pool_cancel(struct pool *pool, struct pool_job *job)
{
	pthread_mutex_lock(&pool->lock);
	bool removed = list_remove(&pool->waiting, job);
	pthread_mutex_unlock(&pool->lock);
	return removed;
}

struct pool_job *pool_done(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	struct pool_job *first = list_take_all(&pool->done);
	pthread_mutex_unlock(&pool->lock);
	return first;
}

void pool_stop(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	pthread_mutex_unlock(&pool->lock);
	pthread_cond_broadcast(&pool->wake);
	for (int i = 0; i < pool->nthreads; i++) pthread_join(pool->threads[i], NULL);
	pool->nthreads = 0;
	while (pool->waiting.first) list_add(&pool->done, list_take_first(&pool->waiting));
}

void pool_free(struct pool *pool)
{
	if (pool == NULL) return;
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}

/* Worker threads: every job comes back once, in one piece, and the threads end. */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "net/pool.h"
#include "request_fixture.h"

struct job {
	struct pool_job job;
	int number, result;
};

static struct fixture {
	int wake;
	atomic_int running, deferred, ended;
	pthread_mutex_t gate; /* jobs of number 0 wait for it */
} fixture;

static void count_deferred(void *arg)
{
	atomic_fetch_add((atomic_int *)arg, 1);
}

static void run(void *context, struct pool_job *pool_job, struct arena *a)
{
	struct fixture *f = context;
	struct job *job = (struct job *)pool_job;
	sigset_t blocked;
	pthread_sigmask(SIG_SETMASK, NULL, &blocked);
	atomic_fetch_add(&f->running, 1);
	if (job->number == 0) {
		pthread_mutex_lock(&f->gate);
		pthread_mutex_unlock(&f->gate);
	}
	arena_defer(a, count_deferred, &f->deferred);
	job->result = sigismember(&blocked, SIGTERM) ? job->number * 2 : -1;
}

static void worker_end(void *context)
{
	struct fixture *f = context;
	atomic_fetch_add(&f->ended, 1);
}

static int64_t fixture_patience;

static struct pool *pool_of(int workers, int queue)
{
	struct pool *pool;
	atomic_store(&fixture.running, 0);
	atomic_store(&fixture.deferred, 0);
	atomic_store(&fixture.ended, 0);
	struct pool_options options = { .workers = workers,
		                        .queue = queue,
		                        .patience = fixture_patience,
		                        .run = run,
		                        .worker_end = worker_end,
		                        .context = &fixture,
		                        .wake_fd = fixture.wake };
	assert_int_equal(pool_new(&options, &pool, NULL), OK);
	return pool;
}

/* Waits for the eventfd, as the loop does. */
static struct pool_job *wait_done(struct pool *pool)
{
	uint64_t n;
	struct pollfd poll_fd = { .fd = fixture.wake, .events = POLLIN };
	if (poll(&poll_fd, 1, 10000) != 1) fail_msg("nobody woke the loop");
	assert_int_equal(read(fixture.wake, &n, sizeof(n)), sizeof(n));
	return pool_done(pool);
}

static void test_many(void **state)
{
	(void)state;
	enum { JOBS = 5000, QUEUE = 64 };
	static struct job jobs[JOBS];
	struct pool *pool = pool_of(4, QUEUE);
	int pushed = 0, done = 0;
	while (done < JOBS) {
		while (pushed < JOBS) {
			jobs[pushed] = (struct job){ .number = pushed + 1 };
			if (!pool_push(pool, &jobs[pushed].job)) break;
			pushed++;
		}
		for (struct pool_job *j = wait_done(pool), *next; j; j = next, done++) {
			next = j->next;
			struct job *job = (struct job *)j;
			assert_int_equal(job->result, job->number * 2);
			job->result = 0; /* a second time would be seen */
		}
	}
	pool_stop(pool);
	assert_null(pool_done(pool));
	assert_int_equal(atomic_load(&fixture.ended), 4);
	assert_int_equal(atomic_load(&fixture.deferred), JOBS);
	pool_free(pool);
	pool_free(NULL);
}

static void wait_running(int n)
{
	for (int i = 0; atomic_load(&fixture.running) < n; i++) {
		if (i > 10000) fail_msg("the worker does not begin");
		usleep(1000);
	}
}

static void test_full_and_cancel(void **state)
{
	(void)state;
	struct job held = { .number = 0 }, waiting[3] = { { .number = 1 }, { .number = 2 }, { .number = 3 } };
	struct pool *pool = pool_of(1, 2);
	pthread_mutex_lock(&fixture.gate);
	assert_true(pool_push(pool, &held.job));
	wait_running(1);
	assert_true(pool_push(pool, &waiting[0].job));
	assert_true(pool_push(pool, &waiting[1].job));
	assert_false(pool_push(pool, &waiting[2].job)); /* full */
	assert_false(pool_cancel(pool, &held.job));     /* a worker has it */
	assert_false(pool_cancel(pool, &waiting[2].job));
	assert_true(pool_cancel(pool, &waiting[1].job)); /* the last of the queue */
	assert_true(pool_push(pool, &waiting[2].job));
	pthread_mutex_unlock(&fixture.gate);
	struct job *expected[] = { &held, &waiting[0], &waiting[2] };
	for (size_t i = 0; i < COUNT(expected);)
		for (struct pool_job *j = wait_done(pool), *next; j; j = next, i++) {
			next = j->next;
			assert_ptr_equal(j, &expected[i]->job); /* oldest first */
		}
	assert_int_equal(waiting[1].result, 0);
	pool_stop(pool);
	pool_free(pool);
}

/* Beyond a sixteenth of the queue, nobody is let in behind who has waited too long. */
static void test_patience(void **state)
{
	(void)state;
	struct job held = { .number = 0 },
	           waiting[4] = { { .number = 1 }, { .number = 2 }, { .number = 3 }, { .number = 4 } };
	fixture_patience = 50;
	struct pool *pool = pool_of(1, 16);
	pthread_mutex_lock(&fixture.gate);
	assert_true(pool_push(pool, &held.job));
	wait_running(1);
	assert_true(pool_push(pool, &waiting[0].job));
	usleep(80000);
	assert_true(pool_push(pool, &waiting[1].job)); /* one waits: that is few */
	assert_false(pool_push(pool, &waiting[2].job));
	assert_true(pool_cancel(pool, &waiting[0].job));
	assert_true(pool_push(pool, &waiting[2].job));
	assert_true(pool_push(pool, &waiting[3].job)); /* the first has come just now */
	pthread_mutex_unlock(&fixture.gate);
	pool_stop(pool);
	pool_free(pool);
	fixture_patience = 0;
}

/* What was waiting when the pool stops comes back undone. */
static void test_stop(void **state)
{
	(void)state;
	struct job held = { .number = 0 }, waiting[2] = { { .number = 1 }, { .number = 2 } };
	struct pool *pool = pool_of(1, 10);
	pthread_mutex_lock(&fixture.gate);
	assert_true(pool_push(pool, &held.job));
	wait_running(1);
	assert_true(pool_push(pool, &waiting[0].job));
	assert_true(pool_push(pool, &waiting[1].job));
	pthread_mutex_unlock(&fixture.gate);
	pool_stop(pool);
	assert_int_equal(atomic_load(&fixture.ended), 1);
	int back = 0;
	for (struct pool_job *j = pool_done(pool); j; j = j->next) back++;
	assert_int_equal(back, 3);
	assert_int_equal(atomic_load(&fixture.running), 1 + (waiting[0].result != 0) + (waiting[1].result != 0));
	pool_free(pool);
}

int main(void)
{
	fixture.wake = eventfd(0, EFD_NONBLOCK);
	pthread_mutex_init(&fixture.gate, NULL);
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_many), cmocka_unit_test(test_full_and_cancel),
		                            cmocka_unit_test(test_patience), cmocka_unit_test(test_stop) };
	return cmocka_run_group_tests(tests, setup, teardown);
}

#include "base/clock.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

static _Atomic int64_t frozen;

int64_t clock_now(void)
{
	int64_t at = atomic_load_explicit(&frozen, memory_order_relaxed);
	if (at) return at;
	struct timespec ts;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_monotonic(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void clock_set(int64_t ms)
{
	atomic_store(&frozen, ms);
}

/* With a seed, each call hashes a counter: repeatable, in the order of the calls. */
static pthread_mutex_t seed_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
	uint64_t seed, counter;
} seeded;

void random_seed(uint64_t seed)
{
	pthread_mutex_lock(&seed_lock);
	seeded.seed = seed;
	seeded.counter = 0;
	pthread_mutex_unlock(&seed_lock);
}

void random_bytes(void *out, size_t len)
{
	pthread_mutex_lock(&seed_lock);
	if (seeded.seed == 0) {
		pthread_mutex_unlock(&seed_lock);
		randombytes_buf(out, len);
		return;
	}
	unsigned char key[randombytes_SEEDBYTES] = { 0 };
	seeded.counter++;
	memcpy(key, &seeded, sizeof(seeded));
	pthread_mutex_unlock(&seed_lock);
	randombytes_buf_deterministic(out, len, key);
}

uint32_t random_below(uint32_t limit)
{
	if (limit < 2) return 0;
	uint32_t value, unfair = (uint32_t)(-limit) % limit; /* 2^32 mod limit */
	do random_bytes(&value, sizeof(value));
	while (value < unfair);
	return value % limit;
}

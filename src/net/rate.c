#include "net/rate.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"

/*
 * GCRA (ITU-T I.371), a token bucket in one number: the time at which the bucket will be full
 * again. Each key has a set of WAYS places it can be in; the one that is full first gives way.
 */
enum { WAYS = 8 };

struct bucket {
	uint64_t key;    /* 0: never used */
	int64_t full_at; /* milliseconds */
};

struct rate {
	pthread_mutex_t lock;
	int64_t refill, span; /* span: from empty to full */
	uint64_t mask;        /* sets - 1 */
	unsigned char secret[crypto_shorthash_KEYBYTES];
	struct bucket *buckets;
};

struct rate *rate_new(int burst, int64_t refill_ms, int keys)
{
	struct rate *rate = calloc(1, sizeof(*rate));
	uint64_t sets = 1;
	while (sets * WAYS < (uint64_t)keys) sets *= 2;
	if (rate) rate->buckets = calloc(sets * WAYS, sizeof(*rate->buckets));
	if (rate == NULL || rate->buckets == NULL) die("out of memory");
	pthread_mutex_init(&rate->lock, NULL);
	rate->refill = refill_ms;
	rate->span = burst * refill_ms;
	rate->mask = sets - 1;
	random_bytes(rate->secret, sizeof(rate->secret));
	return rate;
}

void rate_free(struct rate *rate)
{
	if (rate == NULL) return;
	pthread_mutex_destroy(&rate->lock);
	free(rate->buckets);
	free(rate);
}

/* The bucket of `key`, or the place to give it: the one of its set that is full first. What is full later than
 * an empty one would be comes from a clock that has gone back since, and holds no place. */
static struct bucket *find(struct rate *rate, const char *key, int64_t now, uint64_t *hash)
{
	crypto_shorthash((unsigned char *)hash, (const unsigned char *)key, strlen(key), rate->secret);
	if (*hash == 0) *hash = 1;
	struct bucket *set = rate->buckets + (*hash & rate->mask) * WAYS, *oldest = set;
	for (struct bucket *b = set; b < set + WAYS; b++) {
		if (b->key == *hash) return b;
		if (b->full_at > now + rate->span) b->full_at = now;
		if (b->full_at < oldest->full_at) oldest = b;
	}
	return oldest;
}

int64_t rate_take(struct rate *rate, const char *key)
{
	uint64_t hash;
	int64_t now = clock_now(), wait = 0;
	pthread_mutex_lock(&rate->lock);
	struct bucket *b = find(rate, key, now, &hash);
	int64_t full_at = b->key == hash ? b->full_at : now;
	if (full_at < now) full_at = now;
	/* The clock went back: nobody waits for longer than an empty bucket does. */
	if (full_at > now + rate->span) full_at = now + rate->span;
	if (full_at + rate->refill > now + rate->span) wait = full_at + rate->refill - now - rate->span;
	else *b = (struct bucket){ .key = hash, .full_at = full_at + rate->refill };
	pthread_mutex_unlock(&rate->lock);
	return wait;
}

void rate_forget(struct rate *rate, const char *key)
{
	uint64_t hash;
	int64_t now = clock_now();
	pthread_mutex_lock(&rate->lock);
	struct bucket *b = find(rate, key, now, &hash);
	if (b->key == hash) *b = (struct bucket){ 0 };
	pthread_mutex_unlock(&rate->lock);
}

const char *rate_address_key(const char *peer, char out[static RATE_KEY])
{
	struct address address;
	if (!address_parse(peer, &address)) {
		snprintf(out, RATE_KEY, "%s", peer);
		return out;
	}
	if (address_is_ipv4(&address)) {
		char text[ADDRESS_TEXT];
		snprintf(out, RATE_KEY, "%s", address_format(&address, text));
		return out;
	}
	snprintf(out, RATE_KEY, "%x:%x:%x:%x::/64", address.b[0] << 8 | address.b[1], address.b[2] << 8 | address.b[3],
	         address.b[4] << 8 | address.b[5], address.b[6] << 8 | address.b[7]);
	return out;
}

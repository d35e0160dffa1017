/*
 * Rate limits: a token bucket per key (an address prefix, an account…), in memory. The table is
 * bounded: when it is full the bucket nearest to full forgets first, so a flood of new keys cannot
 * free one that was emptied. Keys are kept as keyed hashes: nobody can aim at another's place, and
 * no address stays in memory. Thread-safe. Uses clock_now().
 */
#ifndef PARVIS_RATE_H
#define PARVIS_RATE_H

#include <stdint.h>

#include "net/address.h"

struct rate;

/* `burst` tokens at most; one comes back every `refill_ms`. `keys`: how many the table remembers
 * (rounded up to a power of two; 16 bytes each). */
struct rate *rate_new(int burst, int64_t refill_ms, int keys);
void rate_free(struct rate *rate);

/* Takes a token of `key`: 0, or how many milliseconds until there is one (nothing is taken). */
int64_t rate_take(struct rate *rate, const char *key);
/* Gives all the tokens of `key` back (after a right password, say). */
void rate_forget(struct rate *rate, const char *key);

enum { RATE_KEY = 64 };
/* The key of a client: /32 of IPv4, /64 of IPv6; any other text as it is, cut. Returns `out`. */
const char *rate_address_key(const char *peer, char out[static RATE_KEY]);

#endif

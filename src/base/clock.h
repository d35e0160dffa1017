/*
 * The time, in milliseconds since 1970 UTC, and random bytes. Both can be injected (tests,
 * `serve --clock --seed` of test builds), so nothing else may ask the system for them.
 */
#ifndef PARVIS_CLOCK_H
#define PARVIS_CLOCK_H

#include <stddef.h>
#include <stdint.h>

int64_t clock_now(void);
/* Monotonic milliseconds, for deadlines; never injected. */
int64_t clock_monotonic(void);
/* Freezes the clock at `ms`; 0 gives it back to the system. For tests only. */
void clock_set(int64_t ms);

/* Cryptographically strong, unless a seed was set. */
void random_bytes(void *out, size_t len);
/* Uniform in [0, limit). */
uint32_t random_below(uint32_t limit);
/* Makes random_bytes repeatable; 0 gives back the real ones. For tests only. */
void random_seed(uint64_t seed);

#endif

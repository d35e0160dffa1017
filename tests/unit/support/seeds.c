#include "support/seeds.h"

#include <stdlib.h>

#include "base/clock.h"

static uint64_t seed, last;

static uint64_t number(const char *name, uint64_t fallback)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 10) : fallback;
}

void seeds_begin(int n)
{
	uint64_t only = number("PARVIS_TEST_SEED", 0);
	seed = only ? only - 1 : 0;
	last = only ? only : number("PARVIS_TEST_SEEDS", (uint64_t)n);
}

bool seeds_next(void)
{
	seed = seed < last ? seed + 1 : 0;
	random_seed(seed);
	return seed != 0;
}

bool seeds_all(void)
{
	return getenv("PARVIS_TEST_SEED") == NULL;
}

int seeds_teardown(void **state)
{
	(void)state;
	if (seed) print_error("failed with PARVIS_TEST_SEED=%llu\n", (unsigned long long)seed);
	seed = 0;
	random_seed(0);
	return 0;
}

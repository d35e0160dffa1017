/*
 * Property tests on random cases that can be played again:
 *
 *	seeds_begin(500);
 *	while (seeds_next()) … random_below(n) …
 *
 * A failure prints its seed; PARVIS_TEST_SEED=<seed> plays that one alone, PARVIS_TEST_SEEDS=<n> as
 * many as asked.
 */
#ifndef PARVIS_TEST_SEEDS_H
#define PARVIS_TEST_SEEDS_H

#include "support/store.h"

/* A run of `n` seeds. */
void seeds_begin(int n);
/* Makes random_bytes and random_below repeatable with the next seed; false, and real randomness, at
 * the end. */
bool seeds_next(void);
/* Not one seed alone: so figures of all of them can be asked for. */
bool seeds_all(void);
/* Teardown of each such test: says which seed failed. */
int seeds_teardown(void **state);

#endif

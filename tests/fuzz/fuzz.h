/*
 * What every fuzz target includes. A target is one file, <name>.c, with one function that takes any
 * bytes and aborts when a promise of the code is broken; libFuzzer drives it (preset `fuzz`,
 * run.sh), and replay.c drives the same function in every other build, over the corpus, the crashes
 * ever found, and mutations of them.
 *
 * To add one: 1. <name>.c; 2. a line in CMakeLists.txt; 3. a few seeds in corpus/<name>/. An input
 * that broke something goes to crashes/<name>/ under a name that says what.
 */
#ifndef PARVIS_FUZZ_H
#define PARVIS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(promise)                                                                        \
	do {                                                                                  \
		if (!(promise)) {                                                             \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise); \
			abort();                                                              \
		}                                                                             \
	} while (0)

/* Numbers drawn from the input, so that the same input always takes the same way. */
struct dice {
	uint64_t state;
};

static inline struct dice dice_of(const uint8_t *data, size_t size)
{
	struct dice dice = { 14695981039346656037u };
	for (size_t i = 0; i < size; i++) dice.state = (dice.state ^ data[i]) * 1099511628211u;
	return dice;
}

/* splitmix64 */
static inline uint32_t dice_below(struct dice *dice, uint32_t limit)
{
	uint64_t z = dice->state += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return (uint32_t)((z ^ (z >> 31)) % limit);
}

static inline bool is_text(const char *s)
{
	return text_valid(s, strlen(s));
}

/* Cuts a line off the input: what stands before the next LF, as a string. */
static inline char *take_line(struct arena *a, const uint8_t **data, size_t *size)
{
	const uint8_t *lf = *size ? memchr(*data, '\n', *size) : NULL;
	size_t len = lf ? (size_t)(lf - *data) : *size, used = lf ? len + 1 : len;
	char *line = arena_strndup(a, (const char *)*data, len);
	*data += used;
	*size -= used;
	return line;
}

#endif

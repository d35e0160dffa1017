/*
 * Arena: memory that lives as long as one request, message or job. Never freed piece by piece.
 * Out of memory aborts (base/err.h, die), so every size that a user controls has a limit before it
 * comes here. Not shared between threads.
 */
#ifndef PARVIS_ARENA_H
#define PARVIS_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "base/macros.h"

struct arena_block;
struct arena_deferred;

struct arena {
	struct arena_block *block;
	struct arena_deferred *deferred;
};

void arena_init(struct arena *a);

/* Runs what was deferred (last first), then gives all memory back but one block kept for reuse. */
void arena_reset(struct arena *a);
void arena_release(struct arena *a);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc, returns_nonnull));

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_calloc((a), (n), sizeof(type)))
void *arena_calloc(struct arena *a, size_t n, size_t size) __attribute__((malloc, returns_nonnull));

char *arena_strdup(struct arena *a, const char *s);
/* `len` bytes of `s` and a final NUL. */
char *arena_strndup(struct arena *a, const char *s, size_t len);
void *arena_memdup(struct arena *a, const void *p, size_t len);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/* Calls fn(arg) at reset or release: for files, JSON references and the like. */
void arena_defer(struct arena *a, void (*fn)(void *arg), void *arg);

#endif

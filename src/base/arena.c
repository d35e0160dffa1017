#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { BLOCK_SIZE = 16 * 1024, ALIGN = 16 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	_Alignas(ALIGN) unsigned char data[];
};

struct arena_deferred {
	struct arena_deferred *next;
	void (*fn)(void *arg);
	void *arg;
};

void arena_init(struct arena *a)
{
	*a = (struct arena){ 0 };
}

static void run_deferred(struct arena *a)
{
	while (a->deferred) {
		struct arena_deferred *d = a->deferred;
		a->deferred = d->next;
		d->fn(d->arg);
	}
}

void arena_reset(struct arena *a)
{
	run_deferred(a);
	struct arena_block *kept = NULL;
	while (a->block) {
		struct arena_block *b = a->block;
		a->block = b->next;
		if (kept == NULL && b->size == BLOCK_SIZE) kept = b;
		else free(b);
	}
	if (kept) {
		kept->next = NULL;
		kept->used = 0;
	}
	a->block = kept;
}

void arena_release(struct arena *a)
{
	arena_reset(a);
	free(a->block);
	a->block = NULL;
}

static struct arena_block *block_new(size_t size)
{
	struct arena_block *b = malloc(sizeof(*b) + size);
	if (b == NULL) die("out of memory");
	b->next = NULL;
	b->used = 0;
	b->size = size;
	return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
	if (size > SIZE_MAX / 2) die("arena_alloc: %zu bytes", size);
	size_t rounded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	struct arena_block *b = a->block;
	if (b == NULL || b->size - b->used < rounded) {
		struct arena_block *fresh = block_new(rounded > BLOCK_SIZE / 4 ? rounded : BLOCK_SIZE);
		/* A big block goes behind the current one, which still has room for small pieces. */
		if (b && rounded > BLOCK_SIZE / 4) {
			fresh->next = b->next;
			b->next = fresh;
		} else {
			fresh->next = b;
			a->block = fresh;
		}
		b = fresh;
	}
	void *p = b->data + b->used;
	b->used += rounded;
	return memset(p, 0, rounded);
}

void *arena_calloc(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / 2 / size) die("arena_calloc: %zu times %zu bytes", n, size);
	return arena_alloc(a, n * size);
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *copy = arena_alloc(a, len + 1);
	if (len) memcpy(copy, s, len);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

void *arena_memdup(struct arena *a, const void *p, size_t len)
{
	void *copy = arena_alloc(a, len);
	if (len) memcpy(copy, p, len);
	return copy;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0) die("arena_printf: bad format");
	char *s = arena_alloc(a, (size_t)len + 1);
	vsnprintf(s, (size_t)len + 1, fmt, again);
	va_end(again);
	return s;
}

void arena_defer(struct arena *a, void (*fn)(void *arg), void *arg)
{
	struct arena_deferred *d = arena_new(a, struct arena_deferred);
	d->fn = fn;
	d->arg = arg;
	d->next = a->deferred;
	a->deferred = d;
}

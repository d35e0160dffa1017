#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"

enum { FIRST_SIZE = 256 };

void buf_init(struct buf *b, struct arena *arena, size_t max)
{
	*b = (struct buf){ .arena = arena, .max = max };
}

void buf_release(struct buf *b)
{
	if (b->arena == NULL) free(b->data);
	*b = (struct buf){ .arena = b->arena, .max = b->max };
}

void buf_reset(struct buf *b)
{
	b->len = 0;
	b->over = false;
	if (b->data) b->data[0] = '\0';
}

static void grow(struct buf *b, size_t need)
{
	size_t cap = b->cap ? b->cap : FIRST_SIZE;
	while (cap < need) cap *= 2;
	if (b->arena) {
		char *bigger = arena_alloc(b->arena, cap);
		if (b->len) memcpy(bigger, b->data, b->len);
		b->data = bigger;
	} else {
		char *bigger = realloc(b->data, cap);
		if (bigger == NULL) die("out of memory");
		b->data = bigger;
	}
	b->cap = cap;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	if (b->over) return;
	if (b->max && len > b->max - b->len) {
		b->over = true;
		return;
	}
	if (b->len + len + 1 > b->cap) grow(b, b->len + len + 1);
	if (len) memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_insert(struct buf *b, size_t at, const char *data, size_t len)
{
	size_t end = b->len;
	buf_add(b, data, len); /* for the room */
	if (b->len == end) return;
	memmove(b->data + at + len, b->data + at, end - at);
	memcpy(b->data + at, data, len);
}

void buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	char small[512];
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int len = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (len < 0) die("buf_printf: bad format");
	if ((size_t)len < sizeof(small)) {
		buf_add(b, small, (size_t)len);
	} else {
		char *big = malloc((size_t)len + 1);
		if (big == NULL) die("out of memory");
		vsnprintf(big, (size_t)len + 1, fmt, again);
		buf_add(b, big, (size_t)len);
		free(big);
	}
	va_end(again);
}

const char *buf_str(const struct buf *b)
{
	return b->data ? b->data : "";
}

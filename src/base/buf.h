/*
 * Growing byte buffer, always NUL-terminated once something was written. A limit makes it refuse
 * more: `over` is then set and the rest is dropped, so a renderer checks once, at the end.
 */
#ifndef PARVIS_BUF_H
#define PARVIS_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/macros.h"

struct arena;

struct buf {
	char *data; /* NULL until the first write; use buf_str for a string */
	size_t len, cap;
	size_t max;          /* 0: no limit */
	bool over;           /* something was dropped */
	struct arena *arena; /* NULL: malloc, to be released */
};

/* Zero-initialised is valid too: `struct buf out = { 0 };` */
void buf_init(struct buf *b, struct arena *arena, size_t max);
void buf_release(struct buf *b);
/* Empties, keeps the memory. */
void buf_reset(struct buf *b);

void buf_add(struct buf *b, const void *data, size_t len);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);

/* Before what stands at `at`. */
void buf_insert(struct buf *b, size_t at, const char *data, size_t len);

/* The content as a string, never NULL. */
const char *buf_str(const struct buf *b);

/* Writes a literal without strlen. */
#define buf_lit(b, literal) buf_add((b), "" literal, sizeof(literal) - 1)

#endif

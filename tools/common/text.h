/* Growing text for the build tools. Out of memory exits. */
#ifndef TOOLS_TEXT_H
#define TOOLS_TEXT_H

#include <stddef.h>

struct text {
	char *data;
	size_t len, cap;
};

void text_add(struct text *t, const char *s, size_t len);
void text_puts(struct text *t, const char *s);
void text_printf(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Adds `s` as the inside of a C string literal; a line end becomes \n and a new literal. */
void text_c_string(struct text *t, const char *s, size_t len);
/* Reads a whole file; false (errno is set) if it cannot. */
int text_read(struct text *t, const char *path);
int text_write(const struct text *t, const char *path);

#endif

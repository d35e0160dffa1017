#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_add(struct text *t, const char *s, size_t len)
{
	if (t->len + len + 1 > t->cap) {
		size_t cap = (t->len + len + 1) * 2;
		char *bigger = realloc(t->data, cap);
		if (bigger == NULL) {
			fputs("out of memory\n", stderr);
			exit(1);
		}
		t->data = bigger;
		t->cap = cap;
	}
	if (len) memcpy(t->data + t->len, s, len);
	t->len += len;
	t->data[t->len] = '\0';
}

void text_puts(struct text *t, const char *s)
{
	text_add(t, s, strlen(s));
}

void text_printf(struct text *t, const char *fmt, ...)
{
	char line[4096];
	va_list ap;
	va_start(ap, fmt);
	int len = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (len < 0 || (size_t)len >= sizeof(line)) {
		fputs("text too long\n", stderr);
		exit(1);
	}
	text_add(t, line, (size_t)len);
}

void text_c_string(struct text *t, const char *s, size_t len)
{
	text_puts(t, "\"");
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c == '\n') text_puts(t, i + 1 < len ? "\\n\"\n\t\"" : "\\n");
		else if (c == '"' || c == '\\' || c == '?') /* ? for trigraphs */
			text_add(t, (char[]){ '\\', (char)c }, 2);
		else if (c < 0x20 || c == 0x7F) text_printf(t, "\\%03o", c);
		else text_add(t, s + i, 1);
	}
	text_puts(t, "\"");
}

int text_read(struct text *t, const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL) return 0;
	char block[8192];
	size_t got;
	while ((got = fread(block, 1, sizeof(block), file)) > 0) text_add(t, block, got);
	text_add(t, "", 0);
	int ok = !ferror(file);
	fclose(file);
	return ok;
}

int text_write(const struct text *t, const char *path)
{
	FILE *file = fopen(path, "wb");
	if (file == NULL) return 0;
	int ok = fwrite(t->data, 1, t->len, file) == t->len;
	return fclose(file) == 0 && ok;
}

#include <stdbool.h>

#include "base/macros.h"
#include "net/guard.h"

/*
 * Why limits on lines that nobody reads: extensions and trailers could go on for ever without
 * counting as body (CVE-2024-22019).
 */
enum { SIZE_LINE_MAX = 256, SIZE_DIGITS = 15, TRAILER_MAX = 4096 };

enum state {
	SIZE,      /* first digits of a size line */
	EXTENSION, /* after ";" */
	SIZE_LF,   /* CR seen */
	DATA,      /* `left` bytes */
	DATA_CR,   /* after them */
	DATA_LF,
	TRAILER,      /* at the beginning of a line after the last chunk */
	TRAILER_NAME, /* before its colon */
	TRAILER_VALUE,
	TRAILER_LF,
	LAST_LF,
};

static int hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

static bool is_text(unsigned char c)
{
	return (c >= 0x20 && c != 0x7F) || c == '\t';
}

static int size_byte(struct guard_chunked *g, unsigned char c)
{
	int digit = hex_value(c);
	if (++g->line > SIZE_LINE_MAX) return -1;
	if (g->state == EXTENSION) {
		if (c == '\r') g->state = SIZE_LF;
		return c == '\r' || is_text(c) ? 0 : -1;
	}
	if (digit >= 0) {
		if (g->line > SIZE_DIGITS) return -1;
		g->left = g->left * 16 + digit;
		return 0;
	}
	if (g->line == 1) return -1; /* no digit at all */
	if (c != '\r' && c != ';') return -1;
	g->state = c == '\r' ? SIZE_LF : EXTENSION;
	return 0;
}

static int trailer_byte(struct guard_chunked *g, unsigned char c)
{
	if (++g->trailer > TRAILER_MAX) return -1;
	switch (g->state) {
	case TRAILER:
		if (c == '\r') {
			g->state = LAST_LF;
			return 0;
		}
		g->state = TRAILER_NAME;
		return c > 0x20 && c < 0x7F && c != ':' ? 0 : -1;
	case TRAILER_NAME:
		if (c == ':') g->state = TRAILER_VALUE;
		return c > 0x20 && c < 0x7F ? 0 : -1;
	default: /* TRAILER_VALUE */
		if (c == '\r') g->state = TRAILER_LF;
		return c == '\r' || is_text(c) ? 0 : -1;
	}
}

/* A byte of the framing, not of the data: 0, 1 at the end of the body, -1 if it is wrong. */
static int framing_byte(struct guard_chunked *g, unsigned char c)
{
	switch (g->state) {
	case SIZE:
	case EXTENSION: return size_byte(g, c);
	case SIZE_LF: g->state = g->left ? DATA : TRAILER; return c == '\n' ? 0 : -1;
	case DATA_CR: g->state = DATA_LF; return c == '\r' ? 0 : -1;
	case DATA_LF:
		g->state = SIZE;
		g->line = 0;
		return c == '\n' ? 0 : -1;
	case TRAILER_LF: g->state = TRAILER; return c == '\n' ? 0 : -1;
	case LAST_LF: return c == '\n' ? 1 : -1;
	default: return trailer_byte(g, c);
	}
}

int guard_chunked(struct guard_chunked *g, const char *data, size_t len, size_t *used)
{
	size_t at = 0;
	while (at < len) {
		if (g->state == DATA) {
			size_t take = MIN(len - at, (size_t)g->left);
			at += take;
			g->left -= (int64_t)take;
			if (g->left == 0) g->state = DATA_CR;
			continue;
		}
		int result = framing_byte(g, (unsigned char)data[at++]);
		if (result == 0) continue;
		*used = at;
		return result < 0 ? -400 : 1;
	}
	*used = at;
	return 0;
}

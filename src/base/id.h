/*
 * Identifiers: 16 bytes, a UUID version 7 (RFC 9562 §5.7) so that they sort by time; or 16 random
 * bytes where the time would betray somebody. Written as 26 lower-case characters of Crockford's
 * base 32 (no i, l, o, u).
 */
#ifndef PARVIS_ID_H
#define PARVIS_ID_H

#include <stdbool.h>
#include <stdint.h>

enum { ID_TEXT = 26 };

struct id {
	uint8_t b[16];
};

struct id id_new(void);        /* by clock_now() and random bytes */
struct id id_random(void);     /* says nothing of the time */
bool id_is_zero(struct id id); /* all zero: none */
bool id_equal(struct id a, struct id b);
int id_compare(struct id a, struct id b);

/* Writes 26 characters and a NUL; returns `out`. */
char *id_format(struct id id, char out[static ID_TEXT + 1]);
/* Accepts either case, and i, l, o read as 1, 1, 0; false (and `*ret` untouched) for anything else. */
bool id_parse(const char *text, struct id *ret);

#endif

#include "mo.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAGIC = 0x950412de, HEADER = 20 };

static const char *file;

__attribute__((noreturn)) static void fail(const char *why)
{
	fprintf(stderr, "%s: %s\n", file, why);
	exit(1);
}

/* msgfmt writes the byte order of the machine that builds. */
static uint32_t number(const struct text *t, size_t at)
{
	uint32_t n;
	if (at + sizeof(n) > t->len) fail("cut short");
	memcpy(&n, t->data + at, sizeof(n));
	return n;
}

/* The string whose length and place stand at `at`; a second one after its NUL goes to `*second`. */
static const char *string(const struct text *t, size_t at, const char **second)
{
	size_t len = number(t, at), place = number(t, at + 4);
	if (place > t->len || len >= t->len - place || t->data[place + len] != '\0') fail("a string is cut");
	const char *s = t->data + place;
	size_t first = strlen(s);
	*second = first < len ? s + first + 1 : NULL;
	if (*second && first + 1 + strlen(*second) != len) fail("over two plural forms");
	return s;
}

void catalogue_read(struct catalogue *c, const char *path)
{
	file = path;
	if (!text_read(&c->bytes, path)) fail("cannot be read");
	if (number(&c->bytes, 0) != MAGIC || number(&c->bytes, 4) != 0) fail("not a catalogue");
	size_t count = number(&c->bytes, 8), ids = number(&c->bytes, 12), forms = number(&c->bytes, 16);
	c->messages = calloc(count + 1, sizeof(*c->messages));
	if (c->messages == NULL) fail("out of memory");
	for (size_t i = 0; i < count; i++) {
		struct message *m = &c->messages[c->count];
		m->id = string(&c->bytes, ids + 8 * i, &m->plural);
		m->form[0] = string(&c->bytes, forms + 8 * i, &m->form[1]);
		if (strchr(m->id, '\4')) fail("msgctxt is not supported");
		if ((m->plural == NULL) != (m->form[1] == NULL)) fail("plural forms do not match");
		if (*m->id) c->count++;
	}
}

/* Reads what msgfmt makes (GNU gettext manual, "The Format of GNU MO Files"). */
#ifndef TOOLS_MO_H
#define TOOLS_MO_H

#include <stddef.h>

#include "text.h"

struct message {
	const char *id, *plural; /* plural: NULL if the message does not count anything */
	const char *form[2];     /* translation of one and of many; the second NULL without plural */
};

struct catalogue {
	struct text bytes;
	struct message *messages; /* the header (empty id) left out */
	size_t count;
};

/* Exits with a message if the file cannot be read. */
void catalogue_read(struct catalogue *c, const char *path);

#endif

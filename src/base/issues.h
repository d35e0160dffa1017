/* All the mistakes of one form, import row or definition, so that they are shown together. */
#ifndef PARVIS_ISSUES_H
#define PARVIS_ISSUES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/i18n.h"

struct issue {
	struct issue *next;
	const char *field; /* key of the field, or "" for the whole */
	struct err err;
};

struct issues {
	struct arena *arena;
	struct issue *first, **last;
	int count;
	enum lang lang; /* of who will read them: names that stand in a message are in it. LANG_FR until it is set */
};

void issues_init(struct issues *issues, struct arena *arena);
/* Adds a mistake of `field` (copied); `msg` and its arguments as in err_set. */
void issues_add(struct issues *issues, const char *field, const char *msg, ...) PRINTF(3, 4);
/* The same with a mistake that somebody else made: its message and arguments are kept, to be told in the
 * reader's language. */
void issues_add_err(struct issues *issues, const char *field, const struct err *err);
/* The first mistake of `field`, or NULL. */
const struct issue *issues_of(const struct issues *issues, const char *field);
/* OK when empty; else fills `err` with the first mistake and returns E_INPUT. */
enum code issues_code(const struct issues *issues, struct err *err);

#endif

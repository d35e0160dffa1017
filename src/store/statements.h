/* Prepared statements of one connection, found by their text; the least recently used gives way. */
#ifndef PARVIS_STORE_STATEMENTS_H
#define PARVIS_STORE_STATEMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "store/sql.h"

enum { STATEMENTS_MAX = 128 };

struct statement {
	char *text; /* NULL: free slot */
	size_t len;
	uint64_t hash, used_at;
	void *handle;               /* the driver's */
	int in_use;                 /* being walked */
	char kinds[SQL_VALUES + 1]; /* of its arguments, where the driver tells them apart */
};

struct statements {
	struct statement slots[STATEMENTS_MAX];
	uint64_t clock;
};

/* The statement of this text and these kinds (kinds may be ""), or NULL. */
struct statement *statements_find(struct statements *all, const char *text, const char *kinds);
/* A slot for it with `handle` NULL; `drop` is called with the handle that gives way. NULL when all
 * are being walked. */
struct statement *statements_add(struct statements *all, const char *text, const char *kinds,
                                 void (*drop)(void *arg, void *handle), void *arg);
/* Gives a slot back after its preparation failed. */
void statements_remove(struct statement *s);
void statements_release(struct statements *all, void (*drop)(void *arg, void *handle), void *arg);

#endif

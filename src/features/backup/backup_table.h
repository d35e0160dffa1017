/* The tables of a backup, and their rows as lines of JSON. */
#ifndef PARVIS_BACKUP_TABLE_H
#define PARVIS_BACKUP_TABLE_H

#include <stdio.h>

#include "base/json.h"
#include "store/store.h"

struct backup_table {
	const char *name;
	const char *counted; /* the key that the database counts up, or NULL */
};

/* In the order in which they can be filled, a NULL name at the end. */
extern const struct backup_table backup_tables[];
/* Those that are left out, a NULL at the end: what is computed, and what is better made anew. */
extern const char *const backup_left_out[];

struct backup_table_figures {
	int64_t rows, size;
	struct hash hash;
};

/* Leaves `out` at its start, to be read. */
enum code backup_table_write(struct db *db, const struct backup_table *table, FILE *out,
                             struct backup_table_figures *ret, struct err *err) MUST;

/* Rows on their way into a table, some thousands in a write. */
struct backup_filling;
struct backup_filling *backup_fill_begin(struct store *store, const struct backup_table *table);
/* A line without its end. */
enum code backup_fill(struct backup_filling *filling, const char *line, size_t len, struct err *err) MUST;
/* Writes the last ones; releases in any case. With `failed` it only releases. */
enum code backup_fill_end(struct backup_filling *filling, bool failed, int64_t *rows, struct err *err) MUST;

#endif

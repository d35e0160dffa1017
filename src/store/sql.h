/*
 * Statements built piece by piece, from literals and values only: each "?" in a literal takes the
 * next argument. `sql_add(&q, " AND r.space = ?", space)`. No text of a user can become SQL.
 */
#ifndef PARVIS_SQL_H
#define PARVIS_SQL_H

#include "base/buf.h"
#include "store/db.h"

enum { SQL_VALUES = 128 };

struct sql {
	struct arena *arena;
	struct buf text;
	struct value values[SQL_VALUES];
	int n;
};

void sql_init(struct sql *sql, struct arena *arena);
/* Text and blob arguments are copied into the arena. More than SQL_VALUES aborts: lists are cut before. */
#define sql_add(sql, text, ...) sql_add_values((sql), "" text, VALUES(__VA_ARGS__))
void sql_add_values(struct sql *sql, const char *text, const struct value *values, int n);

enum code sql_query(struct sql *sql, struct db *db, struct rows *rows, struct err *err) MUST;
enum code sql_run(struct sql *sql, struct db *db, struct err *err) MUST;

#endif

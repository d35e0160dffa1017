#include "store/sql.h"

#include <string.h>

void sql_init(struct sql *sql, struct arena *arena)
{
	sql->arena = arena;
	sql->n = 0;
	buf_init(&sql->text, arena, 0);
}

static void keep_value(struct sql *sql, const struct value *value)
{
	if (sql->n == SQL_VALUES) die("sql_add: more than %d values", SQL_VALUES);
	struct value *v = &sql->values[sql->n++];
	*v = *value;
	if (v->ptr) v->ptr = arena_strndup(sql->arena, v->ptr, v->len);
}

void sql_add_values(struct sql *sql, const char *text, const struct value *values, int n)
{
	int used = 0;
	for (const char *p = text; *p; p++) {
		if (*p == '\'') { /* a question mark in a quoted text is one */
			const char *end = strchr(p + 1, '\'');
			if (end == NULL) die("sql_add: no closing quote in \"%s\"", text);
			buf_add(&sql->text, p, (size_t)(end - p + 1));
			p = end;
		} else if (*p == '?') {
			if (used == n) die("sql_add: more ? than arguments in \"%s\"", text);
			keep_value(sql, &values[used++]);
			buf_printf(&sql->text, "$%d", sql->n);
		} else {
			buf_putc(&sql->text, *p);
		}
	}
	if (used != n) die("sql_add: %d arguments for %d ? in \"%s\"", n, used, text);
}

enum code sql_query(struct sql *sql, struct db *db, struct rows *rows, struct err *err)
{
	return db_query_values(db, rows, err, buf_str(&sql->text), sql->values, sql->n);
}

enum code sql_run(struct sql *sql, struct db *db, struct err *err)
{
	return db_run_values(db, err, buf_str(&sql->text), sql->values, sql->n);
}

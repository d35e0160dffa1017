/*
 * LimeSurvey's XML files – surveys (.lss), responses (.lsr), participants (.lst) –, as the tables of rows that they are:
 * a document holds a section for each table of its database, `<table><rows><row><column>value</column>…`, in any order.
 * No document type, no entity. (Read from what LimeSurvey 1.91 to 6 writes; there is no published grammar.)
 */
#ifndef PARVIS_LIMESURVEY_TABLE_H
#define PARVIS_LIMESURVEY_TABLE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum { LIMESURVEY_ROWS = 500000 /* of the whole file */, LIMESURVEY_COLUMNS = 4000 /* of a table */ };

struct limesurvey_row {
	int line;            /* of the file; far in a long one, about there */
	int n;               /* of its values; columns after them are absent */
	const char **values; /* by column; NULL: absent */
	struct limesurvey_row *next;
};

struct limesurvey_table {
	const char *name;
	const char **columns;
	int ncolumns, n;
	struct limesurvey_row *rows; /* in the order of the file */
	struct limesurvey_table *next;
};

struct limesurvey_file {
	const char *kind;      /* "Survey", "Responses", "Tokens"… */
	const char *version;   /* of its database */
	const char *languages; /* separated by spaces */
	struct limesurvey_table *tables;
};

/* E_INPUT: it is not one, or is cut. E_LIMIT: over the limits above. */
enum code limesurvey_tables_read(struct arena *a, const char *text, size_t len, struct limesurvey_file *ret,
                                 struct err *err) MUST;

/* The same tables, from a structure as tab-separated values (.txt): one row for each thing and language. Attributes of
 * columns that it does not name are absent. E_INPUT names the line. */
enum code limesurvey_tsv_read(struct arena *a, const char *text, size_t len, struct limesurvey_file *ret,
                              struct err *err) MUST;

/* NULL: the file has none. */
const struct limesurvey_table *limesurvey_table(const struct limesurvey_file *file, const char *name);
/* -1: the table has none. */
int limesurvey_column(const struct limesurvey_table *table, const char *name);
/* NULL: the row has none. `table` may be NULL when `row` is. */
const char *limesurvey_value(const struct limesurvey_table *table, const struct limesurvey_row *row, const char *name);

/* The rows of a table by the value of a column. */
struct limesurvey_index {
	const struct limesurvey_table *table;
	int column;
	const struct limesurvey_row **rows; /* by value, then as in the file */
	int n;
};

/* Empty when there is no such table or column. */
struct limesurvey_index limesurvey_index(struct arena *a, const struct limesurvey_table *table, const char *column);
/* The rows that have the value, in the order of the file; NULL: none. */
const struct limesurvey_row **limesurvey_find(const struct limesurvey_index *index, const char *value, int *n);

#endif

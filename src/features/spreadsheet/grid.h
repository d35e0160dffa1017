/* A spreadsheet as cells of text: the first row names the columns. Bounded, whatever the file. */
#ifndef PARVIS_GRID_H
#define PARVIS_GRID_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum {
	GRID_COLUMNS = 60,
	GRID_ROWS = 20000,
	GRID_CELL = 20000 /* bytes */,
	GRID_BYTES = 10 * 1024 * 1024 /* of the file */
};

#define GRID_ACCEPTED ".xlsx,.ods,.csv,.tsv,.txt,text/csv"

struct grid_row {
	int line;           /* of the file, the first being 1 */
	const char **cells; /* as many as there are columns, "" where the row is short; trimmed */
};

struct grid {
	const char **names;
	int ncolumns;
	struct grid_row *rows; /* those with something in them */
	int nrows;
};

/* What is read of it, and whether its rows are pages or answers to a questionnaire. */
struct grid_limits {
	int columns, rows;
	bool answers;
};

/* CSV, or what was copied in a spreadsheet (formats/csv.h). E_INPUT says the line and what to do. */
enum code grid_read_csv(struct arena *a, const char *text, size_t len, struct grid *ret, struct err *err) MUST;
/* Any of the formats read: by what the file begins with, not by its name. */
enum code grid_read(struct arena *a, const char *bytes, size_t len, struct grid *ret, struct err *err) MUST;
enum code grid_read_within(struct arena *a, const char *bytes, size_t len, const struct grid_limits *limits,
                           struct grid *ret, struct err *err) MUST;
/* As CSV that grid_read_csv reads back; each row keeps its line. */
void grid_write_csv(struct buf *out, const struct grid *grid);

#endif

/*
 * Comma-separated values (RFC 4180), as spreadsheets write them: the separator is found in the first
 * line (comma, semicolon or tab), quotes may hold line ends, a UTF-8 mark at the start is skipped,
 * text that is not UTF-8 is read as Windows-1252 (WHATWG Encoding).
 */
#ifndef PARVIS_CSV_H
#define PARVIS_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { CSV_COLUMNS = 500, CSV_CELL = 1024 * 1024 };

struct csv {
	struct arena *arena;
	const char *at, *end;
	char separator;
	int line; /* of the row last read, the first line being 1 */
	int next_line;
};

/* `text` must live as long as the reader. */
enum code csv_open(struct csv *csv, struct arena *a, const char *text, size_t len, struct err *err) MUST;

/* The next row that is not blank: `*n` cells, or *n = 0 at the end. E_INPUT (a quote that is never
 * closed) and E_LIMIT name the line; reading can go on, with the next row or, after such a quote, with
 * the next line. */
enum code csv_row(struct csv *csv, const char ***cells, int *n, struct err *err) MUST;

/* Writes one cell, quoted when it must be; a leading = + - @ is written after an apostrophe, so that
 * no spreadsheet runs it as a formula. The caller writes separators and line ends (CR LF). */
void csv_write(struct buf *out, const char *cell);
/* A whole line. */
void csv_line(struct buf *out, const char *const *cells, size_t n);

#endif

/*
 * Spreadsheets that come from outside: the first sheet of a workbook, row by row, as text. Office Open XML (ECMA-376,
 * .xlsx) and OpenDocument (ISO 26300, .ods). Numbers come as canonical decimals, dates as ISO 8601, yes and no as
 * "true" and "false"; formulas as the value that was last computed. Read without network, entities or document
 * types, within the limits below, whatever the file says of itself.
 */
#ifndef PARVIS_WORKBOOK_H
#define PARVIS_WORKBOOK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "formats/package.h"

enum {
	WORKBOOK_COLUMNS = 500,
	WORKBOOK_ROWS = 1024 * 1024, /* the line of the last row that is looked at */
	WORKBOOK_CELL = 64 * 1024,   /* bytes */
};

struct workbook_rows {
	/* One row with something in it, from the first line on; cells live until it returns. An error ends the reading. */
	enum code (*row)(void *arg, int line, const char *const *cells, int n, struct err *err);
	void *arg;
};

enum code workbook_read(struct arena *a, const void *bytes, size_t len, const struct workbook_rows *rows,
                        struct err *err) MUST;

/* ---- For workbook.c, and for the fuzzer: the parts of the package, already inflated ---- */

struct workbook_xlsx {
	struct package_part workbook, strings, styles, sheet;
};

enum code workbook_read_xlsx(struct arena *a, const struct workbook_xlsx *parts, const struct workbook_rows *rows,
                             struct err *err) MUST;
enum code workbook_read_ods(struct arena *a, struct package_part content, const struct workbook_rows *rows,
                            struct err *err) MUST;
/* The id of the first sheet in xl/workbook.xml, then its part in xl/_rels/workbook.xml.rels; "" when not found. */
enum code workbook_first_sheet(struct arena *a, struct package_part workbook, struct package_part relations,
                               const char **ret, struct err *err) MUST;

#endif

/* What the two spreadsheet formats share: one sheet, a heading and a row for each record. */
#ifndef PARVIS_SHEET_H
#define PARVIS_SHEET_H

#include "base/date.h"
#include "formats/format.h"

/* The name of the sheet: what the records are called, as every spreadsheet accepts it (31 characters, none
 * of []:*?/\ and no apostrophe). */
const char *sheet_name(const struct export *x);

/* A cell as spreadsheets can hold it: texts cut at 32,767 characters; CELL_NUMBER only if it fits exactly
 * (15 digits, what a double holds); CELL_DATE only from 1900 on, read into `ret`. */
struct cell sheet_cell(const struct export *x, const struct record *record, const struct export_column *column,
                       struct datetime *ret, bool *timed);

#endif

/*
 * Answers of another territory, in a file: CSV, ODS or XLSX, as this site exports them – the tables of results (a line for
 * each answer of each question, with its number), or the answers themselves (a line each, a column for each question, in
 * words or in codes). Nothing of it is kept. What cannot be taken is told, row by row.
 */
#ifndef PARVIS_COMPARE_FILE_H
#define PARVIS_COMPARE_FILE_H

#include "features/restitution/compare.h"

enum { COMPARE_BYTES = 10 * 1024 * 1024, COMPARE_ROWS = 100000 };
#define COMPARE_ACCEPTED ".xlsx,.ods,.csv,.tsv,.txt,text/csv"

/* Adds its column. E_INPUT: it is no such file. */
enum code compare_add_file(const struct page *p, const struct results *first, const char *name, const char *bytes,
                           size_t len, struct comparison *ret, struct err *err) MUST;

#endif

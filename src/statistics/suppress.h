/*
 * Small cells hidden, so that a table of what was said in confidence tells nothing of a few persons: a count of 1 to
 * threshold − 1 is hidden (0 and the others are shown), then others too, so that no hidden one can be computed from what is
 * shown with the totals. A hidden cell is safe when hidden cells could make room for it around a cycle of lines and
 * columns (D. Gusfield, "A graph theoretic approach to statistical data security", SIAM Journal on Computing 17, 1988);
 * here always around four. Totals must not be small themselves: gather small lines first (suppress_gather).
 */
#ifndef PARVIS_SUPPRESS_H
#define PARVIS_SUPPRESS_H

#include "statistics/column.h"

/* Cells of one line whose total is known; *hidden* has a place for each. All of them where nothing less is safe: two at
 * least are hidden, with `threshold` answers in all. */
void suppress_line(const int *counts, int n, int threshold, bool *hidden);

/* counts[row * columns + column], all totals known and shown. Where nothing less is safe, all cells. */
void suppress_table(const int *counts, int rows, int columns, int threshold, bool *hidden);

/*
 * Of COLUMN_CODES: the choices with 1 to threshold − 1 answers among `among` are put together into one more, the last; the
 * least frequent others too until it has `threshold` (or all are in it). `place`, of ncodes: what each became. False,
 * nothing made: none was small.
 */
bool suppress_gather(struct arena *a, const struct column *column, const uint64_t *among, int threshold,
                     struct column *ret, int *place);

#endif

/*
 * Parts of a whole, one bar for each row, as SVG (as page/chart.h: drawn by the server, named and described). Each part has a
 * letter below it, which the legend beside names: nothing is told by colour alone. The same figures stand in a table: the
 * caller's, and the legend too.
 */
#ifndef PARVIS_CHART_STACK_H
#define PARVIS_CHART_STACK_H

#include "base/arena.h"
#include "base/html.h"

enum { STACK_ROWS_MAX = 40, STACK_PARTS_MAX = 12 };

struct chart_stack {
	const char *title, *summary;
	const char *const *rows;
	int nrows;    /* at most STACK_ROWS_MAX */
	int nparts;   /* at most STACK_PARTS_MAX */
	bool opposed; /* parts go from one end to the other: bars stand on both sides of the middle, on one scale */
	const double *shares; /* [row * nparts + part], 0 to 1; NaN: not told, hatched with what is left */
};

/* "A" for the first part. */
const char *chart_stack_letter(struct arena *a, int part);
/* `number`: as in chart_svg. */
struct html_safe chart_stack_svg(struct arena *a, const struct chart_stack *stack, int number);

#endif

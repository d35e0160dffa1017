/*
 * Choices put in an order by each person, taken together. points: J.-C. de Borda, "Mémoire sur les élections au scrutin",
 * Histoire de l'Académie royale des sciences, 1781: of m choices the first gets m points, the next m − 1, …, one that is not
 * ranked none.
 */
#ifndef PARVIS_RANKING_H
#define PARVIS_RANKING_H

#include "statistics/column.h"

struct ranked {
	int n, first;  /* who ranked it, who put it first */
	double weight; /* of who ranked it; n without weights */
	double mean;   /* place, from 1, among who ranked it; NaN: nobody */
	double points; /* in all, weighted */
};

/* `places`: for each place, from the first, the choice that has it (COLUMN_CODES of the same choices). `ret` has room for all
 * choices. `among`, `weights`: as in summary.h. */
void ranking_make(const struct column *const *places, int nplaces, const uint64_t *among, const double *weights,
                  struct ranked *ret);

#endif

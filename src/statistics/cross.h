/*
 * Two questions crossed: how many gave both answers, and whether that is more than chance would make. A third one is
 * crossed by narrowing: `among`, the answers that have one of its choices. Of those who answered both questions.
 *
 * Where a question takes several choices, the same person stands in several cells: totals are then of persons, not of
 * cells, and no chi-squared is computed; the residual of a cell compares who gave the choice with who did not.
 */
#ifndef PARVIS_CROSS_H
#define PARVIS_CROSS_H

#include "statistics/column.h"

struct cross {
	int rows, columns;
	bool several;                                   /* one of the questions takes several choices */
	int n;                                          /* who answered both */
	int *counts, *row_counts, *column_counts;       /* answers; counts[row * columns + column] */
	double total;                                   /* the same, weighted */
	double *weights, *row_weights, *column_weights; /* equal to counts without weights */
	double *expected;                               /* if one said nothing of the other: row × column / total */
	/*
	 * Adjusted standardised residuals (S. J. Haberman, "The analysis of residuals in cross-classified tables",
	 * Biometrics 29, 1973): normal if one says nothing of the other; beyond ±1.96 by chance once in 20 cells. NaN where
	 * there is nothing to compare.
	 */
	double *residuals;
	double effective; /* answers that weigh as much (weight_effective); n without weights */
};

/* What of the whole table (not of a table with `several`). Lines and columns that nobody gave do not count. */
struct cross_test {
	double chi2; /* Pearson, 1900; without continuity correction; weighted: scaled to `effective` answers */
	int df;      /* 0: nothing to compare; the others are then NaN */
	double p;
	double v;           /* H. Cramér, "Mathematical Methods of Statistics", 1946, page 282 */
	double v_corrected; /* W. Bergsma, Journal of the Korean Statistical Society 42, 2013, equation 5 */
	double least;       /* expected */
	int few, cells;     /* cells with less than 5 expected, of so many: W. G. Cochran (Biometrics 10, 1954) lets
	                     * one in five be so, and none under 1 */
	double exact;       /* fisher_exact's p, of two by two without weights; else NaN */
};

/* Of COLUMN_CODES and COLUMN_SETS of the same answers; `among` and `weights` as in summary.h. */
void cross_make(struct arena *a, const struct column *row, const struct column *column, const uint64_t *among,
                const double *weights, struct cross *ret);
void cross_test(const struct cross *cross, struct cross_test *ret);
/* Is chi-squared near enough to its law for p to be believed (see `few`)? */
bool cross_test_holds(const struct cross_test *test);

/* The counts alone, row × column, without memory of its own: for many pairs of questions at once. */
void cross_count(const struct column *row, const struct column *column, int *counts);

#endif

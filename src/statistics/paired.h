/* The same persons asked twice: what moved. */
#ifndef PARVIS_PAIRED_H
#define PARVIS_PAIRED_H

#include <stdbool.h>

#include "base/arena.h"
#include "statistics/interval.h"

enum {
	PAIRED_EXACT_BELOW = 50, /* pairs that moved: fewer, without ties, and all orders of signs are counted */
	MOVES_EXACT_BELOW = 25,  /* changes of mind between two choices: fewer, and the binomial law is asked itself */
};

/* Numbers. Differences are after − before. What cannot be computed is NaN. */
struct paired {
	int n, rose, fell, same;
	double before, after;     /* means */
	double difference, sd;    /* of the differences */
	struct interval interval; /* of the mean of differences, 95 % (interval_mean) */
	double t, t_p;            /* Student's, n − 1 degrees of freedom, two-sided */
	/*
	 * F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1, 1945: the sum of the ranks of those that
	 * rose, pairs without a difference left out; two-sided. By all orders of signs where these are fewer than
	 * PAIRED_EXACT_BELOW and no two differences are of one size (nor 0), else by the normal law with a continuity
	 * correction and the variance that ties leave, as R's wilcox.test.
	 */
	double v, v_p;
	bool exact;
};
void paired_make(struct arena *a, const double *before, const double *after, int n, struct paired *ret);

/* Choices: counts[before * n + after]. */
struct moves {
	int pairs, moved;
	/*
	 * Do as many go one way as the other? Between two choices alone: Q. McNemar, Psychometrika 12, 1947, with the correction of Edwards
	 * (1948); exact (binomial, two-sided) where fewer than MOVES_EXACT_BELOW moved. More: A. H. Bowker, "A test for
	 * symmetry in contingency tables", Journal of the American Statistical Association 43, 1948, over the pairs of
	 * choices between which somebody moved.
	 */
	double chi2; /* NaN: exact, or nobody moved */
	int df;
	double p; /* NaN: nobody moved */
	bool exact;
};
void moves_make(const int *counts, int n, struct moves *ret);

#endif

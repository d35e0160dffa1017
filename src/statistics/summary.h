/* Numbers in a few figures. */
#ifndef PARVIS_SUMMARY_H
#define PARVIS_SUMMARY_H

#include "statistics/column.h"

/*
 * Quartiles and median: type 7 of Hyndman and Fan ("Sample quantiles in statistical packages", The American
 * Statistician 50, 1996), which R and spreadsheets use. With weights: the least value that at least this part of all
 * weight does not exceed. sd: of a sample (n − 1); with weights, of sum of weights − 1 (weights that add up to n).
 * What cannot be computed is NaN: all without answers, sd of a single one.
 */
struct summary {
	int n, missing;
	double weight; /* in all; n without weights */
	double sum, mean, sd;
	double min, q1, median, q3, max;
};

/* Of the answers in `among` (NULL: all), each counting for `weights[i]` (NULL: 1). */
void summary_make(struct arena *a, const struct column *numbers, const uint64_t *among, const double *weights,
                  struct summary *ret);

/* Type 7, of sorted numbers; n > 0, part from 0 to 1. */
double quantile7(const double *sorted, int n, double part);

#endif

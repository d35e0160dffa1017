/*
 * Weights: answers of whom there are too few count for more, so that known totals of the population are met. They are
 * scaled to add up to the number of answers that have one; others get 0.
 */
#ifndef PARVIS_WEIGHT_H
#define PARVIS_WEIGHT_H

#include "statistics/column.h"

/* Known of a question (COLUMN_CODES): how many of the population there are for each of its choices; 0 or more. */
struct known_totals {
	const struct column *column;
	const double *totals;
};

/*
 * Post-stratification to one question: w = (N_h / N) × (n / n_h) (Cochran, "Sampling Techniques", 1977, section 5A.9).
 * Choices that nobody gave are left out of N; answers without a choice, or of one whose total is 0, weigh nothing.
 * False: no answer has a weight.
 */
bool weights_poststratify(struct arena *a, const struct known_totals *known, double **ret);

/*
 * The same to several questions at once, by raking: each is met in turn until all are (W. E. Deming and F. F. Stephan,
 * Annals of Mathematical Statistics 11, 1940). False: no answer has a weight, or after 1,000 turns some total is still
 * more than 1e-9 of n away.
 */
bool weights_rake(struct arena *a, const struct known_totals *known, int nknown, double **ret);

/* The answers without weights that would say as much: (Σw)² / Σw² (L. Kish, "Survey Sampling", 1965, section 11.7).
 * Of the answers in both sets (NULL: all). */
double weight_effective(const double *weights, int n, const uint64_t *among, const uint64_t *said);

#endif

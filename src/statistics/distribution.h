/*
 * Probabilities that tests need, from the NIST Digital Library of Mathematical Functions (DLMF, release 1.2): the
 * incomplete gamma function by its series (8.7.1) or continued fraction (8.9.2), the incomplete beta function by its
 * continued fraction (8.17.22). Against R 4.2: relative error under 1e-10 down to 1e-300 (tests/unit/statistics).
 */
#ifndef PARVIS_DISTRIBUTION_H
#define PARVIS_DISTRIBUTION_H

/* P(X ≥ x) of chi-squared with `df` > 0 degrees of freedom; 1 for x ≤ 0. */
double chi2_above(double x, double df);
/* The t that a Student variable with `df` > 0 exceeds, either way, with probability `two_sided` (0 to 1, both out). */
double student_quantile(double two_sided, double df);
/* The probability that such a variable is beyond ±t. */
double student_beyond(double t, double df);
/*
 * Fisher's exact test of a table of two by two, both sides: the tables with the same totals that are no more likely
 * than this one (R. A. Fisher, "Statistical Methods for Research Workers", 5th edition, 1934, section 21.02; likelihoods
 * within 1e-7 of each other are equal, as in R's fisher.test).
 */
double fisher_exact(int a, int b, int c, int d);

#endif

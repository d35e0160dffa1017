/*
 * What a sample says of its population, at 95 %: between which values the whole would be. All suppose that who
 * answered was drawn by chance, or at least that who did not answer is like them.
 */
#ifndef PARVIS_INTERVAL_H
#define PARVIS_INTERVAL_H

struct interval {
	double low, high; /* NaN: cannot be said */
};

/*
 * Of a proportion `p` (0 to 1) among `n` answers (with weights, their effective number: weight_effective), of a
 * population of `population` (0: not known, or very large). E. B. Wilson, "Probable inference, the law of succession,
 * and statistical inference", Journal of the American Statistical Association 22 (1927). For a small population n
 * is replaced by n (N − 1) / (N − n), the sample with replacement that would have the same variance p (1 − p) / n × (N −
 * n) / (N − 1) (W. G. Cochran, "Sampling Techniques", 3rd edition, 1977, section 3.2): the interval is a point once all
 * have answered.
 */
struct interval interval_proportion(double p, double n, double population);

/* Of a mean: Student's, times √(1 − n / N) (Cochran, sections 2.6 and 2.8). */
struct interval interval_mean(double mean, double sd, double n, double population);

/*
 * Of the difference p1 − p2 of two proportions of different people, from the interval of each: the square-and-add of
 * R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven methods",
 * Statistics in Medicine 17 (1998), method 10.
 */
struct interval interval_difference(double p1, struct interval one, double p2, struct interval other);

#endif

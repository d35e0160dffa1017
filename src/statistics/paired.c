#include "statistics/paired.h"

#include <math.h>
#include <stdlib.h>

#include "statistics/distribution.h"

/* ---- Numbers ---- */

struct difference {
	double size;
	bool up;
};

static int by_size(const void *a, const void *b)
{
	double x = ((const struct difference *)a)->size, y = ((const struct difference *)b)->size;
	return x < y ? -1 : x > y;
}

/* P(V ≤ v) of n ranks whose signs are drawn: how many of the 2^n orders of signs make each sum. */
static double signed_rank_below(struct arena *a, double v, int n)
{
	int most = n * (n + 1) / 2;
	double *ways = arena_array(a, double, (size_t)most + 1);
	double sum = 0;
	ways[0] = 1;
	for (int rank = 1; rank <= n; rank++)
		for (int s = most; s >= rank; s--) ways[s] += ways[s - rank];
	for (int s = 0; s <= most && s <= v; s++) sum += ways[s];
	return ldexp(sum, -n);
}

/* Ranks of equal sizes are their mean; what the ties take from the variance comes back. */
static double sum_ranks(const struct difference *all, int n, double *v)
{
	double ties = 0;
	*v = 0;
	for (int from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && all[to].size <= all[from].size;) to++;
		double many = to - from, rank = (from + 1 + to) / 2.0;
		ties += many * (many * many - 1);
		for (int i = from; i < to; i++) *v += all[i].up ? rank : 0;
	}
	return ties;
}

static void signed_ranks(struct arena *a, struct difference *all, int n, struct paired *ret)
{
	ret->v = ret->v_p = NAN;
	if (n == 0) return;
	qsort(all, (size_t)n, sizeof(*all), by_size);
	double ties = sum_ranks(all, n, &ret->v), middle = n * (n + 1.0) / 4;
	ret->exact = n < PAIRED_EXACT_BELOW && !(ties > 0) && ret->same == 0;
	if (ret->exact) {
		double least = fmin(ret->v, 2 * middle - ret->v);
		ret->v_p = fmin(1, 2 * signed_rank_below(a, least, n));
		return;
	}
	double sd = sqrt(n * (n + 1.0) * (2.0 * n + 1) / 24 - ties / 48), away = fabs(ret->v - middle);
	ret->v_p = erfc(fmax(0, away - 0.5) / sd / sqrt(2));
}

static double variance_of(const double *before, const double *after, int n, double mean)
{
	double squares = 0;
	for (int i = 0; i < n; i++) squares += (after[i] - before[i] - mean) * (after[i] - before[i] - mean);
	return squares / (n - 1);
}

void paired_make(struct arena *a, const double *before, const double *after, int n, struct paired *ret)
{
	struct paired p = { .n = n, .sd = NAN, .t = NAN, .t_p = NAN };
	struct difference *moved = arena_array(a, struct difference, (size_t)n + 1);
	int nmoved = 0;
	for (int i = 0; i < n; i++) {
		double d = after[i] - before[i];
		p.before += before[i] / n;
		p.after += after[i] / n;
		p.difference += d / n;
		p.rose += d > 0;
		p.fell += d < 0;
		if (d > 0 || d < 0) moved[nmoved++] = (struct difference){ fabs(d), d > 0 };
	}
	p.same = n - nmoved;
	if (n == 0) p.before = p.after = p.difference = NAN;
	if (n > 1) p.sd = sqrt(variance_of(before, after, n, p.difference));
	p.interval = interval_mean(p.difference, p.sd, n, 0);
	if (p.sd > 0) {
		p.t = p.difference / (p.sd / sqrt(n));
		p.t_p = student_beyond(p.t, n - 1);
	}
	signed_ranks(a, moved, nmoved, &p);
	*ret = p;
}

/* ---- Choices ---- */

static double binomial_two_sided(int k, int n)
{
	double sum = 0, ways = 1;
	for (int i = 0; i <= k; i++) {
		sum += ways;
		ways = ways * (n - i) / (i + 1);
	}
	return fmin(1, 2 * ldexp(sum, -n));
}

static void between_two(int one, int other, struct moves *ret)
{
	double apart = fabs((double)one - other) - 1;
	ret->exact = one + other < MOVES_EXACT_BELOW;
	if (ret->exact) {
		ret->p = binomial_two_sided(one < other ? one : other, one + other);
		return;
	}
	ret->chi2 = one == other ? 0 : apart * apart / (one + other);
	ret->df = 1;
	ret->p = chi2_above(ret->chi2, 1);
}

void moves_make(const int *counts, int n, struct moves *ret)
{
	*ret = (struct moves){ .chi2 = NAN, .p = NAN };
	double chi2 = 0;
	int one = 0, other = 0;
	for (int i = 0; i < n; i++) {
		ret->pairs += counts[i * n + i];
		for (int j = i + 1; j < n; j++) {
			int there = counts[i * n + j], back = counts[j * n + i];
			ret->pairs += there + back;
			ret->moved += there + back;
			if (there + back == 0) continue;
			chi2 += (double)(there - back) * (there - back) / (there + back);
			ret->df++;
			one = there;
			other = back;
		}
	}
	if (ret->moved == 0) return;
	if (ret->df == 1) {
		ret->df = 0;
		between_two(one, other, ret);
		return;
	}
	ret->chi2 = chi2;
	ret->p = chi2_above(chi2, ret->df);
}

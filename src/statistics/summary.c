#include "statistics/summary.h"

#include <math.h>
#include <stdlib.h>

#include "base/macros.h"
#include "statistics/sort.h"

struct weighed {
	double number, weight;
};

static int by_number(const void *a, const void *b)
{
	double x = ((const struct weighed *)a)->number, y = ((const struct weighed *)b)->number;
	return (x > y) - (x < y);
}

double quantile7(const double *sorted, int n, double part)
{
	double at = (n - 1) * part;
	int low = (int)at;
	if (low + 1 >= n) return sorted[n - 1];
	return sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]);
}

static double weighed_quantile(const struct weighed *sorted, int n, double all, double part)
{
	double sum = 0;
	for (int i = 0; i < n; i++) {
		sum += sorted[i].weight;
		if (sum >= part * all * (1 - 1e-12)) return sorted[i].number;
	}
	return sorted[n - 1].number;
}

/* Twice through, so that large numbers close to each other lose nothing (Chan, Golub and LeVeque, 1983). */
static void moments(const struct weighed *all, int n, struct summary *ret)
{
	double squares = 0, rest = 0;
	for (int i = 0; i < n; i++) {
		ret->weight += all[i].weight;
		ret->sum += all[i].weight * all[i].number;
	}
	ret->mean = ret->sum / ret->weight;
	for (int i = 0; i < n; i++) {
		double away = all[i].number - ret->mean;
		squares += all[i].weight * away * away;
		rest += all[i].weight * away;
	}
	squares -= rest * rest / ret->weight;
	if (n > 1 && ret->weight > 1) ret->sd = sqrt(MAX(0, squares) / (ret->weight - 1));
}

void summary_make(struct arena *a, const struct column *numbers, const uint64_t *among, const double *weights,
                  struct summary *ret)
{
	struct weighed *all = arena_array(a, struct weighed, (size_t)numbers->n + 1);
	double *sorted;
	int n = 0;
	*ret = (struct summary){ .mean = NAN, .sd = NAN, .min = NAN, .q1 = NAN, .median = NAN, .q3 = NAN, .max = NAN };
	for (int i = 0; i < numbers->n; i++) {
		if (!set_holds(among, i)) continue;
		if (column_said(numbers, i))
			all[n++] = (struct weighed){ numbers->numbers[i], weights ? weights[i] : 1 };
		else ret->missing++;
	}
	ret->n = n;
	if (n == 0) return;
	if (weights) qsort(all, (size_t)n, sizeof(*all), by_number);
	moments(all, n, ret);
	sorted = arena_array(a, double, (size_t)n);
	for (int i = 0; i < n; i++) sorted[i] = all[i].number;
	if (!weights) numbers_sort(a, sorted, n);
	ret->min = sorted[0];
	ret->max = sorted[n - 1];
	ret->q1 = weights ? weighed_quantile(all, n, ret->weight, 0.25) : quantile7(sorted, n, 0.25);
	ret->median = weights ? weighed_quantile(all, n, ret->weight, 0.5) : quantile7(sorted, n, 0.5);
	ret->q3 = weights ? weighed_quantile(all, n, ret->weight, 0.75) : quantile7(sorted, n, 0.75);
}

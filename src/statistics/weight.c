#include "statistics/weight.h"

#include <math.h>

#include "base/macros.h"

enum { TURNS = 1000 };
#define CLOSE 1e-9

static double weight_of_choice(const struct column *column, int code, const double *weights)
{
	double sum = 0;
	for (int i = 0; i < column->n; i++)
		if (column_has(column, i, code)) sum += weights[i];
	return sum;
}

static bool weighs(const struct known_totals *known, int i)
{
	for (int code = 0; code < known->column->ncodes; code++)
		if (column_has(known->column, i, code)) return known->totals[code] > 0;
	return false;
}

/* Meets one question's totals; *away grows to the greatest part of n that one was away from. */
static void meet(const struct known_totals *known, double *weights, double n, double *away)
{
	const struct column *column = known->column;
	double all = 0, now[COLUMN_CODES_MAX];
	for (int code = 0; code < column->ncodes; code++) {
		now[code] = weight_of_choice(column, code, weights);
		if (now[code] > 0) all += known->totals[code];
	}
	for (int code = 0; code < column->ncodes; code++) {
		if (!(now[code] > 0)) continue;
		double wanted = known->totals[code] / all * n;
		*away = fmax(*away, fabs(wanted - now[code]) / n);
		for (int i = 0; i < column->n; i++)
			if (column_has(column, i, code)) weights[i] *= wanted / now[code];
	}
}

bool weights_rake(struct arena *a, const struct known_totals *known, int nknown, double **ret)
{
	int answers = nknown ? known[0].column->n : 0, n = 0;
	double *weights = arena_array(a, double, (size_t)answers + 1);
	for (int i = 0; i < answers; i++) {
		bool all = true;
		for (int k = 0; k < nknown; k++) all &= weighs(&known[k], i);
		weights[i] = all;
		n += all;
	}
	if (n == 0) return false;
	double away = 1;
	for (int turn = 0; turn < TURNS && away > CLOSE; turn++) {
		away = 0;
		for (int k = 0; k < nknown; k++) meet(&known[k], weights, n, &away);
	}
	if (away > CLOSE) return false;
	*ret = weights;
	return true;
}

bool weights_poststratify(struct arena *a, const struct known_totals *known, double **ret)
{
	return weights_rake(a, known, 1, ret);
}

double weight_effective(const double *weights, int n, const uint64_t *among, const uint64_t *said)
{
	double sum = 0, squares = 0;
	for (int i = 0; i < n; i++) {
		if (!set_holds(among, i) || !set_holds(said, i)) continue;
		double weight = weights ? weights[i] : 1;
		sum += weight;
		squares += weight * weight;
	}
	return squares > 0 ? sum * sum / squares : 0;
}

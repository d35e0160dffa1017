#include "statistics/agreement.h"

#include <math.h>
#include <string.h>

/* Coincidences: each ordered pair of judgements of one thing counts 1 / (how many judged it - 1). */
struct coincidences {
	double same;                         /* on the diagonal */
	double totals[AGREEMENT_CATEGORIES]; /* of each category */
	double all;
	double agreed, compared; /* pairs, each counted once */
};

static void count_unit(const int *values, int people, int units, int unit, struct coincidences *c,
                       struct agreement *ret)
{
	int counts[AGREEMENT_CATEGORIES] = { 0 }, n = 0;
	for (int person = 0; person < people; person++) {
		int value = values[person * units + unit];
		if (value < 0 || value >= AGREEMENT_CATEGORIES) continue;
		counts[value]++;
		n++;
	}
	if (n < 2) return;
	ret->units++;
	c->compared += n * (n - 1.0) / 2;
	for (int k = 0; k < AGREEMENT_CATEGORIES; k++) {
		double same = counts[k] * (counts[k] - 1.0);
		c->agreed += same / 2;
		c->same += same / (n - 1);
		c->totals[k] += counts[k];
	}
	c->all += n;
}

static double kappa_of(const int *values, int units)
{
	double first[AGREEMENT_CATEGORIES] = { 0 }, second[AGREEMENT_CATEGORIES] = { 0 };
	double n = 0, same = 0, chance = 0;
	for (int unit = 0; unit < units; unit++) {
		int a = values[unit], b = values[units + unit];
		if (a < 0 || b < 0 || a >= AGREEMENT_CATEGORIES || b >= AGREEMENT_CATEGORIES) continue;
		n++;
		same += a == b;
		first[a]++;
		second[b]++;
	}
	if (n == 0) return NAN;
	for (int k = 0; k < AGREEMENT_CATEGORIES; k++) chance += first[k] / n * (second[k] / n);
	return chance < 1 ? (same / n - chance) / (1 - chance) : NAN;
}

void agreement_of(const int *values, int people, int units, struct agreement *ret)
{
	struct coincidences c;
	struct agreement found = { .kappa = NAN, .alpha = NAN, .percent = NAN };
	double chance = 0;
	memset(&c, 0, sizeof(c));
	for (int unit = 0; unit < units; unit++) count_unit(values, people, units, unit, &c, &found);
	found.pairs = (int)c.compared;
	if (c.compared > 0) found.percent = c.agreed / c.compared;
	for (int k = 0; k < AGREEMENT_CATEGORIES; k++) chance += c.totals[k] * (c.totals[k] - 1);
	if (c.all > 1 && chance < c.all * (c.all - 1)) {
		double expected = chance / (c.all - 1);
		found.alpha = (c.same - expected) / (c.all - expected);
	}
	if (people == 2) found.kappa = kappa_of(values, units);
	*ret = found;
}

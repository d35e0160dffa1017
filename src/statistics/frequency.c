#include "statistics/frequency.h"

#include <math.h>

#include "statistics/weight.h"

double set_weight(const uint64_t *a, const uint64_t *b, int words, const double *weights)
{
	double sum = 0;
	if (weights == NULL) return b ? set_common(a, b, words) : set_count(a, words);
	for (int i = 0; i < words; i++) {
		for (uint64_t both = b ? a[i] & b[i] : a[i]; both; both &= both - 1)
			sum += weights[i * 64 + __builtin_ctzll(both)];
	}
	return sum;
}

static int size_of(const uint64_t *set, const uint64_t *among, int words)
{
	return among ? set_common(set, among, words) : set_count(set, words);
}

void frequencies_make(struct arena *a, const struct column *column, const uint64_t *among, const double *weights,
                      double population, struct frequencies *ret)
{
	struct frequencies f = { .n = column->ncodes };
	int words = column->words;
	double given = 0;
	f.choices = arena_array(a, struct frequency, (size_t)f.n + 1);
	f.respondents = size_of(column->said, among, words);
	f.missing = (among ? set_count(among, words) : column->n) - f.respondents;
	f.weight = set_weight(column->said, among, words, weights);
	double effective = weights ? weight_effective(weights, column->n, among, column->said) : f.respondents;
	for (int code = 0; code < f.n; code++) {
		struct frequency *choice = &f.choices[code];
		const uint64_t *set = column_set(column, code);
		choice->n = size_of(set, among, words);
		choice->weight = weights ? set_weight(set, among, words, weights) : choice->n;
		f.given += choice->n;
		given += choice->weight;
	}
	for (int code = 0; code < f.n; code++) {
		struct frequency *choice = &f.choices[code];
		choice->share = f.weight > 0 ? choice->weight / f.weight : NAN;
		choice->part = given > 0 ? choice->weight / given : NAN;
		choice->interval = interval_proportion(choice->share, effective, population);
	}
	*ret = f;
}

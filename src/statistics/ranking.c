#include "statistics/ranking.h"

#include <math.h>

#include "statistics/frequency.h"

void ranking_make(const struct column *const *places, int nplaces, const uint64_t *among, const double *weights,
                  struct ranked *ret)
{
	int m = nplaces ? places[0]->ncodes : 0;
	for (int code = 0; code < m; code++) {
		struct ranked *r = &ret[code];
		double sum = 0;
		*r = (struct ranked){ .mean = NAN };
		for (int place = 0; place < nplaces; place++) {
			const uint64_t *set = column_set(places[place], code);
			int words = places[place]->words;
			double weight = set_weight(set, among, words, weights);
			int n = among ? set_common(set, among, words) : set_count(set, words);
			r->n += n;
			r->weight += weight;
			r->points += weight * (m - place);
			sum += weight * (place + 1);
			if (place == 0) r->first = n;
		}
		if (r->weight > 0) r->mean = sum / r->weight;
	}
}

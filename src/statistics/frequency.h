/* How often each choice of a question was given. */
#ifndef PARVIS_FREQUENCY_H
#define PARVIS_FREQUENCY_H

#include "statistics/column.h"
#include "statistics/interval.h"

struct frequency {
	int n;                    /* answers with it */
	double weight;            /* the same, weighted */
	double share;             /* of those who answered the question, 0 to 1; NaN: nobody did */
	double part;              /* of all choices given; as `share` where one is given at most */
	struct interval interval; /* of `share` */
};

struct frequencies {
	int respondents, missing; /* who answered the question, who did not */
	int given;                /* choices, in all */
	double weight;            /* of respondents */
	int n;
	struct frequency *choices; /* in the order of codes */
};

/* Of COLUMN_CODES and COLUMN_SETS. `among`, `weights`: as in summary.h; `population`: as in interval.h. */
void frequencies_make(struct arena *a, const struct column *column, const uint64_t *among, const double *weights,
                      double population, struct frequencies *ret);

/* The weight of the answers that are in both sets (NULL: all answers of `words` words); how many, without weights. */
double set_weight(const uint64_t *a, const uint64_t *b, int words, const double *weights);

#endif

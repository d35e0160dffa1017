/*
 * Who has answered among the targets of a questionnaire, class by class of an attribute, and against the population that it is for:
 * so that bias shows. No I/O.
 */
#ifndef PARVIS_SURVEY_RATE_H
#define PARVIS_SURVEY_RATE_H

#include "core/survey_population.h"
#include "core/survey_target.h"

struct rate_class {
	const char *name; /* "": nothing is known */
	int targets;      /* without those that are there twice */
	int answered;
	int64_t population;                     /* as declared, else its targets */
	double rate, of_population, of_answers; /* 0 to 1 */
};

struct rate_table {
	struct rate_class *classes; /* in the order of their names, what is not known last */
	int n;
	int targets, answered;
	int64_t population;
	bool declared; /* the population, not the list, is compared with */
	/* Chi-squared of goodness of fit of the answers to the population; false: too few for it (Cochran 1954: an expected
	 * count under 1, or over a fifth of them under 5), or the list is answered in full. */
	bool tested;
	double chi2, p;
	int df;
};

enum {
	RATE_CLASSES_MAX = 30,
	RATE_NOTABLE = 5 /* points between shares that are worth a sentence */,
	RATE_ENOUGH = 10 /* answers */
};

/* Names of what the targets can be compared by: "place" first, then their attributes. Returns how many, at most `max`. */
int rate_attributes(struct arena *a, const struct survey_target *targets, int n, const char **ret, int max);
/* By an attribute; "channel": as each is reached. False: it has over RATE_CLASSES_MAX values, and is none to compare by. */
bool rate_count(struct arena *a, const struct survey_target *targets, int n, const char *attribute,
                struct rate_table *ret);
/* Against the population; none declared: against the list itself. */
void rate_compare(struct arena *a, struct rate_table *table, const struct population_class *classes, int n);

#endif

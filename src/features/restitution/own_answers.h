/* Somebody's own answers to a questionnaire beside those of all. */
#ifndef PARVIS_OWN_ANSWERS_H
#define PARVIS_OWN_ANSWERS_H

#include "features/restitution/figure.h"

struct own_answer {
	const char *question, *words; /* her answer, in words; "" */
	const struct figure *figure;  /* of all; NULL: not told */
	bool *hers;                   /* of each line */
};

struct own_answers {
	const struct form *form;
	const struct own_answer *answers;
	int n;
	int all;         /* who answered; 0: too few to be told */
	const char *why; /* nothing is shown, and why; NULL */
};

#endif

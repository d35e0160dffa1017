/*
 * What two questions crossed say, in plain words, and no more than they say: that nothing is notable, or that there are too
 * few answers, is said too.
 *
 * How strong: V under 0.1 hardly anything, 0.2 weak, 0.4 clear, above strong (L. M. Rea and R. A. Parker, "Designing and
 * Conducting Survey Research", 1992). Which cells: residuals beyond 2 (A. Agresti, "An Introduction to Categorical Data
 * Analysis", 2nd edition, section 2.4.5) where the whole table differs from chance; where questions take several choices or cells
 * are hidden,
 * those whose chance is under 1 in 20 divided by the number of cells (Bonferroni).
 */
#ifndef PARVIS_RESULT_WORDS_H
#define PARVIS_RESULT_WORDS_H

#include "features/result/result.h"
#include "statistics/cross.h"

enum { WORDS_ANSWERS_MIN = 10, WORDS_NOTABLE_MAX = 4 };

struct cross_words {
	const char *verdict;
	const char *caution; /* or NULL */
	bool signs;          /* cells may be marked: the table, or some cell, differs from chance */
	const char *notable[WORDS_NOTABLE_MAX];
	int nnotable;
};

/* `hidden`: cells of which nothing may be said; any_hidden: nor of the whole table, whose figures would give them away. */
void cross_words(const struct page *p, const struct results *results, const struct result_question *row,
                 const struct result_question *column, const struct cross *cross, const struct cross_test *test,
                 const bool *hidden, bool any_hidden, struct cross_words *ret);

/* −1 less often than chance would have it, 1 more often, 0 neither. */
int cross_sign(const struct cross *cross, int cell);

#endif

/*
 * The themes of a work list as one more question of the form's results (features/result): counted, crossed with the others, small
 * numbers hidden, with the same functions. A code counts whoever has it or one under it in some text; who answered is whoever has
 * a text that somebody read.
 */
#ifndef PARVIS_THEME_RESULT_H
#define PARVIS_THEME_RESULT_H

#include "features/coding/quotations.h"
#include "features/result/result_page.h"

struct theme_result {
	const struct coding *c;
	struct results results;        /* of the form; of persons alone where texts are theirs */
	struct result_question themes; /* COLUMN_SETS */
	const int *places;             /* in the book, of each of its choices */
	const int *texts;              /* how many have it */
	const struct shown_question *shown;
	int read, differ, decided; /* texts */
};

/* `headings`: those at the top alone. */
enum code theme_result_make(const struct page *p, const struct coding *c, bool headings, struct theme_result *ret,
                            struct err *err) MUST;
void theme_result_counts(const struct page *p, const struct theme_result *result, struct theme_counts *ret);

/* The questions that themes can be crossed with. */
bool theme_crosses(const struct theme_result *result, const struct result_question *question);

#endif

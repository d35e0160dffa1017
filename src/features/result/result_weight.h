/* What each answer counts for, where a form knows totals of its population (result_rule.h). */
#ifndef PARVIS_RESULT_WEIGHT_H
#define PARVIS_RESULT_WEIGHT_H

#include "features/result/answer_columns.h"
#include "features/result/result.h"

/* Sets results->weights, or weights_failed, by its rule; for results_load. */
void results_weigh(const struct page *p, struct results *results);
/* The questions of some columns, in the reader's words, those that she may know of. */
void results_take_questions(const struct page *p, struct results *results, const struct answer_columns *columns);

/* For what lists answers one by one. They live as long as the page. */
struct answer_weights {
	const double *weights; /* NULL: nothing is weighted */
	const struct answer_slot *slots;
	int n;
};
/* Of the responses that there are in this snapshot; what cannot be weighted is not. */
enum code answer_weights_load(const struct page *p, const struct form *form, struct answer_weights *ret,
                              struct err *err) MUST;
/* By number, or by id where it has none; negative: it came later. */
double answer_weight(const struct answer_weights *weights, int64_t num, struct id id);

#endif

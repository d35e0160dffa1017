/*
 * Before and after: a questionnaire that asks again what another one asked ("after" in its "survey"), and what moved in those who
 * answered both (core/response_pair.h). Questions of one key and one type in both, of numbers or of one choice.
 *
 * Where small counts are hidden, so are differences: those who answered a question once only would be found by taking this page from the
 * results of each questionnaire. So a question of which 1 to hide_below − 1 answers of either are in no pair is not told.
 */
#ifndef PARVIS_RESULT_PAIR_H
#define PARVIS_RESULT_PAIR_H

#include "features/result/result_page.h"
#include "statistics/paired.h"

enum { PAIR_CHOICES_MAX = 12, PAIR_SURE_MIN = 6 /* pairs, and moves, below which nothing is called notable */ };

struct pair_question {
	const char *key, *label;
	bool withheld; /* nothing of it is told */
	int n;         /* who answered it twice */
	const char *words;
	/* Of numbers: */
	bool is_number, ranked; /* ranked: a scale, judged by the order of its steps */
	struct paired numbers;
	bool moves_hidden; /* how many rose, fell and stayed */
	/* Of choices: counts[before * nchoices + after]. */
	int nchoices;
	const char **labels;
	int *counts, *before, *after;
	bool *hidden, any_hidden;
	struct moves moves;
};

struct result_pair {
	const struct form *before, *after;
	int hide_below;
	int pairs, before_only, after_only; /* persons; only: answers in no pair */
	bool anonymous;                     /* one of them is: nothing can be paired */
	bool few;                           /* too few pairs to tell anything */
	struct pair_question *questions;
	int n;
};

/* The questionnaire that this one asks again, where the reader may see its results; NULL: none. */
const struct form *result_before(const struct page *p, const struct form *form);
enum code result_pair_load(const struct page *p, const struct form *before, const struct form *after,
                           struct result_pair *ret, struct err *err) MUST;
struct html_safe pair_chart(const struct page *p, const struct pair_question *q, int number);
/* "12", or "hidden". */
const char *pair_cell(const struct page *p, const struct pair_question *q, int cell);
/* "/-/results/form/pair", or its file. */
const char *pair_url(const struct page *p, const struct form *after, const struct format *format);

#endif

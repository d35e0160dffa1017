/*
 * The results of a form: its answers, as one reader may read them now, in columns (statistics/column.h). A question
 * becomes a column of choices, of several choices or of numbers, or a list of texts; a matrix one for each of its rows.
 * The program adds questions of its own: in which space, in which year, how it came, in which kept groups.
 *
 * A kept group is one of the form's lists (views) that the reader sees and that has conditions.
 */
#ifndef PARVIS_RESULT_H
#define PARVIS_RESULT_H

#include "features/result/answer_source.h"
#include "features/result/result_rule.h"
#include "net/form_data.h"
#include "statistics/column.h"

enum {
	RESULT_QUESTIONS_MAX = 600,
	RESULT_DYNAMIC_MAX = 400, /* different values of what has no list of choices; the rest stand together */
	RESULT_SHOWN_MAX = 30,    /* … of which the most frequent stand for themselves */
	RESULT_GROUPS_MAX = 12,
	RESULT_CHOSEN_MAX = 6, /* choices that narrow the answers */
	RESULT_BANDS = 4,      /* that numbers are crossed by */
};

/* How a type is counted; to add one: a row in result_fill.c. */
enum fill_kind {
	FILL_NONE, /* it is not */
	FILL_CHOICES,
	FILL_YES_NO,
	FILL_NUMBER,
	FILL_YEAR,    /* of a date */
	FILL_DYNAMIC, /* other pages, key words: what there is makes the list */
	FILL_FIRST,   /* an order of preference: the first */
	FILL_TEXT,
	FILL_PLACE, /* where its point is */
	FILL_ROWS,  /* an object, of which each member is a question of its own: made of the others */
};

enum question_kind {
	QUESTION_CHOICES, /* column.kind says whether several */
	QUESTION_NUMBERS,
	QUESTION_TEXTS,
	QUESTION_PLACES,
};

/* 1e-7 degree. */
struct answer_place {
	int64_t lat, lon;
};

struct result_question {
	const char *key;           /* in addresses: of the field, "field.row" of a part, or "_space", "_year",
	                  * "_channel", "_group" */
	const struct field *field; /* or part (core/form_part.h); NULL: the program's own */
	enum fill_kind fill;
	enum question_kind kind;
	struct column column; /* of texts: who said something */
	const char **keys;    /* of its choices */
	bool left_out;        /* the last choice stands for several rare ones */
	/* In the reader's words; of answers that are kept (result_keep.h), only those that were typed, or NULL. */
	const char *label;
	const char **labels;
	const char *const *texts; /* of the question asked for (wanted_texts), of the answers counted */
	int ntexts;
	const struct answer_place *places; /* of the question asked for, by answer; those that said none are 0, 0 */
};

struct results {
	const struct form *form;
	const struct answer_source *source;
	struct result_rule rule;
	struct result_question *questions;
	int nquestions;
	int n; /* answers */
	struct answer_counts beside;
	const uint64_t *among; /* those that are counted, or NULL: all */
	int counted;
	double *weights;     /* or NULL */
	bool weights_failed; /* known totals are given, and cannot be met */
	bool few;            /* there are some, and fewer than the rule lets be shown */
	/* What narrowed them, in words: "Genre: Association" */
	const char *chosen_words[RESULT_CHOSEN_MAX + 1];
	int nchosen;
};

/*
 * `choices`: of the address: "si" (several: "question:choice"; choices of the same question widen, others narrow) and
 * "groupe" (key of a view). Unknown ones are left out. `wanted_texts`: key of the question whose texts are asked for,
 * or NULL.
 */
enum code results_load(const struct page *p, const struct form *form, const struct form_data *choices,
                       const char *wanted_texts, struct results *ret, struct err *err) MUST;

/* Puts a question and its choices into the reader's words. */
void question_word(const struct page *p, struct result_question *question);
const struct result_question *results_question(const struct results *results, const char *key);
/* Is "question:choice" one of its choices? */
bool result_has_choice(const struct results *results, const char *text);
/* The i-th "si" of an address, or NULL. */
const char *result_choice_nth(const struct form_data *choices, int i);
/* The views that are kept groups of the form, as the reader sees them. */
int result_groups(const struct page *p, const struct form *form, const struct view **ret);
/* "postes: 1 à 5": numbers in bands, as a question of choices; others as they are. */
void question_banded(const struct page *p, const struct result_question *question, struct result_question *ret);
/* A finite number as people write it, with at most so many decimals. */
const char *result_number(const struct page *p, double number, int decimals);
/* "62 %" of 0.62; "–" of NaN. */
const char *result_percent(const struct page *p, double share);

#endif

/* What the templates of results ask of C. */
#ifndef PARVIS_RESULT_PAGE_H
#define PARVIS_RESULT_PAGE_H

#include "features/result/result_cross.h"
#include "features/result/result_text.h"
#include "formats/format.h"
#include "page/chart.h"
#include "page/chart_stack.h"
#include "page/icon.h"
#include "statistics/frequency.h"

enum { RESULT_TEXTS_SHOWN = 50 };

/* One question, counted: of its choices, or of bands of its numbers. */
struct shown_question {
	const struct result_question *question; /* as it was asked */
	struct result_question counted;         /* in bands when it is a number */
	struct frequencies all;
	bool *hidden; /* by choice */
	bool missing_hidden;
	bool intervals; /* the population is known, and some have not answered */
	struct chart chart;
	struct summary summary; /* of numbers */
	struct interval mean;
	bool summary_hidden;
};
const struct shown_question *shown_question_of(const struct page *p, const struct results *results,
                                               const struct result_question *question);
/* Can all questions be compared by its choices? */
bool compare_takes(const struct result_question *question);
/* The kept groups (result_groups); ends with NULL. */
const struct view *const *result_groups_of(const struct page *p, const struct form *form);
/* "/-/results/structure?groupe=annuaire" where the view is a kept group. */
const char *result_view_url(const struct page *p, const struct view *view);
/* Has the program added it? */
bool result_is_own(const struct result_question *question);
/* Has one of those counted answered it? Not of the program's own. */
bool result_is_answered(const struct results *results, const struct result_question *question);
/* How many questions nobody has answered. */
int results_unanswered(const struct results *results);
/* Is a cell marked as more or less than chance? */
bool cross_signs(const struct result_cross *cross);
/* Is a table written in this format? */
bool result_takes(const struct format *format);

/* What the address chose, to be kept by links and forms. */
struct result_choices {
	const char *form; /* key */
	const char *si[RESULT_CHOSEN_MAX + 1];
	int nsi;
	const char *group;                       /* key of a view, or NULL */
	const char *rows, *columns, *by, *share; /* of cross-tables; "" */
	const char *word;                        /* stem that texts are narrowed by; "" */
	int from;                                /* texts passed over */
	const char *part;                        /* "question:choice" whose share a map shows; "" */
	const char *compared;                    /* question by whose choices all others are compared; "" */
};
void result_choices_read(const struct page *p, const struct form *form, const struct form_data *data,
                         struct result_choices *ret);
/* "/-/results/structure/cross" with the choices; `what`: "", "/cross", "/texts/…". */
const char *result_url(const struct page *p, const struct result_choices *choices, const char *what);
/* Without the i-th choice; −1: without the group. */
const char *result_url_without(const struct page *p, const struct result_choices *choices, const char *what, int i);
const char *result_url_cross(const struct page *p, const struct result_choices *choices, const char *rows);
/* "/-/results/structure/compare?par=_year"; files of the same with `format`. */
const char *result_url_compare(const struct page *p, const struct result_choices *choices, const char *by,
                               const struct format *format);
/* The table beside a map of the answers to `field`. */
const char *result_url_map_file(const struct page *p, const struct result_choices *choices, const char *field,
                                const struct format *format);
const char *result_url_texts(const struct page *p, const struct result_choices *choices, const char *word, int from);
/* A file of the tables of a page: of frequencies, or of a cross-table when `cross`. */
const char *result_url_file(const struct page *p, const struct result_choices *choices, const struct format *format,
                            bool cross);

/* "125 answers": of those counted. */
const char *result_count(const struct page *p, const struct results *results);
const char *result_interval(const struct page *p, struct interval interval);
const char *result_interval_numbers(const struct page *p, struct interval interval);
/* "12", or "under 5". */
const char *result_hidden_words(const struct page *p, const struct results *results);
/* The headline figure of the cell, in the share asked for. */
const char *cross_cell(const struct page *p, const struct result_cross *cross, const struct cross_layer *layer,
                       int cell);
/* 1.234e-05 as people write it. */
const char *result_chance(const struct page *p, double chance);
struct html_safe cross_chart(const struct page *p, const struct result_cross *cross, const struct cross_layer *layer,
                             int number);
/* Bars of the means of groups. */
struct html_safe means_chart(const struct page *p, const struct result_cross *cross, int number);
/* `question` told for each choice of `by`. */
const struct result_cross *result_compared(const struct page *p, const struct results *results,
                                           const struct result_question *by, const struct result_question *question);
const char *share_words(const struct page *p, enum cross_share share);
const char *share_key(enum cross_share share);
/* Does the choice narrow the answers? "question:choice" */
const char *choice_value(const struct page *p, const struct result_question *question, int code);
/* A list of the form with a map of the place that is asked for, or NULL. */
const struct view *result_map(const struct page *p, const struct form *form);
/* May open answers be read here? Those given in confidence only by who looks after them. */
/* May she begin a report of them (features/restitution)? */
bool result_reports(const struct page *p, const struct form *form);
bool result_shows_texts(const struct page *p, const struct results *results);

/* May something be written beside its choices: "other", a comment? */
bool result_has_words_beside(const struct result_question *question);

/* What the page of one text question shows. */
struct shown_texts {
	const struct result_question *question;
	struct frequent_word *words;
	int nwords;
	const char **texts; /* those of this page */
	int ntexts, all;    /* of the word asked for */
};

/* ---- The settings of a form's results ---- */

struct rule_total {
	const char *key, *label, *typed;
	int answers;
};

struct rule_weighed {
	const char *key, *label;
	struct rule_total *totals;
	int n;
};

struct rule_page {
	const struct form *form;
	bool public, confidential;
	const char *population, *hide_below, *note; /* as typed */
	const char *mark;
	struct rule_weighed *weighed;
	int nweighed;
	const struct results *results;
};
bool rule_may_weigh(const struct rule_page *x, const struct result_question *question);

#endif

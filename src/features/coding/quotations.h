/*
 * What coding says, for whoever shows it: how many said what, and the words. For reports, results, pages of themes.
 *
 * Nobody is named whom the promise of a questionnaire does not name. With QUOTE_PUBLISHED only what was chosen to be quoted is
 * given, without names and addresses, whoever reads: what a report may show to all; the caller asks itself who may read the
 * report. Counts follow the form's rule of small numbers (features/result/result_rule.h).
 */
#ifndef PARVIS_QUOTATIONS_H
#define PARVIS_QUOTATIONS_H

#include "features/coding/coding_work.h"

enum quotation_choice {
	QUOTE_ALL,       /* of texts that the reader may read */
	QUOTE_CITED,     /* … that were chosen to be quoted */
	QUOTE_PUBLISHED, /* as QUOTE_CITED, for everybody */
	QUOTE_FIRST      /* as QUOTE_PUBLISHED, whether chosen or not: for who decides that the first ones are */
};

enum { QUOTATIONS_MAX = 2000 };

struct quotation {
	const char *words;
	const char *question;    /* what it answers, or where it was said */
	const char *who;         /* NULL: it is not to be told */
	const char *url;         /* NULL: none, or not to be told */
	const char *theme;       /* its code's name */
	const char *list, *text; /* where it was coded: id of the work list, the text's address in it */
	struct id mark;
	bool whole; /* the text as a whole, not a passage */
	bool cited;
	bool moved; /* the text was corrected since, and the passage found again */
	bool lost;  /* … and it is not in it any more: these are the words of then. Never of QUOTE_PUBLISHED */
};

/* Of a code and of what is under it; those chosen to be quoted first. E_NOT_FOUND: there is no such code, or it is not for the
 * reader. */
enum code quotations_of_code(const struct page *p, struct id code, enum quotation_choice choice, int max,
                             struct quotation **ret, int *n, struct err *err) MUST;
/* Of an opened list: of one code (its place) and what is under it, or of all (−1). */
enum code quotations_of_list(const struct page *p, const struct coding *c, int place, enum quotation_choice choice,
                             int max, struct quotation **ret, int *n, struct err *err) MUST;

/* Of the lists of one form that the reader may read, of the theme that is called so (or has this id): as QUOTE_PUBLISHED or
 * QUOTE_FIRST give them. `people`: whose texts were read; `hidden`: too few said it to be told. E_NOT_FOUND: there is no such theme. */
struct theme_quotes {
	const char *theme;
	struct quotation *all;
	int n, people;
	bool hidden;
};
enum code quotations_of_theme(const struct page *p, const struct form *form, const char *theme,
                              enum quotation_choice choice, int max, struct theme_quotes *ret, struct err *err) MUST;
/* The themes of those lists, by name in the books' order, each once; how many, at most `max`. */
int quotations_themes(const struct page *p, const struct form *form, const char **ret, int max);
/* What these marks say now, each at its place in ret[n], as QUOTE_PUBLISHED or QUOTE_FIRST give it; `words` NULL: not to be told any more – taken
 * away, or its answer, its page, its agreement gone. Whoever reads: the caller asks who may. */
enum code quotations_of_marks(const struct page *p, const struct form *form, const struct id *marks, int n,
                              enum quotation_choice choice, struct quotation *ret, struct err *err) MUST;

/* How many said what in answer to one question (or in a whole list). */
struct theme_count {
	struct id code;
	const char *name;
	int depth; /* 0: a heading */
	int colour;
	int people; /* answers, pages, persons; with what is under it */
	int texts;
	double share; /* of `people` below, 0 to 1 */
	bool hidden;  /* too few to be told: people, texts and share say nothing */
};
struct theme_counts {
	struct coding_list list;
	struct theme_count *counts; /* in the book's order, those that nobody has too */
	int n;
	int people; /* whose texts somebody has read */
	int read, texts;
};
/* Of the first work list that has this question of the form; E_NOT_FOUND: there is none for this reader. `field` NULL: of any
 * list of the form. Of a whole list: theme_result.h. */
enum code theme_counts_of(const struct page *p, const struct form *form, const char *field, struct theme_counts *ret,
                          struct err *err) MUST;

#endif

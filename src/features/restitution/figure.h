/*
 * Figures of reports: the table of a question, its chart, two questions crossed, how the answers came. Made of results
 * (features/result/result.h) as they are now, or kept as they were on a day ("frozen": report.h); whatever shows one shows
 * this. Numbers under 5 are hidden in every figure of a questionnaire's answers, whoever looks: a report is read by others
 * than who looks after the answers. Of pages, what everybody may read is counted.
 */
#ifndef PARVIS_FIGURE_H
#define PARVIS_FIGURE_H

#include "features/result/result_cross.h"

enum {
	FIGURE_LINES_MAX = 120,
	FIGURE_COLUMNS_MAX = 12,
	FIGURE_FACTS_MAX = 16,
	FIGURE_TITLE_MAX = 200,
	FIGURE_QUOTES_MAX = 30,
	FIGURE_QUOTES_USUAL = 5
};

enum figure_kind { FIGURE_TABLE, FIGURE_CHART, FIGURE_CROSS, FIGURE_METHOD, FIGURE_QUOTES, FIGURE_KINDS };

/* What a text asks for. */
struct figure_spec {
	enum figure_kind kind;
	const struct form *form;
	const char *questions[2]; /* keys (result_question); the second of FIGURE_CROSS */
	enum cross_share share;
	const char *theme; /* of FIGURE_QUOTES: its name, or its id */
	int most, first;   /* … and how many of those chosen, or of all; 0: not said */
};

struct figure_cell {
	bool hidden;
	int n;
	double share, low, high; /* NaN: cannot be said */
};

struct figure_line {
	const char *key, *label;
	const struct figure_cell *cells; /* one, or one for each column */
	int n;                           /* of crossed lines: in all; −1: hidden */
};

struct figure_column {
	const char *label;
	int n; /* −1: hidden */
};

/* What somebody said, nobody being named. A figure that is kept keeps which passage it is, never its words: these go with the
 * answer, wherever they are erased. */
struct figure_quote {
	struct id mark;
	const char *words;    /* NULL: not to be told any more */
	const char *question; /* what it answers */
};

struct figure {
	const char *title; /* the question's words */
	const char *words; /* what is to be kept of it, in a sentence; "" */
	const char *form;  /* of what */
	int64_t at;        /* ms UTC: when it was counted */
	int answers;       /* to the questionnaire */
	int respondents;   /* to the question, or to both; −1: hidden */
	int population;    /* 0: not known */
	int hide_below;    /* 0: nothing is hidden */
	bool several, weighted, intervals;
	bool whole,
	        opposed; /* all lines of a table of questions: columns are their choices; from one end to the other */
	bool numbers;    /* of which these are told */
	double mean, median, q1, q3;
	const struct figure_column *columns; /* of crossed questions */
	int ncolumns;
	const struct figure_line *lines;
	int nlines;
	const char **facts; /* of FIGURE_METHOD: sentences */
	int nfacts;
	const struct figure_quote *quotes; /* of FIGURE_QUOTES */
	int nquotes;
	bool chosen; /* … to be quoted, one by one */
};

/* Results as reports tell them. E_NOT_FOUND: they are not for the reader, or there is too little to be shown. */
enum code figure_results(const struct page *p, const struct form *form, struct results *ret, struct err *err) MUST;
/* E_NOT_FOUND: there is no such question, or it has no figures. */
enum code figure_make(const struct page *p, const struct figure_spec *spec, const struct results *results,
                      struct figure *ret, struct err *err) MUST;
/* Without results (figure_quotes.c). E_NOT_FOUND: there is no such theme for the reader, or too few speak of it. */
enum code figure_quotes_make(const struct page *p, const struct figure_spec *spec, struct figure *ret,
                             struct err *err) MUST;
/* The words of a figure that was kept. */
enum code figure_quotes_say(const struct page *p, const struct form *form, struct figure *figure, struct err *err) MUST;
const char *figure_quotes_source(const struct page *p, const struct figure *figure, bool frozen);
/* The sentences about how the answers came (method.c). */
enum code method_make(const struct page *p, const struct results *results, struct figure *ret, struct err *err) MUST;

/* For keeping; in the language of the page it was made for. What is read may come from anywhere: E_INPUT. */
json_t *figure_json(struct arena *a, const struct figure *figure);
enum code figure_read(struct arena *a, const json_t *json, struct figure *ret, struct err *err) MUST;
/* What is another in `now` than in `then`, sentence by sentence, at most `max`; 0: nothing. */
int figure_changes(const struct page *p, const struct figure *then, const struct figure *now, const char **ret,
                   int max);

/* "60 answers of 75 (80 %), counted on 12 March 2026. Counts from 1 to 4 are hidden." */
const char *figure_source(const struct page *p, const struct figure *figure, bool frozen);
/* The line of a choice, by its key or its words; NULL. */
const struct figure_line *figure_line_named(const struct page *p, const struct figure *figure, const char *name);
/* "45 %"; "hidden". */
const char *figure_share(const struct page *p, const struct figure_cell *cell);
/* What is most often said, in a sentence or two; "". */
const char *figure_sentence(const struct page *p, const struct figure *figure);

#endif

/*
 * Questions that are told together: the lines of a table of questions, several numbers, the places of a ranking. Each is a
 * question of its own (result.h) for cross-tables and files; on the page of results they stand in one table with one chart.
 */
#ifndef PARVIS_RESULT_TABLE_H
#define PARVIS_RESULT_TABLE_H

#include "features/result/result_page.h"
#include "statistics/ranking.h"

struct table_line {
	const char *label; /* without the question's */
	const struct shown_question *shown;
};

/* Lines that are answered in the same way: of two scales, each has a table. */
struct result_table {
	const char *title;  /* of the scale, or NULL */
	const char *region; /* its name for readers who hear the page */
	enum question_kind kind;
	bool several;
	bool opposed;               /* columns go from one end to the other */
	const char *const *columns; /* labels of choices */
	int ncolumns;
	struct table_line *lines;
	int nlines;
	double sum;             /* of all numbers */
	struct html_safe chart; /* nothing of texts */
	bool letters;           /* the chart names its parts so */
};

struct ranked_line {
	const char *label;
	struct ranked ranked;
	double share_first;
	bool hidden;
};

struct result_ranking {
	struct ranked_line *lines; /* most points first */
	int n, respondents;
	struct html_safe chart;
};

/* Is this question told with one before it: no section of its own? */
bool table_goes_along(const struct results *results, int i);
/* Does a table begin with the i-th question? */
bool table_begins(const struct results *results, int i);
/* Is it a line of a table that one chart tells: one choice in each line, on one scale? */
bool table_is_whole(const struct results *results, int i);
/* Its tables: one, or two for two scales. */
int result_tables_of(const struct page *p, const struct results *results, int i, int number, struct result_table **ret);
/* NULL: the question is none, or fewer than two places were asked for. */
const struct result_ranking *result_ranking_of(const struct page *p, const struct results *results,
                                               const struct result_question *question, int number);
/* Has any of its lines an answer? */
bool table_is_answered(const struct results *results, int i);
/* Is this question, or the table that begins with it, named among those without any answer? */
bool result_is_unanswered(const struct results *results, int i);
/* What the whole question is called. */
const char *table_label(const struct page *p, const struct result_question *question);

#endif

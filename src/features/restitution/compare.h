/*
 * The same questions asked in several places: of several questionnaires of the site (a copy for each space keeps the keys of
 * its questions), by the space or the year of the answers, or of a file of another territory (compare_file.h). What each
 * says stands in a column; differences from the first one, with their intervals at 95 % (interval_difference). Small
 * counts are hidden in each, as in reports (figure.h).
 */
#ifndef PARVIS_COMPARE_H
#define PARVIS_COMPARE_H

#include "features/restitution/figure.h"

enum { COMPARE_COLUMNS = 6, COMPARE_NOTABLE = 3, COMPARE_REFUSALS = 100 };

struct compare_column {
	const char *name;
	int n, population;                   /* answers; population 0: not known */
	const struct figure *const *figures; /* by question of the first column; NULL: it does not ask it */
	bool outside;                        /* of a file */
};

struct compare_cell {
	bool absent, hidden;
	int n;
	double share;
	double difference, low, high; /* from the first column; NaN: cannot be said */
};

struct compare_line {
	const char *label;
	struct compare_cell cells[COMPARE_COLUMNS];
};

struct compare_question {
	const char *key, *label;
	int bases[COMPARE_COLUMNS]; /* who answered it; −1: hidden, or not asked */
	struct compare_line *lines;
	int nlines;
	bool numbers; /* means[] in the place of lines */
	double means[COMPARE_COLUMNS], medians[COMPARE_COLUMNS];
	const char *words[COMPARE_NOTABLE + 1]; /* ends with NULL */
};

/* A row of a file that could not be taken. */
struct compare_refusal {
	int line;
	const char *what, *why;
};

struct comparison {
	const struct form *form;
	struct compare_column columns[COMPARE_COLUMNS];
	int ncolumns;
	struct compare_question *questions;
	int n;
	const char *warnings[COMPARE_COLUMNS + 2];
	int nwarnings;
	/* Of a file that was sent. */
	const char *file;
	struct compare_refusal *refusals;
	int nrefusals, more; /* more: those that are not told */
	int taken;
};

/* What may be chosen. */
struct compare_choices {
	const struct form **forms; /* that ask some of the same questions, and whose results she sees */
	bool *chosen;
	int nforms;
	const char *by; /* "_space", "_year" or "" */
	bool spaces, years;
};

/* Fills questions and differences from the columns. */
void compare_fill(const struct page *p, const struct results *first, struct comparison *ret);
/* A column of another form; false: it has too little. */
bool compare_add_form(const struct page *p, const struct results *first, const struct form *form,
                      struct comparison *ret);
/* Columns of the choices of a question of the program's own: "_space", "_year". */
void compare_add_by(const struct page *p, const struct results *first, const char *by, struct comparison *ret);

/* "62 % (31)" */
const char *compare_cell_words(const struct page *p, const struct compare_cell *cell);
/* "+12 points (from +3 to +21)"; "" */
const char *compare_difference(const struct page *p, const struct compare_cell *cell);
const char *compare_rate(const struct page *p, const struct compare_column *column);
/* −1, 0, 1: surely less, not surely, surely more. */
int compare_sign(const struct compare_cell *cell);

#endif

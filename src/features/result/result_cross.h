/*
 * Two questions crossed, as they are shown: three when a third one parts the answers in layers. Small lines are put
 * together and small cells hidden first, where the form says so (result_rule.h). Numbers are put into bands.
 */
#ifndef PARVIS_RESULT_CROSS_H
#define PARVIS_RESULT_CROSS_H

#include "features/result/result_words.h"
#include "statistics/interval.h"
#include "statistics/summary.h"

enum { CROSS_LAYERS_MAX = 12 };

enum cross_share { SHARE_ROW, SHARE_COLUMN, SHARE_TOTAL, CROSS_SHARES };

struct cross_layer {
	const char *title;                  /* of a third question's choice; NULL: there is none */
	struct result_question row, column; /* as they are crossed */
	struct cross cross;
	struct cross_test test;
	bool *hidden; /* cells */
	bool any_hidden;
	struct cross_words words;
};

/* A number, told for each choice of the other question. */
struct group_mean {
	const char *label;
	struct summary summary;
	struct interval interval; /* of the mean */
	bool hidden;
};

struct result_cross {
	const struct result_question *row, *column, *by; /* by: NULL without a third one */
	enum cross_share share;
	struct cross_layer *layers;
	int nlayers;
	/* Where one of the two is a number, and the other has choices. */
	const struct result_question *number;
	struct group_mean *means;
	int nmeans;
};

/* Can it be crossed: has it choices, or numbers? */
bool cross_takes(const struct result_question *question);
/* `by` may be NULL; it is left out where it may not be asked (hide_below). */
void result_cross_make(const struct page *p, const struct results *results, const struct result_question *row,
                       const struct result_question *column, const struct result_question *by, enum cross_share share,
                       struct result_cross *ret);

/* Of a cell, in the share asked for, 0 to 1; NaN where it is hidden or of nothing. */
double cross_share_of(const struct cross_layer *layer, enum cross_share share, int cell);
/* Is the total of that line hidden? Only where a question takes several choices. */
bool cross_row_hidden(const struct results *results, const struct cross_layer *layer, int row);
bool cross_column_hidden(const struct results *results, const struct cross_layer *layer, int column);

#endif

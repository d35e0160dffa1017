/* One line of a file of answers → the values of one response. */
#ifndef PARVIS_ANSWER_ROW_H
#define PARVIS_ANSWER_ROW_H

#include "core/response.h"
#include "features/answers_in/answer_column.h"

struct answer_reader {
	struct arena *a; /* as long as the file is read */
	const struct form *form;
	const struct answer_column *columns;
	const int *order; /* of the columns: that of the form */
	int ncolumns;
	json_t **known;       /* by column: cells that choices were found for → what import reads */
	enum channel channel; /* of lines that do not say */
	const struct zone *zone;
};

struct answer_line {
	json_t *values;          /* of what applies, checked */
	const char *language;    /* "fr" */
	const char *code, *name; /* "" */
	int64_t target;          /* whose code it is, once it was looked for (answer_sheet.c) */
	enum channel channel;
	int64_t begun, completed; /* ms UTC; 0: it does not say */
	int left_out;             /* answers to questions that were not asked of who answered so */
};

void answer_reader_init(struct answer_reader *reader, struct arena *a, const struct model *model,
                        const struct form *form, const struct answer_column *columns, int ncolumns);
/* In `issues->arena`. Mistakes go to `issues`, under keys of questions and parts, "" for the whole. Questions that need an
 * answer may be without: what was not asked elsewhere is not known. */
void answer_row_read(struct answer_reader *reader, const struct grid_row *row, struct issues *issues,
                     struct answer_line *ret);

#endif

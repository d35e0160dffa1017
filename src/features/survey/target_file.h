/* A list of targets in a spreadsheet: which column is what, which rows can be kept, which are there twice. No I/O. */
#ifndef PARVIS_SURVEY_TARGET_FILE_H
#define PARVIS_SURVEY_TARGET_FILE_H

#include "core/survey_target.h"
#include "features/spreadsheet/grid.h"

enum file_column {
	FILE_LEFT_OUT,
	FILE_NAME,
	FILE_EMAIL,
	FILE_PHONE,
	FILE_ADDRESS,
	FILE_PLACE,
	FILE_LANGUAGE,
	FILE_CHANNEL,
	FILE_KEPT, /* an attribute, under the column's name */
	FILE_COLUMNS
};
const char *file_column_words(enum file_column column); /* message id */

enum { FILE_REFUSALS_SHOWN = 100, FILE_ATTRIBUTE_NAME = 60 };

struct file_refusal {
	int line;
	const char *cell;
	struct err why;
};

struct target_file {
	struct survey_target *targets; /* sound, and on the list neither before nor above */
	int n;
	struct file_refusal refusals[FILE_REFUSALS_SHOWN];
	int nrefusals, refused;
	int twice[FILE_REFUSALS_SHOWN]; /* lines of those that are there already */
	int ntwice, there_twice;
};

/* What each column is, by its name: French, English, as spreadsheets of associations call them. */
void target_file_guess(const struct grid *grid, enum file_column *columns);
/* The targets of the rows. `known`: those on the list. Mistakes of the columns themselves (no name, too many attributes) go to
 * `issues`. */
void target_file_read(struct arena *a, const struct form *form, const struct grid *grid,
                      const enum file_column *columns, const struct survey_target *known, int nknown,
                      struct target_file *ret, struct issues *issues);
/* By a word of a cell: "courriel", "post"… TARGET_CHANNELS: it is none. */
enum target_channel target_channel_read(const char *text);

#endif

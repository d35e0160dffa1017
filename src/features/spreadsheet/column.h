/* What each column of a spreadsheet would be as a question: guessed from its name and its cells, corrected by people. */
#ifndef PARVIS_COLUMN_H
#define PARVIS_COLUMN_H

#include "base/json.h"
#include "core/field_type.h"
#include "features/spreadsheet/grid.h"

/* The kinds offered: types of fields, and what is not a question of its own. */
struct column_kind {
	const char *name;  /* of a type; "lat", "lon": of the place; "": left out */
	const char *label; /* message id; NULL: the type's */
};
extern const struct column_kind column_kinds[];               /* ends with a NULL name */
const struct column_kind *column_kind_find(const char *name); /* NULL: none */

enum { COLUMN_SAMPLES = 3 };

struct column {
	const char *name;
	const char *kind;
	char separator;                      /* of several choices in its cells: ';', '|' or ',' */
	const char *samples[COLUMN_SAMPLES]; /* "" when there are fewer */
	int filled, distinct;
};

/* Guesses all; `*title` is the column that names the pages, or -1. */
void columns_guess(struct arena *a, const struct grid *grid, struct column *columns, int *title);

/* Finds columns[…].separator, which columns_guess does too. */
void columns_separate(const struct grid *grid, struct column *columns);

/* The fields of the form, in the order of the columns, and which column fills which: `keys[i]` is the key of the
 * column's field, or NULL. Columns "lat" and "lon" fill the first place there is, or one of their own. */
json_t *columns_fields(struct arena *a, enum lang lang, const struct grid *grid, const struct column *columns,
                       int title, const char **keys);
/* The values of a row; mistakes go to `issues` under the field's key. */
json_t *column_values(struct arena *a, const struct form *form, const struct grid *grid, const struct column *columns,
                      const char *const *keys, const struct grid_row *row, struct issues *issues);

#endif

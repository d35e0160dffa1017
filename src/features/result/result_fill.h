/* One question's answers, taken one by one, then made a column (result.h). */
#ifndef PARVIS_RESULT_FILL_H
#define PARVIS_RESULT_FILL_H

#include "features/result/result.h"

struct result_fill;

enum fill_kind fill_kind_of(const struct field *field);

/* Of the members of a FILL_ROWS value; FILL_NONE: they are not counted. `several`: each takes several choices. */
enum fill_kind fill_kind_of_rows(const struct field *field, bool *several);

/* All in `a`. `row`: key of the member of a FILL_ROWS field (`kind` is then that of its rows), or NULL; `texts`: they are kept. */
struct result_fill *fill_begin(struct arena *a, const struct field *field, enum fill_kind kind, const char *row,
                               int most, bool texts);
/* One that the program adds, of dynamic choices. */
struct result_fill *fill_begin_own(struct arena *a, const char *key, int most, bool several);

const struct field *fill_field(const struct result_fill *fill); /* NULL: the program's own */
/* `lang`: of texts. */
void fill_take(struct result_fill *fill, enum lang lang, int i, const json_t *value);
/* A choice of a dynamic one, by its key; `label` is kept for the first. */
void fill_take_key(struct result_fill *fill, int i, const char *key, const char *label);

/* `n` answers were taken. *texts* of those in `among` come with fill_texts. */
void fill_end(struct result_fill *fill, int n, struct result_question *ret);
void fill_texts(struct result_fill *fill, const uint64_t *among, struct result_question *question);

#endif

/* One question's answers, taken one by one, then made a column (result.h). */
#ifndef PARVIS_RESULT_FILL_H
#define PARVIS_RESULT_FILL_H

#include "features/result/result.h"

struct result_fill;

/* How a type is counted; to add one: a row in result_fill.c. */
enum fill_kind {
	FILL_NONE, /* it is not */
	FILL_CHOICES,
	FILL_YES_NO,
	FILL_NUMBER,
	FILL_YEAR,    /* of a date */
	FILL_DYNAMIC, /* other pages, key words: what there is makes the list */
	FILL_FIRST,   /* an order of preference: the first */
	FILL_TEXT,
	FILL_ROWS, /* an object, of which each member is a question of its own */
};
enum fill_kind fill_kind_of(const struct field *field);

/* `row`: key of the member of a FILL_ROWS field, or NULL. `zone`: of the site. */
struct result_fill *fill_begin(const struct page *p, const struct field *field, enum fill_kind kind, const char *row,
                               const char *row_label, int most, bool texts);
/* One that the program adds, of dynamic choices. */
struct result_fill *fill_begin_own(const struct page *p, const char *key, const char *label, int most, bool several);

const struct field *fill_field(const struct result_fill *fill); /* NULL: the program's own */
void fill_take(struct result_fill *fill, int i, const json_t *value);
/* A choice of a dynamic one, by its key; `label` is kept for the first. */
void fill_take_key(struct result_fill *fill, int i, const char *key, const char *label);

/* `n` answers were taken. *texts* of those in `among` come with fill_texts. */
void fill_end(struct result_fill *fill, int n, struct result_question *ret);
void fill_texts(struct result_fill *fill, const uint64_t *among, struct result_question *question);

#endif

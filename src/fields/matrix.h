/* Used by the parts of tables of questions: what they hold, how they are read and written, their templates. */
#ifndef PARVIS_MATRIX_H
#define PARVIS_MATRIX_H

#include "fields/value.h"
#include "page/page.h"

enum { MATRIX_TEXT = 500 /* characters of one cell */ };

/* What is answered on a line. */
enum matrix_answer { MATRIX_ONE, MATRIX_SEVERAL, MATRIX_TWO, MATRIX_NUMBER, MATRIX_WORDS };

enum matrix_answer matrix_answer(const struct field *field);
/* Are several cells typed on a line? */
bool matrix_is_wide(const struct field *field);
bool matrix_types(const struct field *field);

/* The two scales of MATRIX_TWO: their keys in values, their columns, and what people call them ("" for nothing). */
extern const char *const matrix_scales[2];
const struct choice *matrix_columns(const struct field *field, int scale, int *n);
struct label matrix_scale_label(const struct field *field, int scale, struct arena *a);

/* What a line holds under a column: a typed cell, or whether the column is chosen. */
const json_t *matrix_cell(const json_t *line, const struct choice *column);
bool matrix_chosen(const struct field *field, const json_t *line, int scale, const char *key);

/* The answer of one line in words. */
void matrix_words(struct buf *out, enum lang lang, const struct field *field, const struct choice *row,
                  const json_t *line);
const char *matrix_line_words(const struct page *p, const struct field *field, const struct choice *row,
                              const json_t *value);
const char *matrix_cell_words(const struct page *p, const struct field *field, const struct choice *row,
                              const json_t *value, const struct choice *column);

/* What is chosen on one of the two scales. */
const char *matrix_scale_words(const struct page *p, const struct field *field, const struct choice *row,
                               const json_t *value, int scale);

/* For the form: is there an answer that may be taken back? */
bool matrix_gives_back(const struct field *field, const json_t *value);
/* The ids of what names a control: its line and its column. */
const char *matrix_named(const struct page *p, const struct field *field, const struct choice *row, int scale,
                         const char *column);
const char *matrix_column_id(const struct page *p, const struct field *field, int scale, const char *column);
/* The name of the control of a line, and of one cell of it. */
const char *matrix_name(const struct page *p, const struct field *field, const struct choice *row, int scale);
const char *matrix_cell_shown(const struct page *p, const struct field *field, const json_t *cell);

/* fields/matrix_value.c: from a form and from files; checked. */
json_t *matrix_read(const struct field *field, const struct field_post *post, struct issues *issues);
json_t *matrix_import(const struct field *field, const char *text, struct issues *issues);
void matrix_check(const struct field *field, const json_t *value, struct issues *issues);
void matrix_check_definition(const struct field *field, struct issues *issues);
void matrix_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value);

#endif

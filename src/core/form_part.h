/*
 * Parts of fields. A value that says several things – the lines of a table, several numbers, the places of a ranking –
 * is one value for its reader, its history and its conflicts; to be found, sorted, counted, exported and imported, each
 * thing is a part: a field of the type that its own value has, called `question.line` or `question.line.column`, that
 * stands inside its whole's value. Where a name may be that of a field or of a part, form_find is asked; what writes
 * values knows fields only.
 */
#ifndef PARVIS_FORM_PART_H
#define PARVIS_FORM_PART_H

#include "base/issues.h"
#include "core/model.h"

enum { FORM_PARTS_MAX = 1000 /* of a form */ };

/* Makes form->parts once its fields are read; too many are a mistake. */
void form_parts_make(struct arena *a, struct form *form, struct issues *issues);

/* A field or a part by its name, or NULL. */
const struct field *form_find(const struct form *form, const char *key);
/* The same by its number in the index. */
const struct field *form_numbered(const struct form *form, int64_t num);
/* Fields, then parts: the i-th of form_nasked. */
int form_nasked(const struct form *form);
const struct field *form_asked(const struct form *form, int i);

/* Its value among those of a record (key → value); NULL: none. */
const json_t *field_value(const struct field *field, const json_t *values);
/* A part's value inside that of its whole. */
const json_t *part_value(const struct field *part, const json_t *whole);
/* Puts a part's value into its whole's among `values`; made when it is not there. */
void part_set(const struct field *part, json_t *values, json_t *value);

/* For types that have parts: fills one. `row` and `column` as in struct field's path; `label` after the whole's. */
struct field part_make(struct arena *a, const struct field *whole, const struct field_type *type,
                       const struct choice *row, const struct choice *column);

#endif

/* What types whose values have lines share (struct field's rows): numbers, tables. Values are objects, key of a line →
 * what was answered there. */
#ifndef PARVIS_LINES_H
#define PARVIS_LINES_H

#include "fields/value.h"
#include "page/page.h"

enum { LINES_MAX = 100, LINE_COLUMNS_MAX = 20, LINE_CELLS_MAX = 400 };

/* NULL: there is none of that key. */
const struct choice *choice_among(const struct choice *choices, int n, const char *key);
const struct choice *line_of(const struct field *field, const char *key);
/* By key, or by name in any language. */
const struct choice *choice_named(const struct choice *choices, int n, const char *text, struct arena *a);

/* True when the value is an object of at least one known line; else a mistake. */
bool lines_check(const struct field *field, const json_t *value, struct issues *issues);
/* A mistake for each line that needs an answer and has none: those that say so, or all by the option "every". */
void lines_check_needed(const struct field *field, const json_t *value, struct issues *issues);
bool line_needed(const struct field *field, const struct choice *line);
void lines_check_definition(const struct field *field, struct issues *issues);

/* A canonical number within the bounds of the definition (min, max, decimals); mistakes name the line. */
void line_check_number(const struct field *field, const char *line, const json_t *value, struct issues *issues);
/* What was typed for one: canonical, or as typed, with a mistake. NULL: nothing. */
json_t *line_read_number(const struct field *field, const char *line, const char *text, enum lang lang,
                         struct issues *issues);

/* Its unit, or that of all. */
const char *line_unit(const struct page *p, const struct field *field, const struct choice *line);
/* "12,5 km" */
const char *line_number(struct arena *a, enum lang lang, const struct field *field, const struct choice *line,
                        const char *number);
/* A number as it is typed in this language; what is none, as it was typed; "" for nothing. */
const char *number_shown(const struct page *p, const json_t *value);
/* Its id in the page: "f-question-line-column". */
const char *line_id(const struct page *p, const struct field *field, const struct choice *line, const char *column);
/* The name of its control. */
const char *line_control(const struct page *p, const struct field *field, const struct choice *line,
                         const char *column);
/* Is it asked: not retired, or answered here? */
bool line_asked(const struct choice *line, const json_t *value);

#endif

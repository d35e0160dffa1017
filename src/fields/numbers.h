/* Used by the templates of several numbers. */
#ifndef PARVIS_NUMBERS_H
#define PARVIS_NUMBERS_H

#include "page/page.h"

bool numbers_shows_sum(const struct field *field);
/* In words, with the unit of all; "" when there is none yet. */
const char *numbers_sum(const struct page *p, const struct field *field, const json_t *value);
/* "Together they make 100 %.", or "". */
const char *numbers_rule(const struct page *p, const struct field *field);
/* An option, canonical, or "". */
const char *numbers_bound(const struct page *p, const struct field *field, const char *name);
/* As core/field_type.h: lines only. */
void lines_mentions(const struct field *field, const json_t *value, json_t *choices, json_t *rows);

#endif

/* Used by the templates of scales. */
#ifndef PARVIS_SCALE_H
#define PARVIS_SCALE_H

#include "page/page.h"

/* The first and the last step. */
int scale_from(const struct field *field);
int scale_to(const struct field *field);
/* Has each step its words? */
bool scale_in_words(const struct field *field);
/* Those of a step; "" where it has none. */
const char *scale_words(const struct page *p, const struct field *field, int step);
bool scale_offers_unknown(const struct field *field);
const char *scale_unknown_words(const struct page *p, const struct field *field);
bool scale_is_unknown(const json_t *value);
bool scale_is_at(const json_t *value, int step);

#endif

/* Used by the templates of rankings. */
#ifndef PARVIS_RANKING_H
#define PARVIS_RANKING_H

#include "page/page.h"

/* How many may be ranked. */
int ranking_places(const struct field *field);
/* That of a choice, from 1; 0: none. */
int ranking_place(const json_t *value, const char *key);
/* The choices that are offered: those that are ranked first, in their order. */
int ranking_offered(const struct page *p, const struct field *field, const json_t *value, const struct choice ***ret);
const char *ranking_rule(const struct page *p, const struct field *field);
const char *ranking_label(const struct page *p, const struct field *field, const json_t *key);

#endif

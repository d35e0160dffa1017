/* Used by the templates of relations. */
#ifndef PARVIS_RELATION_H
#define PARVIS_RELATION_H

#include "page/page.h"

/* The readable records of a relation's value, in its order; returns how many. */
int relation_load(const struct page *p, const json_t *value, struct record ***ret);
/* The titles of those that the value has, of the n offered. */
const char *picker_chosen(const struct page *p, const struct field *field, struct record *const *records, int n,
                          const json_t *chosen);
void picker_option(struct buf *out, const struct page *p, const struct field *field, const struct record *record,
                   const json_t *chosen, int number);

#endif

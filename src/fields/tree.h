/* Used by the templates of trees of choices. */
#ifndef PARVIS_TREE_H
#define PARVIS_TREE_H

#include "page/page.h"

/* "Culture › Musique". */
const char *tree_path(struct arena *a, enum lang lang, const struct choice *choice);
/* How many stand above it. */
int tree_depth(const struct choice *choice);
const struct choice *tree_root(const struct choice *choice);
/* Where the branch that begins at choice i, one that stands under none, ends. */
int tree_branch_end(const struct field *field, int i);
/* What is chosen in that branch, in words; "" for nothing. */
const char *tree_chosen(const struct page *p, const struct field *field, int i, const json_t *value);
/* Is it among the keys of the value? */
bool tree_has(const json_t *value, const struct choice *choice);

#endif

/* Used by the templates of trees of choices. */
#ifndef PARVIS_TREE_H
#define PARVIS_TREE_H

#include "page/page.h"

/* "Culture › Musique". */
const char *tree_path(struct arena *a, enum lang lang, const struct choice *choice);
/* How many stand above it. */
int tree_depth(const struct choice *choice);
const struct choice *tree_root(const struct choice *choice);
/* Is it among the keys of the value? */
bool tree_has(const json_t *value, const struct choice *choice);

#endif

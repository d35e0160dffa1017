/*
 * Three-way merge of texts by lines (diff3). Pure and symmetric: the order of `a` and `b` changes
 * nothing, so two replicas that merge the same versions show the same text.
 */
#ifndef PARVIS_MERGE3_H
#define PARVIS_MERGE3_H

#include <stdbool.h>

#include "base/arena.h"

/* True, and the merged text, if the changes from `base` to `a` and to `b` are apart by at least one
 * line, or are the same; false, and `*ret` untouched, for a conflict (as `git merge-file` judges).
 * A line end missing at the end of a text makes no difference to its last line. */
bool merge3(struct arena *arena, const char *base, const char *a, const char *b, char **ret);

#endif

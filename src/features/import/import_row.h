/* What an import made. */
#ifndef PARVIS_IMPORT_ROW_H
#define PARVIS_IMPORT_ROW_H

#include "base/id.h"
#include "core/model.h"
#include "store/store.h"

struct import_row {
	struct id record;
	bool touched; /* by somebody, since: a correction, a comment */
};
enum code import_count(struct db *db, const char *source, int *ret, struct err *err) MUST;
/* At most `max`, from the `from`-th on, in the order in which they were made. */
enum code import_made(struct db *db, struct arena *a, const char *source, int from, int max, struct import_row **ret,
                      int *n, struct err *err) MUST;
/* Deletes those of them that nobody has touched, in a write; how many of each are added to `ret`. */
struct import_undone;
enum code import_take_back(struct tx *tx, struct arena *a, const struct model *model, const char *source, int from,
                           int max, struct import_undone *ret, struct err *err) MUST;

#endif

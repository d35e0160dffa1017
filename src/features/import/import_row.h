/* What an import made. */
#ifndef PARVIS_IMPORT_ROW_H
#define PARVIS_IMPORT_ROW_H

#include "base/id.h"
#include "core/record.h"
#include "store/store.h"

/* What came from a source: ever (`batch` zero), or by one import, which shares that batch (core/record.h) and wrote between
 * these times (ms UTC). Drafts have no revision: only the time tells which import made them. */
struct import_origin {
	const char *source;
	struct id batch;
	int64_t from, until;
};
struct import_row {
	struct id record;
	int64_t num;
	bool made;    /* then, or ever: an earlier import did not bring it already */
	bool touched; /* by somebody, since: a correction, a comment; that batch is nobody's */
};
enum code import_count(struct db *db, const struct import_origin *origin, int *ret, struct err *err) MUST;
/* At most `max`, from the `from`-th on, in the order in which they were made. */
enum code import_made(struct db *db, struct arena *a, const struct import_origin *origin, int from, int max,
                      struct import_row **ret, int *n, struct err *err) MUST;
/* In a write: deletes those that it made and nobody has touched; those that it only changed are as before, but for what
 * somebody changed since. How many of each are added to `ret`; those that are not deleted are still among import_made's. */
struct import_undone;
enum code import_take_back(struct tx *tx, struct arena *a, const struct model *model,
                           const struct import_origin *origin, int from, int max, struct import_undone *ret,
                           struct err *err) MUST;
/* What the source is known to have brought of a record follows it: the next import brings again what was taken back. */
enum code import_follow(struct tx *tx, struct arena *a, const char *source, const struct record *was,
                        const struct record *is, struct err *err) MUST;

#endif

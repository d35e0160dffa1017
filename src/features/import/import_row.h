/* What an import made. */
#ifndef PARVIS_IMPORT_ROW_H
#define PARVIS_IMPORT_ROW_H

#include "base/id.h"
#include "store/store.h"

struct import_row {
	struct id record;
	bool touched; /* by somebody, since: a correction, a comment */
};
enum code import_made(struct db *db, struct arena *a, const char *source, struct import_row **ret, int *n,
                      struct err *err) MUST;

#endif

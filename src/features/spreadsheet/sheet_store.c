#include "features/spreadsheet/sheet_run.h"
#include "store/db.h"

enum code sheet_pages(struct db *db, const struct form *form, int64_t *ret, struct err *err)
{
	return db_int(db, ret, 0, err, "SELECT COUNT(*) FROM record WHERE form = $1", form->num);
}

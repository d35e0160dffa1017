#include "core/trash.h"

enum code trash_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor, int limit,
                     struct record ***ret, int *n, struct err *err)
{
	struct sql sql;
	int64_t *nums = arena_array(a, int64_t, (size_t)limit + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, a);
	sql_add(&sql, "SELECT r.num FROM record r WHERE r.state = ? AND ", (int)STATE_TRASH);
	rights_sql(&sql, model, actor, ACTION_ERASE);
	sql_add(&sql, " ORDER BY r.changed DESC, r.num DESC LIMIT ?", limit);
	TRY(sql_query(&sql, db, &rows, err));
	while (found < limit && rows_next(&rows)) nums[found++] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	return record_load_many(db, a, model, actor, nums, found, ret, n, err);
}

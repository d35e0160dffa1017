#include "core/also_in.h"

enum code also_in_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       int64_t record, const struct space ***ret, int *n, struct err *err)
{
	const struct space **all = arena_array(a, const struct space *, (size_t)model->nspaces + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT space FROM record_also_in WHERE record = $1 ORDER BY space", record));
	while (rows_next(&rows)) {
		const struct space *space = model_space(model, row_int(&rows, 0));
		struct thing thing = { .kind = KIND_SPACE, .space = space };
		if (space && found < model->nspaces && allowed(actor, ACTION_READ, &thing)) all[found++] = space;
	}
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

bool also_in_may(const struct actor *actor, const struct record *record, const struct space *space)
{
	struct thing there = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
	if (space == record->space || record->circle || record->about) return false;
	return allowed(actor, ACTION_CREATE, &there) && !right_waits(actor, space);
}

bool also_in_may_end(const struct actor *actor, const struct record *record, const struct space *space)
{
	struct thing thing = record_thing(record);
	return allowed(actor, ACTION_EDIT, &thing) ||
	       allowed(actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space });
}

enum code also_in_set(struct tx *tx, int64_t record, const struct space *space, bool shown, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t n;
	tx_public(tx);
	if (!shown)
		return db_run(db, err, "DELETE FROM record_also_in WHERE record = $1 AND space = $2", record,
		              space->num);
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM record_also_in WHERE record = $1 AND space <> $2", record,
	           space->num));
	if (n >= ALSO_IN_MAX) FAIL(err, E_LIMIT, N_("A page is shown in %d further spaces at most."), ALSO_IN_MAX);
	return db_run(
	        db, err,
	        "INSERT INTO record_also_in (record, space) VALUES ($1, $2) ON CONFLICT (record, space) DO NOTHING",
	        record, space->num);
}

#include "base/clock.h"
#include "core/proposal.h"

enum code proposal_add(struct tx *tx, int64_t record, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO proposal (record, created, refused, reason) VALUES ($1, $2, NULL, '') "
	              "ON CONFLICT (record) DO UPDATE SET created = excluded.created, refused = NULL, reason = '' "
	              "WHERE proposal.refused IS NOT NULL",
	              record, clock_now());
}

enum code proposal_end(struct tx *tx, int64_t record, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM proposal WHERE record = $1", record);
}

enum code proposal_refuse(struct tx *tx, struct id record, const char *reason, struct err *err)
{
	return db_run(
	        tx_db(tx), err,
	        "UPDATE proposal SET refused = $1, reason = $2 WHERE record = (SELECT num FROM record WHERE id = $3)",
	        clock_now(), reason, record);
}

enum code proposal_find(struct db *db, struct arena *a, struct id record, struct proposal *ret, struct err *err)
{
	struct proposal proposal = { .record = record };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT p.created, p.refused, p.reason FROM proposal p JOIN record r ON r.num = p.record WHERE r.id = $1",
	        record));
	bool found = rows_next(&rows);
	if (found) {
		proposal.created = row_int(&rows, 0);
		proposal.refused = row_int(&rows, 1);
		proposal.reason = arena_strdup(a, row_text(&rows, 2));
	}
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("Nobody has proposed this."));
	*ret = proposal;
	return OK;
}

enum code proposal_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct record ***ret, int *n, struct err *err)
{
	struct sql sql;
	int64_t *nums = arena_array(a, int64_t, PROPOSALS_MAX);
	int found = 0;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT r.num FROM proposal p JOIN record r ON r.num = p.record WHERE p.refused IS NULL AND ");
	rights_sql(&sql, model, actor, ACTION_MANAGE);
	sql_add(&sql, " ORDER BY p.created, r.num LIMIT ?", (int)PROPOSALS_MAX);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (found < PROPOSALS_MAX && rows_next(&rows)) nums[found++] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	return record_load_many(db, a, model, actor, nums, found, ret, n, err);
}

#include "core/scheduled.h"

#include "store/job.h"

enum code scheduled_set(struct tx *tx, const struct record *record, int64_t person, int64_t at, struct err *err)
{
	json_t *payload = json_pack("{s:I, s:I}", "record", (json_int_t)record->num, "at", (json_int_t)at);
	enum code code = job_add(tx, "publish", payload, at, err);
	json_decref(payload);
	TRY(code);
	return db_run(tx_db(tx), err,
	              "INSERT INTO scheduled (record, person, at, failed) VALUES ($1, $2, $3, 0) "
	              "ON CONFLICT (record) DO UPDATE SET person = excluded.person, at = excluded.at, failed = 0",
	              record->num, person, at);
}

enum code scheduled_end(struct tx *tx, int64_t record, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM scheduled WHERE record = $1", record);
}

enum code scheduled_failed(struct tx *tx, int64_t record, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE scheduled SET failed = 1 WHERE record = $1", record);
}

enum code scheduled_find(struct db *db, int64_t record, struct scheduled *ret, struct err *err)
{
	struct scheduled found = { .record = record };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT person, at, failed FROM scheduled WHERE record = $1", record));
	bool any = rows_next(&rows);
	if (any) {
		found.person = row_int(&rows, 0);
		found.at = row_int(&rows, 1);
		found.failed = row_int(&rows, 2) != 0;
	}
	TRY(rows_end(&rows, err));
	if (!any) FAIL(err, E_NOT_FOUND, N_("It is published by nobody but its author."));
	*ret = found;
	return OK;
}

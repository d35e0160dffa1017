/* Jobs as a person looks at them. */
#include <string.h>

#include "base/json.h"
#include "store/job.h"
#include "store/sql.h"

#define JOB_COLUMNS "SELECT id, run_at, kind, payload, attempts, state, error FROM job"

static struct job_row read_row(struct arena *a, const struct rows *rows)
{
	const char *payload = row_text(rows, 3);
	struct job_row row = { .id = row_int(rows, 0),
		               .run_at = row_int(rows, 1),
		               .kind = arena_strdup(a, row_text(rows, 2)),
		               .attempts = (int)row_int(rows, 4),
		               .state = (enum job_state)row_int(rows, 5),
		               .error = row_is_null(rows, 6) ? NULL : arena_strdup(a, row_text(rows, 6)) };
	json_t *json = NULL;
	if (json_parse(a, payload, strlen(payload), &json, NULL) == OK) row.payload = json;
	return row;
}

enum code job_list(struct db *db, struct arena *a, const char *kind, int limit, struct job_row **ret, int *n,
                   struct err *err)
{
	struct sql sql;
	struct job_row *all = arena_array(a, struct job_row, (size_t)limit + 1);
	int found = 0;
	sql_init(&sql, a);
	sql_add(&sql, JOB_COLUMNS);
	if (kind) sql_add(&sql, " WHERE kind = ?", kind);
	sql_add(&sql,
	        " ORDER BY CASE WHEN state = 2 THEN 0 WHEN error IS NOT NULL THEN 1 ELSE 2 END, run_at, id LIMIT "
	        "?",
	        limit);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (found < limit && rows_next(&rows)) all[found++] = read_row(a, &rows);
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code job_load(struct db *db, struct arena *a, int64_t id, struct job_row *ret, struct err *err)
{
	struct job_row row = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, JOB_COLUMNS " WHERE id = $1", id));
	bool found = rows_next(&rows);
	if (found) row = read_row(a, &rows);
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("This work is done, or was taken away."));
	*ret = row;
	return OK;
}

enum code job_drop(struct tx *tx, int64_t id, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM job WHERE id = $1 AND state <> 1", id);
}

enum code job_is_due(struct db *db, const char *kind, bool *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM job WHERE kind = $1 AND state <= 1", kind));
	*ret = n > 0;
	return OK;
}

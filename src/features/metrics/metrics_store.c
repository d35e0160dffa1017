#include "features/metrics/metrics_store.h"

#include "store/job.h"

const char *const metrics_job_states[METRICS_JOB_STATES] = {
	[JOB_WAITING] = "waiting",
	[JOB_RUNNING] = "running",
	[JOB_DEAD] = "dead",
};

static const char *const size_queries[] = {
	[ENGINE_SQLITE] = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
	[ENGINE_POSTGRES] = "SELECT CAST(SUM(pg_total_relation_size(oid)) AS BIGINT) FROM pg_class "
	                    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
};

static enum code count_jobs(struct db *db, struct metrics_stored *stored, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT state, COUNT(*) FROM job GROUP BY state"));
	while (rows_next(&rows)) {
		int64_t state = row_int(&rows, 0);
		if (state >= 0 && state < METRICS_JOB_STATES) stored->jobs[state] = row_int(&rows, 1);
	}
	return rows_end(&rows, err);
}

enum code metrics_read(struct db *db, struct metrics_stored *stored, struct err *err)
{
	TRY(db_int_values(db, &stored->bytes, 0, err, size_queries[db_engine(db)], NULL, 0));
	TRY(db_int(db, &stored->records, 0, err, "SELECT COUNT(*) FROM record WHERE circle = 0"));
	TRY(db_int(db, &stored->files, 0, err, "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file"));
	return count_jobs(db, stored, err);
}

enum code metrics_read_stored(struct store *store, struct metrics_stored *ret, struct err *err)
{
	struct db *db;
	struct metrics_stored stored = { 0 };
	TRY(store_read_begin(store, &db, err));
	enum code code = metrics_read(db, &stored, err);
	store_read_end(store);
	if (code == OK) *ret = stored;
	return code;
}

#include "features/admin/admin_store.h"

#include "core/person.h"

enum { FORMS_MAX = 200 };

enum code admin_count(struct db *db, int *administrators, int *failing, struct err *err)
{
	int64_t people, jobs;
	TRY(db_int(db, &people, 0, err, "SELECT COUNT(*) FROM person WHERE level = $1 AND state = $2",
	           (int)LEVEL_ADMINISTRATOR, (int)PERSON_ACTIVE));
	TRY(db_int(db, &jobs, 0, err, "SELECT COUNT(*) FROM job WHERE state = $1 AND error IS NOT NULL",
	           (int)JOB_WAITING));
	*administrators = (int)people;
	*failing = (int)jobs;
	return OK;
}

enum code admin_big_files(struct db *db, struct arena *a, int limit, struct big_file **ret, int *n, struct err *err)
{
	struct big_file *all = arena_array(a, struct big_file, (size_t)limit + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT f.hash, f.size, f.type, (SELECT MIN(o.record) FROM file_ref o WHERE o.file = f.hash) "
	             "FROM file f "
	             "ORDER BY f.size DESC, f.hash LIMIT $1",
	             limit));
	while (found < limit && rows_next(&rows))
		all[found++] = (struct big_file){ .hash = row_hash(&rows, 0),
			                          .size = row_int(&rows, 1),
			                          .type = arena_strdup(a, row_text(&rows, 2)),
			                          .record = row_int(&rows, 3) };
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code admin_form_room(struct db *db, struct arena *a, struct form_room **ret, int *n, struct err *err)
{
	struct form_room *all = arena_array(a, struct form_room, FORMS_MAX);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT c.form, c.n, CAST(COALESCE(b.size, 0) AS BIGINT) FROM"
	        " (SELECT form, SUM(CASE WHEN circle = 0 THEN 1 ELSE 0 END) AS n FROM record GROUP BY form) c LEFT JOIN"
	        " (SELECT d.form, SUM(f.size) AS size FROM"
	        "  (SELECT DISTINCT r.form, o.file FROM file_ref o JOIN record r ON r.num = o.record) d"
	        "  JOIN file f ON f.hash = d.file GROUP BY d.form) b ON b.form = c.form"
	        " ORDER BY 3 DESC, 2 DESC, 1 LIMIT $1",
	        (int)FORMS_MAX));
	while (found < FORMS_MAX && rows_next(&rows))
		all[found++] = (struct form_room){ row_int(&rows, 0), row_int(&rows, 1), row_int(&rows, 2) };
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code admin_growth(struct db *db, int64_t since, struct growth *ret, struct err *err)
{
	struct growth growth = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file WHERE created >= $1", since));
	if (rows_next(&rows)) {
		growth.files = row_int(&rows, 0);
		growth.bytes = row_int(&rows, 1);
	}
	TRY(rows_end(&rows, err));
	TRY(db_int(db, &growth.records, 0, err, "SELECT COUNT(*) FROM record WHERE created >= $1 AND circle = 0",
	           since));
	*ret = growth;
	return OK;
}

#include "core/printed.h"

#include "base/clock.h"
#include "store/job.h"
#include "store/sql.h"

static enum code add_records(struct tx *tx, int64_t num, const struct printed_record *records, int n, struct err *err)
{
	for (int i = 0; i < n; i++)
		TRY(db_run(
		        tx_db(tx), err,
		        "INSERT INTO printed_record (printed, record, shown, wrong) VALUES ($1, $2, $3, 0) ON CONFLICT "
		        "(printed, record) DO NOTHING",
		        num, records[i].record, records[i].shown));
	return OK;
}

enum code printed_add(struct tx *tx, struct printed *printed, const struct printed_record *records, int n,
                      struct err *err)
{
	printed->created = clock_now();
	TRY(db_int(
	        tx_db(tx), &printed->num, 0, err,
	        "INSERT INTO printed (person, space, choices, title, place, copies, created) VALUES ($1, $2, $3, $4, "
	        "$5, $6, $7) RETURNING num",
	        printed->person, printed->space, printed->choices, printed->title, printed->place, printed->copies,
	        printed->created));
	return add_records(tx, printed->num, records, n, err);
}

enum code printed_remove(struct tx *tx, int64_t num, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM printed WHERE num = $1", num);
}

enum code printed_replace(struct tx *tx, int64_t num, const struct printed_record *records, int n, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "UPDATE printed SET created = $1 WHERE num = $2", clock_now(), num));
	TRY(db_run(tx_db(tx), err, "DELETE FROM printed_record WHERE printed = $1", num));
	return add_records(tx, num, records, n, err);
}

/* ---- Read ---- */

#define COLUMNS                                                                                                            \
	"SELECT d.num, COALESCE(d.person, 0), d.space, p.name, d.choices, d.title, d.place, d.copies, d.created, (SELECT " \
	"COUNT(*) FROM printed_record w WHERE w.printed = d.num AND w.wrong > 0) "
#define FROM "FROM printed d LEFT JOIN person p ON p.num = d.person "

static struct printed printed_read(struct rows *rows, struct arena *a)
{
	return (struct printed){ .num = row_int(rows, 0),
		                 .person = row_int(rows, 1),
		                 .space = row_int(rows, 2),
		                 .name = row_is_null(rows, 3) ? NULL : arena_strdup(a, row_text(rows, 3)),
		                 .choices = arena_strdup(a, row_text(rows, 4)),
		                 .title = arena_strdup(a, row_text(rows, 5)),
		                 .place = arena_strdup(a, row_text(rows, 6)),
		                 .copies = (int)row_int(rows, 7),
		                 .created = row_int(rows, 8),
		                 .wrong = (int)row_int(rows, 9) };
}

enum code printed_find(struct db *db, struct arena *a, int64_t num, struct printed *ret, struct err *err)
{
	struct printed printed = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, COLUMNS FROM "WHERE d.num = $1", num));
	bool any = rows_next(&rows);
	if (any) printed = printed_read(&rows, a);
	TRY(rows_end(&rows, err));
	if (!any) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = printed;
	return OK;
}

enum code printed_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       struct printed **ret, int *n, struct err *err)
{
	struct printed *all = arena_array(a, struct printed, PRINTED_PAGE);
	struct sql sql;
	int found = 0;
	sql_init(&sql, a);
	sql_add(&sql, COLUMNS FROM "WHERE (d.person = ?", actor->person);
	for (int i = 0; i < model->nspaces; i++) {
		const struct space *space = &model->spaces[i];
		if (allowed(actor, ACTION_MANAGE, &(struct thing){ .kind = KIND_SPACE, .space = space }))
			sql_add(&sql, " OR d.space = ?", space->num);
	}
	sql_add(&sql,
	        ") ORDER BY CASE WHEN EXISTS (SELECT 1 FROM printed_record w WHERE w.printed = d.num AND w.wrong > 0) "
	        "THEN 0 ELSE 1 END, d.num DESC LIMIT ?",
	        (int)PRINTED_PAGE);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (found < PRINTED_PAGE && rows_next(&rows)) all[found++] = printed_read(&rows, a);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

static struct printed_record record_read(struct rows *rows, int at)
{
	return (struct printed_record){ row_int(rows, at), row_int(rows, at + 1), row_hash(rows, at + 2),
		                        row_int(rows, at + 3) };
}

enum code printed_of(struct db *db, struct arena *a, int64_t record, struct printed **ret,
                     struct printed_record **rows_ret, int *n, struct err *err)
{
	struct printed *all = arena_array(a, struct printed, PRINTED_PAGE);
	struct printed_record *of = arena_array(a, struct printed_record, PRINTED_PAGE);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             COLUMNS ", r.printed, r.record, r.shown, r.wrong " FROM
	                     "JOIN printed_record r ON r.printed = d.num WHERE "
	                     "r.record = $1 ORDER BY d.num DESC LIMIT $2",
	             record, (int)PRINTED_PAGE));
	while (found < PRINTED_PAGE && rows_next(&rows)) {
		all[found] = printed_read(&rows, a);
		of[found++] = record_read(&rows, 10);
	}
	*ret = all;
	*rows_ret = of;
	*n = found;
	return rows_end(&rows, err);
}

enum code printed_records(struct db *db, struct arena *a, int64_t num, struct printed_record **ret, int *n,
                          struct err *err)
{
	struct printed_record *all = arena_array(a, struct printed_record, PRINTED_RECORDS);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT printed, record, shown, wrong FROM printed_record WHERE printed = $1 ORDER BY wrong DESC, record "
	        "LIMIT $2",
	        num, (int)PRINTED_RECORDS));
	while (found < PRINTED_RECORDS && rows_next(&rows)) all[found++] = record_read(&rows, 0);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code printed_set_wrong(struct tx *tx, const struct printed_record *row, bool wrong, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE printed_record SET wrong = $1 WHERE printed = $2 AND record = $3",
	              wrong ? clock_now() : 0LL, row->printed, row->record);
}

enum code printed_touched(struct tx *tx, int64_t record, struct err *err)
{
	int64_t n;
	TRY(db_int(tx_db(tx), &n, 0, err,
	           "SELECT COUNT(*) FROM (SELECT 1 FROM printed_record WHERE record = $1 LIMIT 1) x", record));
	if (n == 0) return OK;
	json_t *payload = json_pack("{s:I}", "record", (json_int_t)record);
	enum code code = job_add(tx, "printed", payload, 0, err);
	json_decref(payload);
	return code;
}

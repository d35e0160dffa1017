#include <string.h>

#include "base/clock.h"
#include "core/report.h"
#include "store/sql.h"

const char *spaces_managed(struct arena *a, const struct model *model, const struct actor *actor)
{
	size_t len = 0;
	for (int i = 0; i < model->nspaces; i++) len = MAX(len, (size_t)model->spaces[i].num);
	char *digits = arena_alloc(a, len + 1);
	memset(digits, '0', len);
	digits[len] = '\0';
	for (int i = 0; i < model->nspaces; i++) {
		struct thing thing = { .kind = KIND_SPACE, .space = &model->spaces[i] };
		if (allowed(actor, ACTION_MANAGE, &thing)) digits[model->spaces[i].num - 1] = '1';
	}
	return digits;
}

enum code report_add(struct tx *tx, const struct report *report, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t there = 0;
	if (report->person) {
		TRY(db_run(
		        db, err,
		        "UPDATE report SET reason = $1, body = $2 WHERE record = $3 AND person = $4 AND closed IS NULL",
		        (int)report->reason, report->text, report->record, report->person));
		if (db_changes(db)) return OK;
	} else {
		TRY(db_int(db, &there, 0, err,
		           "SELECT COUNT(*) FROM report WHERE record = $1 AND person IS NULL AND closed IS NULL",
		           report->record));
		if (there >= REPORT_VISITORS_MAX) return OK;
	}
	return db_run(db, err, "INSERT INTO report (record, person, reason, body, created) VALUES ($1, $2, $3, $4, $5)",
	              report->record, report->person ? value_int(report->person) : value_text(NULL),
	              (int)report->reason, report->text, clock_now());
}

enum code report_is_open(struct db *db, int64_t record, int64_t person, bool *ret, struct err *err)
{
	int64_t found = 0;
	TRY(db_int(db, &found, 0, err,
	           "SELECT 1 FROM report WHERE record = $1 AND person = $2 AND closed IS NULL LIMIT 1", record,
	           person));
	*ret = found != 0;
	return OK;
}

#define REPORT_COLUMNS "o.num, o.record, o.person, o.reason, o.body, o.created, o.closed"

static enum code read_all(struct sql *sql, struct db *db, struct arena *a, int limit, struct report **ret, int *n,
                          struct err *err)
{
	struct report *all = arena_array(a, struct report, (size_t)limit + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(sql, db, &rows, err));
	while (found < limit && rows_next(&rows))
		all[found++] = (struct report){ .num = row_int(&rows, 0),
			                        .record = row_int(&rows, 1),
			                        .person = row_int(&rows, 2),
			                        .reason = (enum report_reason)row_int(&rows, 3),
			                        .text = arena_strdup(a, row_text(&rows, 4)),
			                        .created = row_int(&rows, 5),
			                        .closed = row_int(&rows, 6) };
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

#define OPEN_OF_HERS                                                                                     \
	" FROM report o JOIN record r ON r.num = o.record WHERE o.closed IS NULL AND r.state IN (?, ?) " \
	"AND substr(?, CAST(r.space AS INTEGER), 1) = '1'"

enum code report_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                      int64_t record, int limit, struct report **ret, int *n, struct err *err)
{
	struct sql sql;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT " REPORT_COLUMNS OPEN_OF_HERS, (int)STATE_PUBLISHED, (int)STATE_ARCHIVED,
	        spaces_managed(a, model, actor));
	if (record) sql_add(&sql, " AND o.record = ?", record);
	sql_add(&sql,
	        " ORDER BY (SELECT MIN(f.num) FROM report f WHERE f.record = o.record AND f.closed IS NULL), o.num LIMIT ?",
	        limit);
	return read_all(&sql, db, a, limit, ret, n, err);
}

enum code report_of_person(struct db *db, struct arena *a, int64_t person, int limit, struct report **ret, int *n,
                           struct err *err)
{
	struct sql sql;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT " REPORT_COLUMNS " FROM report o WHERE o.person = ? ORDER BY o.num DESC LIMIT ?", person,
	        limit);
	return read_all(&sql, db, a, limit, ret, n, err);
}

enum code report_count(struct db *db, struct arena *a, const struct model *model, const struct actor *actor, int *ret,
                       struct err *err)
{
	struct sql sql;
	int count = 0;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT COUNT(DISTINCT o.record)" OPEN_OF_HERS, (int)STATE_PUBLISHED, (int)STATE_ARCHIVED,
	        spaces_managed(a, model, actor));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	if (rows_next(&rows)) count = (int)row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = count;
	return OK;
}

enum code report_close(struct tx *tx, int64_t record, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE report SET closed = $1 WHERE record = $2 AND closed IS NULL", clock_now(),
	              record);
}

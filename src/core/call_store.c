#include "base/clock.h"
#include "core/call.h"
#include "store/sql.h"

enum code call_due(struct db *db, struct arena *a, const struct form *form, const struct call *call, struct date today,
                   int max, int64_t **ret, int *n, struct err *err)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];
	int64_t *nums = arena_array(a, int64_t, (size_t)max + 1);
	int found = 0;
	*ret = nums;
	*n = 0;
	if (call->end == NULL) return OK;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT r.num FROM record r JOIN field_value v ON v.num = r.num AND v.field = $1 WHERE r.form = $2 "
	        "AND r.about IS NULL AND r.state = $3 AND v.key >= $4 AND v.key < $5 AND NOT EXISTS (SELECT 1 FROM "
	        "call_asked c WHERE c.record = r.num AND c.day = v.key) ORDER BY v.key, r.num LIMIT $6",
	        call->end->num, form->num, (int)STATE_PUBLISHED, date_iso(today, from),
	        date_iso(date_add_days(today, CALL_ASK_DAYS + 1), to), max));
	while (found < max && rows_next(&rows)) nums[found++] = row_int(&rows, 0);
	*n = found;
	return rows_end(&rows, err);
}

enum code call_note_asked(struct tx *tx, int64_t record, struct date day, struct err *err)
{
	char iso[DATE_ISO_SIZE];
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO call_asked (record, day, created) VALUES ($1, $2, $3) ON CONFLICT (record) DO UPDATE "
	        "SET day = excluded.day, created = excluded.created",
	        record, date_iso(day, iso), clock_now());
}

enum code call_helpers(struct db *db, struct arena *a, const struct record *record, int max, struct helper **ret,
                       int *n, struct err *err)
{
	struct helper *all = arena_array(a, struct helper, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT p.num, p.id, p.name, MAX(h.comment), MAX(h.exchange) FROM ("
	             "SELECT author AS person, num AS comment, 0 AS exchange, created FROM record WHERE about = $1 AND "
	             "state = $2 UNION ALL SELECT person, 0, num, created FROM exchange WHERE record = $1) h "
	             "JOIN person p ON p.num = h.person WHERE p.num <> $3 GROUP BY p.num, p.id, p.name "
	             "ORDER BY MIN(h.created), p.num LIMIT $4",
	             record->num, (int)STATE_PUBLISHED, record->author, max));
	while (found < max && rows_next(&rows))
		all[found++] = (struct helper){ .person = row_int(&rows, 0),
			                        .id = row_id(&rows, 1),
			                        .name = arena_strdup(a, row_text(&rows, 2)),
			                        .comment = row_int(&rows, 3),
			                        .exchange = row_int(&rows, 4) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

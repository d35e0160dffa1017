#include "core/relay.h"

#include "base/clock.h"
#include "store/job.h"

enum code relay_add(struct tx *tx, struct relay *relay, struct err *err)
{
	relay->created = clock_now();
	TRY(db_int(tx_db(tx), &relay->num, 0, err,
	           "INSERT INTO relay (record, person, place, url, created, remind) VALUES ($1, $2, $3, $4, $5, $6) "
	           "RETURNING num",
	           relay->record, relay->person, relay->place, relay->url, relay->created, relay->remind));
	if (relay->remind == 0) return OK;
	json_t *payload = json_pack("{s:I}", "relay", (json_int_t)relay->num);
	enum code code = job_add(tx, "relay", payload, relay->remind, err);
	json_decref(payload);
	return code;
}

enum code relay_delete(struct tx *tx, int64_t num, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM relay WHERE num = $1", num);
}

enum code relay_looked(struct tx *tx, int64_t num, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE relay SET remind = 0 WHERE num = $1", num);
}

#define COLUMNS                                                                          \
	"SELECT l.num, l.record, l.person, l.place, l.url, l.created, l.remind, p.name " \
	"FROM relay l LEFT JOIN person p ON p.num = l.person "

static struct relay relay_of(struct rows *rows, struct arena *a)
{
	return (struct relay){ .num = row_int(rows, 0),
		               .record = row_int(rows, 1),
		               .person = row_int(rows, 2),
		               .place = arena_strdup(a, row_text(rows, 3)),
		               .url = arena_strdup(a, row_text(rows, 4)),
		               .created = row_int(rows, 5),
		               .remind = row_int(rows, 6),
		               .name = row_is_null(rows, 7) ? NULL : arena_strdup(a, row_text(rows, 7)) };
}

enum code relay_find(struct db *db, struct arena *a, int64_t num, struct relay *ret, struct err *err)
{
	struct relay relay = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, COLUMNS "WHERE l.num = $1", num));
	bool any = rows_next(&rows);
	if (any) relay = relay_of(&rows, a);
	TRY(rows_end(&rows, err));
	if (!any) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = relay;
	return OK;
}

enum code relay_list(struct db *db, struct arena *a, int64_t record, bool due, struct relay **ret, int *n,
                     struct err *err)
{
	struct relay *list = arena_array(a, struct relay, RELAY_PAGE);
	int64_t now = clock_now();
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             COLUMNS "WHERE ($1 = 0 OR l.record = $1) AND ($2 = 0 OR (l.remind > 0 AND l.remind <= $2)) "
	                     "ORDER BY l.created DESC, l.num DESC LIMIT 200",
	             record, due ? now : (int64_t)0));
	for (*n = 0; *n < RELAY_PAGE && rows_next(&rows); (*n)++) list[*n] = relay_of(&rows, a);
	*ret = list;
	return rows_end(&rows, err);
}

enum code relay_missing(struct db *db, int64_t since, int64_t *ret, int max, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT r.num FROM record r WHERE r.state = $1 AND r.created >= $2 AND r.about IS NULL AND NOT "
	             "EXISTS (SELECT 1 FROM relay l WHERE l.record = r.num) ORDER BY r.created DESC, r.num DESC LIMIT "
	             "$3",
	             (int)STATE_PUBLISHED, since, (int64_t)max));
	for (*n = 0; *n < max && rows_next(&rows); (*n)++) ret[*n] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

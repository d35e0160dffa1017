#include "base/clock.h"
#include "base/json.h"
#include "core/letter.h"
#include "store/job.h"

static enum code ask(struct tx *tx, int64_t num, struct err *err)
{
	json_t *payload = json_pack("{s:I}", "letter", (json_int_t)num);
	enum code code = job_add(tx, "letter", payload, 0, err);
	json_decref(payload);
	return code;
}

enum code letter_send(struct tx *tx, const char *to, const char *subject, const char *body, struct err *err)
{
	return letter_send_stoppable(tx, to, subject, body, NULL, err);
}

enum code letter_send_stoppable(struct tx *tx, const char *to, const char *subject, const char *body, const char *stop,
                                struct err *err)
{
	int64_t num = 0;
	TRY(db_int(tx_db(tx), &num, 0, err,
	           "INSERT INTO letter (recipient, subject, body, stop, state, created) VALUES ($1, $2, $3, $4, "
	           "$5, $6) RETURNING num",
	           to, subject, body, value_text(stop), (int)LETTER_WAITING, clock_now()));
	return ask(tx, num, err);
}

#define LETTER_COLUMNS "num, recipient, subject, body, state, error, created, sent, stop"

static struct letter read_letter(struct arena *a, const struct rows *rows)
{
	return (struct letter){ .num = row_int(rows, 0),
		                .to = arena_strdup(a, row_text(rows, 1)),
		                .subject = arena_strdup(a, row_text(rows, 2)),
		                .body = arena_strdup(a, row_text(rows, 3)),
		                .state = (enum letter_state)row_int(rows, 4),
		                .error = row_is_null(rows, 5) ? NULL : arena_strdup(a, row_text(rows, 5)),
		                .created = row_int(rows, 6),
		                .sent = row_int(rows, 7),
		                .stop = row_is_null(rows, 8) ? NULL : arena_strdup(a, row_text(rows, 8)) };
}

enum code letter_load(struct db *db, struct arena *a, int64_t num, struct letter *ret, struct err *err)
{
	struct letter letter = { 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " LETTER_COLUMNS " FROM letter WHERE num = $1", num));
	bool found = rows_next(&rows);
	if (found) letter = read_letter(a, &rows);
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("There is no such letter."));
	*ret = letter;
	return OK;
}

enum code letter_list(struct db *db, struct arena *a, int limit, struct letter **ret, int *n, struct err *err)
{
	struct letter *all = arena_array(a, struct letter, (size_t)limit + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " LETTER_COLUMNS " FROM letter ORDER BY num DESC LIMIT $1", limit));
	int found = 0;
	while (found < limit && rows_next(&rows)) all[found++] = read_letter(a, &rows);
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code letter_count_failed(struct db *db, int *ret, struct err *err)
{
	int64_t count = 0;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM letter WHERE state = $1", (int)LETTER_FAILED));
	*ret = (int)count;
	return OK;
}

enum code letter_note(struct tx *tx, int64_t num, enum letter_state state, const char *error, struct err *err)
{
	struct db *db = tx_db(tx);
	bool left = state == LETTER_SENT || state == LETTER_SPOOLED;
	TRY(db_run(db, err, "UPDATE letter SET state = $1, error = $2, sent = $3 WHERE num = $4", (int)state, error,
	           left ? value_int(clock_now()) : value_text(NULL), num));
	if (state != LETTER_SENT) return OK;
	return db_run(db, err, "UPDATE letter SET body = '', stop = NULL WHERE num = $1", num);
}

enum code letter_again(struct tx *tx, int64_t num, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(db, err, "UPDATE letter SET state = $1 WHERE num = $2 AND state = $3", (int)LETTER_WAITING, num,
	           (int)LETTER_FAILED));
	return db_changes(db) ? ask(tx, num, err) : OK;
}

enum code letter_drop(struct tx *tx, int64_t num, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM letter WHERE num = $1 AND state IN ($2, $3)", num,
	              (int)LETTER_FAILED, (int)LETTER_WAITING);
}

enum code letter_numbers(struct db *db, struct arena *a, int64_t **ret, int *n, struct err *err)
{
	int64_t count;
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM letter"));
	int64_t *nums = arena_array(a, int64_t, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT num FROM letter"));
	for (*n = 0; *n < count && rows_next(&rows); (*n)++) nums[*n] = row_int(&rows, 0);
	TRY(rows_end(&rows, err));
	*ret = nums;
	return OK;
}

enum code letter_purge(struct tx *tx, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM letter WHERE created <= $1 AND state <> $2",
	              clock_now() - LETTER_KEPT_MS, (int)LETTER_WAITING);
}

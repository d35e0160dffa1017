/* How long responses are kept, and what becomes of them then. */
#include "base/clock.h"
#include "core/paper.h"
#include "core/response.h"
#include "core/response_columns.h"

enum code response_purge(struct tx *tx, struct err *err)
{
	int64_t now = clock_now();
	TRY(paper_purge(tx_db(tx), err));
	return db_run(
	        tx_db(tx), err,
	        "DELETE FROM response WHERE state = $1 AND changed < CASE WHEN channel = $2 THEN CAST($3 AS BIGINT) "
	        "ELSE $4 END",
	        (int)RESPONSE_STARTED, (int)CHANNEL_KIOSK, now - RESPONSE_KIOSK_MS, now - RESPONSE_DRAFT_MS);
}

enum code response_anonymise(struct tx *tx, const struct form *form, int64_t before, int64_t *n, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t until = before ? before : INT64_MAX;
	TRY(db_run(
	        db, err,
	        "DELETE FROM respondent WHERE form = $1 AND response IN (SELECT num FROM response WHERE form = $1 AND "
	        "state = $2 AND completed < $3)",
	        form->num, (int)RESPONSE_COMPLETE, until));
	*n = db_changes(db);
	/* What was noted on paper may name her. */
	TRY(db_run(
	        db, err,
	        "UPDATE paper_sheet SET label = '', notes = '', target = NULL WHERE form = $1 AND response IN (SELECT num FROM response WHERE "
	        "form = $1 AND state = $2 AND completed < $3)",
	        form->num, (int)RESPONSE_COMPLETE, until));
	if (before) TRY(paper_erase(db, form, before, err)); /* asked for by hand, what is being typed stays */
	/* A code on somebody's paper leads there too; and who corrected what is of no use any more. */
	TRY(db_run(
	        db, err,
	        "DELETE FROM response_change WHERE response IN (SELECT num FROM response WHERE form = $1 AND state = $2 "
	        "AND completed < $3)",
	        form->num, (int)RESPONSE_COMPLETE, until));
	return db_run(
	        db, err,
	        "UPDATE response SET code = NULL, entered_by = NULL WHERE form = $1 AND state = $2 AND completed < "
	        "$3 AND (code IS NOT NULL OR entered_by IS NOT NULL)",
	        form->num, (int)RESPONSE_COMPLETE, until);
}

enum code response_erase(struct tx *tx, const struct form *form, int64_t before, int64_t *n, struct err *err)
{
	struct db *db = tx_db(tx);
	tx_public(tx);
	TRY(paper_erase(db, form, before, err));
	TRY(response_columns_drop(db, form, err));
	if (before) {
		TRY(db_run(db, err, "DELETE FROM response WHERE form = $1 AND state = $2 AND completed < $3", form->num,
		           (int)RESPONSE_COMPLETE, before));
		*n = db_changes(db);
		return OK;
	}
	TRY(db_run(db, err, "DELETE FROM response WHERE form = $1", form->num));
	*n = db_changes(db);
	TRY(db_run(db, err, "DELETE FROM anonymous_answer WHERE form = $1", form->num));
	*n += db_changes(db);
	TRY(db_run(db, err, "DELETE FROM answered WHERE form = $1", form->num));
	TRY(db_run(db, err, "DELETE FROM spent_code WHERE form = $1", form->num));
	TRY(db_run(db, err, "DELETE FROM answer_import WHERE form = $1", form->num));
	return db_run(db, err, "DELETE FROM survey_quota WHERE form = $1", form->num);
}

enum code response_release(struct tx *tx, const struct form *form, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "UPDATE anonymous_answer SET shown = 1 WHERE form = $1 AND shown = 0 AND (SELECT COUNT(*) FROM "
	              "anonymous_answer WHERE form = $1) >= $2",
	              form->num, (int)RESPONSES_LOT);
}

/* PostgreSQL tells of each row which transaction wrote it, the marked target's and the answer's being the same: those written
 * since the last time are written again, all in one. */
static enum code write_again(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return db_run(tx_db(tx), err, "UPDATE anonymous_answer SET shown = shown WHERE shown = 0");
}

enum code response_scrub(struct store *store, struct err *err)
{
	TRY(store_write(store, write_again, NULL, err));
	return store_scrub(store, err);
}

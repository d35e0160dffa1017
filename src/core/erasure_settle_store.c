/* What follows an erasure: the physical pass, and the erasures that wait for a second yes. */
#include "base/clock.h"
#include "core/erasure.h"
#include "core/file_ref.h"
#include "store/job.h"
#include "store/words.h"

/* ---- The physical pass ---- */

struct step {
	bool first, more;
};

static enum code settle_words(struct tx *tx, void *arg, struct err *err)
{
	struct step *step = arg;
	return words_settle(tx_db(tx), step->first, &step->more, err);
}

enum code erasure_settle(struct store *store, struct err *err)
{
	struct step step = { .first = true };
	int files;
	do {
		TRY(store_write_freeing(store, settle_words, &step, err));
		step.first = false;
	} while (step.more);
	TRY(files_collect(store, &files, err));
	return store_scrub(store, err);
}

enum code erasure_ask_settle(struct tx *tx, struct err *err)
{
	json_t *payload = json_object();
	enum code code = job_add(tx, "erasure", payload, 0, err);
	json_decref(payload);
	return code;
}

/* ---- Waiting ---- */

enum code erasure_request_add(struct tx *tx, int64_t person, enum erasure_mode mode, int64_t asked_by, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO erasure (person, mode, asked_by, created, reason) VALUES ($1, $2, $3, $4, '') "
	              "ON CONFLICT (person) "
	              "DO UPDATE SET mode = excluded.mode, asked_by = excluded.asked_by, created = "
	              "excluded.created, refused = NULL, "
	              "reason = ''",
	              person, (int)mode, asked_by ? value_int(asked_by) : value_text(NULL), clock_now());
}

static struct erasure_request read_request(struct arena *a, const struct rows *rows)
{
	return (struct erasure_request){ .person = row_int(rows, 0),
		                         .mode = (enum erasure_mode)row_int(rows, 1),
		                         .asked_by = row_int(rows, 2),
		                         .created = row_int(rows, 3),
		                         .refused = row_int(rows, 4),
		                         .reason = arena_strdup(a, row_text(rows, 5)) };
}

enum code erasure_request_find(struct db *db, struct arena *a, int64_t person, struct erasure_request *ret,
                               struct err *err)
{
	struct erasure_request request;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT person, mode, asked_by, created, refused, reason FROM erasure WHERE person = $1", person));
	bool found = rows_next(&rows);
	if (found) request = read_request(a, &rows);
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("Nothing was asked about this account."));
	*ret = request;
	return OK;
}

enum code erasure_request_refuse(struct tx *tx, int64_t person, const char *reason, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE erasure SET refused = $1, reason = $2 WHERE person = $3", clock_now(),
	              reason, person);
}

enum code erasure_request_end(struct tx *tx, int64_t person, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM erasure WHERE person = $1", person);
}

enum code erasure_request_list(struct db *db, struct arena *a, struct erasure_request **ret, int *n, struct err *err)
{
	enum { WAITING = 100 };
	struct erasure_request *all = arena_array(a, struct erasure_request, WAITING);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT person, mode, asked_by, created, refused, reason FROM erasure WHERE refused IS NULL "
	             "ORDER BY created LIMIT $1",
	             (int)WAITING));
	for (*n = 0; *n < WAITING && rows_next(&rows); (*n)++) all[*n] = read_request(a, &rows);
	TRY(rows_end(&rows, err));
	*ret = all;
	return OK;
}

/* Answers that come in by a file. */
#include "core/response_import.h"

#include <string.h>

#include "base/clock.h"
#include "core/response_columns.h"
#include "core/response_row.h"
#include "core/survey_target.h"

static struct value or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

/* Bodies are kept with their keys in order (json_text). */
static struct hash content_of(const char *body)
{
	return hash_blake2b("same", NULL, body, strlen(body));
}

struct hash response_content(struct arena *a, const json_t *values)
{
	return content_of(json_text(a, values));
}

enum code response_contents(struct db *db, const struct form *form, int64_t batch,
                            void (*fn)(void *context, struct hash content), void *context, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT body FROM response WHERE form = $1 AND state = $2 AND COALESCE(batch, 0) <> CASE WHEN $3 = 0 "
	        "THEN -1 ELSE $3 END",
	        form->num, (int)RESPONSE_COMPLETE, batch));
	while (rows_next(&rows)) fn(context, content_of(row_text(&rows, 0)));
	return rows_end(&rows, err);
}

enum code answer_import_begin(struct tx *tx, struct answer_import *import, struct err *err)
{
	import->id = id_random();
	import->created = clock_now();
	return db_int(
	        tx_db(tx), &import->num, 0, err,
	        "INSERT INTO answer_import (id, form, name, created, total, done, kept, refused) VALUES ($1, $2, $3, "
	        "$4, $5, 0, 0, 0) RETURNING num",
	        import->id, import->form->num, import->name, import->created, import->total);
}

static enum code mark_target(struct db *db, const struct answer_import_row *row, struct err *err)
{
	bool done;
	if (row->target == 0) return OK;
	TRY(response_done(db, row->form, 0, row->target, &done, err));
	if (done) FAIL(err, E_FORBIDDEN, N_("whoever has this code has answered already"));
	return db_run(db, err, "UPDATE survey_target SET state = $1 WHERE num = $2", (int)TARGET_ANSWERED, row->target);
}

static enum code add_anonymous(struct tx *tx, const struct answer_import_row *row, const char *body, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(db, err,
	           "INSERT INTO anonymous_answer (id, form, version, language, body, shown, batch) VALUES ($1, $2, "
	           "(SELECT version FROM definition WHERE num = $2), $3, $4, 0, $5)",
	           id_random(), row->form->num, row->language, body, or_null(row->batch)));
	TRY(response_show_lot(db, row->form, err));
	return response_ask_scrub(tx, err);
}

static enum code add_dated(struct db *db, const struct answer_import_row *row, const char *body, struct err *err)
{
	int64_t num, now = clock_now(), completed = row->completed ? row->completed : now;
	TRY(db_int(
	        db, &num, 0, err,
	        "INSERT INTO response (id, form, version, language, state, channel, page, code, body, sealed, begun, "
	        "changed, completed, entered_by, batch) VALUES ($1, $2, (SELECT version FROM definition WHERE num = "
	        "$2), $3, $4, $5, '', NULL, $6, NULL, $7, $8, $9, $10, $11) RETURNING num",
	        id_random(), row->form->num, row->language, (int)RESPONSE_COMPLETE, (int)row->channel, body,
	        row->begun && row->begun <= completed ? row->begun : completed, now, completed,
	        or_null(row->entered_by), or_null(row->batch)));
	if (row->target == 0 && *row->name == '\0') return OK;
	return db_run(db, err,
	              "INSERT INTO respondent (response, form, person, target, name) VALUES ($1, $2, NULL, $3, $4)",
	              num, row->form->num, or_null(row->target), row->name);
}

enum code answer_import_add(struct tx *tx, struct arena *a, const struct answer_import_row *row,
                            struct response_tally *tally, struct err *err)
{
	struct db *db = tx_db(tx);
	const struct survey_quota *quota;
	const char *body = json_text(a, row->values);
	if (strlen(body) > RESPONSE_BODY_MAX)
		FAIL(err, E_CONFLICT, N_("These answers are too long to be kept: shorten the longest texts."));
	if (row->form->survey->nquotas) {
		TRY(response_tally_write(db, tally, err));
		TRY(response_quota(db, row->form, row->values, &quota, err));
		if (quota) FAIL(err, E_CONFLICT, N_("its quota is full"));
	}
	TRY(mark_target(db, row, err));
	response_tally_add(tally, row->values, 1);
	if (row->form->survey->anonymity == ANONYMITY_ANONYMOUS) return add_anonymous(tx, row, body, err);
	return add_dated(db, row, body, err);
}

enum code answer_import_note(struct tx *tx, const struct answer_import *import, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "UPDATE answer_import SET total = $1, done = $2, kept = $3, refused = $4 WHERE num = $5",
	              import->total, import->done, import->kept, import->refused, import->num);
}

#define IMPORT_SELECT "SELECT num, id, form, name, created, total, done, kept, refused FROM answer_import "

static struct answer_import read_one(const struct rows *rows, struct arena *a, const struct form *form)
{
	return (struct answer_import){ .num = row_int(rows, 0),
		                       .id = row_id(rows, 1),
		                       .form = form,
		                       .name = arena_strdup(a, row_text(rows, 3)),
		                       .created = row_int(rows, 4),
		                       .total = row_int(rows, 5),
		                       .done = row_int(rows, 6),
		                       .kept = row_int(rows, 7),
		                       .refused = row_int(rows, 8) };
}

enum code answer_import_list(struct db *db, struct arena *a, const struct form *form, int max,
                             struct answer_import **ret, int *n, struct err *err)
{
	struct answer_import *all = arena_array(a, struct answer_import, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, IMPORT_SELECT "WHERE form = $1 ORDER BY num DESC LIMIT $2", form->num, max));
	while (found < max && rows_next(&rows)) all[found++] = read_one(&rows, a, form);
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code answer_import_find(struct db *db, struct arena *a, const struct model *model, struct id id,
                             struct answer_import *ret, struct err *err)
{
	struct answer_import import;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, IMPORT_SELECT "WHERE id = $1", id));
	bool found = rows_next(&rows);
	const struct form *form = found ? model_form_by_num(model, row_int(&rows, 2)) : NULL;
	if (form) import = read_one(&rows, a, form);
	TRY(rows_end(&rows, err));
	if (form == NULL || form->survey == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = import;
	return OK;
}

/* What was counted of each is taken off, whatever it says by now. */
static enum code uncount(struct response_tally *tally, struct rows *rows, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	while (rows_next(rows)) {
		json_t *values;
		const char *body = row_text(rows, 0);
		TRY(json_parse(&a, body, strlen(body), &values, err));
		response_tally_add(tally, values, -1);
		arena_reset(&a);
	}
	return rows_end(rows, err);
}

enum code answer_import_undo(struct tx *tx, struct arena *a, const struct answer_import *import, int64_t *n,
                             struct err *err)
{
	struct db *db = tx_db(tx);
	struct response_tally tally;
	response_tally_init(&tally, a, import->form);
	{
		AUTO(rows_release) struct rows rows = { 0 };
		TRY(db_query(db, &rows, err,
		             "SELECT body FROM response WHERE batch = $1 UNION ALL SELECT body FROM anonymous_answer "
		             "WHERE batch = $1",
		             import->num));
		TRY(uncount(&tally, &rows, err));
	}
	TRY(response_tally_write(db, &tally, err));
	TRY(db_run(db, err,
	           "UPDATE survey_target SET state = $1 WHERE num IN (SELECT w.target FROM respondent w JOIN response "
	           "r ON r.num = w.response WHERE r.batch = $2)",
	           (int)TARGET_CONTACTED, import->num));
	TRY(response_columns_drop(db, import->form, err));
	TRY(db_run(db, err, "DELETE FROM response WHERE batch = $1", import->num));
	*n = db_changes(db);
	TRY(db_run(db, err, "DELETE FROM anonymous_answer WHERE batch = $1", import->num));
	*n += db_changes(db);
	return db_run(db, err, "DELETE FROM answer_import WHERE num = $1", import->num);
}

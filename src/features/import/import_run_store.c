#include <string.h>

#include "base/clock.h"
#include "features/import/import_run.h"

#define COLUMNS \
	"num, id, person, kind, title, choices, batch, state, stopped, done, total, counts, error, created, changed"

static enum code read_json(struct arena *a, const char *text, json_t **ret, struct err *err)
{
	return json_parse(a, text, strlen(text), ret, err);
}

static enum code read_one(const struct rows *rows, struct arena *a, struct import_run *ret, struct err *err)
{
	*ret = (struct import_run){ .num = row_int(rows, 0),
		                    .id = row_id(rows, 1),
		                    .person = row_int(rows, 2),
		                    .kind = arena_strdup(a, row_text(rows, 3)),
		                    .title = arena_strdup(a, row_text(rows, 4)),
		                    .batch = row_id(rows, 6),
		                    .state = (enum import_state)row_int(rows, 7),
		                    .stopped = row_int(rows, 8) != 0,
		                    .done = (int)row_int(rows, 9),
		                    .total = (int)row_int(rows, 10),
		                    .error = arena_strdup(a, row_text(rows, 12)),
		                    .created = row_int(rows, 13),
		                    .changed = row_int(rows, 14) };
	TRY(read_json(a, row_text(rows, 5), &ret->choices, err));
	return read_json(a, row_text(rows, 11), &ret->counts, err);
}

static enum code read_only(struct rows *rows, struct arena *a, struct import_run *ret, struct err *err)
{
	bool found = rows_next(rows);
	if (found) TRY(read_one(rows, a, ret, err));
	TRY(rows_end(rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("This import is no more: they are kept for a month."));
	return OK;
}

bool run_works(const struct import_run *run)
{
	return !run->stopped && (run->state == RUN_LOOKING || run->state == RUN_BRINGING || run->state == RUN_UNDOING);
}

static enum code ask_turn(struct tx *tx, const struct import_run *run, struct err *err)
{
	json_t *payload = json_pack("{s:I}", "run", (json_int_t)run->num);
	enum code code = job_add_once(tx, "import", payload, clock_now(), err);
	json_decref(payload);
	return code;
}

enum code run_add(struct tx *tx, struct arena *a, struct import_run *run, struct err *err)
{
	struct db *db = tx_db(tx);
	run->id = id_random();
	run->batch = id_new();
	run->created = run->changed = clock_now();
	run->counts = json_keep(a, json_object());
	run->error = "";
	TRY(db_run(
	        db, err,
	        "INSERT INTO import_run (id, person, kind, title, choices, batch, state, stopped, done, total, counts, "
	        "error, created, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, '{}', '', $8, $8)",
	        run->id, run->person, run->kind, run->title, json_text(a, run->choices), run->batch, (int)run->state,
	        run->created));
	TRY(db_int(db, &run->num, 0, err, "SELECT num FROM import_run WHERE id = $1", run->id));
	return run_works(run) ? ask_turn(tx, run, err) : OK;
}

enum code run_find(struct db *db, struct arena *a, struct id id, int64_t person, struct import_run *ret,
                   struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM import_run WHERE id = $1 AND person = $2", id, person));
	return read_only(&rows, a, ret, err);
}

enum code run_load(struct db *db, struct arena *a, int64_t num, struct import_run *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM import_run WHERE num = $1", num));
	return read_only(&rows, a, ret, err);
}

enum code run_list(struct db *db, struct arena *a, int64_t person, const char *kind, struct import_run **ret, int *n,
                   struct err *err)
{
	struct import_run *list = arena_array(a, struct import_run, RUNS_SHOWN);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " COLUMNS " FROM import_run WHERE person = $1 AND ($2 = '' OR kind = $2) "
	             "ORDER BY created DESC, num DESC LIMIT $3",
	             person, kind ? kind : "", (int)RUNS_SHOWN));
	for (*n = 0; *n < RUNS_SHOWN && rows_next(&rows); (*n)++) TRY(read_one(&rows, a, &list[*n], err));
	*ret = list;
	return rows_end(&rows, err);
}

enum code run_still(struct db *db, const struct import_run *run, bool *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err,
	           "SELECT COUNT(*) FROM import_run WHERE num = $1 AND state = $2 AND stopped = 0 AND done = $3",
	           run->num, (int)run->state, run->done));
	*ret = n > 0;
	return OK;
}

enum code run_note(struct tx *tx, struct arena *a, const struct import_run *run, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "UPDATE import_run SET title = $2, choices = $3, batch = $4, state = $5, done = $6, total = $7, "
	              "counts = $8, changed = $9 WHERE num = $1",
	              run->num, run->title, json_text(a, run->choices), run->batch, (int)run->state, run->done,
	              run->total, json_text(a, run->counts), clock_now());
}

enum code run_go_on(struct tx *tx, const struct import_run *run, struct err *err)
{
	return ask_turn(tx, run, err);
}

enum code run_end(struct tx *tx, struct arena *a, struct import_run *run, struct err *err)
{
	static const enum import_state after[] = {
		[RUN_LOOKING] = RUN_LOOKED, [RUN_BRINGING] = RUN_BROUGHT, [RUN_UNDOING] = RUN_UNDONE
	};
	run->state = after[run->state];
	return run_note(tx, a, run, err);
}

enum code run_stop(struct tx *tx, const struct import_run *run, const char *why, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE import_run SET stopped = 1, error = $2 WHERE num = $1", run->num, why);
}

enum code run_resume(struct tx *tx, struct import_run *run, struct err *err)
{
	run->stopped = false;
	run->error = "";
	TRY(db_run(tx_db(tx), err, "UPDATE import_run SET stopped = 0, error = '' WHERE num = $1", run->num));
	return ask_turn(tx, run, err);
}

enum code run_note_lines(struct tx *tx, const struct import_run *run, const struct import_line *lines, struct err *err)
{
	for (const struct import_line *line = lines; line; line = line->next)
		TRY(db_run(tx_db(tx), err,
		           "INSERT INTO import_line (run, comes, line, title, said) VALUES ($1, $2, $3, $4, $5)",
		           run->num, (int)line->comes, line->line, line->title, line->said));
	return OK;
}

enum code run_forget_lines(struct tx *tx, const struct import_run *run, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM import_line WHERE run = $1", run->num);
}

enum code run_lines(struct db *db, struct arena *a, const struct import_run *run, bool comes, int from,
                    struct import_line **ret, int *n, int *all, struct err *err)
{
	int64_t count;
	struct import_line *list = arena_array(a, struct import_line, RUN_LINES);
	TRY(db_int(db, &count, 0, err, "SELECT COUNT(*) FROM import_line WHERE run = $1 AND comes = $2", run->num,
	           (int)comes));
	*all = (int)count;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT line, title, said FROM import_line WHERE run = $1 AND comes = $2 ORDER BY num LIMIT $3 "
	             "OFFSET $4",
	             run->num, (int)comes, (int)RUN_LINES, from));
	for (*n = 0; *n < RUN_LINES && rows_next(&rows); (*n)++)
		list[*n] = (struct import_line){ .comes = comes,
			                         .line = (int)row_int(&rows, 0),
			                         .title = arena_strdup(a, row_text(&rows, 1)),
			                         .said = arena_strdup(a, row_text(&rows, 2)) };
	*ret = list;
	return rows_end(&rows, err);
}

enum code run_purge(struct tx *tx, int64_t before, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM import_run WHERE changed < $1", before);
}

enum code run_begin(struct tx *tx, struct arena *a, struct import_run *run, enum import_state state, struct err *err)
{
	bool undoes = state == RUN_UNDOING;
	/* What was brought stays told while it is taken back. */
	if (!undoes) {
		run->counts = json_keep(a, json_object());
		TRY(run_forget_lines(tx, run, err));
	}
	if (state == RUN_BRINGING) run->batch = id_new();
	run->state = state;
	run->done = run->total = 0;
	TRY(run_note(tx, a, run, err));
	return run_resume(tx, run, err);
}

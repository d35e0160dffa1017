#include "base/clock.h"
#include "core/join_request.h"

enum code join_request_add(struct tx *tx, int64_t person, int64_t space, enum level level, const char *word,
                           struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO join_request (person, space, level, word, created, refused, reason) "
	              "VALUES ($1, $2, $3, $4, $5, NULL, '') ON CONFLICT (person, space) DO UPDATE SET level = "
	              "excluded.level, "
	              "word = excluded.word, created = excluded.created, refused = NULL, reason = ''",
	              person, space, (int)level, word, clock_now());
}

enum code join_request_refuse(struct tx *tx, int64_t person, int64_t space, const char *reason, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "UPDATE join_request SET refused = $1, reason = $2 WHERE person = $3 AND space = $4", clock_now(),
	              reason, person, space);
}

enum code join_request_end(struct tx *tx, int64_t person, int64_t space, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM join_request WHERE person = $1 AND space = $2", person, space);
}

enum code join_request_purge(struct tx *tx, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM join_request WHERE refused < $1",
	              clock_now() - JOIN_REQUEST_KEPT_MS);
}

#define COLUMNS "person, space, level, word, created, refused, reason"

static void read_request(struct arena *a, const struct rows *rows, const struct space *space, struct join_request *ret)
{
	*ret = (struct join_request){ .person = row_int(rows, 0),
		                      .space = space,
		                      .level = (enum level)row_int(rows, 2),
		                      .word = arena_strdup(a, row_text(rows, 3)),
		                      .created = row_int(rows, 4),
		                      .refused = row_int(rows, 5),
		                      .reason = arena_strdup(a, row_text(rows, 6)) };
}

enum code join_request_find(struct db *db, struct arena *a, int64_t person, const struct space *space,
                            struct join_request *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " COLUMNS " FROM join_request WHERE person = $1 AND space = $2", person,
	             space->num));
	bool found = rows_next(&rows);
	if (found) read_request(a, &rows, space, ret);
	TRY(rows_end(&rows, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("Nobody asks for this."));
	return OK;
}

enum code join_request_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            const struct space *space, struct join_request **ret, int *n, struct err *err)
{
	struct join_request *all = arena_array(a, struct join_request, JOIN_REQUESTS_MAX);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " COLUMNS
	             " FROM join_request WHERE refused IS NULL AND $1 IN (0, space) ORDER BY created, person",
	             space ? space->num : (int64_t)0));
	while (found < JOIN_REQUESTS_MAX && rows_next(&rows)) {
		struct thing thing = { .kind = KIND_SPACE, .space = model_space(model, row_int(&rows, 1)) };
		if (thing.space && allowed(actor, ACTION_MANAGE, &thing))
			read_request(a, &rows, thing.space, &all[found++]);
	}
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

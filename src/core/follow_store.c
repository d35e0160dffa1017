#include "core/follow.h"

#include <string.h>

#include "base/clock.h"

enum code follow_set(struct tx *tx, int64_t person, const struct follow *follow, bool on, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t n;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM follow WHERE person = $1 AND kind <> $2", person,
	           (int)FOLLOW_RECORD));
	if (on && n >= FOLLOW_MAX) FAIL(err, E_LIMIT, N_("You follow %d things already: stop one first."), FOLLOW_MAX);
	if (!on && follow->kind != FOLLOW_RECORD)
		return db_run(db, err,
		              "DELETE FROM follow WHERE person = $1 AND kind = $2 AND target = $3 AND word = $4",
		              person, (int)follow->kind, follow->target, follow->word);
	return db_run(db, err,
	              "INSERT INTO follow (person, kind, target, word, state, created) VALUES ($1, $2, $3, $4, $5, $6) "
	              "ON CONFLICT (person, kind, target, word) DO UPDATE SET state = excluded.state",
	              person, (int)follow->kind, follow->target, follow->word, on ? 1 : 0, clock_now());
}

enum code follow_begin(struct tx *tx, int64_t person, int64_t record, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO follow (person, kind, target, word, state, created) SELECT $1, $2, $3, '', 1, $4 "
	              "WHERE NOT EXISTS (SELECT 1 FROM news_choice WHERE person = $1 AND threads = 0) "
	              "ON CONFLICT (person, kind, target, word) DO NOTHING",
	              person, (int)FOLLOW_RECORD, record, clock_now());
}

enum code follow_is(struct db *db, int64_t person, const struct follow *follow, bool *ret, struct err *err)
{
	int64_t state = -1, own = 0;
	TRY(db_int(db, &state, -1, err,
	           "SELECT state FROM follow WHERE person = $1 AND kind = $2 AND target = $3 AND word = $4", person,
	           (int)follow->kind, follow->target, follow->word));
	if (state < 0 && follow->kind == FOLLOW_RECORD)
		TRY(db_int(db, &own, 0, err, "SELECT 1 FROM record WHERE num = $1 AND author = $2", follow->target,
		           person));
	*ret = state == 1 || own == 1;
	return OK;
}

enum code follow_list(struct db *db, struct arena *a, int64_t person, int max, struct follow **ret, int *n,
                      struct err *err)
{
	struct follow *all = arena_array(a, struct follow, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT kind, target, word FROM follow WHERE person = $1 AND state = 1 ORDER BY created "
	             "DESC, kind, target LIMIT $2",
	             person, max));
	while (found < max && rows_next(&rows))
		all[found++] = (struct follow){ (enum follow_kind)row_int(&rows, 0), row_int(&rows, 1),
			                        arena_strdup(a, row_text(&rows, 2)) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

#include <string.h>

#include "base/clock.h"
#include "core/measure.h"
#include "core/person.h"
#include "core/report.h"
#include "store/sql.h"

enum { APPEALS = 100 };

static struct value or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

enum code measure_add(struct tx *tx, const struct measure *m, int64_t *num, struct err *err)
{
	struct db *db = tx_db(tx);
	struct value batch = id_is_zero(m->batch) ? value_text(NULL) : value_id(m->batch);
	TRY(db_run(db, err,
	           "INSERT INTO measure (kind, record, title, person, space, rule, reason, decider, level, batch, "
	           "created) "
	           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	           (int)m->kind, or_null(m->record), m->title, or_null(m->person), or_null(m->space), m->rule,
	           m->reason, or_null(m->decider), (int)m->level, batch, clock_now()));
	tx_public(tx);
	return db_int(db, num, 0, err, "SELECT MAX(num) FROM measure");
}

#define MEASURE_COLUMNS                                                                                        \
	"m.num, m.kind, m.record, m.title, m.person, m.space, m.rule, m.reason, m.decider, m.level, m.batch, " \
	"m.created, m.ended, m.appeal, m.appealed, m.answer, m.answered"

static const char *text_of(struct arena *a, const struct rows *rows, int column)
{
	return row_is_null(rows, column) ? NULL : arena_strdup(a, row_text(rows, column));
}

static void read_measure(struct arena *a, const struct rows *rows, struct measure *ret)
{
	*ret = (struct measure){ .num = row_int(rows, 0),
		                 .kind = (enum measure_kind)row_int(rows, 1),
		                 .record = row_int(rows, 2),
		                 .title = text_of(a, rows, 3),
		                 .person = row_int(rows, 4),
		                 .space = row_int(rows, 5),
		                 .rule = text_of(a, rows, 6),
		                 .reason = text_of(a, rows, 7),
		                 .decider = row_int(rows, 8),
		                 .level = (enum level)row_int(rows, 9),
		                 .created = row_int(rows, 11),
		                 .ended = row_int(rows, 12),
		                 .appeal = text_of(a, rows, 13),
		                 .appealed = row_int(rows, 14),
		                 .answer = text_of(a, rows, 15),
		                 .answered = row_int(rows, 16) };
	if (!row_is_null(rows, 10)) ret->batch = row_id(rows, 10);
}

static enum code read_all(struct sql *sql, struct db *db, struct arena *a, int limit, struct measure **ret, int *n,
                          struct err *err)
{
	struct measure *all = arena_array(a, struct measure, (size_t)limit + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(sql, db, &rows, err));
	while (found < limit && rows_next(&rows)) read_measure(a, &rows, &all[found++]);
	TRY(rows_end(&rows, err));
	*ret = all;
	*n = found;
	return OK;
}

enum code measure_load(struct db *db, struct arena *a, int64_t num, struct measure *ret, struct err *err)
{
	struct measure *found;
	struct sql sql;
	int n;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT " MEASURE_COLUMNS " FROM measure m WHERE m.num = ?", num);
	TRY(read_all(&sql, db, a, 1, &found, &n, err));
	if (n == 0) FAIL(err, E_NOT_FOUND, N_("There is no such decision."));
	*ret = *found;
	return OK;
}

static const char *spaces_read(struct arena *a, const struct model *model, const struct actor *actor)
{
	size_t len = 0;
	for (int i = 0; i < model->nspaces; i++) len = MAX(len, (size_t)model->spaces[i].num);
	char *digits = arena_alloc(a, len + 1);
	memset(digits, '0', len);
	digits[len] = '\0';
	for (int i = 0; i < model->nspaces; i++) {
		struct thing thing = { .kind = KIND_RECORD, .space = &model->spaces[i], .state = STATE_PUBLISHED };
		if (allowed(actor, ACTION_READ, &thing)) digits[model->spaces[i].num - 1] = '1';
	}
	return digits;
}

enum code measure_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       int64_t before, int limit, struct measure **ret, int *n, struct err *err)
{
	struct sql sql;
	sql_init(&sql, a);
	sql_add(&sql,
	        "SELECT " MEASURE_COLUMNS " FROM measure m WHERE (m.space IS NULL OR "
	        "substr(?, CAST(m.space AS INTEGER), 1) = '1')",
	        spaces_read(a, model, actor));
	if (before) sql_add(&sql, " AND m.num < ?", before);
	sql_add(&sql, " ORDER BY m.num DESC LIMIT ?", limit);
	return read_all(&sql, db, a, limit, ret, n, err);
}

enum code measure_of_person(struct db *db, struct arena *a, int64_t person, int limit, struct measure **ret, int *n,
                            struct err *err)
{
	struct sql sql;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT " MEASURE_COLUMNS " FROM measure m WHERE m.person = ? ORDER BY m.num DESC LIMIT ?",
	        person, limit);
	return read_all(&sql, db, a, limit, ret, n, err);
}

enum code measure_others(struct db *db, const struct measure *m, bool *ret, struct err *err)
{
	int64_t found = 0;
	int64_t space = m->kind == MEASURE_BLOCK ? 0 : m->space; /* accounts are the administrators' */
	TRY(db_int(db, &found, 0, err,
	           "SELECT COUNT(*) FROM person p WHERE p.state = $1 AND p.num <> $2 AND p.num <> $3 AND (p.level = "
	           "$4 OR "
	           "EXISTS (SELECT 1 FROM membership s WHERE s.person = p.num AND s.space = $5 AND s.level >= $6))",
	           (int)PERSON_ACTIVE, m->decider, m->person, (int)LEVEL_ADMINISTRATOR, space, (int)LEVEL_FACILITATOR));
	*ret = found != 0;
	return OK;
}

/* An account is blocked, and opened, by administrators. */
static bool may_answer(const struct actor *actor, const struct measure *m)
{
	return m->person != actor->person && (m->kind != MEASURE_BLOCK || actor->site == LEVEL_ADMINISTRATOR);
}

enum code measure_appeals(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                          struct measure **ret, int *n, struct err *err)
{
	struct sql sql;
	struct measure *all;
	int found, kept = 0;
	sql_init(&sql, a);
	sql_add(&sql,
	        "SELECT " MEASURE_COLUMNS " FROM measure m WHERE m.appealed > 0 AND m.answered IS NULL AND "
	        "(substr(?, CAST(COALESCE(m.space, 0) AS INTEGER), 1) = '1' OR ? = 1) ORDER BY m.appealed LIMIT ?",
	        spaces_managed(a, model, actor), actor->site == LEVEL_ADMINISTRATOR ? 1 : 0, (int)APPEALS);
	TRY(read_all(&sql, db, a, APPEALS, &all, &found, err));
	for (int i = 0; i < found; i++) {
		bool others = false;
		if (!may_answer(actor, &all[i])) continue;
		if (all[i].decider == actor->person) TRY(measure_others(db, &all[i], &others, err));
		if (!others) all[kept++] = all[i];
	}
	*ret = all;
	*n = kept;
	return OK;
}

enum code measure_appeal(struct tx *tx, int64_t num, const char *text, struct err *err)
{
	TRY(db_run(tx_db(tx), err, "UPDATE measure SET appeal = $1, appealed = $2 WHERE num = $3 AND appealed IS NULL",
	           text, clock_now(), num));
	if (db_changes(tx_db(tx)) == 0) FAIL(err, E_CONFLICT, N_("You have answered to this decision already."));
	tx_public(tx);
	return OK;
}

enum code measure_answer(struct tx *tx, int64_t num, const char *text, struct err *err)
{
	TRY(db_run(tx_db(tx), err,
	           "UPDATE measure SET answer = $1, answered = $2 WHERE num = $3 AND appealed > 0 AND answered IS "
	           "NULL",
	           text, clock_now(), num));
	if (db_changes(tx_db(tx)) == 0) FAIL(err, E_CONFLICT, N_("Somebody has answered already."));
	tx_public(tx);
	return OK;
}

enum code measure_end(struct tx *tx, int64_t num, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err, "UPDATE measure SET ended = $1 WHERE num = $2 AND ended IS NULL", clock_now(),
	              num);
}

enum code measure_holds(struct db *db, int64_t record, bool *ret, struct err *err)
{
	int64_t found = 0;
	TRY(db_int(db, &found, 0, err,
	           "SELECT 1 FROM measure m WHERE m.ended IS NULL AND m.batch IN (SELECT o.save FROM obj o WHERE "
	           "o.rec = $1) "
	           "LIMIT 1",
	           record));
	*ret = found != 0;
	return OK;
}

enum code measure_release(struct tx *tx, const struct actor *actor, const struct record *record, struct err *err)
{
	bool held;
	struct thing thing = record_thing(record);
	TRY(measure_holds(tx_db(tx), record->num, &held, err));
	if (!held) return OK;
	if (!allowed(actor, ACTION_MANAGE, &thing))
		FAIL(err, E_FORBIDDEN, N_("A facilitator hid this page. You can answer from the page “My account”."));
	tx_public(tx);
	return db_run(tx_db(tx), err, "UPDATE measure SET ended = $1 WHERE record = $2 AND kind = $3 AND ended IS NULL",
	              clock_now(), record->num, (int)MEASURE_HIDE);
}

enum code measure_unblocked(struct tx *tx, int64_t person, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err, "UPDATE measure SET ended = $1 WHERE person = $2 AND kind = $3 AND ended IS NULL",
	              clock_now(), person, (int)MEASURE_BLOCK);
}

enum code measure_undone(struct tx *tx, struct id save, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE measure SET ended = $1 WHERE batch = $2 AND ended IS NULL", clock_now(),
	              save);
}

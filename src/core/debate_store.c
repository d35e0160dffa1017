#include <string.h>

#include "base/clock.h"
#include "core/debate.h"

static enum code read_moves(struct db *db, int64_t record, struct debate *debate, struct err *err)
{
	int at = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT m.position, m.stance FROM debate_move m JOIN debate_position p ON p.num = m.position WHERE "
	        "p.record = $1 ORDER BY m.position, m.num",
	        record));
	while (rows_next(&rows)) {
		int64_t num = row_int(&rows, 0);
		while (at < debate->n && debate->positions[at].num < num) at++;
		if (at == debate->n) break;
		struct position *p = &debate->positions[at];
		if (p->num == num && p->nbefore < POSITION_MOVES)
			p->before[p->nbefore++] = (enum stance)row_int(&rows, 1);
	}
	return rows_end(&rows, err);
}

enum code debate_read(struct db *db, struct arena *a, int64_t record, struct debate *ret, struct err *err)
{
	struct debate debate = { .positions = arena_array(a, struct position, POSITIONS_MAX + 1) };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT o.num, o.person, COALESCE(p.name, o.name), o.stance, o.reason, o.waits, o.created, o.changed "
	        "FROM debate_position o LEFT JOIN person p ON p.num = o.person WHERE o.record = $1 ORDER BY o.num LIMIT $2",
	        record, (int)POSITIONS_MAX));
	while (debate.n < POSITIONS_MAX && rows_next(&rows)) {
		int stance = (int)row_int(&rows, 3);
		if (stance < 0 || stance >= STANCES) continue;
		struct position *p = &debate.positions[debate.n++];
		*p = (struct position){ .num = row_int(&rows, 0),
			                .person = row_int(&rows, 1),
			                .name = arena_strdup(a, row_text(&rows, 2)),
			                .stance = (enum stance)stance,
			                .reason = arena_strdup(a, row_text(&rows, 4)),
			                .waits = row_int(&rows, 5) != 0,
			                .created = row_int(&rows, 6),
			                .changed = row_int(&rows, 7) };
		if (p->waits) debate.waiting++;
		else debate.counts[p->stance]++;
		debate.total += !p->waits;
	}
	TRY(rows_end(&rows, err));
	TRY(read_moves(db, record, &debate, err));
	*ret = debate;
	return OK;
}

/* What stands, if anything does. */
static enum code find(struct db *db, struct position_new *position, int *stance, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	*stance = -1;
	if (position->num)
		TRY(db_query(
		        db, &rows, err,
		        "SELECT num, stance FROM debate_position WHERE record = $1 AND num = $2 AND person IS NULL",
		        position->record, position->num));
	else
		TRY(db_query(db, &rows, err,
		             "SELECT num, stance FROM debate_position WHERE record = $1 AND person = $2",
		             position->record, position->person));
	bool found = rows_next(&rows);
	if (found) {
		position->saved = row_int(&rows, 0);
		*stance = (int)row_int(&rows, 1);
	}
	TRY(rows_end(&rows, err));
	if (position->num && !found) FAIL(err, E_NOT_FOUND, N_("This answer is not here any more."));
	return OK;
}

static enum code add(struct db *db, struct position_new *position, struct err *err)
{
	int64_t n, now = clock_now();
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM debate_position WHERE record = $1", position->record));
	if (n >= POSITIONS_MAX) FAIL(err, E_LIMIT, N_("There are too many answers here: %d at most."), POSITIONS_MAX);
	return db_int(
	        db, &position->saved, 0, err,
	        "INSERT INTO debate_position (record, person, name, entered_by, stance, reason, waits, created, changed) "
	        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING num",
	        position->record, position->person ? value_int(position->person) : value_text(NULL), position->name,
	        position->entered_by ? value_int(position->entered_by) : value_text(NULL), (int)position->stance,
	        position->reason, position->waits ? 1 : 0, now);
}

enum code position_set(struct tx *tx, struct position_new *position, struct err *err)
{
	struct db *db = tx_db(tx);
	int stance = -1;
	tx_public(tx);
	if (position->num || position->person) TRY(find(db, position, &stance, err));
	if (stance < 0) return add(db, position, err);
	position->moved = stance != (int)position->stance;
	if (position->moved)
		TRY(db_run(db, err, "INSERT INTO debate_move (position, stance, created) VALUES ($1, $2, $3)",
		           position->saved, stance, clock_now()));
	return db_run(
	        db, err,
	        "UPDATE debate_position SET name = $1, stance = $2, reason = $3, waits = $4, changed = $5 WHERE num = $6",
	        position->name, (int)position->stance, position->reason, position->waits ? 1 : 0, clock_now(),
	        position->saved);
}

enum code position_remove(struct tx *tx, int64_t record, int64_t num, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err, "DELETE FROM debate_position WHERE record = $1 AND num = $2", record, num);
}

enum code position_accept(struct tx *tx, int64_t record, int64_t num, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err, "UPDATE debate_position SET waits = 0 WHERE record = $1 AND num = $2", record,
	              num);
}

#include "base/clock.h"
#include "core/follow.h"
#include "core/thread.h"
#include "store/sql.h"

enum code thread_mark_read(struct db *db, int64_t record, struct thread_mark *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	*ret = (struct thread_mark){ 0 };
	TRY(db_query(db, &rows, err, "SELECT pinned, solved, answer, shown FROM thread_mark WHERE record = $1",
	             record));
	if (rows_next(&rows))
		*ret = (struct thread_mark){ row_int(&rows, 0), row_int(&rows, 1), row_int(&rows, 2),
			                     row_int(&rows, 3) };
	return rows_end(&rows, err);
}

enum code thread_pin(struct tx *tx, int64_t record, bool pinned, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err,
	              "INSERT INTO thread_mark (record, pinned, solved, answer) VALUES ($1, $2, 0, NULL) ON CONFLICT "
	              "(record) DO UPDATE SET pinned = excluded.pinned",
	              record, pinned ? clock_now() : 0LL);
}

enum code thread_solve(struct tx *tx, int64_t record, bool solved, int64_t answer, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err,
	              "INSERT INTO thread_mark (record, pinned, solved, answer) VALUES ($1, 0, $2, $3) ON CONFLICT "
	              "(record) DO UPDATE SET solved = excluded.solved, answer = excluded.answer",
	              record, solved ? clock_now() : 0LL, solved && answer ? value_int(answer) : value_text(NULL));
}

enum code thread_show_first(struct tx *tx, int64_t record, int64_t comment, struct err *err)
{
	tx_public(tx);
	return db_run(tx_db(tx), err,
	              "INSERT INTO thread_mark (record, pinned, solved, answer, shown) VALUES ($1, 0, 0, NULL, $2) ON "
	              "CONFLICT (record) DO UPDATE SET shown = excluded.shown",
	              record, comment ? value_int(comment) : value_text(NULL));
}

/* ---- The list ---- */

static void add_filter(struct sql *sql, enum talk_filter filter, const struct actor *actor)
{
	switch (filter) {
	case TALK_UNANSWERED: sql_add(sql, " AND c.n IS NULL"); break;
	case TALK_OPEN: sql_add(sql, " AND COALESCE(m.solved, 0) = 0 AND k.record IS NULL"); break;
	case TALK_SOLVED: sql_add(sql, " AND m.solved > 0"); break;
	case TALK_MINE:
		sql_add(sql,
		        " AND (r.author = ? OR EXISTS (SELECT 1 FROM record q WHERE q.about = r.num AND q.author = ?) OR "
		        "EXISTS (SELECT 1 FROM follow f WHERE f.person = ? AND f.kind = ? AND f.target = r.num AND "
		        "f.state = 1))",
		        actor->person, actor->person, actor->person, (int)FOLLOW_RECORD);
		break;
	default: break;
	}
}

/* Appends the discussions r, their comments c, marks m, and whether they are closed k. */
static void add_talks(struct sql *sql, const struct model *model, const struct actor *actor, const struct space *space,
                      enum talk_filter filter)
{
	sql_add(sql,
	        " FROM record r LEFT JOIN (SELECT q.about, COUNT(*) AS n, MAX(q.created) AS last FROM record q WHERE "
	        "q.about IS NOT NULL AND q.space = ? AND q.state = ? GROUP BY q.about) c ON c.about = r.num LEFT JOIN "
	        "thread_mark m ON m.record = r.num LEFT JOIN thread_closed k ON k.record = r.num WHERE r.space = ? AND "
	        "r.about IS NULL AND r.state = ? AND r.circle = 0 AND (c.n > 0",
	        space->num, (int)STATE_PUBLISHED, space->num, (int)STATE_PUBLISHED);
	for (int i = 0; i < model->nforms; i++)
		if (form_is_topic(&model->forms[i])) sql_add(sql, " OR r.form = ?", model->forms[i].num);
	sql_add(sql, ") AND ");
	rights_sql(sql, model, actor, ACTION_READ);
	add_filter(sql, filter, actor);
}

static enum code count_talks(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                             const struct space *space, enum talk_filter filter, int *ret, struct err *err)
{
	struct sql sql;
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, a);
	sql_add(&sql, "SELECT COUNT(*)");
	add_talks(&sql, model, actor, space, filter);
	TRY(sql_query(&sql, db, &rows, err));
	*ret = rows_next(&rows) ? (int)row_int(&rows, 0) : 0;
	return rows_end(&rows, err);
}

enum code talk_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct space *space, enum talk_filter filter, int page, struct talk **ret, int *n, int *total,
                    struct err *err)
{
	struct sql sql;
	struct talk *all = arena_array(a, struct talk, TALK_PAGE + 1);
	int found = 0;
	TRY(count_talks(db, a, model, actor, space, filter, total, err));
	AUTO(rows_release) struct rows rows = { 0 };
	sql_init(&sql, a);
	sql_add(&sql,
	        "SELECT r.num, COALESCE(c.n, 0), COALESCE(c.last, r.created), COALESCE(m.pinned, 0), COALESCE(m.solved, "
	        "0), CASE WHEN k.record IS NULL THEN 0 ELSE 1 END, (SELECT p.name FROM record q JOIN person p ON p.num = "
	        "q.author WHERE q.about = r.num AND q.state = ? ORDER BY q.created DESC, q.num DESC LIMIT 1)",
	        (int)STATE_PUBLISHED);
	add_talks(&sql, model, actor, space, filter);
	sql_add(&sql,
	        " ORDER BY CASE WHEN COALESCE(m.pinned, 0) > 0 THEN 0 ELSE 1 END, COALESCE(c.last, r.created) DESC, r.num "
	        "DESC LIMIT ? OFFSET ?",
	        (int)TALK_PAGE, (int64_t)(page - 1) * TALK_PAGE);
	TRY(sql_query(&sql, db, &rows, err));
	while (found < TALK_PAGE && rows_next(&rows))
		all[found++] = (struct talk){ .record = row_int(&rows, 0),
			                      .answers = row_int(&rows, 1),
			                      .last = row_int(&rows, 2),
			                      .pinned = row_int(&rows, 3) > 0,
			                      .solved = row_int(&rows, 4) > 0,
			                      .closed = row_int(&rows, 5) > 0,
			                      .last_name = row_is_null(&rows, 6)
			                                           ? NULL
			                                           : arena_strdup(a, row_text(&rows, 6)) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

/* ---- Who may be named ---- */

enum code thread_names(struct db *db, struct arena *a, const struct record *about, struct named **ret, int *n,
                       struct err *err)
{
	struct named *all = arena_array(a, struct named, NAMED_MAX + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT p.num, p.name, CASE WHEN p.num = $1 OR EXISTS (SELECT 1 FROM record q WHERE q.about = $2 AND "
	        "q.author = p.num AND q.state = $3) THEN 1 ELSE 0 END AS here FROM person p WHERE p.state = 0 AND "
	        "(p.num = $1 OR p.num IN (SELECT q.author FROM record q WHERE q.about = $2 AND q.state = $3) OR p.num "
	        "IN (SELECT m.person FROM membership m WHERE m.space = $4)) ORDER BY here DESC, p.name, p.num LIMIT "
	        "$5",
	        about->author, about->num, (int)STATE_PUBLISHED, about->space->num, (int)NAMED_MAX));
	while (found < NAMED_MAX && rows_next(&rows))
		all[found++] = (struct named){ row_int(&rows, 0), arena_strdup(a, row_text(&rows, 1)),
			                       row_int(&rows, 2) != 0 };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

#include <string.h>

#include "base/clock.h"
#include "core/news.h"
#include "store/job.h"

/* ---- Choices ---- */

enum code news_choice_read(struct db *db, int64_t person, struct news_choice *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	*ret = news_choice_default;
	TRY(db_query(db, &rows, err, "SELECT pace, quiet_from, quiet_to, threads FROM news_choice WHERE person = $1",
	             person));
	if (rows_next(&rows))
		*ret = (struct news_choice){ (enum news_pace)row_int(&rows, 0), (int)row_int(&rows, 1),
			                     (int)row_int(&rows, 2), row_int(&rows, 3) != 0 };
	return rows_end(&rows, err);
}

enum code news_choice_save(struct tx *tx, int64_t person, const struct news_choice *choice, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO news_choice (person, pace, quiet_from, quiet_to, threads) VALUES ($1, $2, $3, "
	              "$4, $5) "
	              "ON CONFLICT (person) DO UPDATE SET pace = excluded.pace, quiet_from = excluded.quiet_from, "
	              "quiet_to = excluded.quiet_to, threads = excluded.threads",
	              person, (int)choice->pace, choice->quiet_from, choice->quiet_to, choice->threads ? 1 : 0);
}

/* ---- What happened ---- */

enum code news_ask(struct tx *tx, const struct happening *event, int64_t after, struct err *err)
{
	char id[ID_TEXT + 1];
	json_t *payload = json_pack("{s:i,s:I,s:I,s:s,s:I}", "kind", (int)event->kind, "item", (json_int_t)event->item,
	                            "actor", (json_int_t)event->actor, "source", id_format(event->source, id), "after",
	                            (json_int_t)after);
	enum code code = job_add(tx, "news", payload, 0, err);
	json_decref(payload);
	return code;
}

enum code news_quiet(struct tx *tx, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM job WHERE kind = 'news'");
}

enum code news_of_save(struct tx *tx, const struct record *record, const struct save *save, bool appears,
                       struct err *err)
{
	bool seen = record->state == STATE_PUBLISHED && !save->minor && save->actor->person != 0;
	if (!seen || save->from || save->mends || (record->about && !appears)) return OK;
	const struct happening happening = { .kind = record->about ? NEWS_COMMENT
		                                     : appears     ? NEWS_ADDED
		                                                   : NEWS_CHANGED,
		                             .item = record->num,
		                             .actor = appears && record->author ? record->author : save->actor->person,
		                             .source = save->batch };
	return news_ask(tx, &happening, 0, err);
}

/* One more way to be told: rows (person, why). */
static void add_way(struct sql *sql, enum follow_kind kind, int64_t target, const char *word)
{
	sql_add(sql,
	        " UNION ALL SELECT person, kind AS why FROM follow WHERE state = 1 AND kind = ? AND target = ? "
	        "AND word = ?",
	        (int)kind, target, word);
}

/* Members, and who follows the page, but for those who have said which of the proposed dates suit them
 * (core/date_poll.h). */
static void add_silent(struct sql *sql, const struct record *page, bool members)
{
	sql_add(sql, "SELECT a.person, a.why FROM (SELECT person, ? AS why FROM membership WHERE space = ?",
	        (int)NEWS_WHY_MEMBER, members ? page->space->num : 0);
	add_way(sql, FOLLOW_RECORD, page->num, "");
	sql_add(sql, ") a WHERE NOT EXISTS (SELECT 1 FROM slot_answer s WHERE s.record = ? AND s.person = a.person)",
	        page->num);
}

static void add_ways(struct sql *sql, const struct happening *event, const struct audience_of *of)
{
	if (event->kind == NEWS_DATES) {
		add_silent(sql, of->page, of->members);
		return;
	}
	int64_t author = event->kind == NEWS_THANKS ? of->item->author : of->page->author;
	/* Nobody is told of her own new page: who made it is left out anyway. */
	sql_add(sql, "SELECT num AS person, ? AS why FROM person WHERE num = ?", (int)NEWS_WHY_AUTHOR,
	        event->kind == NEWS_ADDED ? 0 : author);
	if (event->kind == NEWS_THANKS) return;
	add_way(sql, FOLLOW_RECORD, of->page->num, "");
	if (event->kind != NEWS_ADDED) return;
	add_way(sql, FOLLOW_FORM, of->page->form->num, "");
	add_way(sql, FOLLOW_SPACE, of->page->space->num, "");
	for (int i = 0; i < of->nwords; i++) add_way(sql, FOLLOW_TAG, 0, of->words[i]);
	for (int i = 0; i < of->nviews; i++) add_way(sql, FOLLOW_VIEW, of->views[i], "");
}

enum code news_audience(struct db *db, struct arena *a, const struct happening *event, const struct audience_of *of,
                        int64_t after, int max, struct told *ret, int *n, struct err *err)
{
	struct sql sql;
	sql_init(&sql, a);
	sql_add(&sql, "SELECT f.person, MAX(f.why) FROM (");
	add_ways(&sql, event, of);
	sql_add(&sql, ") f WHERE f.person > ? AND f.person <> ?", after, event->actor);
	if (event->kind != NEWS_THANKS)
		sql_add(&sql,
		        " AND NOT EXISTS (SELECT 1 FROM follow n WHERE n.person = f.person AND n.kind = ? AND "
		        "n.target = ? AND n.state = 0)",
		        (int)FOLLOW_RECORD, of->page->num);
	sql_add(&sql, " GROUP BY f.person ORDER BY f.person LIMIT ?", max);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	*n = 0;
	while (*n < max && rows_next(&rows))
		ret[(*n)++] = (struct told){ row_int(&rows, 0), (enum news_why)row_int(&rows, 1) };
	return rows_end(&rows, err);
}

enum code news_views(struct db *db, int64_t *ret, int max, int *n, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT DISTINCT target FROM follow WHERE kind = $1 AND state = 1 ORDER BY target LIMIT $2",
	             (int)FOLLOW_VIEW, max));
	*n = 0;
	while (*n < max && rows_next(&rows)) ret[(*n)++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

enum code news_add(struct tx *tx, const struct happening *event, int64_t page, const struct told *told, bool letter,
                   bool *added, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t now = clock_now();
	TRY(db_run(db, err,
	           "INSERT INTO news (person, record, item, kind, why, source, actor, created, seen, sent) "
	           "VALUES ($1, $2, $3, $4, $5, $6, (SELECT num FROM person WHERE num = $7), $8, NULL, $9) "
	           "ON CONFLICT (person, source) DO NOTHING",
	           told->person, page, event->item, (int)event->kind, (int)told->why, event->source, event->actor, now,
	           letter ? value_text(NULL) : value_int(now)));
	*added = db_changes(db) > 0;
	return OK;
}

/* ---- What somebody is told ---- */

static enum code read_all(struct rows *rows, struct arena *a, struct news **ret, int *n, struct err *err)
{
	struct news *all = arena_array(a, struct news, NEWS_PAGE + 1);
	int found = 0;
	while (found < NEWS_PAGE && rows_next(rows))
		all[found++] = (struct news){ .num = row_int(rows, 0),
			                      .page = row_int(rows, 1),
			                      .item = row_int(rows, 2),
			                      .kind = (enum news_kind)row_int(rows, 3),
			                      .why = (enum news_why)row_int(rows, 4),
			                      .actor = row_int(rows, 5),
			                      .created = row_int(rows, 6),
			                      .seen = !row_is_null(rows, 7),
			                      .actor_name = row_is_null(rows, 8) ? NULL
			                                                         : arena_strdup(a, row_text(rows, 8)) };
	*ret = all;
	*n = found;
	return rows_end(rows, err);
}

#define NEWS_COLUMNS                                                                                        \
	"n.num, n.record, n.item, n.kind, n.why, n.actor, n.created, n.seen, p.name FROM news n LEFT JOIN " \
	"person p ON p.num = n.actor "

enum code news_list(struct db *db, struct arena *a, int64_t person, bool unsent, struct news **ret, int *n,
                    struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	if (unsent)
		TRY(db_query(db, &rows, err,
		             "SELECT " NEWS_COLUMNS "WHERE n.person = $1 AND n.seen IS NULL AND n.sent IS NULL "
		             "AND n.created > $2 ORDER BY n.num LIMIT $3",
		             person, clock_now() - NEWS_LETTER_MS, (int)NEWS_PAGE));
	else
		TRY(db_query(db, &rows, err, "SELECT " NEWS_COLUMNS "WHERE n.person = $1 ORDER BY n.num DESC LIMIT $2",
		             person, (int)NEWS_PAGE));
	return read_all(&rows, a, ret, n, err);
}

enum code news_unread(struct db *db, int64_t person, int *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err, "SELECT COUNT(*) FROM news WHERE person = $1 AND seen IS NULL", person));
	*ret = (int)n;
	return OK;
}

enum code news_see(struct tx *tx, int64_t person, int64_t page, struct err *err)
{
	return db_run(tx_db(tx), err,
	              "UPDATE news SET seen = $1 WHERE person = $2 AND seen IS NULL AND $3 IN (0, record)", clock_now(),
	              person, page);
}

enum code news_sent(struct tx *tx, int64_t person, int64_t num, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE news SET sent = $1 WHERE person = $2 AND num <= $3 AND sent IS NULL",
	              clock_now(), person, num);
}

enum code news_purge(struct tx *tx, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM news WHERE created <= $1", clock_now() - NEWS_KEPT_MS);
}

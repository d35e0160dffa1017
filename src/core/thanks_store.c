#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "core/news.h"
#include "core/thanks.h"

/* The author hears of it once, whatever becomes of it. */
static enum code tell_author(struct tx *tx, const struct record *record, int64_t person, struct err *err)
{
	struct happening happening = { .kind = NEWS_THANKS, .item = record->num, .actor = person };
	struct hash hash = hash_blake2b("thks", NULL, &(int64_t[2]){ record->num, person }, 2 * sizeof(int64_t));
	memcpy(happening.source.b, hash.b, sizeof(happening.source.b));
	return news_ask(tx, &happening, 0, err);
}

enum code thanks_set(struct tx *tx, const struct record *record, int64_t person, bool thanked, struct err *err)
{
	struct db *db = tx_db(tx);
	if (record->author == person) FAIL(err, E_FORBIDDEN, N_("Thanks are for what others wrote."));
	if (thanked)
		TRY(db_run(db, err,
		           "INSERT INTO thanks (record, person, created) VALUES ($1, $2, $3) ON CONFLICT (record, "
		           "person) DO NOTHING",
		           record->num, person, clock_now()));
	else TRY(db_run(db, err, "DELETE FROM thanks WHERE record = $1 AND person = $2", record->num, person));
	if (db_changes(db) == 0) return OK;
	tx_public(tx);
	return thanked ? tell_author(tx, record, person, err) : OK;
}

enum code thanks_read(struct db *db, int64_t record, int64_t person, struct thanks *ret, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	*ret = (struct thanks){ 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT COUNT(*), COALESCE(SUM(CASE WHEN person = $2 THEN 1 ELSE 0 END), 0) FROM thanks "
	             "WHERE record = $1",
	             record, person));
	if (rows_next(&rows)) *ret = (struct thanks){ (int)row_int(&rows, 0), row_int(&rows, 1) > 0 };
	return rows_end(&rows, err);
}

enum code thanks_names(struct db *db, struct arena *a, int64_t record, int max, const char ***ret, int *n,
                       struct err *err)
{
	const char **names = arena_array(a, const char *, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT p.name FROM thanks t JOIN person p ON p.num = t.person WHERE t.record = $1 ORDER BY "
	             "t.created, t.person LIMIT $2",
	             record, max));
	while (found < max && rows_next(&rows)) names[found++] = arena_strdup(a, row_text(&rows, 0));
	*ret = names;
	*n = found;
	return rows_end(&rows, err);
}

enum code thanks_received(struct db *db, struct arena *a, int64_t person, int max, int *total, struct thanked **ret,
                          int *n, struct err *err)
{
	struct thanked *all = arena_array(a, struct thanked, (size_t)max + 1);
	int64_t count;
	int found = 0;
	TRY(db_int(db, &count, 0, err,
	           "SELECT COUNT(*) FROM record r JOIN thanks t ON t.record = r.num WHERE r.author = $1", person));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT r.num, COUNT(*) FROM record r JOIN thanks t ON t.record = r.num WHERE r.author = $1 "
	             "GROUP BY r.num "
	             "ORDER BY MAX(t.created) DESC, r.num LIMIT $2",
	             person, max));
	while (found < max && rows_next(&rows))
		all[found++] = (struct thanked){ row_int(&rows, 0), (int)row_int(&rows, 1) };
	*total = (int)count;
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

#include "core/search_match.h"

#include <string.h>

#include "core/plan.h"
#include "store/words.h"

/* "epn" AND "rabi" * AND "§3" */
static void format_fts5(struct buf *out, const struct match_word *words, int n, const char *sign)
{
	for (int i = 0; i < n; i++)
		buf_printf(out, "%s\"%s%s\"%s", i ? " AND " : "", sign, words[i].stem, words[i].start ? " *" : "");
}

/* 'epn' & 'rabi':* & '§3' */
static void format_tsquery(struct buf *out, const struct match_word *words, int n, const char *sign)
{
	for (int i = 0; i < n; i++)
		buf_printf(out, "%s'%s%s'%s", i ? " & " : "", sign, words[i].stem, words[i].start ? ":*" : "");
}

const char *search_match_words(struct db *db, struct arena *a, const struct match_word *words, int n,
                               enum match_where where, const struct form *form)
{
	bool sqlite = db_engine(db) == ENGINE_SQLITE;
	struct buf out;
	buf_init(&out, a, 0);
	(sqlite ? format_fts5 : format_tsquery)(&out, words, n, where == MATCH_NAMES ? WORDS_IN_TITLE : "");
	if (form) buf_printf(&out, sqlite ? " AND \"%s%lld\"" : " & '%s%lld'", WORDS_OF_FORM, (long long)form->num);
	return buf_str(&out);
}

const struct match *search_match_all(struct db *db, struct arena *a, const char *text)
{
	struct match *match = arena_new(a, struct match);
	size_t n;
	struct stem_word *typed = stem_query(a, text, &n);
	for (size_t i = 0; i < n; i++)
		match->words[i] = (struct match_word){ typed[i].word, typed[i].stem, .start = i + 1 == n };
	match->n = (int)n;
	if (n == 0) return NULL;
	match->expression = search_match_words(db, a, match->words, match->n, MATCH_ANYWHERE, NULL);
	match->words[n - 1].start = false;
	match->whole_words = search_match_words(db, a, match->words, match->n, MATCH_ANYWHERE, NULL);
	match->words[n - 1].start = true;
	return match;
}

enum { SOME = 20000 }; /* documents: read in two milliseconds */

static enum code ask_keys(struct db *db, const char *expression, int64_t limit, struct rows *rows, struct err *err)
{
	if (db_engine(db) == ENGINE_SQLITE)
		return db_query(db, rows, err, "SELECT rowid FROM search_fts WHERE search_fts MATCH $1 LIMIT $2",
		                expression, limit);
	return db_query(db, rows, err, "SELECT doc FROM search_doc WHERE words @@ CAST($1 AS tsquery) LIMIT $2",
	                expression, limit);
}

static enum code read_keys(struct db *db, struct arena *a, const char *expression, int64_t limit, int64_t **ret, int *n,
                           struct err *err)
{
	int found = 0, room = 0;
	int64_t *keys = NULL;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(ask_keys(db, expression, limit, &rows, err));
	while (rows_next(&rows)) {
		if (found == room) {
			int64_t *more = arena_alloc(a, sizeof(*more) * (size_t)(room = MAX(room * 2, 1024)));
			if (found) memcpy(more, keys, sizeof(*more) * (size_t)found);
			keys = more;
		}
		keys[found++] = row_int(&rows, 0);
	}
	*ret = keys;
	*n = found;
	return rows_end(&rows, err);
}

/* The words as they are are asked first: all that begins with one must be gathered before the first of it is known. */
enum code search_match_keys(struct db *db, struct arena *a, const struct match *match, bool whole, int64_t **ret,
                            int *n, bool *all, struct err *err)
{
	*all = whole;
	if (!whole) TRY(read_keys(db, a, match->whole_words, SOME + 1, ret, n, err));
	if (!whole && *n > SOME) return OK;
	TRY(read_keys(db, a, match->expression, whole ? INT32_MAX : SOME + 1, ret, n, err));
	*all = whole || *n <= SOME;
	return OK;
}

void search_match_add_records(struct sql *sql, struct db *db, const char *match)
{
	/* CROSS JOIN: SQLite then keeps the order of the tables. */
	if (db_engine(db) == ENGINE_SQLITE)
		sql_add(sql,
		        "FROM search_fts CROSS JOIN search_doc d INDEXED BY search_doc_levels CROSS JOIN record r "
		        "WHERE search_fts MATCH ? AND d.doc = search_fts.rowid AND r.num = d.num",
		        match);
	else
		sql_add(sql,
		        "FROM search_doc d CROSS JOIN record r WHERE d.words @@ CAST(? AS tsquery) AND r.num = d.num",
		        match);
}

void search_match_add_newest(struct sql *sql, struct db *db)
{
	if (db_engine(db) == ENGINE_SQLITE) sql_add(sql, " ORDER BY search_fts.rowid DESC");
	else sql_add(sql, " ORDER BY d.doc DESC");
}

/* Asked about one document after the other, FTS5 would gather all words with a start again for each: its text is
 * looked at instead. */
static void add_words(struct sql *sql, const struct match *match)
{
	for (int i = 0; i < match->n; i++) {
		const struct match_word *word = &match->words[i];
		sql_add(sql, " AND (has_word(d.title, ?, ?) OR has_word(d.body, ?, ?))", word->stem, (int)word->start,
		        word->stem, (int)word->start);
	}
}

void search_match_add_test(struct sql *sql, struct db *db, const struct match *match, const char *levels)
{
	sql_add(sql, " AND EXISTS (SELECT 1 FROM search_doc d WHERE d.num = r.num AND " READERS("d"), levels);
	if (db_engine(db) == ENGINE_SQLITE) add_words(sql, match);
	else sql_add(sql, " AND d.words @@ CAST(? AS tsquery)", match->expression);
	sql_add(sql, ")");
}

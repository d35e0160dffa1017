#include "core/search_match.h"

#include "core/plan.h"
#include "core/stem.h"

/* title : ("epn" AND "rabi" *) */
static void format_fts5(struct buf *out, const struct match_word *words, int n, enum match_where where)
{
	buf_puts(out, where == MATCH_NAMES ? "title : (" : "(");
	for (int i = 0; i < n; i++)
		buf_printf(out, "%s\"%s\"%s", i ? " AND " : "", words[i].stem, words[i].start ? " *" : "");
	buf_putc(out, ')');
}

/* '=epn' & '=rabi':* */
static void format_tsquery(struct buf *out, const struct match_word *words, int n, enum match_where where)
{
	for (int i = 0; i < n; i++)
		buf_printf(out, "%s'%s%s'%s", i ? " & " : "", where == MATCH_NAMES ? "=" : "", words[i].stem,
		           words[i].start ? ":*" : "");
}

const char *search_match_words(struct db *db, struct arena *a, const struct match_word *words, int n,
                               enum match_where where)
{
	struct buf out;
	buf_init(&out, a, 0);
	if (db_engine(db) == ENGINE_SQLITE) format_fts5(&out, words, n, where);
	else format_tsquery(&out, words, n, where);
	return buf_str(&out);
}

const char *search_match_all(struct db *db, struct arena *a, const char *text)
{
	struct match_word words[STEM_QUERY_MAX];
	size_t n;
	struct stem_word *typed = stem_query(a, text, &n);
	for (size_t i = 0; i < n; i++)
		words[i] = (struct match_word){ typed[i].word, typed[i].stem, .start = i + 1 == n };
	return n ? search_match_words(db, a, words, (int)n, MATCH_ANYWHERE) : NULL;
}

/* Appends "…": document d matches. */
static void add_matches(struct sql *sql, struct db *db, const char *match)
{
	if (db_engine(db) == ENGINE_SQLITE)
		sql_add(sql, "EXISTS (SELECT 1 FROM search_fts WHERE search_fts MATCH ? AND rowid = d.doc)", match);
	else sql_add(sql, "d.words @@ CAST(? AS tsquery)", match);
}

enum code search_match_size(struct db *db, struct arena *a, const char *match, int64_t limit, int64_t *ret,
                            struct err *err)
{
	struct sql sql;
	sql_init(&sql, a);
	if (db_engine(db) == ENGINE_SQLITE)
		sql_add(&sql, "SELECT COUNT(*) FROM (SELECT 1 FROM search_fts WHERE search_fts MATCH ?", match);
	else sql_add(&sql, "SELECT COUNT(*) FROM (SELECT 1 FROM search_doc WHERE words @@ CAST(? AS tsquery)", match);
	sql_add(&sql, " LIMIT ?) m", limit);
	return db_int_values(db, ret, 0, err, buf_str(&sql.text), sql.values, sql.n);
}

void search_match_add_records(struct sql *sql, struct db *db, const char *match, bool texts)
{
	/* CROSS JOIN: SQLite then keeps the order of the tables. */
	if (db_engine(db) == ENGINE_SQLITE && texts)
		sql_add(sql,
		        "FROM search_fts CROSS JOIN search_doc d CROSS JOIN record r "
		        "WHERE search_fts MATCH ? AND d.doc = search_fts.rowid AND r.num = d.num",
		        match);
	else if (db_engine(db) == ENGINE_SQLITE)
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

void search_match_add_not(struct sql *sql, struct db *db, const char *match)
{
	sql_add(sql, " AND NOT ");
	add_matches(sql, db, match);
}

void search_match_add_test(struct sql *sql, struct db *db, const char *match, const char *levels)
{
	sql_add(sql, " AND EXISTS (SELECT 1 FROM search_doc d WHERE d.num = r.num AND " READERS("d") " AND ", levels);
	add_matches(sql, db, match);
	sql_add(sql, ")");
}

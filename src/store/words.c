#include "store/words.h"

#include <string.h>

#include "base/buf.h"
#include "store/driver.h"

/* Cut between two words. */
static struct value cut(const char *text)
{
	struct value v = value_text(text);
	if (v.len <= WORDS_MAX) return v;
	v.len = WORDS_MAX;
	while (v.len > 0 && text[v.len] != ' ' && text[v.len] != '\n') v.len--;
	return v;
}

/* Seconds until the year 2242, 28 bits of the number, 2 of the level (0, 2, 3). */
enum { NUM_MASK = (1 << 28) - 1, LEVEL_MASK = 3 };

int64_t words_key(int64_t changed, int64_t num, int from_level)
{
	int64_t seconds = MIN(MAX(changed / 1000, 0), (INT64_C(1) << 33) - 1);
	return seconds << 30 | (num & NUM_MASK) << 2 | from_level;
}

int64_t words_num(int64_t key)
{
	return key >> 2 & NUM_MASK;
}

int words_level(int64_t key)
{
	return (int)(key & LEVEL_MASK);
}

/* What the index holds besides the words. */
static struct value marks_of(struct arena *a, const struct words *words)
{
	struct buf out;
	buf_init(&out, a, 0);
	buf_printf(&out, WORDS_OF_FORM "%lld", (long long)words->form);
	for (const char *at = words->title; *at;) {
		size_t len = strcspn(at, " \n");
		if (out.len + len + sizeof(WORDS_IN_TITLE) > WORDS_MAX) break;
		if (len) buf_printf(&out, " " WORDS_IN_TITLE "%.*s", (int)len, at);
		at += len + (at[len] != '\0');
	}
	return value_text(buf_str(&out));
}

static enum code add(struct db *db, struct arena *a, int64_t num, const struct words *words, struct err *err)
{
	struct value title = cut(words->title), body = cut(words->body), marks = marks_of(a, words);
	TRY(db_run(db, err,
	           "INSERT INTO search_doc (doc, num, from_level, to_level, title, body, marks, vocabulary)"
	           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	           words->key, num, words->from_level, words->to_level, title, body, marks, cut(words->vocabulary)));
	if (db_engine(db) != ENGINE_SQLITE) return OK;
	return db_run(db, err, "INSERT INTO search_fts (rowid, title, body, marks) VALUES ($1, $2, $3, $4)", words->key,
	              title, body, marks);
}

enum code words_add(struct db *db, int64_t num, const struct words *words, struct err *err)
{
	struct arena a;
	arena_init(&a);
	enum code code = add(db, &a, num, words, err);
	arena_release(&a);
	return code;
}

enum code words_remove(struct db *db, int64_t num, struct err *err)
{
	/* FTS5 forgets words that it is told again. */
	if (db_engine(db) == ENGINE_SQLITE)
		TRY(db_run(db, err,
		           "INSERT INTO search_fts (search_fts, rowid, title, body, marks)"
		           " SELECT 'delete', doc, title, body, marks FROM search_doc WHERE num = $1",
		           num));
	return db_run(db, err, "DELETE FROM search_doc WHERE num = $1", num);
}

enum code words_verify(struct db *db, struct err *err)
{
	if (db_engine(db) != ENGINE_SQLITE) return OK;
	return db_run(db, err, "INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)");
}

enum code words_restore(struct db *db, struct err *err)
{
	if (db_engine(db) != ENGINE_SQLITE) return OK;
	return db_run(db, err, "INSERT INTO search_fts (search_fts) VALUES ('rebuild')");
}

/* https://sqlite.org/fts5.html §6.6: a negative number begins to merge all segments into one, others go on; a step
 * that changes less than two rows had nothing left to do. */
enum code words_settle(struct db *db, bool first, bool *more, struct err *err)
{
	enum { PAGES = 500 };
	int64_t before, after;
	*more = false;
	if (db_engine(db) != ENGINE_SQLITE) return OK;
	TRY(db_int(db, &before, 0, err, "SELECT total_changes()"));
	TRY(db_run(db, err, "INSERT INTO search_fts (search_fts, rank) VALUES ('merge', $1)", first ? -PAGES : PAGES));
	TRY(db_int(db, &after, 0, err, "SELECT total_changes()"));
	*more = after - before >= 2;
	return OK;
}

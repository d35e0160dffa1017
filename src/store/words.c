#include "store/words.h"

#include <string.h>

#include "store/driver.h"

/* Cut between two words. */
static struct value cut(const char *text)
{
	struct value v = value_text(text);
	if (v.len <= WORDS_MAX) return v;
	v.len = WORDS_MAX;
	while (v.len > 0 && text[v.len] != ' ') v.len--;
	return v;
}

enum code words_add(struct db *db, int64_t num, int from_level, int to_level, const char *title,
                    const char *body, struct err *err)
{
	int64_t doc;
	TRY(db_int(db, &doc, 0, err,
	           "INSERT INTO search_doc (num, from_level, to_level, title, body)"
	           " VALUES ($1, $2, $3, $4, $5) RETURNING doc",
	           num, from_level, to_level, cut(title), cut(body)));
	if (db_engine(db) != ENGINE_SQLITE) return OK;
	return db_run(db, err, "INSERT INTO search_fts (rowid, title, body) VALUES ($1, $2, $3)", doc,
	              cut(title), cut(body));
}

enum code words_remove(struct db *db, int64_t num, struct err *err)
{
	/* FTS5 forgets words that it is told again. */
	if (db_engine(db) == ENGINE_SQLITE)
		TRY(db_run(db, err,
		           "INSERT INTO search_fts (search_fts, rowid, title, body)"
		           " SELECT 'delete', doc, title, body FROM search_doc WHERE num = $1",
		           num));
	return db_run(db, err, "DELETE FROM search_doc WHERE num = $1", num);
}

/*
 * Full-text expressions of the two engines, made of our own stems only: FTS5's on SQLite, a tsquery on
 * PostgreSQL. What a person typed never reaches their parsers.
 */
#ifndef PARVIS_SEARCH_MATCH_H
#define PARVIS_SEARCH_MATCH_H

#include "core/model.h"
#include "core/stem.h"
#include "store/sql.h"

struct match_word {
	const char *word; /* as typed, folded */
	const char *stem;
	bool start; /* found too where a stem only begins with it */
};

enum match_where { MATCH_ANYWHERE, MATCH_NAMES };

/* All of the words, at least one; in records of the form, or (NULL) of all. */
const char *search_match_words(struct db *db, struct arena *a, const struct match_word *words, int n,
                               enum match_where where, const struct form *form);
/* What narrows a list: all words of a text, the last one as the start of a word. */
struct match {
	struct match_word words[STEM_QUERY_MAX];
	int n;
	const char *expression;
	const char *whole_words; /* the same, but for the last word as it is */
};

/* NULL when the text has no word. */
const struct match *search_match_all(struct db *db, struct arena *a, const char *text);

/*
 * The documents that match, for all readers, as their keys (store/words.h), in no order. Unless `whole`, as many as an
 * engine gives in some milliseconds, and *all: there are no others.
 */
enum code search_match_keys(struct db *db, struct arena *a, const struct match *match, bool whole, int64_t **ret,
                            int *n, bool *all, struct err *err) MUST;

/* Appends "FROM … WHERE …": the matching rows of search_doc d, whose title and body are not read, and the record r of
 * each. */
void search_match_add_records(struct sql *sql, struct db *db, const char *match);
/* Appends " ORDER BY …" to such a statement: those that changed last first, by the index's own order. */
void search_match_add_newest(struct sql *sql, struct db *db);
/* Appends " AND EXISTS (…)": record r matches, as its readers of these levels (struct access) see it. */
void search_match_add_test(struct sql *sql, struct db *db, const struct match *match, const char *levels);

#endif

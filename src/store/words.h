/*
 * The words that records are found by: the only writer of the table search_doc, whose full-text index
 * is SQLite's FTS5 or PostgreSQL's tsvector. Texts are words separated by white space, already folded,
 * of letters and digits only; at most WORDS_MAX bytes of each are kept. The index holds two kinds of words more: each
 * word of a title with a sign before it, and a word for the form; so the documents that have words in their titles, or
 * those of one form, are found as others are, without reading longer lists.
 */
#ifndef PARVIS_STORE_WORDS_H
#define PARVIS_STORE_WORDS_H

#include "store/db.h"

enum { WORDS_MAX = 256 * 1024 };
#define WORDS_IN_TITLE "¶" /* before the word */
#define WORDS_OF_FORM "§"  /* before its number */

/* What readers from one level to another find a record by. */
struct words {
	int64_t key;  /* words_key */
	int64_t form; /* number of the record's */
	int from_level, to_level;
	const char *title;      /* stems, one name on each line */
	const char *body;       /* stems */
	const char *vocabulary; /* not indexed here: kept so that it can be taken away again */
};

/* The place of a document in the index, by the time its record changed (ms UTC), then its number; the
 * level tells its documents apart. */
int64_t words_key(int64_t changed, int64_t num, int from_level);
int64_t words_num(int64_t key);
int words_level(int64_t key);

enum code words_add(struct db *db, int64_t num, const struct words *words, struct err *err) MUST;
/* Removes all of the record's. Before it is deleted: the table holds on to it. */
enum code words_remove(struct db *db, int64_t num, struct err *err) MUST;
/* Makes SQLite's index of all documents again, from what is kept of them, when it is damaged; so in two writes:
 * the first fails (E_IO) when it is. Of the others there is nothing to verify. */
enum code words_verify(struct db *db, struct err *err) MUST;
enum code words_restore(struct db *db, struct err *err) MUST;

/* Words that were taken away stay in the segments of SQLite's index until these are merged: a step of that, short
 * enough for others to write in between. `first`: of the steps after an erasure; *more: another one is needed. */
enum code words_settle(struct db *db, bool first, bool *more, struct err *err) MUST;

#endif

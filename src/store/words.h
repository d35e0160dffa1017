/*
 * The words that records are found by: the only writer of the table search_doc, whose full-text index
 * is SQLite's FTS5 or PostgreSQL's tsvector. Texts are stems separated by spaces, already folded, of
 * letters and digits only; at most WORDS_MAX bytes of each are kept.
 */
#ifndef PARVIS_STORE_WORDS_H
#define PARVIS_STORE_WORDS_H

#include "store/db.h"

enum { WORDS_MAX = 256 * 1024 };

/* Adds what readers of these levels find record `num` by. */
enum code words_add(struct db *db, int64_t num, int from_level, int to_level, const char *title,
                    const char *body, struct err *err) MUST;
/* Removes all of the record's. Before it is deleted: the table holds on to it. */
enum code words_remove(struct db *db, int64_t num, struct err *err) MUST;

#endif

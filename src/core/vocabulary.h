/*
 * The vocabulary: words as people typed them (folded) in what everybody may read, and in how many
 * records. A word that is found nowhere is corrected from it: it must never name what only some read.
 */
#ifndef PARVIS_VOCABULARY_H
#define PARVIS_VOCABULARY_H

#include "core/stem.h"
#include "store/db.h"

/* A record's words, each once, in binary order, separated by spaces, as kept in search_doc. Only what
 * can be a correction: letters, at least three. */
char *vocabulary_of(struct arena *a, const char *text);

/* A record had the words of `before` and now has those of `after`. */
enum code vocabulary_change(struct db *db, struct arena *a, const char *before, const char *after,
                            struct err *err) MUST;

/* All words and in how many records each is: there are no others. Says whether it was otherwise. */
struct vocabulary_word {
	const char *word;
	int64_t n;
};
enum code vocabulary_mend(struct db *db, struct arena *a, const struct vocabulary_word *words, size_t n, bool *mended,
                          struct err *err) MUST;

/* The word that differs from this one by the fewest mistakes, no more than stem_tolerance forgives; of
 * several the one that shares most trigrams, then the most frequent. *ret is NULL when there is none. */
enum code vocabulary_nearest(struct db *db, struct arena *a, const char *word, const char **ret, struct err *err) MUST;

#endif

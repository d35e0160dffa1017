/*
 * Words as search sees them: folded, then cut to a French stem (Snowball), the same in documents
 * and queries and on both engines. Accents never matter: "Rabière", "rabiere" and "RABIERE" have
 * one stem. Articles and other small words are dropped; numbers and acronyms are kept; l’école,
 * Saint-Pierre are two words each.
 */
#ifndef PARVIS_STEM_H
#define PARVIS_STEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum {
	STEM_SIZE = 48,      /* bytes of a word or stem with its NUL; longer words are cut */
	STEM_QUERY_MAX = 12, /* words of a query; the rest is left out */
};

struct stem_word {
	size_t start, len; /* where it stands in the text, in bytes: for extracts and marks */
	const char *word;  /* folded */
	const char *stem;
};

/* The words of `text` but the small ones, in order. */
struct stem_word *stem_words(struct arena *a, const char *text, size_t *ret_count);

/* Their stems with single spaces, for the index. */
char *stem_text(struct arena *a, const char *text);

/* The words of a query, each stem once, at most STEM_QUERY_MAX. */
struct stem_word *stem_query(struct arena *a, const char *query, size_t *ret_count);

/* ---- Correction of words that are found nowhere ---- */

/* Different runs of three characters of a folded word, which is padded with two spaces before and
 * one after ("  e", " ep", "epn", "pn "), in binary order. */
const char **stem_trigrams(struct arena *a, const char *word, size_t *ret_count);

/* How many mistakes to forgive in a word of that length: 0, 1 or 2. */
int stem_tolerance(const char *word);

/* Mistakes between two words: characters left out, added, changed, or two neighbours swapped
 * (optimal string alignment). `max` + 1 for more than `max`. Only the first STEM_SIZE characters
 * count. */
int edit_distance_bounded(const char *a, const char *b, int max);

#endif

/* Search, the part without a database: order of results, corrected queries, extracts. */
#ifndef PARVIS_SEARCH_TEXT_H
#define PARVIS_SEARCH_TEXT_H

#include "core/record.h"
#include "core/search_match.h"
#include "core/stem.h"

/* A record found, with what its rank is made of. */
struct candidate {
	int64_t doc; /* key of its document */
	int64_t num, form, changed;
	int named;     /* words found in the best of its names */
	int besides;   /* other words of that name */
	double weight; /* how much the rest is about the words */
};

/* Fills in the rank: `names` and `body` as in search_doc, `body` its beginning and `length` the whole. */
void candidate_weigh(struct candidate *candidate, const struct match_word *words, int n, const char *names,
                     const char *body, int64_t length);
/* Best first. */
void candidates_sort(struct candidate *candidates, int n);

/* What was typed, with each of the `n` words of stem_query as in `replaced`: NULL as it is, "" left out. */
const char *search_corrected(struct arena *a, const char *text, const struct stem_word *typed, int n,
                             const char *const *replaced);

/* About 200 characters of the record's text around most of the words. */
const char *search_extract(struct arena *a, const struct record *record, const struct match_word *words, int n);

#endif

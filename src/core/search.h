/*
 * Search over all that the reader may see: French stems, accents folded. Each record has all the
 * words; those whose names hold them come first. When nothing is found, a word that is found nowhere
 * is taken as the start of one, else corrected from the vocabulary (trigrams, then edit distance),
 * else left out, and the result says so. Up to 1,000 records are ranked, more are newest first.
 */
#ifndef PARVIS_SEARCH_H
#define PARVIS_SEARCH_H

#include "core/record.h"

enum { SEARCH_TEXT_MAX = 200, SEARCH_PAGE_MAX = 50, SEARCH_TOTAL_MAX = 1000 };

struct search_options {
	const char *text;        /* what was typed; cut at 200 characters */
	const struct form *form; /* NULL: all */
	const struct space *space;
	bool open;         /* only what is open now, by a field that the reader may see (core/moment.h) */
	int64_t now;       /* ms UTC; 0: the clock's */
	bool comments;     /* also what is said below records; else these alone */
	bool newest;       /* those changed last first, whatever the words are in; no word is corrected */
	int offset, limit; /* limit at most 50, offset at most 1,000 */
};

struct search_hit {
	const struct record *record;
	const char *extract; /* about 200 characters around the first matches, plain text */
};

struct search_kind {
	const struct form *form;
	int64_t count; /* -1: not counted, there are more than 1,000 in all */
};

struct search_result {
	struct search_hit *hits;
	int n;
	int64_t total;             /* up to 1,000, else 1,001 */
	struct search_kind *kinds; /* hits by form, most first, whatever options->form: to choose one */
	int nkinds;
	const char *corrected; /* the query as corrected, or NULL */
};

enum code search_run(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                     const struct search_options *options, struct search_result *ret, struct err *err) MUST;

/* Is this byte range of a plain text a match? For marking words in titles and extracts: calls
 * mark(arg, start, len) for each matching word of `text`, in order. `query`: as corrected. */
void search_marks(struct arena *a, const char *query, const char *text,
                  void (*mark)(void *arg, size_t start, size_t len), void *arg);

#endif

/*
 * Search over all that the reader may see: French stems, accents folded; a word without any hit is
 * corrected from the vocabulary (trigrams, then edit distance), and the result says so. Title hits
 * first; ranked under 1,000 matches, else newest first.
 */
#ifndef PARVIS_SEARCH_H
#define PARVIS_SEARCH_H

#include "core/record.h"

struct search_options {
	const char *text;        /* what was typed; cut at 200 characters */
	const struct form *form; /* NULL: all */
	const struct space *space;
	int offset, limit; /* limit at most 50, offset at most 1,000 */
};

struct search_hit {
	const struct record *record;
	const char *extract; /* about 200 characters around the first matches, plain text */
};

struct search_kind {
	const struct form *form;
	int64_t count;
};

struct search_result {
	struct search_hit *hits;
	int n;
	int64_t total; /* up to 1,000, else 1,001 */
	struct search_kind *kinds; /* hits by form */
	int nkinds;
	const char *corrected; /* the query as corrected, or NULL */
};

enum code search_run(struct db *db, struct arena *a, const struct model *model,
                     const struct actor *actor, const struct search_options *options,
                     struct search_result *ret, struct err *err) MUST;

/* Is this byte range of a plain text a match? For marking words in titles and extracts: calls
 * mark(arg, start, len) for each matching word of `text`. */
void search_marks(struct arena *a, const char *query, const char *text,
                  void (*mark)(void *arg, size_t start, size_t len), void *arg);

#endif

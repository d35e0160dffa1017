/*
 * Differences between two texts, by lines or by words: E. Myers, "An O(ND) Difference Algorithm and
 * its Variations" (1986), in linear space. Time is bounded: past a cost the result is still right,
 * but may show more change than there is; past DIFF_MAX_TOKENS it is one replaced block (`coarse`).
 */
#ifndef PARVIS_DIFF_H
#define PARVIS_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { DIFF_MAX_TOKENS = 400000 };

enum diff_kind { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED };

/* A stretch of text: of the old text when removed, of the new one when same or added. */
struct diff_run {
	enum diff_kind kind;
	const char *text; /* not NUL-terminated, in the texts that were given */
	size_t len;
};

/* In reading order; where a stretch is replaced, what was removed comes first. Same and removed
 * make the old text (but for the line end that the last line of either may lack), same and added the
 * new one. */
struct diff {
	struct diff_run *runs;
	size_t count;
	size_t removed, added; /* tokens: lines, or words and marks */
	bool coarse;
};

struct diff diff_lines(struct arena *a, const char *from, const char *to);
/* Words, marks and white space; a space between two changed words counts as changed with them. */
struct diff diff_words(struct arena *a, const char *from, const char *to);

/* ---- For other algorithms on sequences (base/merge3.h) ---- */

/* A stretch of bytes that is compared as a whole. */
struct diff_token {
	const char *s;
	size_t len;
	uint32_t id; /* equal for equal bytes, below the number of tokens */
};

struct diff_tokens {
	struct diff_token *t;
	size_t count;
};

/* Lines with their line end; the last one may lack it and is equal to one that has it. */
struct diff_tokens diff_split_lines(struct arena *a, const char *text);
/* Gives equal tokens of all `n` lists the same id. */
void diff_number(struct arena *a, struct diff_tokens *const *lists, size_t n);
/* Marks the tokens of x and of y that are not in both: removed[x.count], added[y.count], all false
 * before. Returns false if the result is coarse. */
bool diff_compare(struct arena *a, const struct diff_tokens *x, const struct diff_tokens *y, bool *removed,
                  bool *added);

#endif

#include "features/restitution/restitution_anchor.h"

#include <string.h>

#include "base/text.h"
#include "features/restitution/restitution.h"

enum { PAIRS_MAX = 80 };

/* Pairs of words, or the word alone where there is one. */
static int pairs_of(struct arena *a, const char *text, const char **ret)
{
	const char *folded = text_fold(a, text), *before = NULL;
	struct text_words words = { folded, strlen(folded), 0 };
	struct text_word word;
	int n = 0;
	while (n < PAIRS_MAX && text_words_next(&words, &word)) {
		const char *own = arena_strndup(a, folded + word.start, word.len);
		if (before) ret[n++] = arena_printf(a, "%s %s", before, own);
		before = own;
	}
	if (n == 0 && before) ret[n++] = before;
	return n;
}

int words_likeness(struct arena *a, const char *one, const char *other)
{
	const char *mine[PAIRS_MAX], *theirs[PAIRS_MAX];
	bool used[PAIRS_MAX] = { false };
	int n = pairs_of(a, one, mine), m = pairs_of(a, other, theirs), common = 0;
	if (n == 0 || m == 0) return 0;
	for (int i = 0; i < n; i++)
		for (int k = 0; k < m; k++)
			if (!used[k] && strcmp(mine[i], theirs[k]) == 0) {
				used[k] = true;
				common++;
				break;
			}
	return 200 * common / (n + m);
}

const char *restitution_quote(struct arena *a, const struct block *block)
{
	return text_cut(a, block->plain, REMARK_QUOTE);
}

int restitution_anchor_find(struct arena *a, const struct restitution_text *text, const char *anchor, const char *quote)
{
	int best = -1, most = ANCHOR_LIKE - 1;
	for (int i = 0; i < text->n; i++)
		if (strcmp(text->blocks[i].anchor, anchor) == 0) return i;
	for (int i = 0; i < text->n; i++) {
		const struct block *block = &text->blocks[i];
		if (block->kind != BLOCK_TEXT && block->kind != BLOCK_HEADING) continue;
		int like = words_likeness(a, quote, restitution_quote(a, block));
		if (like > most) {
			most = like;
			best = i;
		}
	}
	return best;
}

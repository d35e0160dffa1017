#include "core/search_text.h"

#include <stdlib.h>
#include <string.h>

#include "core/stem.h"

/* As in BM25: a word said often counts for more, but less and less so; and for less in a long text. */
static const double SATURATION = 1.2, USUAL_LENGTH = 600;

static bool is_word(const struct match_word *word, const char *stem, size_t len)
{
	size_t wanted = strlen(word->stem);
	return len >= wanted && memcmp(stem, word->stem, wanted) == 0 && (word->start || len == wanted);
}

/* One name: how many of the words it has, and how many others. */
static void weigh_name(struct candidate *candidate, const struct match_word *words, int n, const char *name, size_t len)
{
	bool found[STEM_QUERY_MAX] = { false };
	int named = 0, besides = 0;
	for (size_t i = 0; i < len;) {
		size_t size = strcspn(name + i, " \n");
		bool asked = false;
		for (int w = 0; w < n; w++) {
			if (!is_word(&words[w], name + i, size)) continue;
			named += !found[w];
			found[w] = asked = true;
		}
		besides += !asked;
		i += size + 1;
	}
	if (named < candidate->named || (named == candidate->named && besides >= candidate->besides)) return;
	candidate->named = named;
	candidate->besides = besides;
}

static int times_said(const struct match_word *word, const char *body)
{
	int times = 0;
	for (const char *at = body; *at;) {
		size_t len = strcspn(at, " ");
		times += is_word(word, at, len);
		at += len + (at[len] == ' ');
	}
	return times;
}

void candidate_weigh(struct candidate *candidate, const struct match_word *words, int n, const char *names,
                     const char *body, int64_t length)
{
	candidate->named = candidate->besides = 0;
	for (const char *name = names; *name;) {
		size_t len = strcspn(name, "\n");
		weigh_name(candidate, words, n, name, len);
		name += len + (name[len] == '\n');
	}
	double spread = SATURATION * (0.25 + 0.75 * (double)length / USUAL_LENGTH);
	candidate->weight = 0;
	for (int i = 0; i < n; i++) {
		double times = times_said(&words[i], body);
		candidate->weight += times / (times + spread);
	}
}

static int by_rank(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->named != y->named) return y->named - x->named;
	if (x->besides != y->besides) return x->besides - y->besides;
	if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
	if (x->changed != y->changed) return x->changed < y->changed ? 1 : -1;
	return x->num < y->num ? 1 : -1;
}

void candidates_sort(struct candidate *candidates, int n)
{
	if (n) qsort(candidates, (size_t)n, sizeof(*candidates), by_rank);
}

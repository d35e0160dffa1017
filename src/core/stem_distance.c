/* How near two words are. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "core/stem.h"

static size_t decode_word(const char *s, uint32_t out[static STEM_SIZE])
{
	size_t len = strlen(s), count = 0;
	for (size_t i = 0; i < len && count < STEM_SIZE; count++) {
		size_t n = text_decode(s + i, len - i, &out[count]);
		if (n == 0) out[count] = 0xFFFD;
		i += n ? n : 1;
	}
	return count;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **stem_trigrams(struct arena *a, const char *word, size_t *ret_count)
{
	uint32_t c[STEM_SIZE + 3] = { ' ', ' ' };
	size_t len = decode_word(word, c + 2), kept = 0;
	c[len + 2] = ' ';
	const char **list = arena_array(a, const char *, len + 1);
	for (size_t i = 0; i < len + 1 && len > 0; i++) {
		char text[13];
		size_t size = 0;
		for (size_t j = i; j < i + 3; j++) size += text_encode(c[j], text + size);
		list[i] = arena_strndup(a, text, size);
	}
	size_t count = len > 0 ? len + 1 : 0;
	qsort(list, count, sizeof(*list), by_text);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || strcmp(list[kept - 1], list[i]) != 0) list[kept++] = list[i];
	*ret_count = kept;
	return list;
}

int stem_tolerance(const char *word)
{
	size_t len = text_length(word);
	if (strpbrk(word, "0123456789")) return 0;
	return len < 4 ? 0 : len < 7 ? 1 : 2;
}

int edit_distance_bounded(const char *a, const char *b, int max)
{
	uint32_t x[STEM_SIZE], y[STEM_SIZE];
	int nx = (int)decode_word(a, x), ny = (int)decode_word(b, y);
	if (abs(nx - ny) > max) return max + 1;
	int rows[3][STEM_SIZE + 1]; /* two rows back, one row back, this one */
	int *before = rows[0], *last = rows[1], *row = rows[2];
	for (int j = 0; j <= ny; j++) last[j] = j;
	for (int i = 1; i <= nx; i++) {
		int least = row[0] = i;
		for (int j = 1; j <= ny; j++) {
			int best = MIN(last[j], row[j - 1]) + 1;
			best = MIN(best, last[j - 1] + (x[i - 1] != y[j - 1]));
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				best = MIN(best, before[j - 2] + 1);
			row[j] = best;
			least = MIN(least, best);
		}
		if (least > max) return max + 1;
		int *spare = before;
		before = last;
		last = row;
		row = spare;
	}
	return MIN(last[ny], max + 1);
}

#include "core/search_text.h"

#include <string.h>

#include "base/text.h"
#include "core/index_key.h"
#include "core/search.h"

enum {
	EXTRACT = 200,         /* characters */
	BEFORE = 40,           /* of them before the first match */
	FIELD_MAX = 64 * 1024, /* bytes of a field that are looked at */
	START_MIN = 3,         /* characters of a word that may be the start of another */
};

/* Corrected queries */

const char *search_corrected(struct arena *a, const char *text, const struct stem_word *typed, int n,
                             const char *const *replaced)
{
	size_t count, done = 0;
	struct stem_word *words = stem_words(a, text, &count);
	struct buf out;
	buf_init(&out, a, 0);
	for (size_t i = 0; i < count; i++) {
		int w = 0;
		while (w < n && strcmp(typed[w].stem, words[i].stem) != 0) w++;
		if (w == n || replaced[w] == NULL) continue;
		buf_add(&out, text + done, words[i].start - done);
		buf_puts(&out, replaced[w]);
		done = words[i].start + words[i].len;
	}
	buf_puts(&out, text + done);
	char *clean;
	struct err ignored;
	return text_clean(a, buf_str(&out), out.len, TEXT_LINE, &clean, &ignored) == OK ? clean : buf_str(&out);
}

/* Marks */

struct found {
	size_t start, len;
	int word; /* which of those asked for */
};

/* The words of a text that are asked for, in order. One that may be the start of another marks those
 * only where it is not itself. */
static struct found *find_words(struct arena *a, const struct match_word *words, int n, const char *text, int *ret)
{
	size_t count;
	struct stem_word *list = stem_words(a, text, &count);
	struct found *found = arena_array(a, struct found, count + 1);
	bool itself[STEM_QUERY_MAX] = { false };
	*ret = 0;
	for (size_t i = 0; i < count; i++)
		for (int w = 0; w < n; w++) itself[w] |= strcmp(list[i].stem, words[w].stem) == 0;
	for (size_t i = 0; i < count; i++) {
		int w = 0;
		for (; w < n; w++) {
			bool starts = words[w].start && !itself[w];
			if (starts && strncmp(list[i].stem, words[w].stem, strlen(words[w].stem)) == 0) break;
			if (strcmp(list[i].stem, words[w].stem) == 0) break;
		}
		if (w < n) found[(*ret)++] = (struct found){ list[i].start, list[i].len, w };
	}
	return found;
}

void search_marks(struct arena *a, const char *query, const char *text,
                  void (*mark)(void *arg, size_t start, size_t len), void *arg)
{
	size_t n;
	int nfound;
	struct stem_word *typed = stem_query(a, query, &n);
	struct match_word words[STEM_QUERY_MAX];
	for (size_t i = 0; i < n; i++)
		words[i] = (struct match_word){ typed[i].word, typed[i].stem,
			                        .start = text_length(typed[i].word) >= START_MIN };
	struct found *found = find_words(a, words, (int)n, text, &nfound);
	for (int i = 0; i < nfound; i++) mark(arg, found[i].start, found[i].len);
}

/* Extracts */

/* Choices are shown as such, and the title stands above. */
static bool is_told(const struct record *record, const struct index_value *v)
{
	return v->field != record->form->title && v->field->nchoices == 0 && v->entries.words.len > 0;
}

/* One line: several values are separated by commas, paragraphs by a space. */
static void add_field(struct buf *out, struct arena *a, const struct index_value *v)
{
	const char *text = buf_str(&v->entries.words), *separator = v->field->type->facet ? ", " : " ";
	size_t len = strnlen(text, FIELD_MAX);
	while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) len--;
	char *clean, *line, *rest = arena_strndup(a, text, len);
	struct err ignored;
	bool first = true;
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (text_clean(a, line, strlen(line), TEXT_LINE, &clean, &ignored) != OK || *clean == '\0') continue;
		buf_puts(out, first ? out->len ? " · " : "" : separator);
		buf_puts(out, clean);
		first = false;
	}
}

/* Long texts first: they say more. */
static const char *record_text(struct arena *a, const struct record *record)
{
	struct index_value *values;
	int n;
	struct buf out;
	buf_init(&out, a, 0);
	index_values_read(a, NULL, record, &values, &n);
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < n; i++)
			if (values[i].field->type->long_text == (pass == 0) && is_told(record, &values[i]))
				add_field(&out, a, &values[i]);
	return buf_str(&out);
}

/* The first of the matches from which an extract holds the most different words. */
static size_t best_start(const struct found *found, int nfound)
{
	size_t best = 0;
	int most = 0;
	for (int i = 0; i < nfound; i++) {
		unsigned seen = 0;
		for (int j = i; j < nfound && found[j].start + found[j].len < found[i].start + EXTRACT - BEFORE; j++)
			seen |= 1u << found[j].word;
		int different = __builtin_popcount(seen);
		if (different <= most) continue;
		most = different;
		best = found[i].start;
	}
	return best;
}

const char *search_extract(struct arena *a, const struct record *record, const struct match_word *words, int n)
{
	const char *text = record_text(a, record);
	int nfound;
	struct found *found = find_words(a, words, n, text, &nfound);
	size_t start = best_start(found, nfound), from = start > BEFORE ? start - BEFORE : 0, len = strlen(text);
	if (len - from < EXTRACT) from = len > EXTRACT ? len - EXTRACT : 0; /* the end of a text: more before it */
	while (from > 0 && from < start && text[from - 1] != ' ') from++;
	return arena_printf(a, "%s%s", from ? "…" : "", text_cut(a, text + from, EXTRACT));
}

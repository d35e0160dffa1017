/* Texts cut into tokens, and the differences of tokens joined into runs. */
#include <string.h>

#include "base/diff.h"
#include "base/text.h"

/* After the line that starts at `p`. */
static const char *line_end(const char *p, const char *text_end)
{
	const char *newline = memchr(p, '\n', (size_t)(text_end - p));
	return newline ? newline + 1 : text_end;
}

struct diff_tokens diff_split_lines(struct arena *a, const char *text)
{
	const char *text_end = text + strlen(text);
	size_t count = 0;
	for (const char *p = text; p < text_end; p = line_end(p, text_end)) count++;
	struct diff_tokens list = { arena_array(a, struct diff_token, count + 1), count };
	const char *p = text;
	for (size_t i = 0; i < count; i++) {
		const char *end = line_end(p, text_end);
		list.t[i] = (struct diff_token){ .s = p, .len = (size_t)(end - p) };
		p = end;
	}
	return list;
}

enum class { CLASS_WORD, CLASS_SPACE, CLASS_MARK };

static size_t class_at(const char *s, size_t len, enum class *ret)
{
	uint32_t c;
	size_t n = text_decode(s, len, &c);
	*ret = n && text_is_word(c) ? CLASS_WORD : n && text_is_space(c) ? CLASS_SPACE : CLASS_MARK;
	return n ? n : 1;
}

/* Length of the word, of the white space on one line, or of the mark at `s`. */
static size_t word_token(const char *s, size_t len)
{
	enum class first, next;
	size_t n = class_at(s, len, &first);
	if (first == CLASS_MARK || *s == '\n') return n;
	while (n < len && s[n] != '\n') {
		size_t more = class_at(s + n, len - n, &next);
		if (next != first) break;
		n += more;
	}
	return n;
}

static struct diff_tokens split_words(struct arena *a, const char *text)
{
	size_t len = strlen(text), count = 0;
	for (size_t i = 0; i < len; count++) i += word_token(text + i, len - i);
	struct diff_tokens list = { arena_array(a, struct diff_token, count + 1), count };
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		size_t n = word_token(text + at, len - at);
		list.t[i] = (struct diff_token){ .s = text + at, .len = n };
		at += n;
	}
	return list;
}

static bool is_space_token(const struct diff_token *t)
{
	enum class first;
	class_at(t->s, t->len, &first);
	return first == CLASS_SPACE && t->s[0] != '\n';
}

/* A lone space kept between two changed words would cut a sentence into shreds: it goes with them.
 */
static void join_words(const struct diff_tokens *x, const struct diff_tokens *y, bool *removed, bool *added)
{
	size_t i = 0, j = 0;
	bool changed = false; /* just before */
	while (i < x->count || j < y->count) {
		if ((i < x->count && removed[i]) || (j < y->count && added[j])) {
			while (i < x->count && removed[i]) i++;
			while (j < y->count && added[j]) j++;
			changed = true;
			continue;
		}
		bool next = i + 1 < x->count && removed[i + 1] && j + 1 < y->count && added[j + 1];
		bool before = changed && i > 0 && removed[i - 1] && j > 0 && added[j - 1];
		if (before && next && is_space_token(&x->t[i])) {
			removed[i] = true;
			added[j] = true;
		}
		changed = false;
		i++;
		j++;
	}
}

static void add_run(struct diff *d, enum diff_kind kind, const struct diff_token *first, const struct diff_token *end)
{
	if (first == end) return;
	d->runs[d->count++] = (struct diff_run){
		.kind = kind,
		.text = first->s,
		.len = (size_t)(end[-1].s + end[-1].len - first->s),
	};
}

static struct diff to_runs(struct arena *a, const struct diff_tokens *x, const struct diff_tokens *y,
                           const bool *removed, const bool *added)
{
	struct diff d = { 0 };
	size_t changes = 0;
	for (size_t i = 0; i < x->count; i++)
		d.removed += removed[i], changes += removed[i] && (i == 0 || !removed[i - 1]);
	for (size_t j = 0; j < y->count; j++) d.added += added[j], changes += added[j] && (j == 0 || !added[j - 1]);
	d.runs = arena_array(a, struct diff_run, 2 * changes + 1);
	for (size_t i = 0, j = 0; i < x->count || j < y->count;) {
		size_t from = i;
		while (i < x->count && removed[i]) i++;
		add_run(&d, DIFF_REMOVED, x->t + from, x->t + i);
		from = j;
		while (j < y->count && added[j]) j++;
		add_run(&d, DIFF_ADDED, y->t + from, y->t + j);
		from = j;
		while (i < x->count && j < y->count && !removed[i] && !added[j]) i++, j++;
		add_run(&d, DIFF_SAME, y->t + from, y->t + j);
	}
	return d;
}

static struct diff diff_tokens(struct arena *a, struct diff_tokens *x, struct diff_tokens *y, bool words)
{
	diff_number(a, (struct diff_tokens *const[]){ x, y }, 2);
	bool *removed = arena_array(a, bool, x->count + 1), *added = arena_array(a, bool, y->count + 1);
	bool fine = diff_compare(a, x, y, removed, added);
	if (words) join_words(x, y, removed, added);
	struct diff d = to_runs(a, x, y, removed, added);
	d.coarse = !fine;
	return d;
}

struct diff diff_lines(struct arena *a, const char *from, const char *to)
{
	struct diff_tokens x = diff_split_lines(a, from), y = diff_split_lines(a, to);
	return diff_tokens(a, &x, &y, false);
}

struct diff diff_words(struct arena *a, const char *from, const char *to)
{
	struct diff_tokens x = split_words(a, from), y = split_words(a, to);
	return diff_tokens(a, &x, &y, true);
}

#include "base/merge3.h"

#include <string.h>

#include "base/buf.h"
#include "base/diff.h"

/* Base lines [from, to) became the lines [start, end) of the side. */
struct hunk {
	size_t from, to, start, end;
};

struct side {
	struct diff_tokens lines;
	struct hunk *hunks;
	size_t count;
	size_t next; /* the first hunk not merged yet */
	size_t at;   /* the first line not merged yet */
};

static void find_hunks(struct arena *arena, const struct diff_tokens *base, struct side *s)
{
	bool *removed = arena_array(arena, bool, base->count + 1);
	bool *added = arena_array(arena, bool, s->lines.count + 1);
	diff_compare(arena, base, &s->lines, removed, added);
	size_t i = 0, j = 0;
	s->hunks = arena_array(arena, struct hunk, MIN(base->count, s->lines.count) + 1);
	while (i < base->count || j < s->lines.count) {
		struct hunk h = { i, i, j, j };
		while (h.to < base->count && removed[h.to]) h.to++;
		while (h.end < s->lines.count && added[h.end]) h.end++;
		if (h.to > h.from || h.end > h.start) s->hunks[s->count++] = h;
		for (i = h.to, j = h.end; i < base->count && j < s->lines.count && !removed[i] && !added[j]; i++) j++;
	}
}

/* Takes into [.., *to) the hunks that touch it; says whether there was one. */
static bool absorb(struct side *s, size_t *to)
{
	bool any = false;
	for (; s->next < s->count && s->hunks[s->next].from <= *to; s->next++) {
		*to = MAX(*to, s->hunks[s->next].to);
		any = true;
	}
	return any;
}

/* The lines of the side that stand across base lines up to `to`; every hunk before `next` is. */
static struct diff_tokens take(struct side *s, size_t to)
{
	const struct hunk *last = s->next > 0 ? &s->hunks[s->next - 1] : NULL;
	size_t at = s->at;
	s->at = last ? last->end + (to - last->to) : to;
	return (struct diff_tokens){ s->lines.t + at, s->at - at };
}

static bool same_lines(const struct diff_tokens *a, const struct diff_tokens *b)
{
	if (a->count != b->count) return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->t[i].id != b->t[i].id) return false;
	return true;
}

static void put_lines(struct buf *out, const struct diff_tokens *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct diff_token *t = &lines->t[i];
		buf_add(out, t->s, t->len);
		if (t->len == 0 || t->s[t->len - 1] != '\n') buf_putc(out, '\n');
	}
}

static bool ends_line(const char *s)
{
	size_t len = strlen(s);
	return len > 0 && s[len - 1] == '\n';
}

static bool merge_lines(struct buf *out, const struct diff_tokens *base, struct side *a, struct side *b)
{
	while (a->next < a->count || b->next < b->count) {
		size_t from_a = a->next < a->count ? a->hunks[a->next].from : SIZE_MAX;
		size_t from_b = b->next < b->count ? b->hunks[b->next].from : SIZE_MAX;
		size_t from = MIN(from_a, from_b), to = from;
		struct diff_tokens same = take(a, from);
		take(b, from);
		put_lines(out, &same);
		bool in_a = false, in_b = false, more = true;
		while (more) {
			bool more_a = absorb(a, &to), more_b = absorb(b, &to);
			in_a |= more_a;
			in_b |= more_b;
			more = more_a || more_b;
		}
		struct diff_tokens mine = take(a, to), theirs = take(b, to);
		if (in_a && in_b && !same_lines(&mine, &theirs)) return false;
		put_lines(out, in_a ? &mine : &theirs);
	}
	struct diff_tokens rest = take(a, base->count);
	put_lines(out, &rest);
	return true;
}

bool merge3(struct arena *arena, const char *base, const char *a, const char *b, char **ret)
{
	if (strcmp(a, b) == 0 || strcmp(b, base) == 0) {
		*ret = arena_strdup(arena, a);
		return true;
	}
	if (strcmp(a, base) == 0) {
		*ret = arena_strdup(arena, b);
		return true;
	}
	struct diff_tokens lines = diff_split_lines(arena, base);
	struct side x = { .lines = diff_split_lines(arena, a) }, y = { .lines = diff_split_lines(arena, b) };
	diff_number(arena, (struct diff_tokens *const[]){ &lines, &x.lines, &y.lines }, 3);
	find_hunks(arena, &lines, &x);
	find_hunks(arena, &lines, &y);
	struct buf out;
	buf_init(&out, arena, 0);
	if (!merge_lines(&out, &lines, &x, &y)) return false;
	bool end = ends_line(a) == ends_line(b) ? ends_line(a) : !ends_line(base);
	if (out.len > 0 && !end) out.data[--out.len] = '\0';
	*ret = out.data ? out.data : arena_strdup(arena, "");
	return true;
}

#include "base/diff.h"

#include <stdlib.h>
#include <string.h>

/* Two sequences of numbers, their marks, and the furthest points of each diagonal (x - y). */
struct work {
	const uint32_t *x, *y;
	bool *removed, *added;
	int32_t *forward, *backward; /* indexed by diagonal, from -(ny + 1) to nx + 1 */
	int max_cost;
};

struct box {
	int32_t x0, x1, y0, y1;
};

/* One end of the search: the diagonals reached so far. */
struct front {
	int32_t *at;
	int32_t low, high;
};

/* The next diagonals to look at; those outside the box are never reached. */
static void widen(struct front *f, int32_t least, int32_t most, int32_t never)
{
	if (f->low > least) f->at[--f->low - 1] = never;
	else f->low++;
	if (f->high < most) f->at[++f->high + 1] = never;
	else f->high--;
}

/* One more edit from the start of the box; true where it meets the search from the end. */
static bool step_forward(const struct work *w, const struct box *b, struct front *f, const struct front *other,
                         bool meet, int32_t *ret_x, int32_t *ret_y)
{
	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t right = f->at[d - 1] + 1, down = f->at[d + 1];
		int32_t x = MAX(right, down), y = x - d;
		while (x < b->x1 && y < b->y1 && w->x[x] == w->y[y]) x++, y++;
		f->at[d] = x;
		if (meet && d >= other->low && d <= other->high && other->at[d] <= x) {
			*ret_x = x, *ret_y = y;
			return true;
		}
	}
	return false;
}

static bool step_backward(const struct work *w, const struct box *b, struct front *f, const struct front *other,
                          bool meet, int32_t *ret_x, int32_t *ret_y)
{
	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t up = f->at[d - 1], left = f->at[d + 1] - 1;
		int32_t x = MIN(up, left), y = x - d;
		while (x > b->x0 && y > b->y0 && w->x[x - 1] == w->y[y - 1]) x--, y--;
		f->at[d] = x;
		if (meet && d >= other->low && d <= other->high && other->at[d] >= x) {
			*ret_x = x, *ret_y = y;
			return true;
		}
	}
	return false;
}

/* Too dear: the point that the search from the start has carried furthest. */
static void furthest(const struct box *b, const struct front *f, int32_t *ret_x, int32_t *ret_y)
{
	int64_t best = -1;
	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t x = MIN(f->at[d], b->x1), y = x - d;
		if (y > b->y1) y = b->y1, x = y + d;
		if (x < b->x0 || y < b->y0 || (int64_t)x + y <= best) continue;
		best = (int64_t)x + y;
		*ret_x = x, *ret_y = y;
	}
}

/* A point on a shortest path through the box (or on a good one, past max_cost). */
static void split(const struct work *w, const struct box *b, int32_t *ret_x, int32_t *ret_y)
{
	int32_t least = b->x0 - b->y1, most = b->x1 - b->y0;
	int32_t start = b->x0 - b->y0, end = b->x1 - b->y1;
	bool odd = (start - end) & 1;
	struct front f = { w->forward, start, start }, r = { w->backward, end, end };
	f.at[start] = b->x0;
	r.at[end] = b->x1;
	for (int cost = 1;; cost++) {
		widen(&f, least, most, -1);
		if (step_forward(w, b, &f, &r, odd, ret_x, ret_y)) return;
		widen(&r, least, most, INT32_MAX);
		if (step_backward(w, b, &r, &f, !odd, ret_x, ret_y)) return;
		if (cost >= w->max_cost) {
			furthest(b, &f, ret_x, ret_y);
			return;
		}
	}
}

static void compare(const struct work *w, struct box b)
{
	for (;;) {
		while (b.x0 < b.x1 && b.y0 < b.y1 && w->x[b.x0] == w->y[b.y0]) b.x0++, b.y0++;
		while (b.x0 < b.x1 && b.y0 < b.y1 && w->x[b.x1 - 1] == w->y[b.y1 - 1]) b.x1--, b.y1--;
		int32_t x = b.x0, y = b.y0;
		if (b.x0 < b.x1 && b.y0 < b.y1) split(w, &b, &x, &y);
		if ((x == b.x0 && y == b.y0) || (x == b.x1 && y == b.y1)) {
			while (b.x0 < b.x1) w->removed[b.x0++] = true;
			while (b.y0 < b.y1) w->added[b.y0++] = true;
			return;
		}
		compare(w, (struct box){ b.x0, x, b.y0, y });
		b.x0 = x, b.y0 = y;
	}
}

/* ---- Sequences ---- */

struct sortable {
	uint64_t head; /* the first bytes, to compare quickly */
	struct diff_token *token;
};

static size_t content_len(const struct diff_token *t)
{
	return t->len > 0 && t->s[t->len - 1] == '\n' ? t->len - 1 : t->len;
}

static int by_content(const void *a, const void *b)
{
	const struct sortable *x = a, *y = b;
	if (x->head != y->head) return x->head < y->head ? -1 : 1;
	size_t nx = content_len(x->token), ny = content_len(y->token);
	int order = memcmp(x->token->s, y->token->s, MIN(nx, ny));
	if (order) return order;
	return (nx > ny) - (nx < ny);
}

/* Sorting, not hashing: nobody can choose texts that make it slow. */
void diff_number(struct arena *a, struct diff_tokens *const *lists, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++) count += lists[i]->count;
	struct sortable *all = arena_array(a, struct sortable, count + 1);
	count = 0;
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < lists[i]->count; j++) {
			struct sortable *s = &all[count++];
			s->token = &lists[i]->t[j];
			size_t len = MIN(content_len(s->token), 8u);
			for (size_t k = 0; k < 8; k++)
				s->head = s->head << 8 | (k < len ? (unsigned char)s->token->s[k] : 0);
		}
	}
	qsort(all, count, sizeof(*all), by_content);
	uint32_t id = 0;
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && by_content(&all[i - 1], &all[i]) != 0) id++;
		all[i].token->id = id;
	}
}

/* The tokens that are in both sequences: the others are changed, whatever the path. */
struct kept {
	uint32_t *id;
	size_t *from; /* where each stands in the whole sequence */
	bool *mark;
	size_t count;
};

static struct kept keep_common(struct arena *a, const struct diff_tokens *list, const bool *in_other, bool *mark)
{
	struct kept k = {
		.id = arena_array(a, uint32_t, list->count + 1),
		.from = arena_array(a, size_t, list->count + 1),
		.mark = arena_array(a, bool, list->count + 1),
	};
	for (size_t i = 0; i < list->count; i++) {
		mark[i] = !in_other[list->t[i].id];
		if (mark[i]) continue;
		k.id[k.count] = list->t[i].id;
		k.from[k.count++] = i;
	}
	return k;
}

static bool *ids_of(struct arena *a, const struct diff_tokens *list, uint32_t max)
{
	bool *present = arena_array(a, bool, (size_t)max + 1);
	for (size_t i = 0; i < list->count; i++) present[list->t[i].id] = true;
	return present;
}

static uint32_t max_id(const struct diff_tokens *list, uint32_t max)
{
	for (size_t i = 0; i < list->count; i++) max = MAX(max, list->t[i].id);
	return max;
}

/*
 * A stretch that was only added may often stand one token lower or higher (a paragraph and the
 * blank line around it). As low as it goes, as git shows it; never onto another change.
 */
static void slide(const struct diff_tokens *list, bool *mark, size_t other_count, const bool *other_mark)
{
	size_t j = 0; /* the token of the other side that stands across list->t[i] */
	for (size_t i = 0; i < list->count;) {
		size_t across = j;
		while (j < other_count && other_mark[j]) j++;
		if (!mark[i]) {
			i++;
			j++;
			continue;
		}
		size_t start = i;
		while (i < list->count && mark[i]) i++;
		if (j > across) continue; /* replaced */
		while (i < list->count && !mark[i] && list->t[start].id == list->t[i].id &&
		       (j + 1 >= other_count || !other_mark[j + 1])) {
			mark[start++] = false;
			mark[i++] = true;
			j++;
		}
	}
}

bool diff_compare(struct arena *a, const struct diff_tokens *x, const struct diff_tokens *y, bool *removed, bool *added)
{
	size_t total = x->count + y->count;
	if (total > DIFF_MAX_TOKENS) {
		size_t start = 0, end = 0, least = MIN(x->count, y->count);
		while (start < least && x->t[start].id == y->t[start].id) start++;
		while (end < least - start && x->t[x->count - 1 - end].id == y->t[y->count - 1 - end].id) end++;
		for (size_t i = start; i < x->count - end; i++) removed[i] = true;
		for (size_t i = start; i < y->count - end; i++) added[i] = true;
		return false;
	}
	uint32_t max = max_id(y, max_id(x, 0));
	struct kept kx = keep_common(a, x, ids_of(a, y, max), removed);
	struct kept ky = keep_common(a, y, ids_of(a, x, max), added);
	int32_t *diagonals = arena_array(a, int32_t, 2 * (kx.count + ky.count + 3));
	struct work w = {
		.x = kx.id,
		.y = ky.id,
		.removed = kx.mark,
		.added = ky.mark,
		.forward = diagonals + ky.count + 1,
		.backward = diagonals + (kx.count + ky.count + 3) + ky.count + 1,
		.max_cost = total > 20000 ? 64 : 256,
	};
	compare(&w, (struct box){ 0, (int32_t)kx.count, 0, (int32_t)ky.count });
	for (size_t i = 0; i < kx.count; i++) removed[kx.from[i]] = kx.mark[i];
	for (size_t i = 0; i < ky.count; i++) added[ky.from[i]] = ky.mark[i];
	slide(x, removed, y->count, added);
	slide(y, added, x->count, removed);
	return true;
}

#include "core/facet_tally.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a. */
static uint32_t hash_of(const char *key)
{
	uint32_t hash = 2166136261u;
	for (; *key; key++) hash = (hash ^ (uint8_t)*key) * 16777619u;
	return hash;
}

/* The slot of the key, or the free one where it would go. */
static int slot_of(const struct tally *t, const char *key)
{
	int slot = (int)(hash_of(key) % (uint32_t)t->nslots);
	while (t->slots[slot] && strcmp(t->values[t->slots[slot] - 1].key, key) != 0) slot = (slot + 1) % t->nslots;
	return slot;
}

static void grow(struct arena *a, struct tally *t)
{
	int room = t->room ? t->room * 2 : 16;
	struct facet_value *values = arena_array(a, struct facet_value, (size_t)room);
	int64_t *last = arena_array(a, int64_t, (size_t)room);
	for (int i = 0; i < t->n; i++) {
		values[i] = t->values[i];
		last[i] = t->last[i];
	}
	t->values = values;
	t->last = last;
	t->room = room;
	t->nslots = 2 * room;
	t->slots = arena_array(a, int, (size_t)t->nslots);
	for (int i = 0; i < t->n; i++) t->slots[slot_of(t, t->values[i].key)] = i + 1;
}

static int place_of(struct arena *a, struct tally *t, const char *key, int64_t count)
{
	if (t->n == t->room) grow(a, t);
	int slot = slot_of(t, key);
	if (t->slots[slot]) return t->slots[slot] - 1;
	t->values[t->n] = (struct facet_value){ .key = arena_strdup(a, key), .count = count };
	t->slots[slot] = t->n + 1;
	return t->n++;
}

struct facet_value *tally_value(struct arena *a, struct tally *t, const char *key, int64_t count)
{
	int place = place_of(a, t, key, count);
	return &t->values[place];
}

void tally_count(struct arena *a, struct tally *t, const char *key, int64_t num)
{
	int place = place_of(a, t, key, 0);
	t->values[place].count += t->last[place] != num;
	t->last[place] = num;
}

void tally_clear(struct tally *t)
{
	*t = (struct tally){ .field = t->field, .own = t->own };
}

/* Her choices stay in the list, also those that nothing matches any more. */
static void mark_chosen(const struct plan *plan, struct tally *t, bool counted)
{
	int64_t none = counted ? 0 : -1;
	for (int i = 0; i < plan->ntests; i++) {
		const struct condition_test *test = &plan->tests[i];
		if (!plan->chosen[i] || test->field != t->field) continue;
		for (int k = 0; k < test->nkeys; k++) tally_value(plan->a, t, test->keys[k], none)->chosen = true;
		if (test->now) tally_value(plan->a, t, KEY_NOW, none)->chosen = true;
	}
}

/* From here on values move: the table of keys is no more. */

/* “Now” stands first, also where it counts nothing: at night a place that opens in the morning is there. */
static void put_now_first(struct tally *t)
{
	int at = 0;
	while (strcmp(t->values[at].key, KEY_NOW) != 0) at++;
	struct facet_value now = t->values[at];
	for (; at > 0; at--) t->values[at] = t->values[at - 1];
	t->values[0] = now;
}

static int by_count(const void *a, const void *b)
{
	const struct facet_value *x = a, *y = b;
	if (x->count != y->count) return x->count < y->count ? 1 : -1;
	return strcmp(x->key, y->key);
}

static int by_key(const void *a, const void *b)
{
	const struct facet_value *x = a, *y = b;
	return strcmp(x->key, y->key);
}

/* A tree keeps the order of its list, children under their parent. */
static void order_as_tree(struct tally *t)
{
	const struct field *field = t->field;
	int n = 0;
	bool tree = false;
	for (int i = 0; i < field->nchoices; i++) tree |= field->choices[i].parent != NULL;
	for (int i = 0; tree && i < field->nchoices; i++)
		for (int j = n; j < t->n; j++) {
			if (strcmp(t->values[j].key, field->choices[i].key) != 0) continue;
			struct facet_value value = t->values[j];
			t->values[j] = t->values[n];
			t->values[n++] = value;
		}
}

void tally_settle(const struct plan *plan, struct tally *t, bool counted)
{
	mark_chosen(plan, t, counted);
	bool now = t->field->type->now && t->n > 0;
	if (now) tally_value(plan->a, t, KEY_NOW, counted ? 0 : -1);
	bool numbers = t->field->type->cell == CELL_NUMBER; /* read from the least to the greatest */
	if (counted && t->n) qsort(t->values, (size_t)t->n, sizeof(*t->values), numbers ? by_key : by_count);
	if (now) put_now_first(t);
	int chosen = 0, kept = 0;
	for (int i = 0; i < t->n; i++) chosen += t->values[i].chosen;
	int room = FACET_VALUES_MAX - MIN(chosen, (int)FACET_VALUES_MAX);
	for (int i = 0; i < t->n && kept < FACET_VALUES_MAX; i++)
		if (t->values[i].chosen || room-- > 0) t->values[kept++] = t->values[i];
	t->n = kept;
	order_as_tree(t);
}

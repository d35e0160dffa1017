/*
 * The state of random histories against an oracle written from the definition (sync-design 8): sets
 * of ancestors by closure, every rule as its sentence says it, no cleverness. Order independence (P5),
 * conflicts neither hidden nor invented (P13), and the fast path equal to the full function.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/field_type.h"
#include "core/merge.h"
#include "support/seeds.h"

enum { OBJECTS = 14, KEYS = 5 };

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	seeds_teardown(state);
	arena_release(&arena);
	return 0;
}

/* A form with plain fields and with one whose values merge: numbers, by adding up what each side
 * changed; a sum that three divides counts as an overlap. The result tells which base was taken. */

static json_t *sum_merge(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs)
{
	json_int_t sum = json_integer_value(mine) + json_integer_value(theirs) - json_integer_value(base);
	return sum % 3 == 0 ? NULL : json_keep(a, json_integer(sum));
}

static const struct field_type plain_type = { .name = "plain" };
static const struct field_type sum_type = { .name = "sum", .merge = sum_merge };
static const char *const keys[KEYS] = { "a", "b", "s", "t", "z" }; /* z is of no form that we know */
static const bool merges[KEYS] = { [2] = true, [3] = true };
static const struct field fields[] = {
	{ .key = "a", .type = &plain_type },
	{ .key = "b", .type = &plain_type },
	{ .key = "s", .type = &sum_type },
	{ .key = "t", .type = &sum_type },
};
static const struct form form = { .key = "f", .fields = fields, .nfields = COUNT(fields) };

/* A random history */

struct world {
	struct object objects[OBJECTS + 1];  /* as made: with their bodies */
	enum body_state bodies[OBJECTS + 1]; /* as they are now */
	int64_t times[OBJECTS + 1];
	bool above[OBJECTS + 1][OBJECTS + 1]; /* [i][j]: j is an ancestor of i, by parents */
	int n;
};

static bool chance(unsigned percent)
{
	return random_below(100) < percent;
}

static int index_of(const struct world *w, const struct hash *id)
{
	for (int i = 0; i < w->n; i++)
		if (memcmp(&w->objects[i].id, id, sizeof(*id)) == 0) return i;
	return -1;
}

static void close_ancestors(struct world *w, int at)
{
	const struct object *o = &w->objects[at];
	for (int p = 0; p < o->nparents; p++) {
		int parent = index_of(w, &o->parents[p]);
		if (parent < 0) continue;
		w->above[at][parent] = true;
		for (int j = 0; j < at; j++) w->above[at][j] |= w->above[parent][j];
	}
}

/* Objects of `set` that are no ancestor of another one of it. */
static int maximal(const struct world *w, const bool *set, int *ret)
{
	int n = 0;
	for (int i = 0; i < w->n; i++) {
		bool covered = false;
		for (int j = 0; j < w->n; j++) covered |= set[j] && w->above[j][i];
		if (set[i] && !covered) ret[n++] = i;
	}
	return n;
}

static json_t *random_set(void)
{
	json_t *set = json_keep(&arena, json_object());
	for (int k = 0; k < KEYS; k++)
		if (chance(40))
			json_object_set_new(set, keys[k], chance(20) ? json_null() : json_integer(random_below(4)));
	return set;
}

/* The id of a save: UUIDv7 of a time, or none. */
static struct id random_save(uint64_t hlc, int64_t *time)
{
	if (chance(20)) {
		struct id id = id_random();
		id.b[6] = 0x40;
		*time = (int64_t)(hlc >> 16);
		return id;
	}
	clock_set(1000 + random_below(1000));
	struct id id = id_new();
	*time = clock_now();
	clock_set(0);
	return id;
}

static void add_object(struct world *w, const int *parents, int n, bool faulty)
{
	struct object *o = &w->objects[w->n];
	struct hash *hashes = arena_array(&arena, struct hash, (size_t)n + 1);
	*o = (struct object){ .compartment = id_random(),
		              .record = id_random(),
		              .type = "f",
		              .depth = 1,
		              .hlc = (uint64_t)random_below(3) << 16 | random_below(2),
		              .parents = hashes };
	for (int i = 0; i < n; i++) {
		hashes[o->nparents++] = w->objects[parents[i]].id;
		o->depth = MAX(o->depth, w->objects[parents[i]].depth + 1);
	}
	if (faulty && chance(3)) random_bytes(&hashes[o->nparents++], sizeof(struct hash));
	if (faulty && chance(3)) o->depth += chance(50) ? 1 : -1;
	if (chance(15)) o->flags = OBJECT_DELETED;
	else if (chance(25)) o->flags = OBJECT_ARCHIVED;
	o->save = random_save(o->hlc, &w->times[w->n]);
	assert_int_equal(object_make(&arena, o, random_set(), NULL, NULL), OK);
	w->bodies[w->n] = chance(85) ? BODY_PRESENT : (enum body_state)(1 + random_below(3));
	w->n++;
	close_ancestors(w, w->n - 1);
}

/* Most saves are made on what their writer had seen: a part of the history with all its ancestors. */
static void grow(struct world *w)
{
	bool seen[OBJECTS + 1] = { false };
	int parents[OBJECTS + 1], n = 0, kind = (int)random_below(100);
	for (int i = 0; i < w->n; i++) seen[i] = kind < 25 || chance(30);
	if (kind < 85) n = maximal(w, seen, parents);
	else /* somebody's program that does as it likes */
		for (int i = 0; i < w->n && n < 3; i++)
			if (seen[i]) parents[n++] = i;
	add_object(w, parents, n, true);
}

static void world_make(struct world *w)
{
	memset(w, 0, sizeof(*w));
	for (int n = 1 + (int)random_below(OBJECTS); n > 0; n--) grow(w);
}

/* The oracle */

static const json_t *text_value(const struct world *w, int i, const char *key)
{
	return json_object_get(w->objects[i].set, key);
}

static bool touches(const struct world *w, int i, const char *key)
{
	return text_value(w, i, key) != NULL;
}

static bool erased(const struct world *w, int i)
{
	return w->bodies[i] != BODY_PRESENT;
}

static bool valued(const struct world *w, int i, const char *key)
{
	return !erased(w, i) && !json_is_null(text_value(w, i, key));
}

static bool same(const struct world *w, int i, int j, const char *key)
{
	if (erased(w, i) || erased(w, j)) return erased(w, i) && erased(w, j);
	return json_equal(text_value(w, i, key), text_value(w, j, key)) != 0;
}

static bool complete(const struct world *w, const bool *given, int at)
{
	const struct object *o = &w->objects[at];
	int64_t depth = 0;
	if (!given[at]) return false;
	for (int p = 0; p < o->nparents; p++) {
		int parent = index_of(w, &o->parents[p]);
		if (parent < 0 || !complete(w, given, parent)) return false;
		depth = MAX(depth, w->objects[parent].depth);
	}
	return o->depth == depth + 1;
}

static bool greater(const struct world *w, int i, int j)
{
	const struct object *x = &w->objects[i], *y = &w->objects[j];
	if (x->depth != y->depth) return x->depth > y->depth;
	if (x->hlc != y->hlc) return x->hlc > y->hlc;
	return memcmp(&x->id, &y->id, sizeof(x->id)) > 0;
}

static void sort_greatest_first(const struct world *w, int *list, int n)
{
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
			if (greater(w, list[j], list[i])) {
				int other = list[i];
				list[i] = list[j];
				list[j] = other;
			}
}

static int oracle_base(const struct world *w, const bool *in, const char *key, int x, int y)
{
	bool common[OBJECTS + 1] = { false };
	int list[OBJECTS + 1], best = -1;
	for (int i = 0; i < w->n; i++) common[i] = in[i] && touches(w, i, key) && w->above[x][i] && w->above[y][i];
	int n = maximal(w, common, list);
	for (int i = 0; i < n; i++)
		if (best < 0 || memcmp(&w->objects[list[i]].id, &w->objects[best].id, 32) > 0) best = list[i];
	return best;
}

static struct {
	int conflicts, merged, overlaps, bases, erased, deleted, revived, archived, hidden;
} seen; /* that the histories hold all of it */

static json_t *oracle_conflict(const struct world *w, const char *key, const int *list, int n)
{
	json_t *versions = json_array();
	for (int i = 0; i < n; i++) {
		bool before = false;
		char hex[HASH_HEX + 1];
		for (int j = 0; j < i; j++) before |= same(w, list[i], list[j], key);
		if (before) continue;
		json_t *version = json_object();
		json_object_set_new(version, "object", json_string(hash_hex(&w->objects[list[i]].id, hex)));
		json_object_set_new(version, "value",
		                    valued(w, list[i], key) ? json_copy((json_t *)text_value(w, list[i], key))
		                                            : json_null());
		if (erased(w, list[i])) json_object_set_new(version, "erased", json_true());
		json_array_append_new(versions, version);
	}
	return versions;
}

/* The value of one key, and whether two concurrent objects gave it different ones. */
static void oracle_key(const struct world *w, const bool *in, int k, json_t *values, json_t *conflict, json_t *gone)
{
	const char *key = keys[k];
	bool touching[OBJECTS + 1] = { false }, different = false;
	int list[OBJECTS + 1];
	for (int i = 0; i < w->n; i++) touching[i] = in[i] && touches(w, i, key);
	int n = maximal(w, touching, list);
	if (n == 0) return;
	sort_greatest_first(w, list, n);
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++) different |= !same(w, list[i], list[j], key);
	if (different && n == 2 && merges[k] && valued(w, list[0], key) && valued(w, list[1], key)) {
		int base = oracle_base(w, in, key, list[0], list[1]);
		if (base < 0 || !erased(w, base)) {
			json_t *sum = sum_merge(&arena, base < 0 ? NULL : text_value(w, base, key),
			                        text_value(w, list[0], key), text_value(w, list[1], key));
			if (sum) json_object_set(values, key, sum);
			if (sum) seen.merged++;
			else seen.overlaps++;
			if (base >= 0) seen.bases++;
			if (sum) return;
		}
	}
	if (different) json_object_set_new(conflict, key, oracle_conflict(w, key, list, n));
	if (different) seen.conflicts++;
	if (valued(w, list[0], key)) json_object_set(values, key, (json_t *)text_value(w, list[0], key));
	else if (erased(w, list[0])) json_array_append_new(gone, json_string(key)), seen.erased++;
}

static const char *describe(const char *heads, int state, const json_t *values, const json_t *conflict,
                            const json_t *gone, int64_t changed)
{
	return arena_printf(&arena, "heads%s state %d values %s conflict %s erased %s changed %lld", heads, state,
	                    json_text(&arena, values), conflict ? json_text(&arena, conflict) : "none",
	                    json_text(&arena, gone), (long long)changed);
}

/* Deleted when all heads are; an edit beside a deletion wins; archived when all are and none deleted. */
static enum part_state oracle_state(int n, int deleted, int archived)
{
	seen.deleted += deleted > 0 && deleted == n;
	seen.revived += deleted > 0 && deleted < n;
	seen.archived += archived > 0 && archived == n;
	if (deleted > 0 && deleted == n) return PART_DELETED;
	if (deleted > 0) return PART_REVIVED;
	return archived > 0 && archived == n ? PART_ARCHIVED : PART_LIVE;
}

/* `at`: NULL for the present, else the state as of these objects. */
static const char *oracle(const struct world *w, const bool *given, const bool *at)
{
	bool in[OBJECTS + 1] = { false };
	for (int i = 0; i < w->n; i++) {
		in[i] = complete(w, given, i);
		if (given[i] && !in[i]) seen.hidden++;
		bool before = at == NULL || at[i];
		for (int j = 0; at && j < w->n; j++) before |= at[j] && w->above[j][i] && complete(w, given, j);
		in[i] = in[i] && before;
	}
	int heads[OBJECTS + 1], n = maximal(w, in, heads), deleted = 0, archived = 0;
	sort_greatest_first(w, heads, n);
	const char *names = "";
	int64_t changed = 0;
	for (int i = 0; i < n; i++) {
		char hex[HASH_HEX + 1];
		names = arena_printf(&arena, "%s %s", names, hash_hex(&w->objects[heads[i]].id, hex));
		if (w->objects[heads[i]].flags & OBJECT_DELETED) deleted++;
		if (w->objects[heads[i]].flags & OBJECT_ARCHIVED) archived++;
	}
	for (int i = 0; i < w->n; i++)
		if (in[i]) changed = MAX(changed, w->times[i]);
	json_t *values = json_keep(&arena, json_object()), *conflict = json_keep(&arena, json_object());
	json_t *gone = json_keep(&arena, json_array());
	for (int k = 0; k < KEYS; k++) oracle_key(w, in, k, values, conflict, gone);
	return describe(names, (int)oracle_state(n, deleted, archived), values,
	                json_object_size(conflict) ? conflict : NULL, gone, changed);
}

/* The program's answer */

static void merge_of(const struct world *w, const bool *given, const bool *at, struct merged *ret)
{
	struct object *objects = arena_array(&arena, struct object, (size_t)w->n * 2 + 1);
	struct hash heads[OBJECTS + 1];
	int n = 0, nheads = 0;
	for (int i = 0; i < w->n; i++)
		for (int copies = given[i] ? 1 + (int)random_below(2) : 0; copies > 0; copies--) {
			struct object bare = w->objects[i];
			bare.set = NULL;
			bare.body = NULL;
			bare.state = BODY_PENDING;
			int place = (int)random_below((uint32_t)n + 1);
			objects[n++] = objects[place];
			objects[place] = bare;
		}
	for (int i = 0; at && i < w->n; i++)
		if (at[i]) heads[nheads++] = w->objects[i].id;
	struct merge *m = merge_plan(&arena, &form, objects, n, at ? heads : NULL, nheads);
	for (int i = 0; i < merge_needs(m); i++) {
		struct object *o = merge_need(m, i);
		int which = index_of(w, &o->id);
		o->state = w->bodies[which];
		if (o->state == BODY_PRESENT) o->set = w->objects[which].set;
	}
	merge_finish(m, ret);
}

static const char *described(const struct merged *m)
{
	const char *heads = "";
	for (int i = 0; i < m->nheads; i++) {
		char hex[HASH_HEX + 1];
		heads = arena_printf(&arena, "%s %s", heads, hash_hex(&m->heads[i], hex));
	}
	return describe(heads, (int)m->state, m->values, m->conflict, m->erased, m->changed);
}

static const char *answer(const struct world *w, const bool *given, const bool *at)
{
	struct merged merged;
	merge_of(w, given, at, &merged);
	return described(&merged);
}

/* Properties */

static void choose(const struct world *w, bool *ret, unsigned percent)
{
	for (int i = 0; i < OBJECTS + 1; i++) ret[i] = i < w->n && chance(percent);
}

/* Any order, any copies, any part of the objects: what the oracle says. */
static void test_oracle(void **state)
{
	(void)state;
	seeds_begin(3000);
	memset(&seen, 0, sizeof(seen));
	while (seeds_next()) {
		struct world w;
		bool given[OBJECTS + 1];
		world_make(&w);
		choose(&w, given, chance(70) ? 100 : 85);
		const char *expected = oracle(&w, given, NULL);
		for (int i = 0; i < 3; i++) assert_string_equal(answer(&w, given, NULL), expected);
		arena_reset(&arena);
	}
	if (!seeds_all()) return;
	assert_true(seen.conflicts > 100 && seen.merged > 100 && seen.overlaps > 100 && seen.bases > 100);
	assert_true(seen.erased > 100 && seen.deleted > 100 && seen.revived > 100 && seen.archived > 100 &&
	            seen.hidden > 100);
}

/* Objects that arrive one by one: each state is that of what is there. */
static void test_arrival(void **state)
{
	(void)state;
	seeds_begin(300);
	while (seeds_next()) {
		struct world w;
		bool given[OBJECTS + 1] = { false };
		world_make(&w);
		for (int left = w.n; left > 0; left--) {
			int next = (int)random_below((uint32_t)w.n);
			while (given[next]) next = (next + 1) % w.n;
			given[next] = true;
			assert_string_equal(answer(&w, given, NULL), oracle(&w, given, NULL));
		}
		arena_reset(&arena);
	}
}

/* The state at some past point: as the oracle says, and as if nothing else had ever been. */
static void test_past(void **state)
{
	(void)state;
	seeds_begin(1500);
	while (seeds_next()) {
		struct world w;
		bool given[OBJECTS + 1], at[OBJECTS + 1], only[OBJECTS + 1] = { false };
		world_make(&w);
		choose(&w, given, chance(70) ? 100 : 85);
		choose(&w, at, 20);
		const char *past = answer(&w, given, at);
		assert_string_equal(past, oracle(&w, given, at));
		for (int i = 0; i < w.n; i++) {
			if (!at[i] || !complete(&w, given, i)) continue;
			only[i] = true;
			for (int j = 0; j < w.n; j++) only[j] |= w.above[i][j];
		}
		assert_string_equal(answer(&w, only, NULL), past);
		arena_reset(&arena);
	}
}

/* A save on all heads: the fast path says what the full function does. */
static void test_on_top(void **state)
{
	(void)state;
	seeds_begin(3000);
	while (seeds_next()) {
		struct world w;
		bool given[OBJECTS + 1], in[OBJECTS + 1];
		int heads[OBJECTS + 1];
		struct merged before, after;
		world_make(&w);
		for (int i = 0; i < OBJECTS + 1; i++) given[i] = i < w.n;
		for (int i = 0; i < OBJECTS + 1; i++) in[i] = i < w.n && complete(&w, given, i);
		merge_of(&w, given, NULL, &before);
		add_object(&w, heads, maximal(&w, in, heads), false);
		given[w.n - 1] = true;
		w.bodies[w.n - 1] = BODY_PRESENT;
		merge_on_top(&arena, &before, &w.objects[w.n - 1], &after);
		assert_string_equal(described(&after), oracle(&w, given, NULL));
		assert_string_equal(described(&after), answer(&w, given, NULL));
		arena_reset(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_oracle, setup, teardown),
		cmocka_unit_test_setup_teardown(test_arrival, setup, teardown),
		cmocka_unit_test_setup_teardown(test_past, setup, teardown),
		cmocka_unit_test_setup_teardown(test_on_top, setup, teardown),
	};
	return cmocka_run_group_tests_name("merge_property", tests, NULL, NULL);
}

#include "core/merge.h"

#include <string.h>

#include "core/field_type.h"

/* A set of small integers, as words of bits. */
typedef uint64_t word;
enum { WORD_BITS = 64 };

struct node {
	struct object *object;
	int *parents;
	int nparents;
	bool in;     /* complete, and among what is looked at */
	bool needed; /* its body */
	bool has_child;
};

struct field_plan {
	const char *key;
	int *candidates; /* greatest first */
	int ncandidates, room;
	int base; /* of the two candidates; -1: none */
};

struct merge {
	struct arena *a;
	const struct form *form;
	struct node *nodes; /* ascending (object_compare): parents before children */
	int n;
	struct field_plan *fields; /* by key */
	int nfields;
	int *needed, nneeded;
};

/* The graph */

static int by_order(const void *a, const void *b)
{
	return object_compare(((const struct node *)a)->object, ((const struct node *)b)->object);
}

static int by_id(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;
	return hash_compare(&(*x)->object->id, &(*y)->object->id);
}

static int find(struct node *const *ids, int n, const struct hash *id)
{
	int low = 0, high = n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		int order = hash_compare(&ids[middle]->object->id, id);
		if (order == 0) return middle;
		if (order < 0) low = middle + 1;
		else high = middle;
	}
	return -1;
}

/* Parents of one node, and whether it is complete. Ascending order means that they were asked before. */
static bool resolve_parents(struct merge *m, struct node *const *ids, struct node *node)
{
	const struct object *o = node->object;
	int64_t depth = 0;
	node->parents = arena_array(m->a, int, (size_t)o->nparents + 1);
	for (int i = 0; i < o->nparents; i++) {
		int at = find(ids, m->n, &o->parents[i]);
		if (at < 0 || !ids[at]->in || ids[at] >= node) return false;
		depth = MAX(depth, ids[at]->object->depth);
		node->parents[node->nparents++] = (int)(ids[at] - m->nodes);
	}
	return o->depth == depth + 1;
}

static void keep_ancestors(struct merge *m, struct node *const *ids, const struct hash *heads, int n)
{
	bool *wanted = arena_array(m->a, bool, (size_t)m->n + 1);
	for (int i = 0; i < n; i++) {
		int at = find(ids, m->n, &heads[i]);
		if (at >= 0) wanted[ids[at] - m->nodes] = true;
	}
	for (int i = m->n - 1; i >= 0; i--) {
		struct node *node = &m->nodes[i];
		node->in = node->in && wanted[i];
		for (int p = 0; node->in && p < node->nparents; p++) wanted[node->parents[p]] = true;
	}
}

static void build_graph(struct merge *m, struct object *objects, int n, const struct hash *heads, int nheads)
{
	m->nodes = arena_array(m->a, struct node, (size_t)n + 1);
	for (int i = 0; i < n; i++) m->nodes[i].object = &objects[i];
	qsort(m->nodes, (size_t)n, sizeof(*m->nodes), by_order);
	for (int i = 0; i < n; i++)
		if (i == 0 || by_order(&m->nodes[m->n - 1], &m->nodes[i]) != 0) m->nodes[m->n++] = m->nodes[i];
	struct node **ids = arena_array(m->a, struct node *, (size_t)n + 1);
	for (int i = 0; i < m->n; i++) ids[i] = &m->nodes[i];
	qsort(ids, (size_t)m->n, sizeof(struct node *), by_id);
	for (int i = 0; i < m->n; i++) m->nodes[i].in = resolve_parents(m, ids, &m->nodes[i]);
	if (heads) keep_ancestors(m, ids, heads, nheads);
	for (int i = 0; i < m->n; i++)
		for (int p = 0; m->nodes[i].in && p < m->nodes[i].nparents; p++)
			m->nodes[m->nodes[i].parents[p]].has_child = true;
}

/* Fields and their candidates */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_fields(struct merge *m)
{
	size_t count = 0;
	for (int i = 0; i < m->n; i++)
		if (m->nodes[i].in) count += (size_t)m->nodes[i].object->ntouched;
	const char **keys = arena_array(m->a, const char *, count + 1);
	size_t n = 0;
	for (int i = 0; i < m->n; i++)
		for (int k = 0; m->nodes[i].in && k < m->nodes[i].object->ntouched; k++)
			keys[n++] = m->nodes[i].object->touched[k];
	qsort(keys, n, sizeof(*keys), by_text);
	size_t distinct = 0;
	for (size_t i = 0; i < n; i++)
		if (distinct == 0 || strcmp(keys[distinct - 1], keys[i]) != 0) keys[distinct++] = keys[i];
	m->fields = arena_array(m->a, struct field_plan, distinct + 1);
	for (size_t i = 0; i < distinct; i++) m->fields[i] = (struct field_plan){ .key = keys[i], .base = -1 };
	m->nfields = (int)distinct;
}

static int field_at(const struct merge *m, const char *key)
{
	int low = 0, high = m->nfields - 1;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (strcmp(m->fields[middle].key, key) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}

static void need(struct merge *m, int at)
{
	if (m->nodes[at].needed) return;
	m->nodes[at].needed = true;
	m->needed[m->nneeded++] = at;
}

static void add_candidate(struct merge *m, struct field_plan *field, int at)
{
	if (field->ncandidates == field->room) {
		field->room = field->room ? field->room * 2 : 2;
		int *bigger = arena_array(m->a, int, (size_t)field->room);
		if (field->ncandidates) memcpy(bigger, field->candidates, (size_t)field->ncandidates * sizeof(int));
		field->candidates = bigger;
	}
	field->candidates[field->ncandidates++] = at;
	need(m, at);
}

/*
 * From the newest to the oldest, each node hands its parents the set of fields that it or a
 * descendant of it has touched: a node is a candidate for what it touches and no descendant did.
 */
static void find_candidates(struct merge *m)
{
	size_t words = ((size_t)m->nfields + WORD_BITS - 1) / WORD_BITS;
	word *covered = arena_array(m->a, word, words * (size_t)m->n + 1);
	for (int i = m->n - 1; i >= 0; i--) {
		struct node *node = &m->nodes[i];
		word *mine = covered + words * (size_t)i;
		for (int k = 0; node->in && k < node->object->ntouched; k++) {
			int f = field_at(m, node->object->touched[k]);
			word bit = (word)1 << (f % WORD_BITS);
			if (!(mine[f / WORD_BITS] & bit)) add_candidate(m, &m->fields[f], i);
			mine[f / WORD_BITS] |= bit;
		}
		for (int p = 0; node->in && p < node->nparents; p++) {
			word *theirs = covered + words * (size_t)node->parents[p];
			for (size_t w = 0; w < words; w++) theirs[w] |= mine[w];
		}
	}
}

static bool touches(const struct object *o, const char *key)
{
	return bsearch(&key, o->touched, (size_t)o->ntouched, sizeof(*o->touched), by_text) != NULL;
}

/* The greatest by id of the common ancestors that touched the field, but for ancestors of another one. */
static int find_base(const struct merge *m, const struct field_plan *field)
{
	enum { FIRST = 1, SECOND = 2, BOTH = 3, COVERED = 4 };
	uint8_t *marks = arena_array(m->a, uint8_t, (size_t)m->n);
	marks[field->candidates[0]] = FIRST;
	marks[field->candidates[1]] = SECOND;
	int base = -1;
	for (int i = field->candidates[0]; i >= 0; i--) {
		const struct node *node = &m->nodes[i];
		if ((marks[i] & BOTH) == BOTH && touches(node->object, field->key)) {
			if (!(marks[i] & COVERED) &&
			    (base < 0 || hash_compare(&node->object->id, &m->nodes[base].object->id) > 0))
				base = i;
			marks[i] |= COVERED;
		}
		for (int p = 0; marks[i] && p < node->nparents; p++) marks[node->parents[p]] |= marks[i];
	}
	return base;
}

static const struct field_type *merging_type(const struct merge *m, const struct field_plan *field)
{
	const struct field *known = form_field(m->form, field->key);
	return known && known->type->merge ? known->type : NULL;
}

struct merge *merge_plan(struct arena *a, const struct form *form, struct object *objects, int n,
                         const struct hash *heads, int nheads)
{
	struct merge *m = arena_new(a, struct merge);
	m->a = a;
	m->form = form;
	build_graph(m, objects, n, heads, nheads);
	m->needed = arena_array(a, int, (size_t)m->n + 1);
	list_fields(m);
	find_candidates(m);
	for (int i = 0; i < m->nfields; i++) {
		struct field_plan *field = &m->fields[i];
		if (field->ncandidates != 2 || merging_type(m, field) == NULL) continue;
		field->base = find_base(m, field);
		if (field->base >= 0) need(m, field->base);
	}
	return m;
}

int merge_needs(const struct merge *m)
{
	return m->nneeded;
}

struct object *merge_need(const struct merge *m, int i)
{
	return m->nodes[m->needed[i]].object;
}

/* Values */

static bool is_known(const struct object *o)
{
	return o->state == BODY_PRESENT && o->set;
}

/* NULL: no value, or erased. */
static const json_t *value_of(const struct object *o, const char *key)
{
	const json_t *value = is_known(o) ? json_object_get(o->set, key) : NULL;
	return json_is_null(value) ? NULL : value;
}

static bool same_value(const struct object *x, const struct object *y, const char *key)
{
	if (is_known(x) != is_known(y)) return false;
	const json_t *a = value_of(x, key), *b = value_of(y, key);
	if (a == NULL || b == NULL) return a == b;
	return json_equal(a, b) != 0;
}

/* The first candidate of each value; greatest first. */
static int distinct_values(const struct merge *m, const struct field_plan *field, const struct object **ret)
{
	int n = 0;
	for (int i = 0; i < field->ncandidates && n < CONFLICT_VALUES; i++) {
		const struct object *o = m->nodes[field->candidates[i]].object;
		bool seen = false;
		for (int j = 0; j < n && !seen; j++) seen = same_value(ret[j], o, field->key);
		if (!seen) ret[n++] = o;
	}
	return n;
}

static json_t *conflict_list(const struct field_plan *field, const struct object *const *versions, int n)
{
	json_t *list = json_array();
	for (int i = 0; i < n; i++) {
		char hex[HASH_HEX + 1];
		json_t *version = json_object();
		const json_t *value = value_of(versions[i], field->key);
		json_object_set_new(version, "object", json_string(hash_hex(&versions[i]->id, hex)));
		if (value) json_object_set(version, "value", (json_t *)value);
		else json_object_set_new(version, "value", json_null());
		if (!is_known(versions[i])) json_object_set_new(version, "erased", json_true());
		json_array_append_new(list, version);
	}
	return list;
}

/* One value out of two, or NULL. */
static const json_t *three_way(const struct merge *m, const struct field_plan *field,
                               const struct object *const *versions)
{
	const struct field_type *type = merging_type(m, field);
	if (type == NULL || field->ncandidates != 2) return NULL;
	const struct object *base = field->base < 0 ? NULL : m->nodes[field->base].object;
	const json_t *mine = value_of(versions[0], field->key), *theirs = value_of(versions[1], field->key);
	if (mine == NULL || theirs == NULL || (base && !is_known(base))) return NULL;
	return type->merge(m->a, base ? value_of(base, field->key) : NULL, mine, theirs);
}

static void settle_field(const struct merge *m, const struct field_plan *field, json_t *values, json_t *conflict,
                         json_t *erased)
{
	const struct object *versions[CONFLICT_VALUES] = { NULL };
	int n = distinct_values(m, field, versions);
	if (n == 0) return;
	const json_t *value = value_of(versions[0], field->key);
	if (n > 1) {
		const json_t *merged = three_way(m, field, versions);
		if (merged) value = merged;
		else json_object_set_new(conflict, field->key, conflict_list(field, versions, n));
	}
	if (value) json_object_set(values, field->key, (json_t *)value);
	else if (!is_known(versions[0])) json_array_append_new(erased, json_string(field->key));
}

/* From how many of the heads are deleted, how many archived. */
static enum part_state state_of(int deleted, int archived, int n)
{
	if (deleted) return deleted == n ? PART_DELETED : PART_REVIVED;
	return n && archived == n ? PART_ARCHIVED : PART_LIVE;
}

static void settle_heads(const struct merge *m, struct merged *ret)
{
	struct hash *heads = arena_array(m->a, struct hash, (size_t)m->n + 1);
	int deleted = 0, archived = 0;
	for (int i = m->n - 1; i >= 0; i--) {
		const struct node *node = &m->nodes[i];
		if (!node->in) continue;
		ret->changed = MAX(ret->changed, object_time(node->object));
		if (node->has_child) continue;
		heads[ret->nheads++] = node->object->id;
		if (node->object->flags & OBJECT_DELETED) deleted++;
		if (node->object->flags & OBJECT_ARCHIVED) archived++;
	}
	ret->heads = heads;
	ret->state = state_of(deleted, archived, ret->nheads);
}

void merge_finish(struct merge *m, struct merged *ret)
{
	*ret = (struct merged){ 0 };
	json_t *values = json_keep(m->a, json_object()), *conflict = json_keep(m->a, json_object());
	json_t *erased = json_keep(m->a, json_array());
	settle_heads(m, ret);
	for (int i = 0; i < m->nfields; i++) settle_field(m, &m->fields[i], values, conflict, erased);
	ret->values = values;
	ret->conflict = json_object_size(conflict) ? conflict : NULL;
	ret->erased = erased;
}

/* What stays erased: all but what the object wrote anew. */
static json_t *still_erased(struct arena *a, const json_t *before, const struct object *object)
{
	json_t *erased = json_keep(a, json_array());
	size_t i;
	json_t *key;
	json_array_foreach ((json_t *)before, i, key)
		if (!touches(object, json_string_value(key))) json_array_append(erased, key);
	return erased;
}

void merge_on_top(struct arena *a, const struct merged *before, const struct object *object, struct merged *ret)
{
	json_t *values = json_keep(a, json_copy((json_t *)before->values));
	json_t *conflict = json_keep(a, before->conflict ? json_copy((json_t *)before->conflict) : json_object());
	for (int i = 0; i < object->ntouched; i++) {
		const char *key = object->touched[i];
		const json_t *value = value_of(object, key);
		json_object_del(conflict, key);
		if (value) json_object_set(values, key, (json_t *)value);
		else json_object_del(values, key);
	}
	*ret = (struct merged){
		.heads = arena_memdup(a, &object->id, sizeof(object->id)),
		.nheads = 1,
		.state = state_of((object->flags & OBJECT_DELETED) != 0, (object->flags & OBJECT_ARCHIVED) != 0, 1),
		.values = values,
		.conflict = json_object_size(conflict) ? conflict : NULL,
		.erased = still_erased(a, before->erased, object),
		.changed = MAX(before->changed, object_time(object)),
	};
}

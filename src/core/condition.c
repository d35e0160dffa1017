#include "core/condition.h"

#include <string.h>

#include "core/form_part.h"
#include "core/index_key.h"

/* What was written in a definition or an address, as text. */
static const char *written_text(struct arena *a, const json_t *value)
{
	if (json_is_string(value)) return json_string_value(value);
	if (json_is_integer(value)) return arena_printf(a, "%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value)) return json_is_true(value) ? "true" : "false";
	return "";
}

static const char *key_of(struct arena *a, const struct condition *condition, const struct field *field,
                          const json_t *value, const struct date *today)
{
	const char *text = written_text(a, value);
	const char *day = field->type->key_end && today ? relative_day(a, text, *today) : NULL;
	if (day) text = day;
	if (condition->op->kind == OP_CONTAINS || field->type->key == NULL) return index_key_text(a, text);
	const char *key = field->type->key(field, text, a);
	return key ? index_key_cut(a, key) : "";
}

/* “Until the 21st” and “after the 21st” are about its last hour; “on the 21st” about all of them. */
static void widen_keys(struct arena *a, struct condition_test *test, const char **keys)
{
	const char *(*key_end)(const char *, struct arena *) = test->field->type->key_end;
	bool compares = test->kind == OP_LESS || test->kind == OP_AT_LEAST || test->kind == OP_CONTAINS;
	if (key_end == NULL || compares) return;
	const char **ends = arena_array(a, const char *, (size_t)test->nkeys + 1);
	bool last = test->kind == OP_AT_MOST || test->kind == OP_MORE;
	for (int i = 0; i < test->nkeys; i++) ends[i] = key_end(keys[i], a);
	if (last) test->keys = ends;
	else test->ends = ends;
}

bool condition_resolve(struct arena *a, const struct condition *condition, const struct form *form,
                       const struct date *today, struct condition_test *ret)
{
	const struct field *field = form_find(form, condition->field);
	if (field == NULL) return false;
	*ret = (struct condition_test){ .field = field, .kind = condition->op->kind };
	if (!condition->op->takes_value) return true;
	size_t n = condition->op->takes_list ? json_array_size(condition->value) : 1;
	const char **keys = arena_array(a, const char *, n + 1);
	for (size_t i = 0; i < n; i++) {
		const json_t *value = condition->op->takes_list ? json_array_get(condition->value, i)
		                                                : condition->value;
		const char *key = key_of(a, condition, field, value, today);
		if (*key) keys[ret->nkeys++] = key;
	}
	ret->keys = keys;
	widen_keys(a, ret, keys);
	return true;
}

static bool is_equal(const struct condition_test *test, int i, const char *key)
{
	if (test->ends == NULL) return strcmp(test->keys[i], key) == 0;
	return strcmp(key, test->keys[i]) >= 0 && strcmp(key, test->ends[i]) <= 0;
}

static bool any_equal(const struct condition_test *test, const char *const *keys, int n)
{
	for (int i = 0; i < test->nkeys; i++)
		for (int j = 0; j < n; j++)
			if (is_equal(test, i, keys[j])) return true;
	return false;
}

/* Does a word of the key start what follows with `wanted`? */
static bool contains(const char *key, const char *wanted)
{
	size_t len = strlen(wanted);
	for (const char *word = key; word; word = strchr(word, ' ')) {
		if (*word == ' ') word++;
		if (strncmp(word, wanted, len) == 0) return true;
	}
	return false;
}

/* One key against the test's only one. */
static bool key_holds(enum operator_kind kind, const char *key, const char *wanted)
{
	switch (kind) {
	case OP_LESS: return strcmp(key, wanted) < 0;
	case OP_AT_MOST: return strcmp(key, wanted) <= 0;
	case OP_MORE: return strcmp(key, wanted) > 0;
	case OP_AT_LEAST: return strcmp(key, wanted) >= 0;
	case OP_CONTAINS: return contains(key, wanted);
	default: return false;
	}
}

bool condition_test_holds(const struct condition_test *test, const char *const *keys, int n)
{
	switch (test->kind) {
	case OP_EMPTY: return n == 0;
	case OP_NOT_EMPTY: return n > 0;
	case OP_EQUAL:
	case OP_IN: return any_equal(test, keys, n);
	case OP_NOT_EQUAL:
	case OP_NOT_IN: return !any_equal(test, keys, n);
	default: break;
	}
	for (int i = 0; i < n && test->nkeys; i++)
		if (*keys[i] && key_holds(test->kind, keys[i], test->keys[0])) return true;
	return false;
}

bool condition_holds(const struct condition *condition, const struct form *form, const json_t *values)
{
	if (condition == NULL) return true;
	struct arena a;
	arena_init(&a);
	struct condition_test test;
	bool holds = false;
	if (condition_resolve(&a, condition, form, NULL, &test)) {
		struct index_entries entries;
		index_entries_read(&a, test.field, field_value(test.field, values), &entries);
		holds = condition_test_holds(&test, entries.keys, entries.nkeys);
	}
	arena_release(&a);
	return holds;
}

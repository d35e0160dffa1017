#include "core/form_change.h"

#include <string.h>

#include "base/hash.h"
#include "base/text.h"

enum { MARK = 24, KEY_WORDS = 28 /* of the 32 bytes of a key: the rest tells it from others */ };

const char *definition_mark(struct arena *a, const json_t *json)
{
	if (json == NULL) return "";
	const char *text = json_text(a, json);
	struct hash hash = hash_blake2b("defn", NULL, text, strlen(text));
	char hex[HASH_HEX + 1];
	return arena_strndup(a, hash_hex(&hash, hex), MARK);
}

static int position(const json_t *array, const char *key)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		if (strcmp(json_str_or(json_array_get(array, i), "key", ""), key) == 0) return (int)i;
	return -1;
}

static const json_t *member(const json_t *definition, const char *name, const char *key)
{
	const json_t *array = json_object_get(definition, name);
	int at = position(array, key);
	return at < 0 ? NULL : json_array_get(array, (size_t)at);
}

const json_t *form_definition_field(const json_t *definition, const char *key)
{
	return member(definition, "fields", key);
}

const json_t *form_definition_retired(const json_t *definition, const char *key)
{
	return member(definition, "retired", key);
}

/* The definition with an array of its own under `name`, to be changed. */
static json_t *with_array(struct arena *a, const json_t *definition, const char *name, json_t **array)
{
	json_t *copy = json_keep(a, json_copy((json_t *)definition));
	const json_t *before = json_object_get(definition, name);
	*array = before ? json_copy((json_t *)before) : json_array();
	json_object_set_new(copy, name, *array);
	return copy;
}

json_t *form_with_field(struct arena *a, const json_t *definition, const json_t *field)
{
	json_t *fields, *copy = with_array(a, definition, "fields", &fields);
	int at = position(fields, json_str_or(field, "key", ""));
	if (at < 0) json_array_append(fields, (json_t *)field);
	else json_array_set(fields, (size_t)at, (json_t *)field);
	return copy;
}

json_t *form_with_moved(struct arena *a, const json_t *definition, const char *key, int by)
{
	json_t *fields, *copy = with_array(a, definition, "fields", &fields);
	int from = position(fields, key), to = from + by;
	if (from < 0 || to < 0 || to >= (int)json_array_size(fields)) return copy;
	json_t *field = json_keep(a, json_incref(json_array_get(fields, (size_t)from)));
	json_array_remove(fields, (size_t)from);
	json_array_insert(fields, (size_t)to, field);
	return copy;
}

static json_t *without(json_t *array, const char *key)
{
	json_t *kept = json_array();
	for (size_t i = 0; i < json_array_size(array); i++)
		if (strcmp(json_string_value(json_array_get(array, i)), key) != 0)
			json_array_append(kept, json_array_get(array, i));
	return kept;
}

static json_t *with_transfer(struct arena *a, const json_t *definition, const char *key, const char *from,
                             const char *to)
{
	json_t *source, *target;
	json_t *copy = with_array(a, definition, from, &source);
	int at = position(source, key);
	if (at < 0) return copy;
	json_t *field = json_keep(a, json_incref(json_array_get(source, (size_t)at)));
	json_array_remove(source, (size_t)at);
	if (json_array_size(source) == 0 && strcmp(from, "retired") == 0) json_object_del(copy, from);
	copy = with_array(a, copy, to, &target);
	json_array_append(target, field);
	return copy;
}

json_t *form_with_retired(struct arena *a, const json_t *definition, const char *key)
{
	json_t *copy = with_transfer(a, definition, key, "fields", "retired");
	json_t *summary = json_object_get(copy, "summary");
	if (summary) json_object_set_new(copy, "summary", without(summary, key));
	if (strcmp(json_str_or(copy, "category", ""), key) == 0) json_object_del(copy, "category");
	return copy;
}

json_t *form_with_brought_back(struct arena *a, const json_t *definition, const char *key)
{
	return with_transfer(a, definition, key, "retired", "fields");
}

const char *key_from_words(struct arena *a, const char *words, const json_t *taken)
{
	char *base = text_slug(a, words, KEY_WORDS);
	for (char *c = base; *c; c++)
		if (*c == '-') *c = '_';
	if (!key_is_valid(base)) base = arena_printf(a, "q_%.*s", KEY_WORDS - 2, base);
	const char *key = base;
	for (int i = 2; json_object_get(taken, key); i++) key = arena_printf(a, "%s_%d", base, i);
	return key;
}

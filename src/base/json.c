#include "base/json.h"

#include <string.h>

#include "base/text.h"

static void decref(void *arg)
{
	json_decref(arg);
}

json_t *json_keep(struct arena *a, json_t *json)
{
	if (json == NULL) die("out of memory");
	arena_defer(a, decref, json);
	return json;
}

static bool too_deep(const json_t *json, int depth)
{
	if (depth > JSON_LEVELS) return true;
	if (json_is_array(json)) {
		for (size_t i = 0; i < json_array_size(json); i++)
			if (too_deep(json_array_get(json, i), depth + 1)) return true;
	} else if (json_is_object(json)) {
		for (void *it = json_object_iter((json_t *)json); it; it = json_object_iter_next((json_t *)json, it))
			if (too_deep(json_object_iter_value(it), depth + 1)) return true;
	}
	return false;
}

enum code json_parse(struct arena *a, const char *text, size_t len, json_t **ret, struct err *err)
{
	json_error_t e;
	/* Jansson takes no notice of NUL between two tokens. */
	if (memchr(text, '\0', len)) FAIL(err, E_INPUT, N_("this is not a text file: it holds NUL bytes"));
	json_t *json = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	if (json == NULL) /* It quotes what was read, which need not be text. */
		FAIL(err, E_INPUT, N_("not valid JSON at line %d, column %d: %s"), e.line, e.column,
		     text_repair(a, e.text, strlen(e.text)));
	json_keep(a, json);
	if (too_deep(json, 1)) FAIL(err, E_LIMIT, N_("JSON nested over %d levels"), JSON_LEVELS);
	*ret = json;
	return OK;
}

char *json_text(struct arena *a, const json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	if (text == NULL) die("out of memory");
	char *copy = arena_strdup(a, text);
	free(text);
	return copy;
}

const char *json_str(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

const char *json_str_or(const json_t *object, const char *key, const char *fallback)
{
	const char *s = json_str(object, key);
	return s ? s : fallback;
}

int64_t json_int(const json_t *object, const char *key, int64_t fallback)
{
	const json_t *value = json_object_get(object, key);
	return json_is_integer(value) ? json_integer_value(value) : fallback;
}

bool json_bool(const json_t *object, const char *key, bool fallback)
{
	const json_t *value = json_object_get(object, key);
	return json_is_boolean(value) ? json_is_true(value) : fallback;
}

#include "base/json_scan.h"

#include <string.h>

enum { LEVELS = 64 };

/* Past the string that begins at `at`; NULL: it has no end. */
static const char *past_string(const char *at, const char *end)
{
	for (at++; at < end; at++) {
		at = memchr(at, '"', (size_t)(end - at));
		if (at == NULL) return NULL;
		const char *slash = at;
		while (slash[-1] == '\\') slash--; /* the opening quote is before them */
		if ((at - slash) % 2 == 0) return at + 1;
	}
	return NULL;
}

static const char *past_nested(const char *at, const char *end)
{
	char open[LEVELS];
	int depth = 0;
	while (at && at < end) {
		char c = *at;
		if (c == '"') {
			at = past_string(at, end);
			continue;
		}
		at++;
		if (c == '{' || c == '[') {
			if (depth == LEVELS) return NULL;
			open[depth++] = c;
		} else if (c == '}' || c == ']') {
			if (open[--depth] != (c == '}' ? '{' : '[')) return NULL;
			if (depth == 0) return at;
		}
	}
	return NULL;
}

static const char *past_value(const char *at, const char *end)
{
	if (at == end) return NULL;
	if (*at == '"') return past_string(at, end);
	if (*at == '{' || *at == '[') return past_nested(at, end);
	const char *begun = at;
	while (at < end && strchr("-+.0123456789eEtrufalsn", *at)) at++;
	return at > begun ? at : NULL;
}

bool json_scan_object(struct json_slice object, json_member_fn *fn, void *context)
{
	const char *at = object.text, *end = at + object.len;
	if (object.len < 2 || *at != '{' || end[-1] != '}') return false;
	at++, end--;
	if (at == end) return true;
	for (;;) {
		const char *key = at + 1, *value;
		if (at == end || *at != '"' || (at = past_string(at, end)) == NULL) return false;
		struct json_slice name = { key, (size_t)(at - 1 - key) };
		if (memchr(name.text, '\\', name.len) || at == end || *at++ != ':') return false;
		value = at;
		at = past_value(at, end);
		if (at == NULL) return false;
		fn(context, name, (struct json_slice){ value, (size_t)(at - value) });
		if (at == end) return true;
		if (*at++ != ',') return false;
	}
}

bool json_scan_item(struct json_slice array, size_t *at, struct json_slice *ret)
{
	const char *end = array.text + array.len - 1;
	if (array.len < 2 || *array.text != '[' || *end != ']' || *at >= array.len) return false;
	if (*at == 0 && array.len == 2) *at = array.len;
	if (*at == array.len) return false;
	const char *item = array.text + *at + (*at == 0), *after = past_value(item, end);
	if (after == NULL || (after != end && *after != ',')) return false;
	*at = after == end ? array.len : (size_t)(after + 1 - array.text);
	*ret = (struct json_slice){ item, (size_t)(after - item) };
	return true;
}

bool json_scan_string(struct json_slice value, struct json_slice *ret)
{
	if (value.len < 2 || *value.text != '"' || memchr(value.text, '\\', value.len)) return false;
	*ret = (struct json_slice){ value.text + 1, value.len - 2 };
	return true;
}

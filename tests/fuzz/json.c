/* JSON: what is accepted, written, reads the same and is written the same; what is looked through without a tree has the
 * same members and items. */
#include "base/json.h"
#include "base/json_scan.h"
#include "fuzz.h"

struct seen {
	const json_t *object;
	size_t n;
};

static void see(void *context, struct json_slice key, struct json_slice value)
{
	struct seen *seen = context;
	json_t *member = json_object_getn(seen->object, key.text, key.len);
	json_t *again = json_loadb(value.text, value.len, JSON_DECODE_ANY, NULL);
	CHECK(member && again &&
	      (json_equal(member, again) || memchr(value.text, '.', value.len) || memchr(value.text, 'e', value.len)));
	json_decref(again);
	seen->n++;
}

static void scan(const json_t *json, const char *text)
{
	const struct json_slice whole = { text, strlen(text) };
	struct json_slice item, string;
	struct seen seen = { json, 0 };
	size_t at = 0, items = 0;
	if (json_scan_object(whole, see, &seen)) CHECK(json_is_object(json) && seen.n == json_object_size(json));
	else CHECK(!json_is_object(json) || strchr(text, '\\'));
	while (json_scan_item(whole, &at, &item)) items++;
	CHECK(!json_is_array(json) || (items == json_array_size(json) && at == whole.len));
	if (json_scan_string(whole, &string))
		CHECK(json_is_string(json) && json_string_length(json) == string.len &&
		      memcmp(json_string_value(json), string.text, string.len) == 0);
}

static void ignore(void *context, struct json_slice key, struct json_slice value)
{
	(void)context;
	(void)key;
	(void)value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct err err;
	json_t *json, *again;
	arena_init(&a);
	/* Whatever it is: no more than its end. */
	(void)json_scan_object((struct json_slice){ (const char *)data, size }, ignore, NULL);
	struct json_slice item;
	for (size_t at = 0; json_scan_item((struct json_slice){ (const char *)data, size }, &at, &item);) continue;
	if (json_parse(&a, (const char *)data, size, &json, &err) == OK) {
		const char *text = json_text(&a, json);
		scan(json, text);
		CHECK(is_text(text));
		CHECK(json_parse(&a, text, strlen(text), &again, NULL) == OK);
		CHECK(json_equal(json, again) || strpbrk(text, ".eE"));
		CHECK(strcmp(json_text(&a, again), text) == 0 || strpbrk(text, ".eE"));
	} else {
		char said[600];
		CHECK(is_text(err_format(&err, err.msg, said, sizeof(said))));
	}
	arena_release(&a);
	return 0;
}

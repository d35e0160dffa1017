/* JSON: what is accepted, written, reads the same and is written the same. */
#include "base/json.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct err err;
	json_t *json, *again;
	arena_init(&a);
	if (json_parse(&a, (const char *)data, size, &json, &err) == OK) {
		const char *text = json_text(&a, json);
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

/* Where a page ended: what is accepted is written again and read the same; what we write is accepted. */
#include "core/cursor.h"
#include "core/field_type.h"
#include "fuzz.h"

static bool same(const struct value *x, const struct value *y)
{
	if (x->kind != y->kind) return false;
	if (x->kind == VALUE_INT) return x->i == y->i;
	return x->kind != VALUE_TEXT || (x->len == y->len && memcmp(x->ptr, y->ptr, x->len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct field name = { .num = 7 }, day = { .num = 12 };
	static const struct order orders[] = { { .field = &name },
		                               { .field = &day, .descending = true },
		                               { .changed = true, .descending = true } };
	struct arena a;
	struct cursor cursor, again;
	arena_init(&a);
	const char *text = arena_strndup(&a, (const char *)data, size);
	for (int n = 0; n <= (int)COUNT(orders); n++) {
		if (cursor_parse(&a, text, orders, n, &cursor, NULL) != OK) continue;
		const char *written = cursor_format(&a, orders, n, &cursor);
		CHECK(cursor_parse(&a, written, orders, n, &again, NULL) == OK);
		CHECK(again.num == cursor.num);
		for (int i = 0; i < n; i++) CHECK(same(&cursor.keys[i], &again.keys[i]));
	}
	/* The text as a key of ours. */
	char *key = text_cut(&a, text_repair(&a, text, strlen(text)), 12);
	struct cursor ours = { .keys = { *key ? value_text(key) : (struct value){ .kind = VALUE_NULL },
		                         (struct value){ .kind = VALUE_NULL }, value_int(-1) },
		               .num = 3 };
	const char *written = cursor_format(&a, orders, COUNT(orders), &ours);
	CHECK(cursor_parse(&a, written, orders, COUNT(orders), &cursor, NULL) == OK);
	for (size_t i = 0; i < COUNT(orders); i++) CHECK(same(&ours.keys[i], &cursor.keys[i]));
	arena_release(&a);
	return 0;
}

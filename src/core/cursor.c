#include "core/cursor.h"

#include <sodium.h>
#include <string.h>

#include "core/field_type.h"

enum { BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

/* Tells the orders a cursor was made for: "12,-34,-changed". */
static const char *signature(struct arena *a, const struct order *orders, int n)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 0; i < n; i++) {
		buf_puts(&out, orders[i].descending ? ",-" : ",");
		if (orders[i].field) buf_printf(&out, "%lld", (long long)orders[i].field->num);
		else buf_puts(&out, orders[i].changed ? "changed" : "created");
	}
	return buf_str(&out);
}

const char *cursor_format(struct arena *a, const struct order *orders, int n, const struct cursor *cursor)
{
	json_t *array = json_keep(a, json_array());
	json_array_append_new(array, json_string(signature(a, orders, n)));
	json_array_append_new(array, json_integer(cursor->num));
	for (int i = 0; i < n; i++) {
		const struct value *key = &cursor->keys[i];
		if (key->kind == VALUE_INT) json_array_append_new(array, json_integer(key->i));
		else if (key->kind == VALUE_TEXT) json_array_append_new(array, json_stringn(key->ptr, key->len));
		else json_array_append_new(array, json_null());
	}
	const char *text = json_text(a, array);
	size_t len = strlen(text), size = sodium_base64_encoded_len(len, BASE64);
	return sodium_bin2base64(arena_alloc(a, size), size, (const unsigned char *)text, len, BASE64);
}

static bool read_key(const json_t *json, const struct order *order, struct value *ret)
{
	if (order->field == NULL) {
		*ret = value_int(json_integer_value(json));
		return json_is_integer(json);
	}
	*ret = value_text(json_string_value(json));
	return json_is_null(json) || (json_is_string(json) && ret->len > 0 && ret->len <= INDEX_KEY);
}

static bool read_all(struct arena *a, const char *text, size_t len, const struct order *orders, int n,
                     struct cursor *ret)
{
	json_t *array;
	struct err ignored;
	if (json_parse(a, text, len, &array, &ignored) != OK) return false;
	if (json_array_size(array) != (size_t)n + 2) return false;
	const char *made_for = json_string_value(json_array_get(array, 0));
	const json_t *num = json_array_get(array, 1);
	if (made_for == NULL || strcmp(made_for, signature(a, orders, n)) != 0) return false;
	if (!json_is_integer(num)) return false;
	ret->num = json_integer_value(num);
	for (int i = 0; i < n; i++)
		if (!read_key(json_array_get(array, (size_t)i + 2), &orders[i], &ret->keys[i])) return false;
	return true;
}

enum code cursor_parse(struct arena *a, const char *text, const struct order *orders, int n, struct cursor *ret,
                       struct err *err)
{
	struct cursor cursor = { .num = 0 };
	size_t len = strnlen(text, CURSOR_SIZE), used = 0;
	unsigned char *plain = arena_alloc(a, len + 1);
	bool sound = len < CURSOR_SIZE &&
	             sodium_base642bin(plain, len + 1, text, len, NULL, &used, NULL, BASE64) == 0 &&
	             read_all(a, (const char *)plain, used, orders, n, &cursor);
	if (!sound) FAIL(err, E_INPUT, N_("this address of a further page is not complete: start from the first page"));
	*ret = cursor;
	return OK;
}

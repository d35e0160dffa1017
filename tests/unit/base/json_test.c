/* JSON within our limits: RFC 8259, and what canonical means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/json.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static enum code parse(const char *text, json_t **ret)
{
	struct err err;
	enum code code = json_parse(&arena, text, strlen(text), ret, &err);
	if (code != OK) assert_int_equal(err.code, code);
	return code;
}

static void test_accepted(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		/* RFC 8259 §13: any value is a text */
		{ "\"Hello world!\"", "\"Hello world!\"" },
		{ "42", "42" },
		{ "true", "true" },
		{ "null", "null" },
		{ " { \"b\" : [ 1 , 2 ] ,\r\n\t\"a\" : { } } ", "{\"a\":{},\"b\":[1,2]}" },
		{ "{\"\":1,\"é\":2,\"z\":3}", "{\"\":1,\"z\":3,\"é\":2}" },
		{ "\"\\u00e9\\ud83c\\udf89\\/\"", "\"é\xF0\x9F\x8E\x89/\"" },
		{ "9223372036854775807", "9223372036854775807" },
		{ "[]", "[]" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		json_t *json;
		if (parse(rows[i][0], &json) != OK) fail_msg("%s", rows[i][0]);
		assert_string_equal(json_text(&arena, json), rows[i][1]);
	}
}

static void test_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"",
		" ",
		"{",
		"[1,]",
		"{\"a\":1,}",
		"{a:1}",
		"{'a':1}",
		"01",
		"1.",
		".5",
		"+1",
		"NaN",
		"Infinity",
		"[1] [2]",
		"[1]x",
		"tru",
		"\"a",
		"\"\t\"",
		"\"\\x41\"",
		"// a\n1",
		"{\"a\":1,\"a\":2}",       /* two readers would choose differently */
		"{\"a\":1,\"\\u0061\":2}", /* the same key */
		"\"\\u0000\"",
		"{\"a\\u0000b\":1}",
		"\"\\ud83c\"",
		"\"\\udf89\"",
		"\"\xE9\"",
		"\"\xED\xA0\x80\"",
		"\"\xC0\x80\"",
		"\xEF\xBB\xBF{}",
		"18446744073709551616",
		"1e999",
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		json_t *json = (json_t *)&arena;
		if (parse(rows[i], &json) == OK) fail_msg("%s", rows[i]);
		assert_ptr_equal(json, &arena);
	}
	json_t *json;
	struct err err;
	char text[300];
	assert_int_equal(json_parse(&arena, "[1\0]", 4, &json, &err), E_INPUT);
	assert_int_equal(json_parse(&arena, "{\n\"a\": x}", 9, &json, &err), E_INPUT);
	err_format(&err, err.msg, text, sizeof(text));
	if (strstr(text, "line 2, column 6") == NULL) fail_msg("%s", text);
}

static const char *nested(const char *open, const char *inside, const char *close, int depth)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	for (int i = 0; i < depth; i++) buf_puts(&out, open);
	buf_puts(&out, inside);
	for (int i = 0; i < depth; i++) buf_puts(&out, close);
	return buf_str(&out);
}

static void test_depth(void **state)
{
	(void)state;
	json_t *json;
	assert_int_equal(parse(nested("[", "", "]", 64), &json), OK);
	assert_int_equal(parse(nested("[", "", "]", 65), &json), E_LIMIT);
	assert_int_equal(parse(nested("{\"a\":", "1", "}", 63), &json), OK);
	assert_int_equal(parse(nested("{\"a\":", "1", "}", 65), &json), E_LIMIT);
	assert_int_not_equal(parse(nested("[", "", "]", 1000000), &json), OK);
}

static void test_members(void **state)
{
	(void)state;
	json_t *json;
	assert_int_equal(parse("{\"s\":\"x\",\"i\":7,\"b\":true,\"n\":null,\"f\":1.5}", &json), OK);
	assert_string_equal(json_str(json, "s"), "x");
	assert_null(json_str(json, "i"));
	assert_null(json_str(json, "absent"));
	assert_null(json_str(NULL, "s"));
	assert_string_equal(json_str_or(json, "n", "-"), "-");
	assert_int_equal(json_int(json, "i", 1), 7);
	assert_int_equal(json_int(json, "s", 1), 1);
	assert_int_equal(json_int(json, "f", 1), 1);
	assert_true(json_bool(json, "b", false));
	assert_true(json_bool(json, "i", true));
	assert_false(json_bool(json, "n", false));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_accepted), cmocka_unit_test(test_refused),
		                            cmocka_unit_test(test_depth), cmocka_unit_test(test_members) };
	return cmocka_run_group_tests(tests, setup, teardown);
}

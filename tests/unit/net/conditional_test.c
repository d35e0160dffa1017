/* Entity tags: RFC 9110 §8.8.3 and §13.1. */
#include "net/conditional.h"
#include "request_fixture.h"

/* The table of §8.8.3.2. */
static void test_comparison(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		bool strong, weak;
	} rows[] = {
		{ "W/\"1\"", "W/\"1\"", false, true },
		{ "W/\"1\"", "W/\"2\"", false, false },
		{ "W/\"1\"", "\"1\"", false, true },
		{ "\"1\"", "\"1\"", true, true },
		/* not tags */
		{ "1", "1", false, false },
		{ "\"1", "\"1", false, false },
		{ "\"1\"x", "\"1\"x", false, false },
		{ "w/\"1\"", "\"1\"", false, false }, /* "W/" is case-sensitive */
		{ "", "", false, false },
		{ "\"\"", "\"\"", true, true },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(etag_equal_strong(rows[i].a, rows[i].b), rows[i].strong);
		assert_int_equal(etag_equal_weak(rows[i].a, rows[i].b), rows[i].weak);
	}
}

struct row {
	const char *field, *etag;
	bool named;
};

/* §13.1.2 */
static void test_if_none_match(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "\"xyzzy\"", "\"xyzzy\"", true },
		{ "W/\"xyzzy\"", "\"xyzzy\"", true },
		{ "\"xyzzy\"", "W/\"xyzzy\"", true },
		{ "\"xyzzy\", \"r2d2xxxx\", \"c3piozzzz\"", "\"c3piozzzz\"", true },
		{ "W/\"xyzzy\", W/\"r2d2xxxx\", W/\"c3piozzzz\"", "\"r2d2xxxx\"", true },
		{ "*", "\"any\"", true },
		{ "*", NULL, false },
		{ "\"xyzzy\"", NULL, false },
		{ "\"xyzzy\"", "\"xyzz\"", false },
		{ "\"a,b\"", "\"a,b\"", true }, /* a comma inside a tag */
		{ "\"a,b\"", "\"a\"", false },
		{ ",, \"a\" ,\t\"b\",", "\"b\"", true }, /* empty elements (§5.6.1) */
		{ "xyzzy", "\"xyzzy\"", false },
		{ "\"a\" garbage, \"b\"", "\"a\"", true },
		{ "garbage, \"b\"", "\"b\"", false },
		{ "\"a\"x, \"b\"", "\"b\"", false },
		{ "\"a", "\"a\"", false },
		{ "\"*\"", "\"a\"", false },
		{ "", "\"a\"", false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_request rq = REQUEST({ "If-None-Match", rows[i].field });
		if (if_none_match(&rq, rows[i].etag) != rows[i].named)
			fail_msg("%s against %s", rows[i].field, rows[i].etag);
	}
	struct http_request none = REQUEST({ "If-Match", "\"a\"" });
	assert_false(if_none_match(&none, "\"a\""));
	struct http_request two = REQUEST({ "If-None-Match", "\"a\"" }, { "if-none-match", "\"b\"" });
	assert_true(if_none_match(&two, "\"b\""));
}

/* §13.1.1 */
static void test_if_match(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "\"xyzzy\"", "\"xyzzy\"", true },
		{ "W/\"xyzzy\"", "\"xyzzy\"", false },
		{ "\"xyzzy\"", "W/\"xyzzy\"", false },
		{ "\"xyzzy\", \"r2d2xxxx\", \"c3piozzzz\"", "\"r2d2xxxx\"", true },
		{ "*", "\"any\"", true },
		{ "*", NULL, false },
		{ "\"a\"", "\"b\"", false },
		{ "nonsense", "\"b\"", false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_request rq = REQUEST({ "If-Match", rows[i].field });
		if (if_match(&rq, rows[i].etag) != rows[i].named)
			fail_msg("%s against %s", rows[i].field, rows[i].etag);
	}
	struct http_request none = REQUEST({ "Host", "a" });
	assert_true(if_match(&none, "\"a\""));
	assert_true(if_match(&none, NULL));
}

static void test_format(void **state)
{
	(void)state;
	char tag[ETAG_SIZE];
	struct hash hash;
	for (int i = 0; i < HASH_SIZE; i++) hash.b[i] = (uint8_t)(i * 17);
	assert_string_equal(etag_format(&hash, tag), "\"00112233445566778899aabbccddeeff\"");
	assert_true(etag_equal_strong(tag, tag));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comparison),
		cmocka_unit_test(test_if_none_match),
		cmocka_unit_test(test_if_match),
		cmocka_unit_test(test_format),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

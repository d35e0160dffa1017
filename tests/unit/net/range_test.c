/* Parts of files: RFC 9110 §14.1.2 and §14.2, on 10,000 bytes as in its examples. */
#include "net/range.h"
#include "request_fixture.h"

#define TAG "\"2026\""

static void test_ranges(void **state)
{
	(void)state;
	static const struct {
		const char *field;
		enum range range;
		int64_t first, last;
	} rows[] = {
		{ "bytes=0-499", RANGE_PART, 0, 499 },
		{ "bytes=500-999", RANGE_PART, 500, 999 },
		{ "bytes=-500", RANGE_PART, 9500, 9999 },
		{ "bytes=9500-", RANGE_PART, 9500, 9999 },
		{ "Bytes=0-0", RANGE_PART, 0, 0 }, /* names of units have no case */
		{ "bytes=0-", RANGE_PART, 0, 9999 },
		{ "bytes=0-10000", RANGE_PART, 0, 9999 },
		{ "bytes=9999-99999999999999999999999999", RANGE_PART, 9999, 9999 },
		{ "bytes=-10001", RANGE_PART, 0, 9999 },
		{ "bytes=10000-", RANGE_OUTSIDE, 0, 0 },
		{ "bytes=99999999999999999999999999-", RANGE_OUTSIDE, 0, 0 },
		{ "bytes=-0", RANGE_OUTSIDE, 0, 0 },
		{ "bytes=500-499", RANGE_ALL, 0, 0 },
		{ "bytes=0-0,-1", RANGE_ALL, 0, 0 },
		{ "bytes=", RANGE_ALL, 0, 0 },
		{ "bytes=-", RANGE_ALL, 0, 0 },
		{ "bytes=a-b", RANGE_ALL, 0, 0 },
		{ "bytes=0-1x", RANGE_ALL, 0, 0 },
		{ "bytes=+0-1", RANGE_ALL, 0, 0 },
		{ "bytes", RANGE_ALL, 0, 0 },
		{ "rows=0-1", RANGE_ALL, 0, 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_request rq = REQUEST({ "Range", rows[i].field });
		int64_t first = -1, len = -1;
		if (range_read(&rq, TAG, 10000, &first, &len) != rows[i].range) print_message("%s\n", rows[i].field);
		assert_int_equal(range_read(&rq, TAG, 10000, &first, &len), rows[i].range);
		if (rows[i].range != RANGE_PART) continue;
		assert_int_equal(first, rows[i].first);
		assert_int_equal(first + len - 1, rows[i].last);
	}
}

static void test_nothing_in_it(void **state)
{
	(void)state;
	struct http_request rq = REQUEST({ "Range", "bytes=0-" }), suffix = REQUEST({ "Range", "bytes=-5" });
	int64_t first, len;
	assert_int_equal(range_read(&rq, TAG, 0, &first, &len), RANGE_OUTSIDE);
	assert_int_equal(range_read(&suffix, TAG, 0, &first, &len), RANGE_OUTSIDE);
}

/* §13.1.5: strong comparison; a date is not our tag. §14.2: GET only. */
static void test_conditions(void **state)
{
	(void)state;
	static const struct {
		const char *condition;
		enum range range;
	} rows[] = { { TAG, RANGE_PART },
		     { "W/" TAG, RANGE_ALL },
		     { "\"2025\"", RANGE_ALL },
		     { "Sat, 29 Oct 1994 19:43:31 GMT", RANGE_ALL } };
	int64_t first, len;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_request rq = REQUEST({ "Range", "bytes=0-4" }, { "If-Range", rows[i].condition });
		assert_int_equal(range_read(&rq, TAG, 10, &first, &len), rows[i].range);
	}
	struct http_request head = REQUEST({ "Range", "bytes=0-4" }), none = REQUEST({ "Accept", "*/*" });
	head.method = HTTP_HEAD;
	assert_int_equal(range_read(&head, TAG, 10, &first, &len), RANGE_ALL);
	assert_int_equal(range_read(&none, TAG, 10, &first, &len), RANGE_ALL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_ranges, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nothing_in_it, setup, teardown),
		cmocka_unit_test_setup_teardown(test_conditions, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

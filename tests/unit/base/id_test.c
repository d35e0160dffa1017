/* UUID version 7 (RFC 9562) in Crockford's base 32. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/macros.h"

/* RFC 9562 appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F was made at 1645557742000 ms. */
static const struct id example = { { 0x01, 0x7F, 0x22, 0xE2, 0x79, 0xB0, 0x7C, 0xC3, 0x98, 0xC4, 0xDC, 0x0C, 0x0C, 0x07,
	                             0x39, 0x8F } };

static void test_layout(void **state)
{
	(void)state;
	unsigned seen_and[16], seen_or[16] = { 0 };
	memset(seen_and, 0xFF, sizeof(seen_and));
	clock_set(1645557742000);
	for (int round = 0; round < 500; round++) {
		struct id id = id_new();
		assert_memory_equal(id.b, example.b, 6);
		for (int i = 0; i < 16; i++) {
			seen_and[i] &= id.b[i];
			seen_or[i] |= id.b[i];
		}
	}
	/* Version 7 in 4 bits, variant 10 in 2, and every other bit takes both values. */
	for (int i = 6; i < 16; i++) {
		unsigned fixed = i == 6 ? 0x70 : i == 8 ? 0x80 : 0, mask = i == 6 ? 0xF0 : i == 8 ? 0xC0 : 0;
		assert_int_equal(seen_and[i] & 0xFF, fixed);
		assert_int_equal(seen_or[i], fixed | (0xFF & ~mask));
	}
}

static void test_order(void **state)
{
	(void)state;
	struct id before = { { 0 } };
	char text[ID_TEXT + 1], last[ID_TEXT + 1] = "";
	for (int64_t ms = 1; ms < (int64_t)1 << 47; ms = ms * 3 + 1) {
		clock_set(ms);
		struct id id = id_new();
		assert_true(id_compare(before, id) < 0);
		assert_true(strcmp(last, id_format(id, text)) < 0); /* the texts sort as the ids do */
		memcpy(last, text, sizeof(last));
		before = id;
	}
	clock_set(0);
}

/* Python: int(uuid, 16) written with the digits of base 32 without i, l, o, u. */
static void test_text(void **state)
{
	(void)state;
	static const struct {
		struct id id;
		const char *text;
	} rows[] = {
		{ { { 0 } }, "00000000000000000000000000" },
		{ { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } }, "00000000000000000000000001" },
		{ { { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
		      0xFF } },
		  "7zzzzzzzzzzzzzzzzzzzzzzzzz" },
		{ { { 0x01, 0x7F, 0x22, 0xE2, 0x79, 0xB0, 0x7C, 0xC3, 0x98, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39,
		      0x8F } },
		  "01fwhe4ydgfk1shh6w1g60eecf" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[ID_TEXT + 1];
		struct id back;
		assert_string_equal(id_format(rows[i].id, text), rows[i].text);
		assert_true(id_parse(text, &back));
		assert_true(id_equal(back, rows[i].id));
	}
	for (int i = 0; i < 1000; i++) {
		char text[ID_TEXT + 1];
		struct id id = id_random(), back;
		assert_true(id_parse(id_format(id, text), &back));
		assert_true(id_equal(id, back));
	}
}

static void test_parse(void **state)
{
	(void)state;
	struct id a, b = { { 9 } };
	/* Either case; i, l and o are read as the digits they look like. */
	assert_true(id_parse("0123456789abcdefghjkmnpqrs", &a));
	assert_true(id_parse("OI23456789ABCDEFGHJKMNPQRS", &b));
	assert_true(id_equal(a, b));
	assert_true(id_parse("oL23456789abcdefghjkmnpqrs", &b));
	assert_true(id_equal(a, b));
	static const char *const wrong[] = {
		"",
		"0",
		"0123456789abcdefghjkmnpqr",
		"0123456789abcdefghjkmnpqrst",
		"8zzzzzzzzzzzzzzzzzzzzzzzzz", /* more than 128 bits */
		"0123456789abcdefghjkmnpqru",
		"0123456789abcdefghjkmnpqr-",
		"0123456789abcdefghjkmnpqr ",
		" 123456789abcdefghjkmnpqrs",
		"0123456789abcdefghjkmnpqr\xC3",
	};
	struct id untouched = { { 9 } };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		if (id_parse(wrong[i], &untouched)) fail_msg("%s", wrong[i]);
		assert_int_equal(untouched.b[0], 9);
	}
}

static void test_zero(void **state)
{
	(void)state;
	assert_true(id_is_zero((struct id){ { 0 } }));
	assert_false(id_is_zero((struct id){ { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } }));
}

int main(void)
{
	random_seed(1);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout), cmocka_unit_test(test_order), cmocka_unit_test(test_text),
		cmocka_unit_test(test_parse),  cmocka_unit_test(test_zero),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Buffers and arenas: what is promised about limits, order and memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static void test_buf(void **state)
{
	(void)state;
	struct buf b = { 0 };
	assert_string_equal(buf_str(&b), "");
	buf_puts(&b, "abc");
	buf_putc(&b, 'd');
	buf_lit(&b, "e\0f");
	buf_printf(&b, "%d", 42);
	assert_int_equal(b.len, 9);
	assert_memory_equal(b.data, "abcde\0f42", 10);
	buf_reset(&b);
	assert_string_equal(buf_str(&b), "");
	/* Longer than the stack buffer of buf_printf, and around its size. */
	char text[2000];
	for (size_t len = 500; len < 520; len++) {
		memset(text, 'x', sizeof(text));
		text[len] = '\0';
		buf_reset(&b);
		buf_printf(&b, "%s", text);
		assert_int_equal(b.len, len);
		assert_string_equal(b.data, text);
	}
	buf_release(&b);
	assert_null(b.data);
	buf_puts(&b, "again");
	assert_string_equal(buf_str(&b), "again");
	buf_release(&b);
}

static void test_buf_limit(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, NULL, 10);
	buf_puts(&b, "0123456789");
	assert_false(b.over);
	buf_add(&b, "", 0);
	assert_false(b.over);
	buf_putc(&b, 'x');
	assert_true(b.over);
	assert_string_equal(b.data, "0123456789");
	buf_reset(&b);
	assert_false(b.over);
	/* What does not fit is dropped whole, and so is what follows: no text with a hole in it. */
	buf_puts(&b, "012345");
	buf_puts(&b, "6789x");
	buf_puts(&b, "6");
	assert_true(b.over);
	assert_string_equal(b.data, "012345");
	buf_release(&b);
	assert_int_equal(b.max, 10);
}

static void test_arena(void **state)
{
	(void)state;
	static const size_t sizes[] = { 0, 1, 15, 16, 17, 100, 4095, 4096, 4097, 16383, 16384, 16385, 100000 };
	struct arena a;
	unsigned char *pieces[200];
	size_t lens[200];
	arena_init(&a);
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 200; i++) {
			lens[i] = sizes[(i * 7 + (size_t)round) % COUNT(sizes)];
			pieces[i] = arena_alloc(&a, lens[i]);
			assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
			for (size_t k = 0; k < lens[i]; k++) assert_int_equal(pieces[i][k], 0);
			memset(pieces[i], (int)i, lens[i]);
		}
		for (size_t i = 0; i < 200; i++) /* no piece overlaps another */
			for (size_t k = 0; k < lens[i]; k++) assert_int_equal(pieces[i][k], i);
		arena_reset(&a);
	}
	assert_string_equal(arena_strndup(&a, "abcdef", 3), "abc");
	assert_string_equal(arena_strdup(&a, ""), "");
	assert_string_equal(arena_printf(&a, "%d-%s", 7, "x"), "7-x");
	assert_memory_equal(arena_memdup(&a, "a\0b", 3), "a\0b", 3);
	arena_release(&a);
	arena_release(&a);
}

static char order[10];

static void note(void *arg)
{
	size_t len = strlen(order);
	order[len] = *(const char *)arg;
	order[len + 1] = '\0';
}

static void test_defer(void **state)
{
	static char names[] = "1234";
	(void)state;
	struct arena a;
	arena_init(&a);
	arena_defer(&a, note, &names[0]);
	arena_defer(&a, note, &names[1]);
	arena_defer(&a, note, &names[2]);
	arena_reset(&a);
	assert_string_equal(order, "321"); /* last first, each once */
	arena_defer(&a, note, &names[3]);
	arena_release(&a);
	assert_string_equal(order, "3214");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_buf), cmocka_unit_test(test_buf_limit),
		                            cmocka_unit_test(test_arena), cmocka_unit_test(test_defer) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* QR codes: the same for the same text, drawn or kept, by several threads at once; limits. */
#include "page/qr.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct html_safe code(struct arena *a, const char *text)
{
	struct html_safe svg;
	struct err err;
	assert_int_equal(qr_svg(a, text, "", &svg, &err), OK);
	return svg;
}

/* ISO/IEC 18004, 6.1: version v has 17 + 4v modules; byte mode at level M holds 14 bytes in version 1, 26
 * in version 2, 2,331 in version 40. The quiet zone adds 4 on each side. */
static void test_sizes(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	assert_non_null(strstr(code(&a, "12345678901234").ptr, "viewBox=\"0 0 29 29\""));
	assert_non_null(strstr(code(&a, "123456789012345").ptr, "viewBox=\"0 0 33 33\""));
	assert_non_null(strstr(code(&a, "12345678901234567890123456").ptr, "viewBox=\"0 0 33 33\""));
	assert_non_null(strstr(code(&a, "123456789012345678901234567").ptr, "viewBox=\"0 0 37 37\""));
	arena_release(&a);
}

/* Every code has a finder pattern in three corners: seven dark modules in the first row, twice. */
static void test_finders(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	const char *svg = code(&a, "https://parvis.example/").ptr;
	assert_non_null(strstr(svg, "M4 4h7v1h-7z"));
	assert_non_null(strstr(svg, "M22 4h7v1h-7z"));
	assert_non_null(strstr(svg, "M4 28h7v1h-7z"));
	arena_release(&a);
}

/* PNG 3rd edition, 5.2 and 11.2.1: signature, then IHDR with width and height, 8 bits of grey; a symbol of
 * version 1 has 21 modules and 4 of quiet zone on each side. */
static void test_png(void **state)
{
	static const unsigned char head[] = { 0x89,
		                              'P',
		                              'N',
		                              'G',
		                              '\r',
		                              '\n',
		                              0x1A,
		                              '\n',
		                              0,
		                              0,
		                              0,
		                              13,
		                              'I',
		                              'H',
		                              'D',
		                              'R',
		                              0,
		                              0,
		                              29 * QR_PIXELS >> 8,
		                              29 * QR_PIXELS & 255,
		                              0,
		                              0,
		                              29 * QR_PIXELS >> 8,
		                              29 * QR_PIXELS & 255,
		                              8,
		                              0 };
	struct arena a;
	struct buf out;
	struct err err;
	(void)state;
	arena_init(&a);
	buf_init(&out, &a, 0);
	assert_int_equal(qr_png(&a, "12345678901234", &out, &err), OK);
	assert_memory_equal(out.data, head, sizeof(head));
	assert_int_equal(qr_png(&a, "", &out, &err), E_INPUT);
	char *text = arena_alloc(&a, QR_TEXT_MAX + 2);
	memset(text, 'x', QR_TEXT_MAX + 1);
	text[QR_TEXT_MAX + 1] = '\0';
	assert_int_equal(qr_png(&a, text, &out, &err), E_LIMIT);
	arena_release(&a);
}

enum { TEXTS = 1500 /* more than are kept */ };
static char *drawn[TEXTS];

static void *draw_all(void *arg)
{
	struct arena a;
	char text[64];
	int *differ = arg;
	arena_init(&a);
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < TEXTS; i += round ? 7 : 1) {
			snprintf(text, sizeof(text), "https://parvis.example/f/%026d", i);
			if (strcmp(code(&a, text).ptr, drawn[i]) != 0) ++*differ;
			arena_reset(&a);
		}
	arena_release(&a);
	return NULL;
}

static void test_kept(void **state)
{
	struct arena a;
	char text[64];
	pthread_t threads[4];
	int differ[4] = { 0 };
	(void)state;
	arena_init(&a);
	for (int i = 0; i < TEXTS; i++) {
		snprintf(text, sizeof(text), "https://parvis.example/f/%026d", i);
		drawn[i] = arena_strdup(&a, code(&a, text).ptr);
		if (i) assert_string_not_equal(drawn[i], drawn[i - 1]);
	}
	for (int t = 0; t < 4; t++) pthread_create(&threads[t], NULL, draw_all, &differ[t]);
	for (int t = 0; t < 4; t++) {
		pthread_join(threads[t], NULL);
		assert_int_equal(differ[t], 0);
	}
	arena_release(&a);
}

static void test_limits(void **state)
{
	struct arena a;
	struct err err;
	struct html_safe svg = { NULL, 0 };
	(void)state;
	arena_init(&a);
	char *text = arena_alloc(&a, QR_TEXT_MAX + 2);
	memset(text, 'x', QR_TEXT_MAX + 1);
	assert_int_equal(qr_svg(&a, "", "", &svg, &err), E_INPUT);
	assert_int_equal(qr_svg(&a, text, "", &svg, &err), E_LIMIT);
	assert_null(svg.ptr);
	assert_int_equal(qr_svg(&a, "x", "<b>\"", &svg, &err), OK);
	assert_null(strstr(svg.ptr, "<b>\"\""));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sizes), cmocka_unit_test(test_finders), cmocka_unit_test(test_png),
		cmocka_unit_test(test_kept),  cmocka_unit_test(test_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

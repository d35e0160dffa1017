/* Escaping: what a browser must read as text stays text (OWASP XSS prevention, rules 1 to 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/html.h"

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

#define MADE(call)                         \
	({                                 \
		struct buf out;            \
		buf_init(&out, &arena, 0); \
		buf_puts(&out, "");        \
		call;                      \
		buf_str(&out);             \
	})

static void test_text(void **state)
{
	(void)state;
	assert_string_equal(MADE(html_text(&out, "<script>alert(\"1\" & '2')</script>")),
	                    "&lt;script&gt;alert(&#34;1&#34; &amp; &#39;2&#39;)&lt;/script&gt;");
	assert_string_equal(MADE(html_text(&out, "été &amp; <")), "été &amp;amp; &lt;");
	assert_string_equal(MADE(html_text(&out, "")), "");
	assert_string_equal(MADE(html_text(&out, (const char *)NULL)), "");
	assert_string_equal(MADE(html_attr(&out, "\" onclick=\"x")), "&#34; onclick=&#34;x");
	struct html_safe safe = { "<b>ok</b>junk", 9 };
	assert_string_equal(MADE(html_text(&out, safe)), "<b>ok</b>");
}

static void test_numbers(void **state)
{
	(void)state;
	assert_string_equal(MADE(html_text(&out, 0)), "0");
	assert_string_equal(MADE(html_text(&out, -42)), "-42");
	assert_string_equal(MADE(html_text(&out, INT64_MIN)), "-9223372036854775808");
	assert_string_equal(MADE(html_text(&out, INT64_MAX)), "9223372036854775807");
	assert_string_equal(MADE(html_text(&out, UINT64_MAX)), "18446744073709551615");
	assert_string_equal(MADE(html_url_part(&out, -7)), "-7");
}

static void test_url(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "/e/tours?a=1&b=2#c", "/e/tours?a=1&amp;b=2#c" },
		{ "", "" },
		{ "#top", "#top" },
		{ "?page=2", "?page=2" },
		{ "a/b:c", "a/b:c" },
		{ "?a:b", "?a:b" },
		{ "#a:b", "#a:b" },
		{ "https://example.org/", "https://example.org/" },
		{ "HTTP://a", "HTTP://a" },
		{ "mailto:a@example.org", "mailto:a@example.org" },
		{ "tel:+33247000000", "tel:+33247000000" },
		{ "geo:47.39,0.68", "geo:47.39,0.68" },
		{ "https://a/\"onx='y'<>", "https://a/&#34;onx=&#39;y&#39;&lt;&gt;" },
		{ "/a b", "/a%20b" },
		/* schemes that run something, in the disguises browsers see through */
		{ "javascript:alert(1)", "#" },
		{ "JaVaScRiPt:alert(1)", "#" },
		{ "java\nscript:alert(1)", "#" },
		{ "java\tscript:alert(1)", "#" },
		{ "\x01javascript:alert(1)", "#" },
		{ " javascript:alert(1)", "#" },
		{ "javascript\r:alert(1)", "#" },
		{ "data:text/html,<script>", "#" },
		{ "vbscript:x", "#" },
		{ "file:///etc/passwd", "#" },
		{ "blob:x", "#" },
		{ "httpx:y", "#" },
		{ "htt:y", "#" },
		{ ":", "#" },
		{ "&#106;avascript:alert(1)", "&amp;#106;avascript:alert(1)" },
		{ "/a\nb", "#" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = MADE(html_url(&out, rows[i][0]));
		if (strcmp(got, rows[i][1]) != 0) fail_msg("%s: %s", rows[i][0], got);
	}
	assert_string_equal(MADE(html_url(&out, (const char *)NULL)), "");
}

/* RFC 3986 §2.3 and §2.5. */
static void test_url_part(void **state)
{
	(void)state;
	assert_string_equal(MADE(html_url_part(&out, "AZaz09-._~")), "AZaz09-._~");
	assert_string_equal(MADE(html_url_part(&out, "a/b?c=d&e \"<>'\\\n%")),
	                    "a%2Fb%3Fc%3Dd%26e%20%22%3C%3E%27%5C%0A%25");
	assert_string_equal(MADE(html_url_part(&out, "\xC3\x80\xE3\x82\xA2")), "%C3%80%E3%82%A2");
	assert_string_equal(MADE(html_url_part(&out, (const char *)NULL)), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_text), cmocka_unit_test(test_numbers),
		                            cmocka_unit_test(test_url), cmocka_unit_test(test_url_part) };
	return cmocka_run_group_tests(tests, setup, teardown);
}

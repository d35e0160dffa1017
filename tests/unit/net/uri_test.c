/* Percent-encoding: RFC 3986 §2, and the query strings of forms (WHATWG URL §5). */
#include "net/uri.h"
#include "request_fixture.h"

static const char *encoded(const char *text)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	uri_encode_part(&out, text);
	return buf_str(&out);
}

static void test_encode(void **state)
{
	(void)state;
	assert_string_equal(encoded(""), "");
	/* §2.3: unreserved characters stay. */
	assert_string_equal(encoded("AZaz09-._~"), "AZaz09-._~");
	/* §2.2: reserved ones are data here, so all are encoded; upper-case digits (§2.1). */
	assert_string_equal(encoded(":/?#[]@!$&'()*+,;="), "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D");
	/* §2.5: "LATIN CAPITAL LETTER A WITH GRAVE" is %C3%80, "KATAKANA LETTER A" is %E3%82%A2. */
	assert_string_equal(encoded("\xC3\x80\xE3\x82\xA2"), "%C3%80%E3%82%A2");
	assert_string_equal(encoded("a b%\x7F\x01"), "a%20b%25%7F%01");
}

/* The text decoded, or NULL when it is refused. */
static const char *decoded(const char *text, bool form)
{
	char *out = arena_alloc(&arena, strlen(text) + 1);
	long len = uri_decode(out, text, strlen(text), form);
	return len < 0 ? NULL : out;
}

static void test_decode(void **state)
{
	(void)state;
	assert_string_equal(decoded("%C3%A9t%c3%a9", false), "été");
	assert_string_equal(decoded("a+b", false), "a+b");
	assert_string_equal(decoded("%2541", false), "%41"); /* once, not twice (§2.4) */
	static const char *const wrong[] = { "%", "%4", "a%", "%G1", "%1G", "%%41", "% 41", "%-1" };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		if (decoded(wrong[i], false)) fail_msg("accepted: %s", wrong[i]);
	}
	/* The length ends the text, though another digit stands behind. */
	char out[4];
	assert_int_equal(uri_decode(out, "%414", 2, false), -1);
	assert_int_equal(uri_decode(out, "%41", 3, false), 1);
	assert_int_equal(uri_decode(out, "a%00b", 5, false), 3);
	assert_memory_equal(out, "a\0b", 3);
}

/* WHATWG URL §1.3, "percent-decode": what is not an escape stays; §5.1: plus signs are spaces. */
static void test_decode_form(void **state)
{
	(void)state;
	assert_string_equal(decoded("%25%s%1G", true), "%%s%1G");
	assert_string_equal(decoded("a+b%2Bc", true), "a b+c");
	assert_string_equal(decoded("%", true), "%");
	assert_string_equal(decoded("%4", true), "%4");
	char same[] = "l%27%C3%A9t%C3%A9";
	assert_int_equal(uri_decode(same, same, strlen(same), true), 7);
	assert_memory_equal(same, "l'été", 7);
}

static void test_query(void **state)
{
	(void)state;
	struct buf address;
	buf_init(&address, &arena, 0);
	uri_query_add(&address, "page", "2");
	assert_string_equal(buf_str(&address), "?page=2");
	buf_reset(&address);
	buf_puts(&address, "/annuaire");
	uri_query_add(&address, "q", "Saint-Pierre & Corps");
	uri_query_add(&address, "à", "");
	assert_string_equal(buf_str(&address), "/annuaire?q=Saint-Pierre%20%26%20Corps&%C3%A0=");
}

static const char *kept(const char *query, const char *except)
{
	struct buf address;
	buf_init(&address, &arena, 0);
	buf_puts(&address, "/a");
	uri_query_keep(&address, query, except);
	return buf_str(&address);
}

static void test_keep(void **state)
{
	(void)state;
	assert_string_equal(kept("", "page"), "/a");
	assert_string_equal(kept("page=3", "page"), "/a");
	assert_string_equal(kept("q=a+b&page=3&f=x%20y", "page"), "/a?q=a+b&f=x%20y");
	/* The key is compared decoded, whole, and may have no value. */
	assert_string_equal(kept("p%61ge=3&pages=4&pag=5&page", "page"), "/a?pages=4&pag=5");
	assert_string_equal(kept("&&q=1&&", "page"), "/a?q=1");
	assert_string_equal(kept("=x", ""), "/a");
	char *many = arena_alloc(&arena, 400);
	memset(many, 'k', 300);
	assert_int_equal(strlen(kept(many, "page")), 2 + 1 + 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_encode), cmocka_unit_test(test_decode), cmocka_unit_test(test_decode_form),
		cmocka_unit_test(test_query),  cmocka_unit_test(test_keep),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* Paths are decoded once; what could climb out of a folder, or fool a reader of logs, is refused. */
#include "net/path.h"
#include "request_fixture.h"

static const char *path(const char *raw)
{
	const char *ret = NULL;
	enum code code = path_decode(&arena, raw, strlen(raw), &ret, NULL);
	if (code != OK) assert_int_equal(code, E_INPUT);
	return ret; /* untouched on failure */
}

static void test_accepted(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "/", "/" },
		{ "/e/tours/rabi%C3%A8re", "/e/tours/rabière" },
		{ "/a%2Fb", "/a/b" }, /* as nginx reads it */
		{ "/a//b/", "/a//b/" },
		{ "/%2541", "/%41" },
		{ "/a+b", "/a+b" },
		{ "/...", "/..." },
		{ "/.a", "/.a" },
		{ "/a.", "/a." },
		{ "/..a/b..", "/..a/b.." },
		{ "/-/asset/main.css", "/-/asset/main.css" },
		{ "/%F0%9F%8E%89", "/\xF0\x9F\x8E\x89" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = path(rows[i][0]);
		if (got == NULL || strcmp(got, rows[i][1]) != 0)
			fail_msg("%s: got %s", rows[i][0], got ? got : "refused");
	}
}

static void test_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"",
		"a",
		"%2Fa",
		"*",
		/* dot segments, however written (RFC 3986 §5.2.4, §6.2.2.2) */
		"/.",
		"/..",
		"/./a",
		"/a/..",
		"/../a",
		"/a/../b",
		"/%2e",
		"/%2E%2e/a",
		"/.%2e/",
		"/a%2F..%2Fb",
		"/a/%2e%2e",
		"//..",
		/* escapes */
		"/%",
		"/%4",
		"/%zz",
		"/%4g",
		/* NUL, other control characters */
		"/%00",
		"/a%00.png",
		"/%0a",
		"/%0D",
		"/%1F",
		"/%7f",
		"/%09",
		/* not UTF-8 (RFC 3629): cut, overlong, a surrogate, Latin 1 */
		"/%C3",
		"/%C0%AE%C0%AE/",
		"/%C0%AF",
		"/%E0%80%AF",
		"/%ED%A0%80",
		"/%E9t%E9",
		"/%FF",
		"/%F4%90%80%80",
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		if (path(rows[i])) fail_msg("accepted: %s", rows[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_accepted), cmocka_unit_test(test_refused) };
	return cmocka_run_group_tests(tests, setup, teardown);
}

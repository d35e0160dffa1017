/* Cookies: RFC 6265 §4 and §5.4, name prefixes of its successor (draft-ietf-httpbis-rfc6265bis §4.1.3). */
#include "net/cookie.h"
#include "request_fixture.h"

static void test_get(void **state)
{
	(void)state;
	static const struct {
		const char *field, *name, *value;
	} rows[] = {
		{ "SID=31d4d96e407aad42", "SID", "31d4d96e407aad42" }, /* §3.1 */
		{ "SID=31d4d96e407aad42; lang=en-US", "SID", "31d4d96e407aad42" },
		{ "SID=31d4d96e407aad42; lang=en-US", "lang", "en-US" },
		{ "SID=31d4d96e407aad42; lang=en-US", "lan", NULL },
		{ "SID=31d4d96e407aad42; lang=en-US", "ID", NULL },
		{ "SID=31d4d96e407aad42", "sid", NULL }, /* names are case-sensitive */
		{ "a=1;b=2", "b", "2" },
		{ "a=1;\tb=2\t", "b", "2" },
		{ "a=\"1 2\"", "a", "1 2" },
		{ "a=\"", "a", "\"" },
		{ "a=\"\"", "a", "" },
		{ "a=", "a", "" },
		{ "a", "a", NULL },
		{ "a=1; a=2", "a", "1" },
		{ "a=b=c==", "a", "b=c==" },
		{ "xa=1; a=2", "a", "2" },
		{ "b=\"a=1\"", "a", NULL },
		{ ";;; ;a=1", "a", "1" },
		{ "", "a", NULL },
		{ ";", "a", NULL },
		{ " =x; a=1", "a", "1" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_request rq = REQUEST({ "Cookie", rows[i].field });
		const char *got = cookie_get(&rq, rows[i].name);
		if (rows[i].value == NULL ? got != NULL : !got || strcmp(got, rows[i].value) != 0)
			fail_msg("%s of \"%s\": %s", rows[i].name, rows[i].field, got ? got : "none");
	}
	struct http_request none = REQUEST({ "X-Cookie", "a=1" });
	assert_null(cookie_get(&none, "a"));
	struct http_request two = REQUEST({ "cookie", "a=1" }, { "COOKIE", "b=2" });
	assert_string_equal(cookie_get(&two, "b"), "2");
}

/* Over https only the name with the prefix counts: the other can be planted by a neighbour. */
static void test_prefix(void **state)
{
	(void)state;
	struct http_request rq = REQUEST({ "Cookie", "s=planted; __Host-s=ours" });
	rq.scheme = "https";
	assert_string_equal(cookie_get(&rq, "s"), "ours");
	struct http_request planted = REQUEST({ "Cookie", "s=planted" });
	planted.scheme = "https";
	assert_null(cookie_get(&planted, "s"));
}

static const char *set(const char *scheme, const char *value, int64_t age)
{
	struct http_request rq = REQUEST({ "Host", "a" });
	struct http_response rs = { .file_fd = -1 };
	rq.scheme = scheme;
	cookie_set(&rq, &rs, "s", value, age);
	assert_int_equal(rs.nheaders, 1);
	assert_string_equal(rs.headers[0].name, "Set-Cookie");
	return rs.headers[0].value;
}

static void test_set(void **state)
{
	(void)state;
	assert_string_equal(set("https", "x1", COOKIE_SESSION), "__Host-s=x1; Path=/; HttpOnly; SameSite=Lax; Secure");
	assert_string_equal(set("http", "x1", 3600), "s=x1; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
	struct http_request rq = REQUEST({ "Host", "a" });
	struct http_response rs = { .file_fd = -1 };
	cookie_clear(&rq, &rs, "s");
	assert_string_equal(rs.headers[0].value, "s=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
	/* cookie-octet (§4.1.1): all it allows. */
	set("http", "!#$%&'()*+-./0123456789:<=>?@AZ[]^_`az{|}~", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_get), cmocka_unit_test(test_prefix),
		                            cmocka_unit_test(test_set) };
	return cmocka_run_group_tests(tests, setup, teardown);
}

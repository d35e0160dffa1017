/* A request from bytes: its fields, target and body as RFC 9110 and 9112 mean them. */
#include "net/message.h"
#include "request_fixture.h"

static int64_t body_limit(void *context, enum http_method method, const char *path)
{
	(void)context, (void)method;
	return strcmp(path, "/big") == 0 ? 100 : 10;
}

static struct message message;
static struct http_request rq;

/* The status; `rq` and `message` keep what was read. */
static int read_message(const char *text)
{
	static struct proxies *proxies;
	static struct message_rules rules;
	struct address from = { { 0 } };
	struct guard_scan scan = { 0 };
	size_t len = strlen(text), used = 0;
	if (proxies == NULL) assert_int_equal(proxies_new(NULL, false, &proxies, NULL), OK);
	rules = (struct message_rules){ proxies, body_limit, NULL, "/tmp" };
	rq = (struct http_request){ .body_fd = -1, .arena = &arena };
	message_reset(&message);
	long head = guard_scan(&scan, text, len);
	assert_true(head > 0);
	int status = message_head(&message, &rules, &arena, &from, text, (size_t)head, &rq);
	if (status == 0 && message.has_body) status = message_body(&message, text + head, len - (size_t)head, &used);
	return status;
}

static void test_fields(void **state)
{
	(void)state;
	assert_int_equal(read_message("GET /a?b=c HTTP/1.1\r\nHost: Example.org\r\nX-Empty:\r\nAfter: 1\r\n"
	                              "Y-Empty: \t \r\nLast:\t two words \r\nNone:\r\n\r\n"),
	                 0);
	static const char *const fields[][2] = { { "Host", "Example.org" }, { "X-Empty", "" },       { "After", "1" },
		                                 { "Y-Empty", "" },         { "Last", "two words" }, { "None", "" } };
	assert_int_equal(rq.nheaders, COUNT(fields));
	for (size_t i = 0; i < COUNT(fields); i++) {
		assert_string_equal(rq.headers[i].name, fields[i][0]);
		assert_string_equal(rq.headers[i].value, fields[i][1]);
	}
	assert_string_equal(rq.target, "/a?b=c");
	assert_string_equal(rq.path, "/a");
	assert_string_equal(rq.query, "b=c");
	assert_string_equal(rq.host, "example.org");
	assert_string_equal(http_header(&rq, "AFTER"), "1");
	assert_null(http_header(&rq, "absent"));
	assert_true(message.complete);
	assert_false(message.close);
}

#define HEAD(line) line " HTTP/1.1\r\nHost: a\r\n"

static void test_targets(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int status;
		const char *path, *query;
	} rows[] = {
		{ HEAD("GET /%C3%A9?x=%zz&y"), 0, "/é", "x=%zz&y" },
		{ HEAD("GET /?"), 0, "/", "" },
		{ HEAD("GET http://a"), 0, "/", "" },
		{ HEAD("GET http://a?b"), 0, "/", "b" },
		{ HEAD("GET http://A/b?c"), 0, "/b", "c" },
		{ HEAD("OPTIONS *"), 0, "*", "" },
		{ HEAD("GET /a?b?c"), 0, "/a", "b?c" },
		{ HEAD("GET /../a"), 400, NULL, NULL },
		{ HEAD("GET /%00"), 400, NULL, NULL },
		{ HEAD("GET http://b/"), 400, NULL, NULL },
		{ HEAD("GET /%zz"), 400, NULL, NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(read_message(arena_printf(&arena, "%s\r\n", rows[i].text)), rows[i].status);
		if (rows[i].status) continue;
		assert_string_equal(rq.path, rows[i].path);
		assert_string_equal(rq.query, rows[i].query);
	}
}

static void test_bodies(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int status;
		const char *body; /* NULL: more is waited for */
	} rows[] = {
		{ HEAD("POST /") "Content-Length: 10\r\n\r\n0123456789", 0, "0123456789" },
		{ HEAD("POST /") "Content-Length: 3\r\n\r\n0123456789", 0, "012" },
		{ HEAD("POST /") "Content-Length: 10\r\n\r\n012345678", 0, NULL },
		{ HEAD("POST /") "Content-Length: 11\r\n\r\n", 413, NULL },
		{ HEAD("POST /big") "Content-Length: 11\r\n\r\n01234567890", 0, "01234567890" },
		/* RFC 9112 §7.1 */
		{ HEAD("POST /") "Transfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\nT: v\r\n\r\n",
		  0, "Wikipedia" },
		{ HEAD("POST /") "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n", 0, "0123456789" },
		{ HEAD("POST /") "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n", 413,
		  NULL },
		{ HEAD("POST /") "Transfer-Encoding: chunked\r\n\r\n4\r\nWiki5\r\n", 400, NULL },
		{ HEAD("POST /") "Transfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n0\r\n", 0, NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (read_message(rows[i].text) != rows[i].status) fail_msg("row %zu", i);
		if (rows[i].status) continue;
		assert_int_equal(message.complete, rows[i].body != NULL);
		if (rows[i].body) assert_string_equal(rq.body, rows[i].body);
	}
}

/* Who wants the connection closed (RFC 9112 §9.3). */
static void test_close(void **state)
{
	(void)state;
	assert_int_equal(read_message(HEAD("GET /") "Connection: close\r\n\r\n"), 0);
	assert_true(message.close);
	assert_int_equal(read_message(HEAD("GET /") "Connection: x, Close\r\n\r\n"), 0);
	assert_true(message.close);
	assert_int_equal(read_message("GET / HTTP/1.0\r\nHost: a\r\n\r\n"), 0);
	assert_true(message.close);
	assert_int_equal(read_message(HEAD("GET /") "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"), 0);
	assert_true(message.complete);
}

static int start(void **state)
{
	message_init(&message);
	return setup(state);
}

static int end(void **state)
{
	message_release(&message);
	return teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_fields), cmocka_unit_test(test_targets),
		                            cmocka_unit_test(test_bodies), cmocka_unit_test(test_close) };
	return cmocka_run_group_tests(tests, start, end);
}

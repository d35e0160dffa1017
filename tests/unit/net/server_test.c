/* What a well-behaved client gets (RFC 9110, 9112). */
#include "server_fixture.h"

#define HOST "Host: example.org\r\n"

static struct fixture f;

static int start(void **state)
{
	(void)state;
	fixture_init(&f);
	fixture_start(&f);
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(&f);
	return 0;
}

static void test_one_request(void **state)
{
	struct client c;
	struct reply r;
	(void)state;
	client_connect(&c, &f);
	client_say(&c, "GET /caf%C3%A9/a%20b?x=1&y=%20 HTTP/1.1\r\n" HOST "X-Thing:  a b \t\r\nEmpty:\r\n\r\n");
	assert_true(client_reply(&c, false, &r));
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.body, "method=GET\npath=/café/a b\nquery=x=1&y=%20\n"));
	assert_non_null(strstr(r.body, "target=/caf%C3%A9/a%20b?x=1&y=%20\n"));
	assert_non_null(strstr(r.body, "peer=127.0.0.1\nscheme=http\nhost=example.org\n"));
	assert_non_null(strstr(r.body, "body=0\n"));
	assert_non_null(strstr(r.body, "X-Thing: a b\nEmpty: \n"));
	assert_string_equal(reply_field(&r, "Content-Type"), "text/plain");
	assert_null(reply_field(&r, "Connection"));
	assert_int_equal(strlen(reply_field(&r, "Date")), strlen("Sun, 06 Nov 1994 08:49:37 GMT"));
	assert_null(reply_field(&r, "Transfer-Encoding"));
	reply_free(&r);
	client_close(&c);
}

static void test_keep_alive(void **state)
{
	struct client c;
	(void)state;
	client_connect(&c, &f);
	for (int i = 0; i < 20; i++) {
		char text[200], part[50];
		snprintf(text, sizeof(text), "POST /n/%d HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n%.*s", i, i % 7,
		         i % 7, "abcdefg");
		snprintf(part, sizeof(part), "path=/n/%d\n", i);
		expect(&c, text, 200, part);
	}
	client_close(&c);
}

static void test_connection_close(void **state)
{
	static const char *const requests[] = {
		"GET / HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n",
		"GET / HTTP/1.1\r\n" HOST "Connection: foo, Close\r\n\r\n",
		"GET / HTTP/1.0\r\n" HOST "\r\n",
		"GET /close HTTP/1.1\r\n" HOST "\r\n",
	};
	(void)state;
	for (size_t i = 0; i < COUNT(requests); i++) {
		struct client c;
		struct reply r;
		client_connect(&c, &f);
		client_say(&c, requests[i]);
		assert_true(client_reply(&c, false, &r));
		assert_int_equal(r.status, 200);
		assert_string_equal(reply_field(&r, "Connection"), "close");
		assert_true(client_at_end(&c));
		reply_free(&r);
		client_close(&c);
	}
}

static void test_head(void **state)
{
	struct client c;
	struct reply r;
	(void)state;
	client_connect(&c, &f);
	for (int i = 0; i < 2; i++) {
		client_say(&c,
		           i ? "HEAD /file/5000 HTTP/1.1\r\n" HOST "\r\n" : "HEAD /big/5000 HTTP/1.1\r\n" HOST "\r\n");
		assert_true(client_reply(&c, true, &r));
		assert_int_equal(r.status, 200);
		assert_string_equal(reply_field(&r, "Content-Length"), "5000");
		reply_free(&r);
	}
	expect(&c, "GET /after HTTP/1.1\r\n" HOST "\r\n", 200, "path=/after");
	client_close(&c);
}

static void test_statuses_without_body(void **state)
{
	struct client c;
	struct reply r;
	(void)state;
	client_connect(&c, &f);
	for (int status = 204; status <= 304; status += 100) {
		char text[100];
		snprintf(text, sizeof(text), "GET /status/%d HTTP/1.1\r\n" HOST "\r\n", status);
		client_say(&c, text);
		assert_true(client_reply(&c, false, &r));
		assert_int_equal(r.status, status);
		assert_null(reply_field(&r, "Content-Length"));
		assert_null(reply_field(&r, "Transfer-Encoding"));
		reply_free(&r);
	}
	/* Were a body sent, it would be read as the beginning of this answer. */
	expect(&c, "GET /after HTTP/1.1\r\n" HOST "\r\n", 200, "path=/after");
	client_close(&c);
}

static void test_handler_without_status(void **state)
{
	(void)state;
	assert_int_equal(status_for(&f, "GET /nothing HTTP/1.1\r\n" HOST "\r\n"), 500);
	assert_int_equal(status_for(&f, "GET /status/99 HTTP/1.1\r\n" HOST "\r\n"), 500);
	assert_int_equal(status_for(&f, "GET /status/299 HTTP/1.1\r\n" HOST "\r\n"), 299);
}

static void test_pipelining(void **state)
{
	struct client c;
	struct buf out = { 0 };
	(void)state;
	client_connect(&c, &f);
	for (int i = 0; i < 200; i++)
		buf_printf(&out, "POST /p/%d HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello", i);
	/* Ends its side at once, and still gets all the answers, in order. */
	assert_true(client_send(&c, out.data, out.len));
	shutdown(c.fd, SHUT_WR);
	for (int i = 0; i < 200; i++) {
		struct reply r;
		char part[50];
		assert_true(client_reply(&c, false, &r));
		snprintf(part, sizeof(part), "path=/p/%d\n", i);
		assert_non_null(strstr(r.body, part));
		reply_free(&r);
	}
	assert_true(client_at_end(&c));
	buf_release(&out);
	client_close(&c);
}

static void test_one_byte_at_a_time(void **state)
{
	static const char text[] = "\r\nPOST /slow HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
	                           "3;x=y\r\nabc\r\n0a\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"
	                           "GET /next HTTP/1.1\r\n" HOST "\r\n";
	struct client c;
	char sum[40];
	(void)state;
	client_connect(&c, &f);
	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		assert_true(client_send(&c, text + i, 1));
		usleep(100);
	}
	snprintf(sum, sizeof(sum), "body=13\nsum=%u\n", adler(1, "abc0123456789", 13));
	expect(&c, "", 200, sum);
	expect(&c, "", 200, "path=/next");
	client_close(&c);
}

static void test_methods(void **state)
{
	static const struct {
		const char *method, *part;
	} rows[] = {
		{ "POST", "method=POST" },       { "PUT", "method=PUT" },     { "DELETE", "method=DELETE" },
		{ "OPTIONS", "method=OPTIONS" }, { "PATCH", "method=OTHER" }, { "PROPFIND", "method=OTHER" },
	};
	struct client c;
	(void)state;
	client_connect(&c, &f);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[100];
		snprintf(text, sizeof(text), "%s / HTTP/1.1\r\n" HOST "\r\n", rows[i].method);
		expect(&c, text, 200, rows[i].part);
	}
	expect(&c, "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 200, "path=*\n");
	client_close(&c);
}

static void test_absolute_form(void **state)
{
	struct client c;
	(void)state;
	client_connect(&c, &f);
	expect(&c, "GET http://Example.org/a?b HTTP/1.1\r\n" HOST "\r\n", 200, "path=/a\nquery=b\n");
	expect(&c, "GET http://example.org HTTP/1.1\r\n" HOST "\r\n", 200, "target=/\n");
	expect(&c, "GET http://example.org?q HTTP/1.1\r\n" HOST "\r\n", 200, "target=/?q\n");
	client_close(&c);
	assert_int_equal(status_for(&f, "GET http://evil.example/ HTTP/1.1\r\n" HOST "\r\n"), 400);
}

static void test_upgrade_is_ignored(void **state)
{
	struct client c;
	(void)state;
	client_connect(&c, &f);
	expect(&c, "GET /a HTTP/1.1\r\n" HOST "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 200, "path=/a\n");
	expect(&c,
	       "POST /b HTTP/1.1\r\n" HOST "Connection: upgrade\r\nUpgrade: websocket\r\n"
	       "Content-Length: 3\r\n\r\nabc",
	       200, "body=3\n");
	expect(&c, "GET /c HTTP/1.1\r\n" HOST "\r\n", 200, "path=/c\n");
	client_close(&c);
}

static void test_continue(void **state)
{
	struct client c;
	struct reply r;
	(void)state;
	client_connect(&c, &f);
	client_say(&c, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: 100-Continue\r\n\r\n");
	assert_true(client_reply(&c, true, &r));
	assert_string_equal(r.head, "HTTP/1.1 100 Continue\r\n\r\n");
	reply_free(&r);
	expect(&c, "hello", 200, "body=5\n");
	/* The body is there already: nobody waits. */
	expect(&c, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: 100-continue\r\n\r\nhello", 200,
	       "body=5\n");
	client_close(&c);
	/* Refused before a byte of the body is sent. */
	assert_int_equal(
	        status_for(&f, "POST /no-body HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"),
	        413);
	assert_int_equal(status_for(&f, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: 200-ok\r\n\r\n"), 417);
}

static void check_letters(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] != (char)('a' + i % 26)) fail_msg("wrong byte at %zu", i);
}

/* Bodies and files larger than any socket buffer, to a client that waits before it reads. */
static void test_large_answers(void **state)
{
	static const char *const paths[] = { "/big/8000000", "/file/8000000", "/big/0",
		                             "/file/0",      "/file/10",      "/file/2000000" };
	struct client c;
	struct reply r;
	(void)state;
	client_connect(&c, &f);
	for (size_t i = 0; i < COUNT(paths); i++) {
		char text[100];
		snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\n" HOST "\r\n", paths[i]);
		client_say(&c, text);
		usleep(50000);
		assert_true(client_reply(&c, false, &r));
		assert_int_equal(r.len, number_in(paths[i]));
		check_letters(r.body, r.len);
		reply_free(&r);
	}
	client_close(&c);
}

/* Better a broken connection than an answer that looks whole. */
static void test_file_too_short(void **state)
{
	struct client c;
	struct reply r;
	(void)state;
	for (long size = 100; size < 10000000; size *= 100) {
		char text[100];
		client_connect(&c, &f);
		snprintf(text, sizeof(text), "GET /short/%ld HTTP/1.1\r\n" HOST "\r\n", size);
		client_say(&c, text);
		assert_true(client_reply(&c, false, &r));
		assert_true(r.len <= (size_t)size / 2);
		assert_true(client_at_end(&c));
		reply_free(&r);
		client_close(&c);
	}
}

static void upload(struct client *c, bool chunked, size_t size)
{
	char head[200], part[100];
	char *data = malloc(size);
	assert_non_null(data);
	for (size_t i = 0; i < size; i++) data[i] = (char)(i * 7 + i / 253);
	snprintf(head, sizeof(head),
	         "POST /upload HTTP/1.1\r\n" HOST "%s: ", chunked ? "Transfer-Encoding" : "Content-Length");
	client_say(c, head);
	snprintf(head, sizeof(head), "%zu\r\n\r\n", size);
	client_say(c, chunked ? "chunked\r\n\r\n" : head);
	for (size_t at = 0, piece = 1; at < size; at += piece, piece = MIN(piece * 3 + 1, (size_t)70000)) {
		piece = MIN(piece, size - at);
		snprintf(head, sizeof(head), "%zx\r\n", piece);
		if (chunked) client_say(c, head);
		assert_true(client_send(c, data + at, piece));
		if (chunked) client_say(c, "\r\n");
	}
	snprintf(part, sizeof(part), "body=%zu\nsum=%u\nfile=%d\n", size, adler(1, data, size), size > MEMORY_BODY);
	expect(c, chunked ? "0\r\n\r\n" : "", 200, part);
	free(data);
}

static void test_uploads(void **state)
{
	static const size_t sizes[] = { 1, 4095, 4096, 4097, MEMORY_BODY, MEMORY_BODY + 1, 20000000 };
	struct client c;
	(void)state;
	client_connect(&c, &f);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		upload(&c, false, sizes[i]);
		upload(&c, true, sizes[i]);
	}
	client_close(&c);
}

static void test_ids_differ(void **state)
{
	struct client c;
	char ids[50][17];
	(void)state;
	client_connect(&c, &f);
	for (int i = 0; i < 50; i++) {
		struct reply r;
		client_say(&c, "GET / HTTP/1.1\r\n" HOST "\r\n");
		assert_true(client_reply(&c, false, &r));
		snprintf(ids[i], sizeof(ids[i]), "%s", reply_field(&r, "X-Id"));
		for (int j = 0; j < i; j++) assert_string_not_equal(ids[i], ids[j]);
		reply_free(&r);
	}
	client_close(&c);
}

static void test_log(void **state)
{
	struct client c;
	(void)state;
	int before = f.logged;
	client_connect(&c, &f);
	expect(&c, "GET / HTTP/1.1\r\n" HOST "\r\n", 200, NULL);
	client_close(&c);
	/* Refused requests too, however early. The line comes after the answer: that of the request
	 * above, or of the test before, may still be under way. */
	atomic_store(&f.last_status, 0);
	assert_int_equal(status_for(&f, "\n"), 400);
	wait_for(&f.last_status, 400);
	assert_int_equal(f.last_status, 400);
	wait_for(&f.logged, before + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_request),
		cmocka_unit_test(test_keep_alive),
		cmocka_unit_test(test_connection_close),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_statuses_without_body),
		cmocka_unit_test(test_handler_without_status),
		cmocka_unit_test(test_pipelining),
		cmocka_unit_test(test_one_byte_at_a_time),
		cmocka_unit_test(test_methods),
		cmocka_unit_test(test_absolute_form),
		cmocka_unit_test(test_upgrade_is_ignored),
		cmocka_unit_test(test_continue),
		cmocka_unit_test(test_large_answers),
		cmocka_unit_test(test_file_too_short),
		cmocka_unit_test(test_uploads),
		cmocka_unit_test(test_ids_differ),
		cmocka_unit_test(test_log),
	};
	return cmocka_run_group_tests(tests, start, end);
}

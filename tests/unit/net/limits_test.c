/* Every limit, at the limit and past it; deadlines made short. */
#include <time.h>

#include "server_fixture.h"

#define HOST "Host: example.org\r\n"

static struct fixture f;

static void start(void)
{
	fixture_start(&f);
}

static int init(void **state)
{
	(void)state;
	fixture_init(&f);
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(&f);
	return 0;
}

static int status_of_target(size_t len)
{
	struct buf b = { 0 };
	buf_lit(&b, "GET /");
	for (size_t i = 1; i < len; i++) buf_putc(&b, 'x');
	buf_lit(&b, " HTTP/1.1\r\n" HOST "\r\n");
	int status = status_for_bytes(&f, b.data, b.len);
	buf_release(&b);
	return status;
}

static int status_of_head(size_t len)
{
	struct buf b = { 0 };
	buf_lit(&b, "GET / HTTP/1.1\r\n" HOST "X: ");
	while (b.len < len - 4) buf_putc(&b, 'x');
	buf_lit(&b, "\r\n\r\n");
	int status = status_for_bytes(&f, b.data, b.len);
	buf_release(&b);
	return status;
}

static int status_of_fields(int n)
{
	struct buf b = { 0 };
	buf_lit(&b, "GET / HTTP/1.1\r\n" HOST);
	for (int i = 1; i < n; i++) buf_lit(&b, "X: y\r\n");
	buf_lit(&b, "\r\n");
	int status = status_for_bytes(&f, b.data, b.len);
	buf_release(&b);
	return status;
}

static void test_sizes(void **state)
{
	(void)state;
	start();
	assert_int_equal(status_of_target(TARGET_MAX), 200);
	assert_int_equal(status_of_target(TARGET_MAX + 1), 414);
	assert_int_equal(status_of_target(HEAD_MAX * 2), 414);
	assert_int_equal(status_of_head(HEAD_MAX), 200);
	assert_int_equal(status_of_head(HEAD_MAX + 1), 431);
	assert_int_equal(status_of_head(HEAD_MAX * 10), 431);
	assert_int_equal(status_of_fields(FIELDS_MAX), 200);
	assert_int_equal(status_of_fields(FIELDS_MAX + 1), 431);
}

/* Protocol errors end the connection, say so, and are a page that somebody can read. */
static void test_error_pages(void **state)
{
	static const struct {
		const char *text;
		int status;
	} rows[] = {
		{ "GET / HTTP/1.1\r\n\r\n", 400 },
		{ "GET /%zz HTTP/1.1\r\n" HOST "\r\n", 400 },
		{ "GET /%00 HTTP/1.1\r\n" HOST "\r\n", 400 },
		{ "GET /a/../b HTTP/1.1\r\n" HOST "\r\n", 400 },
		{ "GET /%ff HTTP/1.1\r\n" HOST "\r\n", 400 },
		{ "FOO / HTTP/1.1\r\n" HOST "\r\n", 501 },
		{ "get / HTTP/1.1\r\n" HOST "\r\n", 501 },
		{ "CONNECT a:80 HTTP/1.1\r\n" HOST "\r\n", 501 },
		{ "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505 },
		{ "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nx\r\n", 400 },
		{ "\x16\x03\x01\x02\n", 400 },
	};
	(void)state;
	start();
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct client c;
		struct reply r;
		client_connect(&c, &f);
		client_say(&c, rows[i].text);
		assert_true(client_reply(&c, false, &r));
		if (r.status != rows[i].status) fail_msg("%d for %s", r.status, rows[i].text);
		assert_string_equal(reply_field(&r, "Connection"), "close");
		assert_string_equal(reply_field(&r, "Content-Type"), "text/html; charset=utf-8");
		assert_non_null(strstr(r.body, "<html lang=\"fr\">"));
		assert_true(client_at_end(&c));
		reply_free(&r);
		client_close(&c);
	}
	assert_int_equal(f.handled, 0);
}

static void test_body_limit(void **state)
{
	(void)state;
	f.body_limit = 10;
	start();
	assert_int_equal(status_for(&f, "POST / HTTP/1.1\r\n" HOST "Content-Length: 10\r\n\r\n0123456789"), 200);
	assert_int_equal(status_for(&f, "POST / HTTP/1.1\r\n" HOST "Content-Length: 11\r\n\r\n01234567890"), 413);
	assert_int_equal(status_for(&f, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
	                                "a\r\n0123456789\r\n0\r\n\r\n"),
	                 200);
	assert_int_equal(status_for(&f, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
	                                "a\r\n0123456789\r\n1\r\n0\r\n0\r\n\r\n"),
	                 413);
	assert_int_equal(status_for(&f, "POST /no-body HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n0"), 413);
	assert_int_equal(status_for(&f, "POST /no-body HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n"), 200);
	assert_int_equal(
	        status_for(&f, "POST /no-body HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 413);
	assert_int_equal(status_for(&f, "GET /no-body HTTP/1.1\r\n" HOST "\r\n"), 200);
}

/* Refused before the body is read; a client that sends it all the same still gets to see why. */
static void test_refused_upload(void **state)
{
	struct client c;
	struct reply r;
	static char zeros[65536];
	(void)state;
	f.body_limit = 1000;
	start();
	client_connect(&c, &f);
	client_say(&c, "POST / HTTP/1.1\r\n" HOST "Content-Length: 20000000\r\n\r\n");
	for (int i = 0; i < 20000000 / 65536; i++)
		if (!client_send(&c, zeros, sizeof(zeros))) break;
	assert_true(client_reply(&c, false, &r));
	assert_int_equal(r.status, 413);
	assert_string_equal(reply_field(&r, "Connection"), "close");
	reply_free(&r);
	client_close(&c);
	assert_int_equal(f.handled, 0);
}

/* The handler is told, once all was read: the connection can be used again. */
static void expect_lost(bool chunked)
{
	static const char body[MEMORY_BODY + 1];
	char size[64];
	struct client c;
	struct reply r;
	client_connect(&c, &f);
	client_say(&c, "POST / HTTP/1.1\r\n" HOST);
	snprintf(size, sizeof(size),
	         chunked ? "Transfer-Encoding: chunked\r\n\r\n%x\r\n" : "Content-Length: %d\r\n\r\n", MEMORY_BODY + 1);
	client_say(&c, size);
	assert_true(client_send(&c, body, sizeof(body)));
	if (chunked) client_say(&c, "\r\n0\r\n\r\n");
	for (int i = 0; i < 2; i++) {
		assert_true(client_reply(&c, false, &r));
		assert_int_equal(r.status, 200);
		assert_non_null(strstr(r.body, "\nbody=0\n"));
		assert_non_null(strstr(r.body, i ? "\nlost=no\n" : "\nlost=E_IO\n"));
		reply_free(&r);
		if (i == 0) client_say(&c, "GET / HTTP/1.1\r\n" HOST "\r\n");
	}
	client_close(&c);
}

static void test_disk_refuses_upload(void **state)
{
	(void)state;
	f.options.tmp_dir = "/nonexistent";
	start();
	expect_lost(false);
	expect_lost(true);
}

/* ---- Deadlines ---- */

static int64_t drip_until_end(struct client *c, const char *text, int ms)
{
	int64_t begun = clock_monotonic();
	for (const char *s = text;; s = s[1] ? s + 1 : s) {
		struct pollfd p = { .fd = c->fd, .events = POLLIN };
		client_send(c, s, 1);
		if (poll(&p, 1, ms) == 1) break;
		if (clock_monotonic() - begun > 9000) fail_msg("still connected");
	}
	return clock_monotonic() - begun;
}

static void short_deadlines(void)
{
	f.limits.header = 300;
	f.limits.transfer = 300;
	f.limits.idle = 600;
	f.limits.linger = 300;
	f.limits.tick = 20;
}

/* A client that drips never rests, so only an absolute deadline ends it. */
static void test_dripped_head(void **state)
{
	struct client c;
	struct reply r;
	(void)state;
	short_deadlines();
	start();
	client_connect(&c, &f);
	int64_t took = drip_until_end(&c, "GET / HTTP/1.1\r\n" HOST "X: xxxxxxxx", 10);
	assert_in_range(took, 290, 2000);
	assert_true(client_reply(&c, false, &r));
	assert_int_equal(r.status, 408);
	assert_string_equal(reply_field(&r, "Connection"), "close");
	reply_free(&r);
	client_close(&c);
}

/* As slow after a first request: the second head has its own deadline. */
static void test_dripped_second_head(void **state)
{
	struct client c;
	struct reply r;
	(void)state;
	short_deadlines();
	start();
	client_connect(&c, &f);
	expect(&c, "GET / HTTP/1.1\r\n" HOST "\r\n", 200, NULL);
	usleep(400000); /* less than idle, more than header */
	int64_t took = drip_until_end(&c, "GET / HTTP/1.1\r\n" HOST "X: xxxxxxxx", 10);
	assert_in_range(took, 290, 2000);
	assert_true(client_reply(&c, false, &r));
	assert_int_equal(r.status, 408);
	reply_free(&r);
	client_close(&c);
}

static void test_dripped_body(void **state)
{
	static const char *const heads[] = {
		"POST / HTTP/1.1\r\n" HOST "Content-Length: 800\r\n\r\n",
		"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nfff\r\n",
	};
	(void)state;
	short_deadlines();
	f.limits.rate = 8000; /* 800 bytes: 100 ms more */
	start();
	for (size_t i = 0; i < COUNT(heads); i++) {
		struct client c;
		struct reply r;
		client_connect(&c, &f);
		client_say(&c, heads[i]);
		int64_t took = drip_until_end(&c, "x", 10);
		assert_in_range(took, i ? 290 : 390, 2000);
		assert_true(client_reply(&c, false, &r));
		assert_int_equal(r.status, 408);
		reply_free(&r);
		client_close(&c);
	}
	assert_int_equal(f.handled, 0);
}

/* A long body at an honest pace is not cut, whether its size is known or not. */
static void test_slow_body_in_time(void **state)
{
	static const char *const heads[] = {
		"POST / HTTP/1.1\r\n" HOST "Content-Length: 20480\r\n\r\n",
		"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5000\r\n",
	};
	char piece[1024];
	(void)state;
	memset(piece, 'x', sizeof(piece));
	short_deadlines();
	f.limits.rate = 20480; /* in all 1300 ms */
	start();
	for (size_t i = 0; i < COUNT(heads); i++) {
		struct client c;
		client_connect(&c, &f);
		client_say(&c, heads[i]);
		for (int n = 0; n < 20; n++) {
			client_send(&c, piece, sizeof(piece));
			usleep(35000);
		}
		expect(&c, i ? "\r\n0\r\n\r\n" : "", 200, "body=20480\n");
		client_close(&c);
	}
}

/* Idle connections end without a word: there is no request to answer. */
/* Deadlines are of a clock that nobody sets: a day forward ends nothing, a day back lets nobody stay. */
static void test_clock_jumps(void **state)
{
	struct client c;
	struct reply r;
	const int64_t day = 86400000, now = clock_now();
	(void)state;
	short_deadlines();
	start();
	clock_set(now);
	client_connect(&c, &f);
	client_say(&c, "POST / HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\na");
	clock_set(now + day);
	usleep(100000);
	client_say(&c, "b");
	assert_true(client_reply(&c, false, &r));
	assert_int_equal(r.status, 200);
	reply_free(&r);
	int64_t begun = clock_monotonic();
	clock_set(now - day);
	assert_true(client_at_end(&c)); /* idle */
	assert_in_range(clock_monotonic() - begun, 300, 3000);
	client_close(&c);
	clock_set(0);
}

static void test_idle(void **state)
{
	struct client c;
	(void)state;
	short_deadlines();
	start();
	client_connect(&c, &f);
	int64_t begun = clock_monotonic();
	assert_true(client_at_end(&c));
	assert_in_range(clock_monotonic() - begun, 290, 2000);
	client_close(&c);

	client_connect(&c, &f);
	expect(&c, "GET / HTTP/1.1\r\n" HOST "\r\n", 200, NULL);
	begun = clock_monotonic();
	assert_true(client_at_end(&c));
	assert_in_range(clock_monotonic() - begun, 590, 2000);
	client_close(&c);
}

/* A client that does not read cannot keep an answer for ever. */
static void test_unread_answer(void **state)
{
	struct client c;
	(void)state;
	short_deadlines();
	f.limits.rate = 100000000;
	start();
	client_connect(&c, &f);
	client_say(&c, "GET /big/30000000 HTTP/1.1\r\n" HOST "\r\n");
	wait_for(&f.handled, 1);
	wait_for(&f.logged, 1); /* when it was given up */
	client_close(&c);
}

/* A handler may take longer than any deadline of the network. */
static void test_slow_handler(void **state)
{
	struct client c;
	(void)state;
	short_deadlines();
	start();
	client_connect(&c, &f);
	client_say(&c, "GET /gate HTTP/1.1\r\n" HOST "\r\n");
	usleep(1000000);
	atomic_store(&f.gate, true);
	expect(&c, "", 200, "path=/gate");
	client_close(&c);
}

/* A closed connection that the client never closes is forgotten. */
static void test_linger(void **state)
{
	struct client c;
	struct reply r;
	(void)state;
	short_deadlines();
	start();
	client_connect(&c, &f);
	client_say(&c, "GET / HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
	assert_true(client_reply(&c, false, &r));
	reply_free(&r);
	assert_true(client_at_end(&c));
	usleep(600000);
	/* The server has closed its socket: what we say now meets a reset. */
	client_say(&c, "x");
	usleep(50000);
	assert_false(client_send(&c, "x", 1));
	client_close(&c);
}

/* ---- Queue and connections ---- */

static void test_full_queue(void **state)
{
	enum { QUEUE = 4 };
	struct client held[2 + QUEUE], c;
	struct reply r;
	(void)state;
	f.limits.queue = QUEUE;
	start();
	for (int i = 0; i < 2 + QUEUE; i++) {
		client_connect(&held[i], &f);
		client_say(&held[i], "GET /gate HTTP/1.1\r\n" HOST "\r\n");
		if (i < 2) wait_for(&f.inside, i + 1); /* a worker each, then the queue */
	}
	usleep(100000);
	client_connect(&c, &f);
	client_say(&c, "GET / HTTP/1.1\r\n" HOST "\r\n");
	assert_true(client_reply(&c, false, &r));
	assert_int_equal(r.status, 503);
	assert_true(strtol(reply_field(&r, "Retry-After"), NULL, 10) > 0);
	reply_free(&r);
	atomic_store(&f.gate, true);
	for (int i = 0; i < 2 + QUEUE; i++) {
		expect(&held[i], "", 200, "path=/gate");
		client_close(&held[i]);
	}
	/* The refused client may try again on the same connection. */
	expect(&c, "GET /again HTTP/1.1\r\n" HOST "\r\n", 200, "path=/again");
	client_close(&c);
}

static bool fast(void *context, struct http_request *rq, struct http_response *rs)
{
	(void)context;
	assert_true(rq->method == HTTP_GET || rq->method == HTTP_HEAD);
	assert_int_equal(rq->body_len, 0);
	buf_puts(&rs->body, "not to be seen when declined");
	http_set(rs, "X-Fast", arena_strdup(rq->arena, "yes"));
	if (strcmp(rq->path, "/fast") != 0) return false;
	rs->status = 200;
	return true;
}

/* The fast hook answers while all workers are taken and the queue is full. */
static void test_fast(void **state)
{
	struct client held[3], c;
	struct reply r;
	(void)state;
	f.limits.queue = 1;
	f.options.fast = fast;
	start();
	client_connect(&c, &f);
	for (int i = 0; i < 2; i++) {
		client_say(&c, i ? "GET /slow HTTP/1.1\r\n" HOST "\r\n" : "POST /fast HTTP/1.1\r\n" HOST "\r\n");
		assert_true(client_reply(&c, false, &r));
		assert_null(reply_field(&r, "X-Fast"));
		assert_null(strstr(r.body, "not to be seen"));
		reply_free(&r);
	}
	for (int i = 0; i < 3; i++) {
		client_connect(&held[i], &f);
		client_say(&held[i], "GET /gate HTTP/1.1\r\n" HOST "\r\n");
		if (i < 2) wait_for(&f.inside, i + 1);
	}
	usleep(50000);
	client_say(&c, "GET /fast HTTP/1.1\r\n" HOST "\r\n");
	assert_true(client_reply(&c, false, &r));
	assert_string_equal(reply_field(&r, "X-Fast"), "yes");
	reply_free(&r);
	client_close(&c);
	atomic_store(&f.gate, true);
	for (int i = 0; i < 3; i++) client_close(&held[i]);
}

/* Past the limit of connections a client waits to be accepted, until another leaves. */
static void test_connections(void **state)
{
	enum { MOST = 8 };
	struct client held[MOST], c;
	struct reply r;
	(void)state;
	f.limits.connections = MOST;
	f.limits.tick = 20;
	start();
	for (int i = 0; i < MOST; i++) {
		client_connect(&held[i], &f);
		client_say(&held[i], "GET /gate HTTP/1.1\r\n" HOST "\r\n");
	}
	wait_for(&f.inside, 2);
	client_connect(&c, &f);
	client_say(&c, "GET /waiting HTTP/1.1\r\n" HOST "\r\n");
	struct pollfd p = { .fd = c.fd, .events = POLLIN };
	assert_int_equal(poll(&p, 1, 200), 0);
	atomic_store(&f.gate, true);
	for (int i = 0; i < MOST; i++) {
		/* So crowded that the connection is not kept for another request. */
		assert_true(client_reply(&held[i], false, &r));
		if (i == 0) assert_string_equal(reply_field(&r, "Connection"), "close");
		reply_free(&r);
		client_close(&held[i]);
	}
	expect(&c, "", 200, "path=/waiting");
	client_close(&c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, init, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sizes),
		TEST(test_error_pages),
		TEST(test_body_limit),
		TEST(test_refused_upload),
		TEST(test_disk_refuses_upload),
		TEST(test_dripped_head),
		TEST(test_dripped_second_head),
		TEST(test_dripped_body),
		TEST(test_slow_body_in_time),
		TEST(test_clock_jumps),
		TEST(test_idle),
		TEST(test_unread_answer),
		TEST(test_slow_handler),
		TEST(test_linger),
		TEST(test_full_queue),
		TEST(test_fast),
		TEST(test_connections),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

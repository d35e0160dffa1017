/* What RFC 9112 forbids, and what smuggled requests past real servers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "net/guard.h"
#include "net/limits.h"

#define H "Host: a\r\n"
#define GET "GET / HTTP/1.1\r\n"
#define POST "POST / HTTP/1.1\r\n"

/* Scan and head together: 0 when accepted, -1 when more is waited for, or a status. */
static int judge(const char *text, size_t len, struct guard_head *head)
{
	struct guard_scan scan = { 0 };
	long end = guard_scan(&scan, text, len);
	if (end <= 0) return end ? (int)-end : -1;
	return guard_head(text, (size_t)end, head);
}

struct row {
	const char *text;
	size_t len;
	int status;
};
#define ROW(text, status)                      \
	{                                      \
		text, sizeof(text) - 1, status \
	}

static const struct row refused[] = {
	/* ---- Line ends (CVE-2023-30589: a bare CR ended a field in llhttp) ---- */
	ROW("GET / HTTP/1.1\n" H "\r\n", 400),
	ROW("GET / HTTP/1.1\nHost: a\n\n", 400),
	ROW(GET "Host: a\n\r\n", 400),
	ROW(GET "Host: a\n\n", 400),
	ROW(GET H "X: a\rTransfer-Encoding: chunked\r\n\r\n", 400),
	ROW(GET H "X:\rTransfer-Encoding: chunked\r\n\r\n", 400),
	ROW(GET H "\rTransfer-Encoding: chunked\r\n\r\n", 400),
	ROW(GET H "X: a\r\r\n\r\n", 400),
	ROW(GET "Host: a\r\r\n\r\n", 400),
	ROW("GET / HTTP/1.1\r" H "\r\n", 400),
	ROW("\n" GET H "\r\n", 400),
	ROW("\r\n\r\n" GET H "\r\n", 400),
	/* ---- NUL and other control characters ---- */
	ROW(GET H "X: a\0b\r\n\r\n", 400),
	ROW(GET "Host: a\0\r\n\r\n", 400),
	ROW("GET /\0 HTTP/1.1\r\n" H "\r\n", 400),
	ROW("\0GET / HTTP/1.1\r\n" H "\r\n", 400),
	ROW(GET H "X: \x01\r\n\r\n", 400),
	ROW(GET H "X: \x0b"
	          "chunked\r\n\r\n",
	    400),
	ROW(GET H "X: a\x7f\r\n\r\n", 400),
	/* ---- Folded fields and white space around names ---- */
	ROW(GET H "X: a\r\n b\r\n\r\n", 400),
	ROW(GET H "X: a\r\n\tb\r\n\r\n", 400),
	ROW(GET " Host: a\r\n\r\n", 400),
	ROW(GET "\tHost: a\r\n\r\n", 400),
	ROW(POST H "Transfer-Encoding:\r\n chunked\r\n\r\n", 400),
	ROW(POST H "Transfer-Encoding : chunked\r\n\r\n", 400),
	ROW(POST H "Content-Length\t: 5\r\n\r\n", 400),
	ROW(POST H "Content-Length 5\r\n\r\n", 400),
	ROW(GET H ": x\r\n\r\n", 400),
	ROW(GET H "X\r\n\r\n", 400),
	ROW(GET H "X y: z\r\n\r\n", 400),
	ROW(GET H "X\xc3\xa9: z\r\n\r\n", 400),
	ROW(GET H "(X): z\r\n\r\n", 400),
	/* ---- Length and coding ---- */
	ROW(POST H "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
	ROW(POST H "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400),
	ROW(POST H "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n", 400),
	ROW(POST H "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400),
	ROW(POST H "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
	ROW(POST H "Content-Length: 0\r\ncontent-length: 0\r\n\r\n", 400),
	ROW(POST H "Content-Length: 5, 5\r\n\r\n", 400),
	ROW(POST H "Content-Length: +5\r\n\r\n", 400),
	ROW(POST H "Content-Length: -5\r\n\r\n", 400),
	ROW(POST H "Content-Length: 0x5\r\n\r\n", 400),
	ROW(POST H "Content-Length: 5 6\r\n\r\n", 400),
	ROW(POST H "Content-Length: 5.0\r\n\r\n", 400),
	ROW(POST H "Content-Length: \r\n\r\n", 400),
	ROW(POST H "Content-Length:\r\n\r\n", 400),
	ROW(POST H "Content-Length: \"5\"\r\n\r\n", 400),
	ROW(POST H "Content-Length: 5\x0b\r\n\r\n", 400),
	ROW(POST H "Content-Length: 1000000000000000000\r\n\r\n", 400),
	ROW(POST H "Content-Length: 18446744073709551621\r\n\r\n", 400),
	ROW(POST H "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
	ROW(POST H "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n", 400),
	ROW(POST H "Transfer-Encoding: chunked, chunked\r\n\r\n", 501),
	ROW(POST H "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
	ROW(POST H "Transfer-Encoding: chunked, identity\r\n\r\n", 501),
	ROW(POST H "Transfer-Encoding: identity\r\n\r\n", 501),
	ROW(POST H "Transfer-Encoding: xchunked\r\n\r\n", 501),
	ROW(POST H "Transfer-Encoding: chunked;q=1\r\n\r\n", 501),
	ROW(POST H "Transfer-Encoding: \"chunked\"\r\n\r\n", 501),
	ROW(POST H "Transfer-Encoding:\r\n\r\n", 501),
	ROW("POST / HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n", 400),
	/* ---- Host ---- */
	ROW(GET "\r\n", 400),
	ROW(GET "X: y\r\n\r\n", 400),
	ROW("GET / HTTP/1.0\r\n\r\n", 400),
	ROW(GET H H "\r\n", 400),
	ROW(GET "Host: a\r\nhost: b\r\n\r\n", 400),
	ROW(GET "Host:\r\n\r\n", 400),
	ROW(GET "Host: a b\r\n\r\n", 400),
	ROW(GET "Host: a, b\r\n\r\n", 400),
	ROW(GET "Host: a/b\r\n\r\n", 400),
	ROW(GET "Host: u@a\r\n\r\n", 400),
	ROW(GET "Host: a\"><script>\r\n\r\n", 400),
	ROW(GET "Host: a:b\r\n\r\n", 400),
	ROW(GET "Host: a:65536\r\n\r\n", 400),
	ROW(GET "Host: a:80:80\r\n\r\n", 400),
	ROW(GET "Host: :80\r\n\r\n", 400),
	ROW(GET "Host: [::1\r\n\r\n", 400),
	ROW(GET "Host: [::1]x\r\n\r\n", 400),
	ROW(GET "Host: [x]\r\n\r\n", 400),
	ROW(GET "Host: ::1\r\n\r\n", 400),
	/* ---- Request line ---- */
	ROW("GET /\r\n" H "\r\n", 400),
	ROW("GET  HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET HTTP/1.1\r\n" H "\r\n", 400),
	ROW(" GET / HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET  / HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET /  HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET / HTTP/1.1 \r\n" H "\r\n", 400),
	ROW("GET\t/\tHTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET /a b HTTP/1.1\r\n" H "\r\n", 400),
	ROW("G(T / HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET a HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET * HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET /a#b HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET /\x7f HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET /caf\xc3\xa9 HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET / http/1.1\r\n" H "\r\n", 400),
	ROW("GET / HTTP/11\r\n" H "\r\n", 400),
	ROW("GET / HTTP/1.10\r\n" H "\r\n", 400),
	ROW("GET / HTTPS/1.1\r\n" H "\r\n", 400),
	ROW("GET / HTTP/0.9\r\n" H "\r\n", 505),
	ROW("GET / HTTP/1.2\r\n" H "\r\n", 505),
	ROW("GET / HTTP/2.0\r\n" H "\r\n", 505),
	ROW("PRI * HTTP/2.0\r\n\r\n", 505),
	ROW("CONNECT a:443 HTTP/1.1\r\n" H "\r\n", 501),
	ROW("ABCDEFGHIJKLMNOPQRSTU / HTTP/1.1\r\n" H "\r\n", 501),
	ROW("GET http://b/ HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET http:///x HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET http://a@b/ HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET http://a:80/ HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET ftp://a/ HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET http: HTTP/1.1\r\n" H "\r\n", 400),
	ROW("GET a.example:80 HTTP/1.1\r\n" H "\r\n", 400),
	ROW(POST H "Expect: something\r\n\r\n", 417),
	ROW(POST H "Expect: 100-continue, other\r\n\r\n", 417),
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct guard_head head;
		int status = judge(refused[i].text, refused[i].len, &head);
		if (status != refused[i].status)
			fail_msg("%d, not %d, for: %s", status, refused[i].status, refused[i].text);
	}
}

static void test_accepted(void **state)
{
	static const char *const accepted[] = {
		GET H "\r\n",
		"\r\n" GET H "\r\n",
		"GET / HTTP/1.0\r\n" H "\r\n",
		GET "hOST:a\r\n\r\n",
		GET "Host: \t a \t \r\n\r\n",
		GET "Host: a-b_c.D:8080\r\n\r\n",
		GET "Host: a:\r\n\r\n",
		GET "Host: 192.0.2.1:65535\r\n\r\n",
		GET "Host: [2001:db8::1]\r\n\r\n",
		GET "Host: [::1]:80\r\n\r\n",
		GET H "X:\r\nY: \r\nZ: a\tb\xc3\xa9\r\n\r\n",
		"GET /?a=[b]|{c}^\"<>\\`' HTTP/1.1\r\n" H "\r\n",
		"GET http://A/ HTTP/1.1\r\n" H "\r\n",
		"GET HTTPS://a HTTP/1.1\r\n" H "\r\n",
		"OPTIONS * HTTP/1.1\r\n" H "\r\n",
		POST H "Content-Length: 999999999999999999\r\n\r\n",
		POST H "Content-Length: 0005\r\n\r\n",
		POST H "transfer-encoding: Chunked\r\n\r\n",
		POST H "Expect: 100-Continue\r\n\r\n",
	};
	(void)state;
	for (size_t i = 0; i < COUNT(accepted); i++) {
		struct guard_head head;
		int status = judge(accepted[i], strlen(accepted[i]), &head);
		if (status) fail_msg("%d for: %s", status, accepted[i]);
	}
}

static void test_what_it_tells(void **state)
{
	static const char text[] = "\r\nPOST http://a.b:8/c?d HTTP/1.1\r\nHost: a.b:8\r\n"
	                           "Content-Length: 42\r\nExpect: 100-continue\r\n\r\n";
	struct guard_head h;
	(void)state;
	assert_int_equal(judge(text, sizeof(text) - 1, &h), 0);
	assert_memory_equal(text + h.method.at, "POST ", h.method.len + 1);
	assert_memory_equal(text + h.target.at, "/c?d ", h.target.len + 1);
	assert_memory_equal(text + h.host.at, "a.b:8\r", h.host.len + 1);
	assert_int_equal(h.minor, 1);
	assert_int_equal(h.nfields, 3);
	assert_int_equal(h.length, 42);
	assert_true(h.has_length && h.expect_continue && !h.chunked);
}

/* Line by line or byte by byte, the end is found at the same place, and not before. */
static void test_scan_in_pieces(void **state)
{
	static const char text[] = "\r\nGET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\nmore";
	const size_t end = sizeof(text) - 1 - 4;
	(void)state;
	for (size_t step = 1; step < sizeof(text); step++) {
		struct guard_scan scan = { 0 };
		long found = 0;
		for (size_t len = step; found == 0; len += step)
			found = guard_scan(&scan, text, MIN(len, sizeof(text) - 1));
		assert_int_equal(found, end);
	}
	struct guard_scan scan = { 0 };
	assert_int_equal(guard_scan(&scan, text, end - 1), 0);
}

/* A head of exactly `len` bytes. */
static int judge_size(size_t len)
{
	struct buf b = { 0 };
	struct guard_head h;
	buf_puts(&b, GET H);
	while (b.len + 4 < len) {
		size_t line = MIN(len - 2 - b.len, (size_t)4000);
		if (len - 2 - b.len - line < 4 && line != len - 2 - b.len) line -= 8;
		buf_lit(&b, "X:");
		for (size_t i = 4; i < line; i++) buf_putc(&b, 'x');
		buf_lit(&b, "\r\n");
	}
	buf_lit(&b, "\r\n");
	assert_int_equal(b.len, len);
	int status = judge(b.data, b.len, &h);
	buf_release(&b);
	return status;
}

static int judge_target(size_t len, bool end)
{
	struct buf b = { 0 };
	struct guard_head h;
	buf_lit(&b, "GET /");
	for (size_t i = 1; i < len; i++) buf_putc(&b, 'x');
	if (end) buf_lit(&b, " HTTP/1.1\r\n" H "\r\n");
	int status = judge(b.data, b.len, &h);
	buf_release(&b);
	return status;
}

static int judge_fields(int n)
{
	struct buf b = { 0 };
	struct guard_head h;
	buf_puts(&b, GET H);
	for (int i = 1; i < n; i++) buf_printf(&b, "X-%d: y\r\n", i);
	buf_lit(&b, "\r\n");
	int status = judge(b.data, b.len, &h);
	buf_release(&b);
	return status;
}

static void test_limits(void **state)
{
	(void)state;
	assert_int_equal(judge_size(HEAD_MAX), 0);
	assert_int_equal(judge_size(HEAD_MAX + 1), 431);
	assert_int_equal(judge_target(TARGET_MAX, true), 0);
	assert_int_equal(judge_target(TARGET_MAX + 1, true), 414);
	assert_int_equal(judge_target(9000, false), 414); /* before its end is seen */
	assert_int_equal(judge_target(8100, false), -1);
	assert_int_equal(judge_fields(FIELDS_MAX), 0);
	assert_int_equal(judge_fields(FIELDS_MAX + 1), 431);
}

/* ---- Chunks ---- */

static int judge_chunks(const char *text, size_t len, size_t step, size_t *used)
{
	struct guard_chunked g = { 0 };
	int result = 0;
	*used = 0;
	for (size_t at = 0; at < len && result == 0; at += step) {
		size_t some;
		result = guard_chunked(&g, text + at, MIN(step, len - at), &some);
		*used += some;
	}
	return result;
}

static const struct row chunks[] = {
	ROW("0\r\n\r\n", 1),
	ROW("5\r\nhello\r\n0\r\n\r\n", 1),
	ROW("0005\r\nhello\r\n00\r\n\r\n", 1),
	ROW("5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n", 1),
	ROW("1\r\n\n\r\n0\r\n\r\n", 1),
	ROW("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\nX: y\r\nZ:\r\n\r\n", 1),
	ROW("5\r\nhello\r\n", 0),
	ROW("5\nhello\r\n0\r\n\r\n", -400),
	ROW("5\r\nhello\n0\r\n\r\n", -400),
	ROW("5\r\nhello0\r\n\r\n", -400),
	ROW("5\r\nhello\r0\r\n\r\n", -400),
	ROW("5\r\nhello!\r\n0\r\n\r\n", -400),
	ROW("5\rX\nhello\r\n0\r\n\r\n", -400),
	ROW("5;a\nhello\r\n0\r\n\r\n", -400),
	ROW("5;\x01\r\nhello\r\n0\r\n\r\n", -400),
	ROW("5 \r\nhello\r\n0\r\n\r\n", -400),
	ROW(" 5\r\nhello\r\n0\r\n\r\n", -400),
	ROW("+5\r\nhello\r\n0\r\n\r\n", -400),
	ROW("-5\r\nhello\r\n0\r\n\r\n", -400),
	ROW("0x5\r\nhello\r\n0\r\n\r\n", -400),
	ROW("\r\nhello\r\n0\r\n\r\n", -400),
	ROW(";a\r\nhello\r\n0\r\n\r\n", -400),
	ROW("g\r\nhello\r\n0\r\n\r\n", -400),
	ROW("0\n\n", -400),
	ROW("0\r\n\n", -400),
	ROW("0\r\n\rX", -400),
	ROW("0\r\nX\r\n\r\n", -400),
	ROW("0\r\nX : y\r\n\r\n", -400),
	ROW("0\r\n X: y\r\n\r\n", -400),
	ROW("0\r\nX: y\n\r\n", -400),
	ROW("0\r\nX: y\r\n\tz\r\n\r\n", -400),
	ROW("0\r\nX: \0\r\n\r\n", -400),
	ROW("fffffffffffffff\r\nx", 0),
	ROW("ffffffffffffffff\r\nx", -400),
	ROW("10000000000000005\r\nhello\r\n0\r\n\r\n", -400),
	ROW("0000000000000005\r\nhello\r\n0\r\n\r\n", -400),
};

static void test_chunks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(chunks); i++) {
		for (size_t step = 1; step <= chunks[i].len; step++) {
			size_t used;
			int result = judge_chunks(chunks[i].text, chunks[i].len, step, &used);
			if (result != chunks[i].status)
				fail_msg("%d, not %d, for: %s", result, chunks[i].status, chunks[i].text);
			if (result == 1) assert_int_equal(used, chunks[i].len);
		}
	}
}

/* The next request is not part of the body. */
static void test_chunks_end(void **state)
{
	static const char text[] = "3\r\nabc\r\n0\r\n\r\nGET / HTTP/1.1\r\n";
	struct guard_chunked g = { 0 };
	size_t used;
	(void)state;
	assert_int_equal(guard_chunked(&g, text, sizeof(text) - 1, &used), 1);
	assert_int_equal(used, 13);
}

/* Lines that nobody reads, for ever (CVE-2024-22019). */
static int judge_padding(const char *before, size_t n, const char *after)
{
	struct buf b = { 0 };
	size_t used;
	buf_puts(&b, before);
	for (size_t i = 0; i < n; i++) buf_putc(&b, 'x');
	buf_puts(&b, after);
	int result = judge_chunks(b.data, b.len, b.len, &used);
	buf_release(&b);
	return result;
}

static void test_chunk_limits(void **state)
{
	(void)state;
	/* "5;", the extension and CR: 256; the LF does not count. */
	assert_int_equal(judge_padding("5;", 253, "\r\nhello\r\n0\r\n\r\n"), 1);
	assert_int_equal(judge_padding("5;", 254, "\r\nhello\r\n0\r\n\r\n"), -400);
	assert_int_equal(judge_padding("0\r\nX:", 4000, "\r\n\r\n"), 1);
	assert_int_equal(judge_padding("0\r\nX:", 4096, "\r\n\r\n"), -400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),       cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_what_it_tells), cmocka_unit_test(test_scan_in_pieces),
		cmocka_unit_test(test_limits),        cmocka_unit_test(test_chunks),
		cmocka_unit_test(test_chunks_end),    cmocka_unit_test(test_chunk_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Who asks, behind proxies, and what a client can make us believe. */
#include "net/proxies.h"
#include "request_fixture.h"

struct row {
	const char *from; /* the peer of the socket; "unix" */
	struct http_header fields[4];
	const char *peer, *scheme, *host;
};

static void check(const char *const *trusted, bool rfc7239, const struct row *rows, size_t n)
{
	struct proxies *proxies;
	assert_int_equal(proxies_new(trusted, rfc7239, &proxies, NULL), OK);
	for (size_t i = 0; i < n; i++) {
		int count = 0;
		while (count < 4 && rows[i].fields[count].name) count++;
		struct http_request rq = request(rows[i].fields, count);
		struct address from = { { 0 } };
		if (strcmp(rows[i].from, "unix") != 0) assert_true(address_parse(rows[i].from, &from));
		proxies_resolve(proxies, &arena, &from, "Example.org", &rq);
		if (strcmp(rq.peer, rows[i].peer) || strcmp(rq.scheme, rows[i].scheme) || strcmp(rq.host, rows[i].host))
			fail_msg("row %zu: %s %s %s", i, rq.peer, rq.scheme, rq.host);
	}
	proxies_free(proxies);
}

#define XFF "X-Forwarded-For"
#define XFP "X-Forwarded-Proto"
#define XFH "X-Forwarded-Host"

static void test_x_forwarded(void **state)
{
	(void)state;
	static const char *const trusted[] = { "127.0.0.1", "10.0.0.0/8", "2001:db8::/32", NULL };
	static const struct row rows[] = {
		{ "127.0.0.1",
		  { { XFF, "192.0.2.7" }, { XFP, "https" }, { XFH, "Tours.example" } },
		  "192.0.2.7",
		  "https",
		  "tours.example" },
		/* several trusted proxies in a row */
		{ "127.0.0.1", { { XFF, "192.0.2.7, 10.1.2.3, 2001:db8::9" } }, "192.0.2.7", "http", "example.org" },
		/* what the client wrote stands on the left: not believed */
		{ "127.0.0.1", { { XFF, "10.0.0.1, 192.0.2.7" } }, "192.0.2.7", "http", "example.org" },
		{ "127.0.0.1", { { XFF, "6.6.6.6, 192.0.2.7, 10.1.1.1" } }, "192.0.2.7", "http", "example.org" },
		{ "127.0.0.1", { { XFF, "6.6.6.6" }, { XFF, "192.0.2.7" } }, "192.0.2.7", "http", "example.org" },
		/* a chain that stops making sense is believed up to there */
		{ "127.0.0.1", { { XFF, "192.0.2.7, unknown, 10.1.1.1" } }, "10.1.1.1", "http", "example.org" },
		{ "127.0.0.1", { { XFF, "192.0.2.7, nonsense" } }, "127.0.0.1", "http", "example.org" },
		/* nobody but proxies: the farthest of them */
		{ "127.0.0.1", { { XFF, "10.0.0.2, 10.0.0.3" } }, "10.0.0.2", "http", "example.org" },
		/* not from a proxy: nothing is believed */
		{ "192.0.2.8",
		  { { XFF, "10.0.0.1" }, { XFP, "https" }, { XFH, "evil.example" } },
		  "192.0.2.8",
		  "http",
		  "example.org" },
		{ "unix", { { XFF, "192.0.2.7" } }, "unix", "http", "example.org" },
		/* the nearest proxy's word comes last */
		{ "127.0.0.1", { { XFF, "192.0.2.7" }, { XFP, "https, http" } }, "192.0.2.7", "http", "example.org" },
		{ "127.0.0.1",
		  { { XFF, "192.0.2.7" }, { XFP, "http" }, { XFP, "https" } },
		  "192.0.2.7",
		  "https",
		  "example.org" },
		{ "127.0.0.1", { { XFP, "javascript" } }, "127.0.0.1", "http", "example.org" },
		/* a host that is not one */
		{ "127.0.0.1", { { XFH, "evil.example/<script>" } }, "127.0.0.1", "http", "example.org" },
		{ "127.0.0.1", { { XFH, "" } }, "127.0.0.1", "http", "example.org" },
		/* the other family is whatever the client wrote */
		{ "127.0.0.1",
		  { { "Forwarded", "for=6.6.6.6;proto=https;host=evil.example" } },
		  "127.0.0.1",
		  "http",
		  "example.org" },
		{ "127.0.0.1", { { "Host", "a" } }, "127.0.0.1", "http", "example.org" },
	};
	check(trusted, false, rows, COUNT(rows));
}

static void test_forwarded(void **state)
{
	(void)state;
	static const char *const trusted[] = { "unix", "192.0.2.43", NULL };
	static const struct row rows[] = {
		/* RFC 7239 §7.1 */
		{ "unix",
		  { { "Forwarded", "for=192.0.2.43, for=\"[2001:db8:cafe::17]\"" } },
		  "2001:db8:cafe::17",
		  "http",
		  "example.org" },
		/* scheme and host are those said along with the client */
		{ "unix",
		  { { "Forwarded", "for=6.6.6.6;host=evil.example, for=198.51.100.17;proto=https;"
		                   "host=tours.example, for=192.0.2.43;proto=http;host=inside" } },
		  "198.51.100.17",
		  "https",
		  "tours.example" },
		{ "unix",
		  { { "Forwarded", "for=198.51.100.17;proto=HTTPS;host=\"[::1]:80\"" } },
		  "198.51.100.17",
		  "https",
		  "[::1]:80" },
		{ "unix", { { "Forwarded", "for=6.6.6.6, for=\"198.51.100.17" } }, "unix", "http", "example.org" },
		{ "unix", { { "Forwarded", "for=_hidden;proto=https" } }, "unix", "http", "example.org" },
		{ "198.51.100.1", { { "Forwarded", "for=6.6.6.6" } }, "198.51.100.1", "http", "example.org" },
		{ "unix",
		  { { XFF, "6.6.6.6" }, { XFP, "https" }, { XFH, "evil.example" } },
		  "unix",
		  "http",
		  "example.org" },
	};
	check(trusted, true, rows, COUNT(rows));
}

static void test_nobody_trusted(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "127.0.0.1", { { XFF, "6.6.6.6" }, { XFP, "https" } }, "127.0.0.1", "http", "example.org" },
		{ "unix", { { XFF, "6.6.6.6" } }, "unix", "http", "example.org" },
	};
	check(NULL, false, rows, COUNT(rows));
}

static void test_wrong(void **state)
{
	(void)state;
	static const char *const trusted[] = { "127.0.0.1", "10.0.0.0/99", NULL };
	struct proxies *proxies = NULL;
	struct err err;
	char text[200];
	assert_int_equal(proxies_new(trusted, false, &proxies, &err), E_INPUT);
	assert_null(proxies);
	assert_non_null(strstr(err_format(&err, err.msg, text, sizeof(text)), "10.0.0.0/99"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_x_forwarded),
		cmocka_unit_test(test_forwarded),
		cmocka_unit_test(test_nobody_trusted),
		cmocka_unit_test(test_wrong),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

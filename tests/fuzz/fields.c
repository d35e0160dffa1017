/*
 * Fields of requests, one "Name: value" a line: cookies, proxies, tags, codings, languages. Nothing
 * that a client writes makes more of it than it may be.
 */
#include "base/i18n.h"
#include "fuzz.h"
#include "net/conditional.h"
#include "net/cookie.h"
#include "net/encoding.h"
#include "net/forwarded.h"
#include "net/guard.h"
#include "net/proxies.h"
#include "net/rate.h"

enum { LINES = 20 };

/* As the guard lets them through: no control character but tabs. */
static void clean(char *value)
{
	for (; *value; value++)
		if (((unsigned char)*value < ' ' && *value != '\t') || *value == 0x7F) *value = ' ';
}

static void check_proxies(struct http_request *rq, const char *from)
{
	static const char *const trusted[] = { "unix", "127.0.0.1", "10.0.0.0/8", "2001:db8::/32", NULL };
	for (int rfc7239 = 0; rfc7239 < 2; rfc7239++) {
		struct proxies *proxies;
		struct address address = { { 0 } }, peer;
		char key[RATE_KEY];
		if (proxies_new(trusted, rfc7239, &proxies, NULL) != OK) abort();
		bool known = address_parse(from, &address);
		proxies_resolve(proxies, rq->arena, &address, "Example.org", rq);
		CHECK(guard_host(rq->host, strlen(rq->host)));
		CHECK(strcmp(rq->scheme, "http") == 0 || strcmp(rq->scheme, "https") == 0);
		CHECK(strcmp(rq->peer, "unix") == 0 || address_parse(rq->peer, &peer));
		CHECK(known || strcmp(rq->peer, from) != 0 || strcmp(from, "unix") == 0);
		CHECK(*rate_address_key(rq->peer, key) != '\0');
		proxies_free(proxies);
	}
}

static void check_hops(struct http_request *rq)
{
	struct hops hops = { 0 };
	forwarded_read(rq->arena, rq, &hops);
	CHECK(hops.count >= 0 && hops.count <= HOPS_MAX);
	forwarded_read_x(rq, &hops);
	CHECK(hops.count >= 0 && hops.count <= HOPS_MAX);
}

static void check_address(const char *text)
{
	struct address address, again;
	struct address_prefix prefix;
	char out[ADDRESS_TEXT];
	if (address_parse(text, &address))
		CHECK(address_parse(address_format(&address, out), &again) &&
		      memcmp(&address, &again, sizeof(address)) == 0);
	if (address_prefix_parse(text, &prefix)) CHECK(address_in(&prefix.address, &prefix));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct http_header headers[LINES];
	struct http_request rq = { .arena = &a, .headers = headers, .scheme = "http", .body_fd = -1 };
	arena_init(&a);
	char *from = take_line(&a, &data, &size);
	while (size && rq.nheaders < LINES) {
		char *line = take_line(&a, &data, &size), *colon = strchr(line, ':');
		clean(line);
		if (colon == NULL) continue;
		*colon = '\0';
		headers[rq.nheaders++] = (struct http_header){ line, colon + 1 + strspn(colon + 1, " \t") };
	}
	for (int i = 0; i < rq.nheaders; i++) {
		const char *value = headers[i].value;
		enum lang lang = lang_parse(value, LANG_EN);
		CHECK(lang == LANG_FR || lang == LANG_EN);
		enum encoding encoding = encoding_choose_value(value);
		CHECK(encoding == ENCODING_GZIP || encoding == ENCODING_IDENTITY);
		check_address(value);
		CHECK(!etag_equal_strong(value, value) || etag_equal_weak(value, value));
	}
	CHECK(!if_none_match(&rq, NULL));
	(void)if_none_match(&rq, "\"a\"");
	(void)if_match(&rq, "\"a\"");
	for (int https = 0; https < 2; https++) {
		rq.scheme = https ? "https" : "http";
		const char *cookie = cookie_get(&rq, "s");
		if (cookie) CHECK(strchr(cookie, ';') == NULL);
	}
	check_hops(&rq);
	check_proxies(&rq, from);
	arena_release(&a);
	return 0;
}

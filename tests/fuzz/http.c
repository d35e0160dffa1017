/*
 * Requests as bytes: the guard, llhttp behind it, and the body. Three promises: what the guard lets
 * through llhttp reads in the same way; how the bytes are cut into pieces changes nothing; and a plain
 * reading of the same bytes, written here on its own, gives the same fields and the same body.
 */
#include <ctype.h>

#include "fuzz.h"
#include "net/limits.h"
#include "net/message.h"

enum { BODY_LIMIT = 16 * 1024 };

static int64_t body_limit(void *context, enum http_method method, const char *path)
{
	(void)context, (void)path;
	return method == HTTP_POST || method == HTTP_PUT ? BODY_LIMIT : 0;
}

/* ---- A plain reading ---- */

static const char *next_line(const char *s)
{
	return strstr(s, "\r\n") + 2;
}

static void compare_fields(const char *head, const struct http_request *rq)
{
	const char *line = next_line(strncmp(head, "\r\n", 2) == 0 ? head + 2 : head);
	int n = 0;
	for (; strncmp(line, "\r\n", 2) != 0; line = next_line(line), n++) {
		CHECK(n < rq->nheaders);
		size_t name = strcspn(line, ":"), end = (size_t)(next_line(line) - line) - 2, at = name + 1;
		while (at < end && (line[at] == ' ' || line[at] == '\t')) at++;
		while (end > at && (line[end - 1] == ' ' || line[end - 1] == '\t')) end--;
		CHECK(strlen(rq->headers[n].name) == name && strncmp(rq->headers[n].name, line, name) == 0);
		CHECK(strlen(rq->headers[n].value) == end - at);
		CHECK(strncmp(rq->headers[n].value, line + at, end - at) == 0);
	}
	CHECK(n == rq->nheaders);
}

/* The body that begins at `s`, chunked, into `out`; returns where it ends. It is known to be whole. */
static const char *unchunk(const char *s, struct buf *out)
{
	for (;;) {
		size_t size = strtoul(s, NULL, 16);
		CHECK(isxdigit((unsigned char)*s));
		s = next_line(s);
		if (size == 0) break;
		buf_add(out, s, size);
		CHECK(memcmp(s + size, "\r\n", 2) == 0);
		s += size + 2;
	}
	while (strncmp(s, "\r\n", 2) != 0) s = next_line(s);
	return s + 2;
}

static void compare_body(struct arena *a, const char *body, const struct message *m, size_t used)
{
	struct buf plain;
	buf_init(&plain, a, 0);
	if (m->head.chunked) CHECK(unchunk(body, &plain) == body + used);
	else buf_add(&plain, body, (size_t)m->head.length);
	if (!m->head.chunked) CHECK(used == (size_t)m->head.length);
	CHECK((size_t)m->rq->body_len == plain.len);
	if (plain.len) CHECK(memcmp(m->rq->body, plain.data, plain.len) == 0);
}

/* ---- What a request promises to those who handle it ---- */

static void check_request(const struct http_request *rq)
{
	CHECK(is_text(rq->path) && is_text(rq->host));
	CHECK(rq->path[0] == '/' || strcmp(rq->path, "*") == 0);
	CHECK(strstr(rq->path, "/../") == NULL && strstr(rq->path, "/./") == NULL);
	CHECK(guard_host(rq->host, strlen(rq->host)));
	for (const char *s = rq->target; *s; s++) CHECK(*s > ' ' && *s < 0x7F);
	for (int i = 0; i < rq->nheaders; i++)
		for (const char *s = rq->headers[i].value; *s; s++) CHECK((unsigned char)*s >= ' ' || *s == '\t');
	CHECK(rq->nheaders <= FIELDS_MAX);
	CHECK(rq->body == NULL || rq->body[rq->body_len] == '\0');
}

static void check_agreement(struct arena *a, const char *head, size_t len)
{
	struct guard_head guard;
	struct parser_head parsed;
	if (guard_head(head, len, &guard) != 0) return;
	struct parser *parser = parser_new(a, guard.nfields, NULL, NULL);
	if (parser_head(parser, arena_strndup(a, head, len), len, &parsed) != 0) return;
	CHECK(guard.nfields == parsed.nfields);
	CHECK(guard.minor == parsed.minor);
	CHECK(guard.chunked == parsed.chunked);
	CHECK(guard.length == parsed.length);
}

/* ---- A connection ---- */

struct connection {
	struct arena *a;
	const char *data;
	size_t size;
	struct dice *dice; /* NULL: everything comes at once */
	struct buf told;   /* what was understood */
	struct message_rules rules;
};

static size_t piece(struct connection *c, size_t have)
{
	if (c->dice == NULL || have == c->size) return c->size;
	uint32_t most = dice_below(c->dice, 4) == 0 ? 1000 : 8;
	size_t next = have + 1 + dice_below(c->dice, most);
	return MIN(c->size, next);
}

/* The length of the head at `from`, 0 when it never ends, minus a status. */
static long read_head(struct connection *c, size_t from, size_t *have)
{
	struct guard_scan scan = { 0 };
	for (;;) {
		long len = guard_scan(&scan, c->data + from, *have - from);
		if (len != 0 || *have == c->size) return len;
		*have = piece(c, *have);
	}
}

/* Reads one request; false at the end of the connection. */
static bool read_request(struct connection *c, struct message *m, size_t *at, size_t *have)
{
	struct http_request rq = { .body_fd = -1, .arena = c->a };
	struct address from = { { 0 } };
	long len = read_head(c, *at, have);
	if (len <= 0) {
		buf_printf(&c->told, len ? "refused\n" : "unfinished\n");
		return false;
	}
	const char *head = c->data + *at;
	check_agreement(c->a, head, (size_t)len);
	int status = message_head(m, &c->rules, c->a, &from, head, (size_t)len, &rq);
	size_t body = *at += (size_t)len;
	while (status == 0 && m->has_body && !m->complete) {
		size_t used = 0;
		if (*have == *at && *have == c->size) break;
		*have = MAX(piece(c, *have), *at);
		status = message_body(m, c->data + *at, *have - *at, &used);
		CHECK(used <= *have - *at);
		*at += used;
	}
	if (status || !m->complete) {
		buf_printf(&c->told, status ? "refused\n" : "unfinished\n");
		return false;
	}
	check_request(&rq);
	compare_fields(head, &rq);
	compare_body(c->a, c->data + body, m, *at - body);
	buf_printf(&c->told, "%d %s %s %s %d fields %lld bytes, %s %s\n", rq.method, rq.path, rq.query, rq.host,
	           rq.nheaders, (long long)rq.body_len, rq.peer, m->close ? "close" : "keep");
	return !m->close;
}

static void read_all(struct connection *c)
{
	struct message m;
	size_t at = 0, have = 0;
	message_init(&m);
	have = piece(c, 0);
	while (at < c->size && read_request(c, &m, &at, &have)) message_reset(&m);
	message_release(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const trusted[] = { "unix", "10.0.0.0/8", NULL };
	struct arena a;
	struct dice dice = dice_of(data, size);
	struct proxies *proxies;
	arena_init(&a);
	if (proxies_new(trusted, dice_below(&dice, 2), &proxies, NULL) != OK) abort();
	/* Not NUL-terminated for the code, but for the plain reading above. */
	const char *text = arena_strndup(&a, (const char *)data, size);
	struct connection whole = { &a, text, size, NULL, { .arena = &a }, { proxies, body_limit, NULL, "/tmp" } };
	read_all(&whole);
	for (int round = 0; round < 3; round++) {
		struct connection cut = whole;
		cut.dice = &dice;
		buf_init(&cut.told, &a, 0);
		read_all(&cut);
		CHECK(strcmp(buf_str(&cut.told), buf_str(&whole.told)) == 0);
	}
	proxies_free(proxies);
	arena_release(&a);
	return 0;
}

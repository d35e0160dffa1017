#include "net/message.h"

#include <string.h>

#include "net/path.h"

void message_init(struct message *m)
{
	*m = (struct message){ 0 };
	upload_init(&m->upload);
}

void message_reset(struct message *m)
{
	struct upload upload = m->upload;
	upload_reset(&upload);
	*m = (struct message){ .upload = upload };
}

void message_release(struct message *m)
{
	upload_release(&m->upload);
}

static enum http_method method_of(const char *name, size_t len)
{
	static const struct {
		const char *name;
		enum http_method method;
	} methods[] = {
		{ "GET", HTTP_GET }, { "HEAD", HTTP_HEAD },     { "POST", HTTP_POST },
		{ "PUT", HTTP_PUT }, { "DELETE", HTTP_DELETE }, { "OPTIONS", HTTP_OPTIONS },
	};
	for (size_t i = 0; i < COUNT(methods); i++)
		if (strlen(methods[i].name) == len && memcmp(name, methods[i].name, len) == 0) return methods[i].method;
	return HTTP_OTHER;
}

/* The body's bytes, from llhttp. */
static void sink(void *arg, const char *data, size_t len)
{
	struct message *m = arg;
	upload_add(&m->upload, m->rules->tmp_dir, data, len);
}

/* Target, path and query. */
static int set_target(struct message *m, const char *head)
{
	struct http_request *rq = m->rq;
	const struct guard_span *target = &m->head.target;
	const char *raw = head + target->at;
	if (target->len == 0 || raw[0] == '?') /* an absolute-form without path (RFC 9110 §4.2.3) */
		rq->target = arena_printf(m->arena, "/%.*s", (int)target->len, raw);
	else rq->target = arena_strndup(m->arena, raw, target->len);
	size_t path = strcspn(rq->target, "?");
	rq->query = rq->target[path] ? rq->target + path + 1 : "";
	if (rq->target[0] == '*') {
		rq->path = rq->target;
		return 0;
	}
	return path_decode(m->arena, rq->target, path, &rq->path, NULL) == OK ? 0 : 400;
}

/* The two readers of the head must agree; if not, one of them can be fooled. */
static bool same(const struct guard_head *guard, const struct parser_head *parser)
{
	return guard->nfields == parser->nfields && guard->minor == parser->minor &&
	       guard->chunked == parser->chunked && guard->length == parser->length;
}

static void set_fields(struct message *m, const struct parser_head *parsed)
{
	struct http_header *headers = arena_array(m->arena, struct http_header, parsed->nfields);
	for (int i = 0; i < parsed->nfields; i++) {
		headers[i].name = parsed->fields[i].name;
		headers[i].value = parsed->fields[i].value;
	}
	m->rq->headers = headers;
	m->rq->nheaders = parsed->nfields;
}

static int begin_body(struct message *m)
{
	m->limit = m->rules->body_limit(m->rules->context, m->rq->method, m->rq->path);
	if (m->head.length > m->limit || (m->head.chunked && m->limit <= 0)) return 413;
	m->has_body = true;
	upload_begin(&m->upload, m->rules->tmp_dir, m->head.length);
	return 0;
}

static int finish(struct message *m)
{
	if (!parser_complete(m->parser)) return 400;
	m->complete = true;
	upload_end(&m->upload, m->rq);
	return 0;
}

int message_head(struct message *m, const struct message_rules *rules, struct arena *a, const struct address *from,
                 const char *head, size_t len, struct http_request *rq)
{
	struct parser_head parsed;
	m->rules = rules;
	m->arena = a;
	m->rq = rq;
	int status = guard_head(head, len, &m->head);
	if (status) return status;
	char *copy = arena_strndup(a, head, len);
	rq->method = method_of(copy + m->head.method.at, m->head.method.len);
	m->parser = parser_new(a, m->head.nfields, sink, m);
	status = parser_head(m->parser, copy, len, &parsed);
	if (status == 0) status = same(&m->head, &parsed) ? set_target(m, copy) : 400;
	if (status) return status;
	set_fields(m, &parsed);
	m->close = !parsed.keep_alive || m->head.minor == 0;
	const char *host = arena_strndup(a, copy + m->head.host.at, m->head.host.len);
	proxies_resolve(rules->proxies, a, from, host, rq);
	return m->head.chunked || m->head.length ? begin_body(m) : finish(m);
}

/* Those who declare a length were judged by it; chunks are counted as they come. */
static int chunked_body(struct message *m, const char *data, size_t len, size_t *used)
{
	int end = guard_chunked(&m->chunked, data, len, used);
	if (end < 0) return -end;
	int status = parser_body(m->parser, data, *used);
	if (status) return status;
	if (m->upload.len > m->limit) return 413;
	return end ? finish(m) : 0;
}

int message_body(struct message *m, const char *data, size_t len, size_t *used)
{
	if (m->head.chunked) return chunked_body(m, data, len, used);
	*used = MIN(len, (size_t)message_left(m));
	int status = parser_body(m->parser, data, *used);
	if (status) return status;
	return message_left(m) == 0 ? finish(m) : 0;
}

int64_t message_left(const struct message *m)
{
	return m->head.chunked ? 0 : m->head.length - m->upload.len;
}

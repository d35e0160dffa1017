#include "net/parser.h"

#include <llhttp.h>
struct parser {
	llhttp_t http;
	parser_sink *sink;
	void *arg;
	struct parser_field *fields;
	int nfields, max;
	bool in_body, complete;
	struct parser_head head;
};

static struct parser *parser_of(llhttp_t *http)
{
	return http->data;
}

/* A piece may come in several calls; they are next to each other, as the head is in one place. */
static int extend(char **text, size_t *text_len, const char *at, size_t len)
{
	if (*text == NULL) *text = (char *)at;
	if (*text + *text_len != at) return HPE_USER;
	*text_len += len;
	return 0;
}

/* Trailers come through here too, after the body has begun: nobody reads them. */
static int on_name(llhttp_t *http, const char *at, size_t len)
{
	struct parser *p = parser_of(http);
	if (p->in_body) return 0;
	if (p->nfields == p->max) return HPE_USER;
	return extend(&p->fields[p->nfields].name, &p->fields[p->nfields].name_len, at, len);
}

static int on_value(llhttp_t *http, const char *at, size_t len)
{
	struct parser *p = parser_of(http);
	if (p->in_body) return 0;
	if (p->nfields == p->max) return HPE_USER;
	return extend(&p->fields[p->nfields].value, &p->fields[p->nfields].value_len, at, len);
}

static int on_value_complete(llhttp_t *http)
{
	struct parser *p = parser_of(http);
	if (p->in_body) return 0;
	if (p->nfields == p->max || p->fields[p->nfields].name == NULL) return HPE_USER;
	p->nfields++;
	return 0;
}

static int on_headers_complete(llhttp_t *http)
{
	struct parser *p = parser_of(http);
	p->in_body = true;
	p->head = (struct parser_head){
		.fields = p->fields,
		.nfields = p->nfields,
		.minor = http->http_minor,
		.chunked = http->flags & F_CHUNKED,
		.length = (int64_t)http->content_length,
		.keep_alive = llhttp_should_keep_alive(http),
	};
	/* An upgrade that nobody takes is ignored (RFC 9110 §7.8), not a reason to stop reading. */
	http->upgrade = 0;
	return 0;
}

static int on_body(llhttp_t *http, const char *at, size_t len)
{
	struct parser *p = parser_of(http);
	p->sink(p->arg, at, len);
	return 0;
}

static int on_message_complete(llhttp_t *http)
{
	parser_of(http)->complete = true;
	return 0;
}

static const llhttp_settings_t settings = {
	.on_header_field = on_name,
	.on_header_value = on_value,
	.on_header_value_complete = on_value_complete,
	.on_headers_complete = on_headers_complete,
	.on_body = on_body,
	.on_message_complete = on_message_complete,
};

struct parser *parser_new(struct arena *a, int nfields, parser_sink *sink, void *arg)
{
	struct parser *p = arena_new(a, struct parser);
	llhttp_init(&p->http, HTTP_REQUEST, &settings);
	p->http.data = p;
	p->fields = arena_array(a, struct parser_field, nfields);
	p->max = nfields;
	p->sink = sink;
	p->arg = arg;
	return p;
}

static int status_of(llhttp_errno_t result)
{
	switch (result) {
	case HPE_OK: return 0;
	case HPE_INVALID_METHOD: return 501;
	case HPE_INVALID_VERSION: return 505;
	default: return 400;
	}
}

int parser_head(struct parser *p, char *head, size_t len, struct parser_head *ret)
{
	int status = status_of(llhttp_execute(&p->http, head, len));
	if (status) return status;
	if (!p->in_body) return 400;
	for (int i = 0; i < p->nfields; i++) {
		struct parser_field *f = &p->fields[i];
		/* Where llhttp puts an empty value, the next field's name begins: at the colon then. */
		if (f->value_len == 0) f->value = f->name + f->name_len;
		char *end = f->value + f->value_len;
		while (end > f->value && (end[-1] == ' ' || end[-1] == '\t')) end--;
		f->value_len = (size_t)(end - f->value);
		f->name[f->name_len] = '\0';
		*end = '\0';
	}
	*ret = p->head;
	return 0;
}

int parser_body(struct parser *p, const char *data, size_t len)
{
	return status_of(llhttp_execute(&p->http, data, len));
}

bool parser_complete(const struct parser *p)
{
	return p->complete;
}

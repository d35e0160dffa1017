#include "net/form_data.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "net/form_text.h"
#include "net/multipart.h"
#include "net/uri.h"

enum code form_text(char *text, size_t *len, struct err *err)
{
	size_t at = 0;
	if (!text_valid(text, *len)) FAIL(err, E_INPUT, "This form holds something that is not text");
	for (size_t i = 0; i < *len; i++) {
		if (text[i] == '\r' && i + 1 < *len && text[i + 1] == '\n') continue;
		text[at++] = text[i] == '\r' ? '\n' : text[i];
	}
	text[at] = '\0';
	*len = at;
	return OK;
}

/* One "name=value" of `len` bytes, decoded in place: decoding never makes it longer. */
static enum code read_pair(char *pair, size_t len, struct form_field *ret, struct err *err)
{
	char *equals = memchr(pair, '=', len);
	size_t name = equals ? (size_t)(equals - pair) : len;
	char *value = equals ? equals + 1 : pair + len;
	size_t name_len = (size_t)uri_decode(pair, pair, name, true);
	size_t value_len = (size_t)uri_decode(value, value, len - (size_t)(value - pair), true);
	TRY(form_text(value, &value_len, err));
	TRY(form_text(pair, &name_len, err));
	if (name_len > FORM_NAME) FAIL(err, E_LIMIT, "A name in this form is over %d bytes", FORM_NAME);
	*ret = (struct form_field){ .name = pair, .value = value, .len = value_len, .content_type = "" };
	return OK;
}

static int count_pairs(const char *text, size_t len)
{
	int count = 0;
	for (size_t i = 0; i < len; i++) count += text[i] != '&' && (i + 1 == len || text[i + 1] == '&');
	return count;
}

enum code form_data_parse_urlencoded(struct arena *a, const char *text, size_t len, struct form_data *ret,
                                     struct err *err)
{
	int count = 0, pairs = count_pairs(text, len);
	if (pairs > FORM_FIELDS) FAIL(err, E_LIMIT, "This form has over %d fields", FORM_FIELDS);
	char *copy = arena_strndup(a, text, len), *end = copy + len;
	struct form_field *fields = arena_array(a, struct form_field, (size_t)pairs);
	for (char *pair = copy; pair < end;) {
		char *ampersand = memchr(pair, '&', (size_t)(end - pair));
		char *after = ampersand ? ampersand : end;
		if (after > pair) TRY(read_pair(pair, (size_t)(after - pair), &fields[count++], err));
		pair = after + 1;
	}
	*ret = (struct form_data){ fields, count };
	return OK;
}

/* The whole body in memory, for a form without files. */
static enum code body_text(struct http_request *rq, const char **ret, struct err *err)
{
	if (rq->body_len > FORM_TEXT) FAIL(err, E_LIMIT, "The texts of this form are over %d bytes", FORM_TEXT);
	*ret = rq->body;
	if (rq->body) return OK;
	char *text = arena_alloc(rq->arena, (size_t)rq->body_len + 1);
	for (int64_t at = 0; at < rq->body_len;) {
		ssize_t n = pread(rq->body_fd, text + at, (size_t)(rq->body_len - at), at);
		if (n <= 0) FAIL(err, E_IO, "Cannot read what was sent");
		at += n;
	}
	*ret = text;
	return OK;
}

static enum code parse_multipart(struct http_request *rq, const char *type, struct form_data *ret, struct err *err)
{
	struct multipart m = { rq->body, rq->body_fd, rq->body_len, NULL, MULTIPART_WINDOW };
	TRY(multipart_boundary(rq->arena, type, &m.boundary, err));
	return multipart_parse(rq->arena, &m, ret, err);
}

enum code form_data_parse(struct http_request *rq, struct form_data *ret, struct err *err)
{
	static const char urlencoded[] = "application/x-www-form-urlencoded";
	static const char multipart[] = "multipart/form-data";
	const char *type = http_header(rq, "Content-Type"), *text;
	size_t len = type ? strcspn(type, "; \t") : 0;
	if (rq->body_lost) {
		*err = *rq->body_lost;
		return err->code;
	}
	if (rq->body_len == 0) {
		*ret = (struct form_data){ 0 };
		return OK;
	}
	if (len == sizeof(multipart) - 1 && strncasecmp(type, multipart, len) == 0)
		return parse_multipart(rq, type, ret, err);
	if (len != sizeof(urlencoded) - 1 || strncasecmp(type, urlencoded, len) != 0)
		FAIL(err, E_INPUT, "This is not a form that the site can read");
	TRY(body_text(rq, &text, err));
	return form_data_parse_urlencoded(rq->arena, text, (size_t)rq->body_len, ret, err);
}

const char *form_data_get(const struct form_data *data, const char *name)
{
	return form_data_nth(data, name, 0);
}

const char *form_data_nth(const struct form_data *data, const char *name, int i)
{
	for (int n = 0; n < data->count; n++)
		if (strcmp(data->fields[n].name, name) == 0 && i-- == 0) return data->fields[n].value;
	return NULL;
}

const struct form_field *form_data_file(const struct form_data *data, const char *name, int i)
{
	for (int n = 0; n < data->count; n++) {
		const struct form_field *f = &data->fields[n];
		if (f->is_file && f->size > 0 && strcmp(f->name, name) == 0 && i-- == 0) return f;
	}
	return NULL;
}

long form_file_read(const struct http_request *rq, const struct form_field *file, int64_t offset, void *out, size_t len)
{
	if (offset < 0 || offset >= file->size) return 0;
	len = (size_t)MIN((int64_t)len, file->size - offset);
	if (rq->body) {
		memcpy(out, rq->body + file->offset + offset, len);
		return (long)len;
	}
	ssize_t n;
	do n = pread(rq->body_fd, out, len, file->offset + offset);
	while (n < 0 && errno == EINTR);
	return n;
}

/*
 * Forms: the first line is a Content-Type, the rest a body. The same from memory and from a file; every
 * file lies between the boundaries; an urlencoded form written again reads the same.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "net/multipart.h"
#include "net/uri.h"

static int same(const struct form_field *x, const struct form_field *y)
{
	return strcmp(x->name, y->name) == 0 && strcmp(x->value, y->value) == 0 && x->len == y->len &&
	       x->is_file == y->is_file && strcmp(x->content_type, y->content_type) == 0 && x->offset == y->offset &&
	       x->size == y->size;
}

static void check_fields(const struct form_data *data, const char *body, int64_t size)
{
	CHECK(data->count <= FORM_FIELDS);
	for (int i = 0; i < data->count; i++) {
		const struct form_field *f = &data->fields[i];
		CHECK(is_text(f->name) && is_text(f->value));
		CHECK(strlen(f->name) <= FORM_NAME && strlen(f->value) == f->len);
		CHECK(strchr(f->value, '\r') == NULL);
		if (!f->is_file) continue;
		CHECK(strpbrk(f->value, "/\\\n\t") == NULL);
		CHECK(f->offset > 0 && f->size >= 0 && f->offset + f->size <= size);
		if (f->size) CHECK(memcmp(body + f->offset + f->size, "\r\n--", 4) == 0);
	}
}

/* The same body in a file, through the smallest window there is. */
static void compare_with_file(struct arena *a, struct multipart m, enum code code, const struct form_data *data)
{
	struct form_data again;
	m.fd = memfd_create("fuzz", 0);
	CHECK(m.fd >= 0 && write(m.fd, m.memory, (size_t)m.len) == m.len);
	m.memory = NULL;
	m.window = 2 * MULTIPART_HEAD;
	CHECK(multipart_parse(a, &m, &again, NULL) == code);
	close(m.fd);
	if (code != OK) return;
	CHECK(again.count == data->count);
	for (int i = 0; i < data->count; i++) CHECK(same(&data->fields[i], &again.fields[i]));
}

/* LF is what we make of line ends; written as it is it reads the same. */
static void write_again(struct arena *a, const struct form_data *data)
{
	struct buf query;
	struct form_data again;
	buf_init(&query, a, 0);
	for (int i = 0; i < data->count; i++) uri_query_add(&query, data->fields[i].name, data->fields[i].value);
	if (data->count == 0) return;
	CHECK(form_data_parse_urlencoded(a, query.data + 1, query.len - 1, &again, NULL) == OK);
	CHECK(again.count == data->count);
	for (int i = 0; i < data->count; i++) CHECK(same(&data->fields[i], &again.fields[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct form_data fields;
	arena_init(&a);
	char *type = take_line(&a, &data, &size);
	struct http_header header = { "Content-Type", type };
	const char *body = arena_strndup(&a, (const char *)data, size);
	struct http_request rq = {
		.arena = &a, .headers = &header, .nheaders = 1, .body = body, .body_len = (int64_t)size, .body_fd = -1
	};
	enum code code = form_data_parse(&rq, &fields, NULL);
	if (code == OK) {
		check_fields(&fields, body, rq.body_len);
		for (int i = 0; i < fields.count; i++) CHECK(form_data_get(&fields, fields.fields[i].name) != NULL);
	}
	struct multipart m = { body, -1, rq.body_len, NULL, MULTIPART_WINDOW };
	if (multipart_boundary(&a, type, &m.boundary, NULL) == OK) {
		code = multipart_parse(&a, &m, &fields, NULL);
		compare_with_file(&a, m, code, &fields);
	}
	if (form_data_parse_urlencoded(&a, body, size, &fields, NULL) == OK) {
		check_fields(&fields, body, rq.body_len);
		write_again(&a, &fields);
	}
	arena_release(&a);
	return 0;
}

/*
 * What a form sent: application/x-www-form-urlencoded (WHATWG URL §5) or multipart/form-data
 * (RFC 7578). Names may repeat; order is kept. Values are valid UTF-8 without NUL (E_INPUT
 * otherwise), line ends are LF.
 */
#ifndef PARVIS_FORM_DATA_H
#define PARVIS_FORM_DATA_H

#include "net/server.h"

enum { FORM_FIELDS = 1000, FORM_NAME = 200 };

struct form_field {
	const char *name;
	const char *value; /* text; for a file, its name as sent (base name only) */
	size_t len;
	bool is_file;
	const char *content_type; /* files: as sent, a claim only */
	int64_t offset, size;     /* files: where the bytes lie in the request's body */
};

struct form_data {
	struct form_field *fields;
	int count;
};

/* Reads the body by its Content-Type. E_LIMIT over FORM_FIELDS. */
enum code form_data_parse(struct http_request *rq, struct form_data *ret, struct err *err) MUST;
/* A query string or an urlencoded body. */
enum code form_data_parse_urlencoded(struct arena *a, const char *text, size_t len,
                                     struct form_data *ret, struct err *err) MUST;
/* First value of `name`, or NULL. */
const char *form_data_get(const struct form_data *data, const char *name);
/* The i-th value of `name`, or NULL. */
const char *form_data_nth(const struct form_data *data, const char *name, int i);

#endif

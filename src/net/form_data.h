/*
 * What a form sent: application/x-www-form-urlencoded (WHATWG URL §5) or multipart/form-data
 * (RFC 7578). Names may repeat; order is kept. Names and values are valid UTF-8 without NUL
 * (E_INPUT otherwise), line ends are LF. Files stay where they are, in the request's body, however
 * large.
 */
#ifndef PARVIS_FORM_DATA_H
#define PARVIS_FORM_DATA_H

#include "net/server.h"

/* Fields, bytes of a name, and bytes of all that is not a file. */
enum { FORM_FIELDS = 1000, FORM_NAME = 200, FORM_TEXT = 4 * 1024 * 1024 };

struct form_field {
	const char *name;
	const char *value; /* text; for a file, its name as sent (base name only), "" when none */
	size_t len;        /* of value */
	bool is_file;
	const char *content_type; /* files: as sent, a claim only */
	int64_t offset, size;     /* files: where the bytes lie in the request's body */
};

struct form_data {
	struct form_field *fields;
	int count;
};

/* Reads the body by its Content-Type; E_INPUT for another type or an ill-formed body, E_LIMIT over
 * the limits above. No body: no field. */
enum code form_data_parse(struct http_request *rq, struct form_data *ret, struct err *err) MUST;
/* A query string or an urlencoded body. */
enum code form_data_parse_urlencoded(struct arena *a, const char *text, size_t len, struct form_data *ret,
                                     struct err *err) MUST;
/* First value of `name`, or NULL. */
const char *form_data_get(const struct form_data *data, const char *name);
/* The i-th value of `name`, or NULL. */
const char *form_data_nth(const struct form_data *data, const char *name, int i);
/* The i-th file of that name with something in it, or NULL. */
const struct form_field *form_data_file(const struct form_data *data, const char *name, int i);
/* Reads at most `len` bytes of a file from `offset` on; returns how many, 0 at its end, -1 if the
 * disk fails. */
long form_file_read(const struct http_request *rq, const struct form_field *file, int64_t offset, void *out,
                    size_t len);

#endif

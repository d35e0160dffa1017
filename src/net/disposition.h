/* The head of a part of a form (RFC 7578 §4.2): Content-Disposition and Content-Type. */
#ifndef PARVIS_DISPOSITION_H
#define PARVIS_DISPOSITION_H

#include "net/form_data.h"

/* Reads the fields in `head` (lines with CRLF, without the last empty one) into name, is_file,
 * value (a file's base name, without control or bidirectional characters) and content_type. */
enum code disposition_read(struct arena *a, const char *head, size_t len, struct form_field *ret, struct err *err) MUST;

/* The value of parameter `name` of a field like `form-data; name="x"`, unquoted; NULL if absent. */
char *parameter_get(struct arena *a, const char *field, size_t len, const char *name);

#endif

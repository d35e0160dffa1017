/* Percent-encoding (RFC 3986 §2) and query strings, for the links of pagers and facets. */
#ifndef PARVIS_URI_H
#define PARVIS_URI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Appends `text` with everything but letters, digits and "-._~" encoded: right for a path segment,
 * a query key or a query value. */
void uri_encode_part(struct buf *out, const char *text);

/* Appends one pair to an address without fragment: "?key=value" the first time, "&key=value" then.
 */
void uri_query_add(struct buf *address, const char *key, const char *value);

/* Appends the pairs of `query` (as received, without "?") whose key is not `except`, as they are:
 * a pager keeps the reader's choices and changes the page. `query` must come from a request's line
 * (so it holds no space nor control character). */
void uri_query_keep(struct buf *address, const char *query, const char *except);

/* Decodes `len` bytes of `text` to `out` (which may be `text`; at least `len` bytes); with `form`,
 * as a form's value (WHATWG URL §5): "+" is a space and a wrong "%" stays as it is. Returns the
 * length, or -1 for a wrong "%" outside forms. */
long uri_decode(char *out, const char *text, size_t len, bool form);

#endif

/* Content codings of answers (RFC 9110 §8.4 and §12.5.3): gzip, or none. */
#ifndef PARVIS_ENCODING_H
#define PARVIS_ENCODING_H

#include "base/buf.h"
#include "net/server.h"

enum encoding { ENCODING_IDENTITY, ENCODING_GZIP };

/* By the request's Accept-Encoding: gzip when it is accepted and not less liked than identity. */
enum encoding encoding_choose(const struct http_request *rq);
/* The same for one field's value; NULL: the field is absent (then identity). */
enum encoding encoding_choose_value(const char *accept_encoding);

/* Appends `len` bytes compressed (RFC 1952) to `out`; `level` 1 (quick) to 9 (small). Equal bytes
 * give equal results: no time in the header. */
void encoding_gzip(struct buf *out, const void *data, size_t len, int level);

#endif

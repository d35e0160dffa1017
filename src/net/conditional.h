/* Conditional requests by entity tag (RFC 9110 §8.8.3 and §13). */
#ifndef PARVIS_CONDITIONAL_H
#define PARVIS_CONDITIONAL_H

#include "base/hash.h"
#include "net/server.h"

/* A strong tag made of the first 16 bytes of a hash: "\"0123…\"". */
enum { ETAG_SIZE = 1 + 32 + 1 + 1 };
char *etag_format(const struct hash *hash, char out[static ETAG_SIZE]);

/* Both tags are strong and equal / equal but for "W/" (§8.8.3.2). Tags as in fields: quoted. */
bool etag_equal_strong(const char *a, const char *b);
bool etag_equal_weak(const char *a, const char *b);

/* Whether the request's If-None-Match names `etag` ("*" names any; weak comparison, §13.1.2): then
 * GET and HEAD answer 304. `etag` NULL: nothing exists there. A list that is not well formed
 * names what was read before the mistake. False when the field is absent. */
bool if_none_match(const struct http_request *rq, const char *etag);

/* Whether If-Match is absent or names `etag` by strong comparison (§13.1.1); false: answer 412. */
bool if_match(const struct http_request *rq, const char *etag);

#endif

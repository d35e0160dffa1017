/* Answers as bytes (RFC 9112 §4): status line and fields; error pages of the server's own. */
#ifndef PARVIS_RESPONSE_H
#define PARVIS_RESPONSE_H

#include "net/server.h"

/* Before a handler: empty, no status, no file; keeps the body's memory if it is moderate. */
void response_reset(struct http_response *rs);

/* Makes `rs` a short page that says what went wrong, in French and English. */
void response_error(struct http_response *rs, int status);

/* Writes the status line and the handler's fields: everything that points to its memory. */
void response_head(const struct http_response *rs, struct buf *out);
/* Ends the head: Date, X-Request-Id, Content-Length, Connection. `date` as IMF-fixdate; `id` is what the log
 * says of this request. */
void response_end(const struct http_response *rs, const char *date, const char *id, bool close, struct buf *out);

/* Whether bytes follow the head: not for HEAD, 204 and 304 (RFC 9110 §6.4.1). */
bool response_has_body(enum http_method method, const struct http_response *rs);
int64_t response_size(const struct http_response *rs);

/* "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7). */
enum { HTTP_DATE = 30 };
char *http_date(int64_t ms, char out[static HTTP_DATE]);

#endif

/* A part of a file (RFC 9110 §14): what a player asks for when somebody jumps, and a download that goes on. */
#ifndef PARVIS_RANGE_H
#define PARVIS_RANGE_H

#include "net/server.h"

enum range { RANGE_ALL, RANGE_PART, RANGE_OUTSIDE /* answer 416 */ };

/* What the request's Range asks of `size` bytes with this entity tag. RANGE_ALL when there is none, for
 * another method than GET, when If-Range names another tag, and for what may be ignored: another unit,
 * ill-formed, several ranges. */
enum range range_read(const struct http_request *rq, const char *etag, int64_t size, int64_t *first, int64_t *len);

/* Makes the answer, which has file_fd and file_size, the part that is asked for: sets status, file_offset,
 * file_size, Accept-Ranges and Content-Range. */
void range_answer(const struct http_request *rq, const char *etag, struct http_response *rs);

#endif

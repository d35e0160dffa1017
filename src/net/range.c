#include "net/range.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "net/conditional.h"

enum { DIGITS = 18 /* what fits in 63 bits, and more than any file has */ };

/* Digits at `*at`, or -1; moves past them. */
static int64_t read_number(const char **at)
{
	int64_t n = 0;
	size_t len = strspn(*at, "0123456789");
	if (len == 0) return -1;
	for (size_t i = 0; i < len; i++) n = i < DIGITS ? n * 10 + ((*at)[i] - '0') : INT64_MAX;
	*at += len;
	return n;
}

enum range range_read(const struct http_request *rq, const char *etag, int64_t size, int64_t *first, int64_t *len)
{
	const char *at = http_header(rq, "Range"), *condition = http_header(rq, "If-Range");
	if (at == NULL || rq->method != HTTP_GET || strncasecmp(at, "bytes=", 6) != 0) return RANGE_ALL;
	if (condition && !etag_equal_strong(condition, etag)) return RANGE_ALL;
	at += 6;
	int64_t begin = read_number(&at);
	if (*at++ != '-') return RANGE_ALL;
	int64_t end = read_number(&at);
	if (*at || (begin < 0 && end < 0) || (begin >= 0 && end >= 0 && end < begin)) return RANGE_ALL;
	if (begin < 0) { /* the last `end` bytes */
		if (end == 0 || size == 0) return RANGE_OUTSIDE;
		begin = size - MIN(end, size);
		end = -1;
	}
	if (begin >= size) return RANGE_OUTSIDE;
	*first = begin;
	*len = (end < 0 || end >= size ? size - 1 : end) - begin + 1;
	return RANGE_PART;
}

void range_answer(const struct http_request *rq, const char *etag, struct http_response *rs)
{
	int64_t first = 0, len = rs->file_size, size = rs->file_size;
	enum range range = range_read(rq, etag, size, &first, &len);
	http_set(rs, "Accept-Ranges", "bytes");
	if (range == RANGE_ALL) return;
	if (range == RANGE_OUTSIDE) {
		rs->status = 416;
		http_set(rs, "Content-Range", arena_printf(rq->arena, "bytes */%lld", (long long)size));
		close(rs->file_fd);
		rs->file_fd = -1;
		rs->file_size = 0;
		return;
	}
	rs->status = 206;
	rs->file_offset = first;
	rs->file_size = len;
	http_set(rs, "Content-Range",
	         arena_printf(rq->arena, "bytes %lld-%lld/%lld", (long long)first, (long long)(first + len - 1),
	                      (long long)size));
}

/*
 * The strict guard in front of the HTTP parser (RFC 9112). Whatever two programs could read in two
 * ways is refused here, byte by byte, so that a proxy and we never disagree on where a request
 * ends: bare CR or LF, NUL and other control characters, folded fields, white space before a colon,
 * repeated or ill-formed Content-Length, Content-Length with Transfer-Encoding, any transfer coding
 * but a single "chunked", missing or repeated Host, targets with anything but visible ASCII.
 *
 * Errors are HTTP statuses (400, 414, 417, 431, 501, 505).
 */
#ifndef PARVIS_GUARD_H
#define PARVIS_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Looks for the end of a request's head in bytes that arrive little by little. Zero-initialised. */
struct guard_scan {
	uint32_t at;   /* looked at so far */
	uint32_t line; /* where the current line begins */
};

/* `data` holds all bytes received since the request began. Returns the length of the head with its
 * empty line (and one CRLF before it, §2.2), 0 when more is needed, or minus a status. */
long guard_scan(struct guard_scan *scan, const char *data, size_t len);

struct guard_span {
	size_t at, len;
};

/* What decides the framing and the routing of a request; spans are in the head that was checked. */
struct guard_head {
	struct guard_span method;
	struct guard_span target; /* origin-form; empty or "?…" when an absolute-form has no path */
	struct guard_span host;
	int minor; /* of HTTP/1.x: 0 or 1 */
	int nfields;
	bool chunked;
	bool has_length;
	int64_t length; /* Content-Length, or 0 */
	bool expect_continue;
};

/* Checks a whole head as found by guard_scan: 0 or a status. */
int guard_head(const char *head, size_t len, struct guard_head *ret);

/* Checks the framing of a chunked body (§7.1). Zero-initialised. */
struct guard_chunked {
	int state;
	int line;    /* bytes of the current size line */
	int trailer; /* bytes of all trailers */
	int64_t left;
};

/* Reads `len` bytes; `*used` tells how many belong to this body. Returns 0 when more is needed, 1
 * when the body is complete, or minus a status. */
int guard_chunked(struct guard_chunked *g, const char *data, size_t len, size_t *used);

/* "name", "192.0.2.1" or "[2001:db8::1]", with an optional port: the characters of host names only,
 * so that a host is safe wherever it is written. */
bool guard_host(const char *host, size_t len);

#endif

#include "net/encoding.h"

#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/err.h"

/* A weight in thousandths: ";q=0.5" (RFC 9110 §12.4.2); 1000 when absent, 0 when ill-formed. */
static int weight(const char *params, size_t len)
{
	const char *end = params + len;
	const char *semicolon = memchr(params, ';', len);
	if (semicolon == NULL) return 1000;
	const char *s = semicolon + 1;
	while (s < end && (*s == ' ' || *s == '\t')) s++;
	if (end - s < 3 || (*s != 'q' && *s != 'Q') || s[1] != '=') return 0;
	int value = s[2] == '1' ? 1000 : 0, unit = 100;
	if (s[2] != '0' && s[2] != '1') return 0;
	if (end - s > 3 && s[3] != '.') return value;
	for (s += 4; s < end && unit && *s >= '0' && *s <= '9'; s++, unit /= 10) value += (*s - '0') * unit;
	return MIN(value, 1000);
}

static bool token_is(const char *s, size_t len, const char *name)
{
	return strlen(name) == len && strncasecmp(s, name, len) == 0;
}

enum encoding encoding_choose_value(const char *accept_encoding)
{
	const char *s = accept_encoding;
	int gzip = -1, identity = -1, any = -1;
	while (s && *s) {
		s += strspn(s, " \t,");
		size_t len = strcspn(s, ","), name = strcspn(s, " \t,;");
		int q = weight(s + name, len - name);
		if (token_is(s, name, "gzip") || token_is(s, name, "x-gzip")) gzip = MAX(gzip, q);
		else if (token_is(s, name, "identity")) identity = q;
		else if (token_is(s, name, "*")) any = q;
		s += len;
	}
	/* "*" stands for what is not named; without it identity is acceptable, but liked least. */
	if (gzip < 0) gzip = MAX(any, 0);
	if (identity < 0) identity = MAX(any, 0);
	return gzip > 0 && gzip >= identity ? ENCODING_GZIP : ENCODING_IDENTITY;
}

enum encoding encoding_choose(const struct http_request *rq)
{
	return encoding_choose_value(http_header(rq, "Accept-Encoding"));
}

void encoding_gzip(struct buf *out, const void *data, size_t len, int level)
{
	enum { GZIP_WRAPPER = 16, WINDOW = 15, MEMORY = 8 };
	unsigned char chunk[16 * 1024];
	z_stream z = { 0 };
	if (deflateInit2(&z, level, Z_DEFLATED, WINDOW + GZIP_WRAPPER, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		die("deflateInit2: out of memory");
	const unsigned char *from = data;
	int result;
	do {
		if (z.avail_in == 0 && len) {
			z.next_in = (z_const Bytef *)from;
			z.avail_in = (uInt)MIN(len, (size_t)1 << 30);
			from += z.avail_in;
			len -= z.avail_in;
		}
		z.next_out = chunk;
		z.avail_out = sizeof(chunk);
		result = deflate(&z, len ? Z_NO_FLUSH : Z_FINISH);
		buf_add(out, chunk, sizeof(chunk) - z.avail_out);
	} while (result != Z_STREAM_END && result >= 0);
	deflateEnd(&z);
	if (result != Z_STREAM_END) die("deflate: %d", result);
}

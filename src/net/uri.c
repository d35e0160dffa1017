#include "net/uri.h"

#include <string.h>

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

void uri_encode_part(struct buf *out, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";
	while (*text) {
		const char *plain = text;
		while (is_unreserved((unsigned char)*text)) text++;
		buf_add(out, plain, (size_t)(text - plain));
		if (*text == '\0') return;
		unsigned char c = (unsigned char)*text++;
		buf_add(out, (char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
	}
}

static void separate(struct buf *address)
{
	bool first = address->len == 0 || memchr(address->data, '?', address->len) == NULL;
	buf_putc(address, first ? '?' : '&');
}

void uri_query_add(struct buf *address, const char *key, const char *value)
{
	separate(address);
	uri_encode_part(address, key);
	buf_putc(address, '=');
	uri_encode_part(address, value);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

long uri_decode(char *out, const char *text, size_t len, bool form)
{
	size_t at = 0;
	for (size_t i = 0; i < len; i++) {
		char c = text[i];
		if (c == '%') {
			bool whole = len - i > 2;
			int high = whole ? hex_value(text[i + 1]) : -1;
			int low = whole ? hex_value(text[i + 2]) : -1;
			if (high >= 0 && low >= 0) {
				c = (char)(high << 4 | low);
				i += 2;
			} else if (!form) {
				return -1;
			}
		} else if (c == '+' && form) {
			c = ' ';
		}
		out[at++] = c;
	}
	return (long)at;
}

/* Whether the encoded key decodes to `key` (keys are short; a longer one is not `key`). */
static bool key_is(const char *encoded, size_t len, const char *key)
{
	char decoded[256];
	if (len > sizeof(decoded)) return false;
	long got = uri_decode(decoded, encoded, len, true);
	return got == (long)strlen(key) && memcmp(decoded, key, (size_t)got) == 0;
}

void uri_query_keep(struct buf *address, const char *query, const char *except)
{
	while (*query) {
		size_t len = strcspn(query, "&");
		if (len && !key_is(query, strcspn(query, "=&"), except)) {
			separate(address);
			buf_add(address, query, len);
		}
		query += len + (query[len] == '&');
	}
}

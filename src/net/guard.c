#include "net/guard.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/macros.h"
#include "net/limits.h"

enum { METHOD_MAX = 20, LENGTH_DIGITS = 18 };

long guard_scan(struct guard_scan *scan, const char *data, size_t len)
{
	size_t seen = MIN(len, (size_t)HEAD_MAX);
	while (scan->at < seen) {
		const char *lf = memchr(data + scan->at, '\n', seen - scan->at);
		if (lf == NULL) {
			scan->at = (uint32_t)seen;
			break;
		}
		size_t at = (size_t)(lf - data);
		if (at == scan->line || data[at - 1] != '\r') return -400;
		bool empty = at == scan->line + 1;
		bool leading = scan->line == 0;
		scan->at = scan->line = (uint32_t)at + 1;
		if (empty && !leading) return at == 3 ? -400 : (long)at + 1;
	}
	/* Still in the first line: nothing but a target makes it that long. */
	if (scan->line <= 2 && seen > METHOD_MAX + 1 + TARGET_MAX + sizeof("\r\n HTTP/1.1\r\n")) return -414;
	return seen == HEAD_MAX ? -431 : 0;
}

/* tchar, RFC 9110 §5.6.2. */
static bool is_token(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c <= 0x20 || c >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", c)) return false;
	}
	return len > 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_port(const char *s, size_t len)
{
	int port = 0;
	for (size_t i = 0; i < len; i++) {
		if (!is_digit(s[i])) return false;
		port = port * 10 + (s[i] - '0');
		if (port > 65535) return false;
	}
	return true;
}

bool guard_host(const char *host, size_t len)
{
	size_t name = 0;
	if (len && host[0] == '[') {
		char six[INET6_ADDRSTRLEN];
		unsigned char address[16];
		const char *end = memchr(host, ']', len);
		if (end == NULL || (size_t)(end - host) > sizeof(six)) return false;
		name = (size_t)(end - host) - 1;
		memcpy(six, host + 1, name);
		six[name] = '\0';
		if (inet_pton(AF_INET6, six, address) != 1) return false;
		name += 2;
	} else {
		for (; name < len && host[name] != ':'; name++) {
			char c = host[name];
			bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
			if (!letter && !is_digit(c) && c != '-' && c != '.' && c != '_') return false;
		}
	}
	if (name == 0 || name > 255) return false;
	return name == len || (host[name] == ':' && is_port(host + name + 1, len - name - 1));
}

/* The version is the last word of the request line. */
static int check_version(const char *s, size_t len, int *minor)
{
	if (len != 8 || memcmp(s, "HTTP/", 5) != 0 || !is_digit(s[5]) || s[6] != '.' || !is_digit(s[7])) return 400;
	if (s[5] != '1' || s[7] > '1') return 505;
	*minor = s[7] - '0';
	return 0;
}

/* Splits an absolute-form target (RFC 9112 §3.2.2): `authority` gets what must be our Host. */
static int split_absolute(const char *head, struct guard_head *h, struct guard_span *authority)
{
	const char *s = head + h->target.at;
	size_t len = h->target.len, scheme = 0;
	if (len > 7 && strncasecmp(s, "http://", 7) == 0) scheme = 7;
	if (len > 8 && strncasecmp(s, "https://", 8) == 0) scheme = 8;
	if (scheme == 0) return 400;
	size_t end = scheme;
	while (end < len && s[end] != '/' && s[end] != '?') end++;
	*authority = (struct guard_span){ h->target.at + scheme, end - scheme };
	h->target.at += end;
	h->target.len -= end;
	return 0;
}

static int check_target(const char *head, struct guard_head *h, struct guard_span *authority)
{
	const char *s = head + h->target.at;
	if (h->target.len == 0) return 400;
	if (h->target.len > TARGET_MAX) return 414;
	for (size_t i = 0; i < h->target.len; i++)
		if (s[i] <= 0x20 || s[i] >= 0x7F || s[i] == '#') return 400;
	if (s[0] == '/') return 0;
	if (h->method.len == 7 && memcmp(head + h->method.at, "CONNECT", 7) == 0) return 501;
	if (h->target.len == 1 && s[0] == '*')
		return h->method.len == 7 && memcmp(head + h->method.at, "OPTIONS", 7) == 0 ? 0 : 400;
	return split_absolute(head, h, authority);
}

/* "METHOD target HTTP/1.1", one space between (§3). */
static int check_request_line(const char *head, size_t at, size_t len, struct guard_head *h,
                              struct guard_span *authority)
{
	const char *line = head + at;
	const char *first = memchr(line, ' ', len);
	const char *last = memrchr(line, ' ', len);
	if (first == NULL || first == last) return 400;
	h->method = (struct guard_span){ at, (size_t)(first - line) };
	h->target = (struct guard_span){ (size_t)(first + 1 - head), (size_t)(last - first) - 1 };
	if (!is_token(line, h->method.len)) return 400;
	if (h->method.len > METHOD_MAX) return 501;
	int status = check_version(last + 1, (size_t)(line + len - last) - 1, &h->minor);
	return status ? status : check_target(head, h, authority);
}

static int set_length(const char *value, size_t len, struct guard_head *h)
{
	if (h->has_length || len == 0 || len > LENGTH_DIGITS) return 400;
	for (size_t i = 0; i < len; i++) {
		if (!is_digit(value[i])) return 400;
		h->length = h->length * 10 + (value[i] - '0');
	}
	h->has_length = true;
	return 0;
}

static int set_coding(const char *value, size_t len, struct guard_head *h)
{
	if (h->chunked || h->minor == 0) return 400;
	if (len != 7 || strncasecmp(value, "chunked", 7) != 0) return 501;
	h->chunked = true;
	return 0;
}

static bool named(const char *name, size_t len, const char *other)
{
	return len == strlen(other) && strncasecmp(name, other, len) == 0;
}

/* One field line, without its CRLF (§5). */
static int check_field(const char *head, size_t at, size_t len, struct guard_head *h)
{
	const char *line = head + at;
	const char *colon = memchr(line, ':', len);
	if (colon == NULL) return 400;
	size_t name = (size_t)(colon - line), from = name + 1, to = len;
	if (!is_token(line, name)) return 400;
	while (from < to && (line[from] == ' ' || line[from] == '\t')) from++;
	while (to > from && (line[to - 1] == ' ' || line[to - 1] == '\t')) to--;
	for (size_t i = from; i < to; i++) {
		unsigned char c = (unsigned char)line[i];
		if ((c < 0x20 && c != '\t') || c == 0x7F) return 400;
	}
	if (++h->nfields > FIELDS_MAX) return 431;
	const char *value = line + from;
	if (named(line, name, "Content-Length")) return set_length(value, to - from, h);
	if (named(line, name, "Transfer-Encoding")) return set_coding(value, to - from, h);
	if (named(line, name, "Expect")) {
		h->expect_continue = named(value, to - from, "100-continue");
		return h->expect_continue ? 0 : 417;
	}
	if (named(line, name, "Host")) {
		if (h->host.len || !guard_host(value, to - from)) return 400;
		h->host = (struct guard_span){ at + from, to - from };
	}
	return 0;
}

int guard_head(const char *head, size_t len, struct guard_head *ret)
{
	struct guard_head h = { 0 };
	struct guard_span authority = { 0 };
	size_t at = len >= 2 && memcmp(head, "\r\n", 2) == 0 ? 2 : 0;
	if (memchr(head, '\0', len)) return 400;
	for (bool first = true;; first = false) {
		const char *cr = memchr(head + at, '\r', len - at);
		size_t line = cr ? (size_t)(cr - head) - at : 0;
		if (cr == NULL || at + line + 2 > len || cr[1] != '\n') return 400;
		if (line == 0) {
			if (first || at + 2 != len) return 400;
			break;
		}
		char next = at + line + 2 < len ? head[at + line + 2] : '\0';
		if (next == ' ' || next == '\t') return 400; /* folded (§5.2) */
		int status = first ? check_request_line(head, at, line, &h, &authority)
		                   : check_field(head, at, line, &h);
		if (status) return status;
		at += line + 2;
	}
	if (h.host.len == 0 || (h.chunked && h.has_length)) return 400;
	if (authority.at &&
	    (authority.len != h.host.len || strncasecmp(head + authority.at, head + h.host.at, h.host.len) != 0))
		return 400;
	*ret = h;
	return 0;
}

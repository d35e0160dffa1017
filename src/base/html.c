#include "base/html.h"

#include <string.h>
#include <strings.h>

static const char *const entities[256] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&#34;", ['\''] = "&#39;",
};

void html_text_str(struct buf *out, const char *s)
{
	if (s == NULL) return;
	const char *run = s;
	for (; *s; s++) {
		const char *entity = entities[(unsigned char)*s];
		if (entity == NULL) continue;
		if (s > run) buf_add(out, run, (size_t)(s - run));
		buf_puts(out, entity);
		run = s + 1;
	}
	if (s > run) buf_add(out, run, (size_t)(s - run));
}

static void put_number(struct buf *out, bool negative, unsigned long long n)
{
	char digits[24];
	size_t at = sizeof(digits);
	do digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	if (negative) digits[--at] = '-';
	buf_add(out, digits + at, sizeof(digits) - at);
}

void html_text_int(struct buf *out, long long n)
{
	put_number(out, n < 0, n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n);
}

void html_text_uint(struct buf *out, unsigned long long n)
{
	put_number(out, false, n);
}

void html_text_safe(struct buf *out, struct html_safe h)
{
	if (h.len) buf_add(out, h.ptr, h.len);
}

/* No scheme (relative, #fragment, ?query), or one that runs nothing. Browsers drop tabs and line
 * ends from addresses before they look for the scheme, so control characters are refused. */
static bool url_allowed(const char *s)
{
	static const char *const schemes[] = { "http", "https", "mailto", "tel", "geo", "webcal" };
	for (const char *c = s; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F) return false;
	size_t len = strcspn(s, ":/?#");
	if (s[len] != ':') return true;
	for (size_t i = 0; i < COUNT(schemes); i++)
		if (strlen(schemes[i]) == len && strncasecmp(s, schemes[i], len) == 0) return true;
	return false;
}

void html_url_str(struct buf *out, const char *s)
{
	if (s == NULL) return;
	if (!url_allowed(s)) {
		buf_lit(out, "#");
		return;
	}
	const char *run = s;
	for (; *s; s++) {
		const char *replaced = *s == ' ' ? "%20" : entities[(unsigned char)*s];
		if (replaced == NULL) continue;
		if (s > run) buf_add(out, run, (size_t)(s - run));
		buf_puts(out, replaced);
		run = s + 1;
	}
	if (s > run) buf_add(out, run, (size_t)(s - run));
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

void html_url_part_str(struct buf *out, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";
	if (s == NULL) return;
	const char *run = s;
	for (; *s; s++) {
		if (is_unreserved(*s)) continue;
		if (s > run) buf_add(out, run, (size_t)(s - run));
		unsigned char c = (unsigned char)*s;
		buf_add(out, (char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
		run = s + 1;
	}
	if (s > run) buf_add(out, run, (size_t)(s - run));
}

void html_url_part_int(struct buf *out, long long n)
{
	html_text_int(out, n);
}

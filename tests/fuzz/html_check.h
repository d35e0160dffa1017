/* A strict reader of the HTML that we write: closed elements, quoted attributes, escaped text. */
#ifndef PARVIS_HTML_CHECK_H
#define PARVIS_HTML_CHECK_H

#include <strings.h>

#include "fuzz.h"

enum { HTML_DEPTH = 200 };

static inline bool html_is_void(const char *name, size_t len)
{
	static const char *const names[] = { "br", "hr", "img", "input" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0) return true;
	return false;
}

/* "&amp;", "&#39;"… and never a bare "&". */
static inline const char *html_entity(const char *s)
{
	size_t len = strspn(s + 1, "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	CHECK(len > 0 && len < 10 && s[1 + len] == ';');
	return s + len + 2;
}

/* An address that runs nothing: relative, or of a scheme on the list. */
static inline void html_address(const char *value, size_t len)
{
	static const char *const schemes[] = { "http:", "https:", "mailto:", "tel:", "geo:" };
	size_t name = strcspn(value, ":/?#\"&");
	if (name >= len || value[name] != ':') return;
	for (size_t i = 0; i < COUNT(schemes); i++)
		if (strncasecmp(value, schemes[i], strlen(schemes[i])) == 0) return;
	CHECK(!"an address with a scheme that is not allowed");
}

static inline const char *html_attributes(const char *s)
{
	while (*s == ' ') {
		const char *name = ++s;
		size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz-");
		CHECK(len > 0 && strncmp(name, "on", 2) != 0 && strncmp(name, "style", 5) != 0);
		s += len;
		if (*s != '=') continue; /* checked, disabled… */
		CHECK(s[1] == '"');
		const char *value = s += 2;
		while (*s != '"') {
			CHECK(*s != '\0' && *s != '<' && *s != '>');
			s = *s == '&' ? html_entity(s) : s + 1;
		}
		if ((len == 4 && memcmp(name, "href", 4) == 0) || (len == 3 && memcmp(name, "src", 3) == 0))
			html_address(value, (size_t)(s - value));
		s++;
	}
	return s;
}

/* `allowed`: names between spaces, " p em strong "; NULL: any. */
static inline void html_check(const char *s, const char *allowed)
{
	struct {
		const char *name;
		size_t len;
	} open[HTML_DEPTH];
	int depth = 0;
	CHECK(is_text(s));
	while (*s) {
		CHECK(*s != '>');
		if (*s == '&') {
			s = html_entity(s);
			continue;
		}
		if (*s != '<') {
			s++;
			continue;
		}
		bool closes = s[1] == '/';
		const char *name = s + 1 + closes;
		size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
		char word[32];
		CHECK(len > 0 && len + 3 < sizeof(word));
		snprintf(word, sizeof(word), " %.*s ", (int)len, name);
		CHECK(allowed == NULL || strstr(allowed, word));
		s = closes ? name + len : html_attributes(name + len);
		CHECK(*s == '>');
		s++;
		if (closes) {
			CHECK(depth > 0 && open[depth - 1].len == len);
			CHECK(memcmp(open[--depth].name, name, len) == 0);
		} else if (!html_is_void(name, len)) {
			CHECK(depth < HTML_DEPTH);
			open[depth].name = name;
			open[depth++].len = len;
		}
	}
	CHECK(depth == 0);
}

#endif

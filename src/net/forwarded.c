#include "net/forwarded.h"

#include <string.h>
#include <strings.h>

static struct hop *add_hop(struct hops *hops)
{
	if (hops->count == HOPS_MAX) memmove(hops->hop, hops->hop + 1, sizeof(hops->hop[0]) * --hops->count);
	struct hop *hop = &hops->hop[hops->count++];
	*hop = (struct hop){ 0 };
	return hop;
}

/* An address with an optional port: "192.0.2.1:80", "[2001:db8::1]:80", also a bare "2001:db8::1"
 * (which X-Forwarded-For uses). */
static bool parse_node(const char *s, size_t len, struct address *ret)
{
	char text[ADDRESS_TEXT];
	if (len && s[0] == '[') {
		const char *end = memchr(s, ']', len);
		if (end == NULL || (end + 1 < s + len && end[1] != ':')) return false;
		len = (size_t)(end - s) - 1;
		s++;
	} else {
		const char *colon = memchr(s, ':', len);
		if (colon && memchr(colon + 1, ':', len - (size_t)(colon + 1 - s)) == NULL) len = (size_t)(colon - s);
	}
	if (len >= sizeof(text)) return false;
	memcpy(text, s, len);
	text[len] = '\0';
	return address_parse(text, ret);
}

void forwarded_read_x(const struct http_request *rq, struct hops *ret)
{
	for (int i = 0; i < rq->nheaders; i++) {
		if (strcasecmp(rq->headers[i].name, "X-Forwarded-For") != 0) continue;
		const char *s = rq->headers[i].value;
		for (;;) {
			size_t len = strcspn(s, ","), from = strspn(s, " \t");
			size_t to = len;
			while (to > from && (s[to - 1] == ' ' || s[to - 1] == '\t')) to--;
			struct hop *hop = add_hop(ret);
			if (to > from) hop->known = parse_node(s + from, to - from, &hop->address);
			if (s[len] == '\0') break;
			s += len + 1;
		}
	}
}

/* A token or a quoted string at `s`, unquoted into `a`; returns what follows, NULL if ill-formed.
 */
static const char *read_value(struct arena *a, const char *s, const char **ret)
{
	if (*s != '"') {
		size_t len = strcspn(s, " \t,;\"");
		*ret = arena_strndup(a, s, len);
		return s + len;
	}
	size_t len = 1;
	while (s[len] != '"') {
		if (s[len] == '\\') len++;
		if (s[len++] == '\0') return NULL;
	}
	char *out = arena_alloc(a, len);
	*ret = out;
	for (const char *p = s + 1; p < s + len; p++) {
		if (*p == '\\') p++;
		*out++ = *p;
	}
	return s + len + 1;
}

/* One "name=value" of an element (RFC 7239 §4); returns what follows, NULL if ill-formed. */
static const char *read_pair(struct arena *a, const char *s, struct hop *hop)
{
	const char *value;
	size_t name = strcspn(s, "= \t,;\"");
	if (s[name] != '=') return NULL;
	const char *end = read_value(a, s + name + 1, &value);
	if (end == NULL) return NULL;
	if (name == 3 && strncasecmp(s, "for", 3) == 0) hop->known = parse_node(value, strlen(value), &hop->address);
	else if (name == 5 && strncasecmp(s, "proto", 5) == 0) hop->scheme = value;
	else if (name == 4 && strncasecmp(s, "host", 4) == 0) hop->host = value;
	return end;
}

void forwarded_read(struct arena *a, const struct http_request *rq, struct hops *ret)
{
	for (int i = 0; i < rq->nheaders; i++) {
		if (strcasecmp(rq->headers[i].name, "Forwarded") != 0) continue;
		const char *s = rq->headers[i].value;
		struct hop *hop = add_hop(ret);
		while (s && *(s += strspn(s, " \t"))) {
			if (*s == ';') s++;
			else if (*s == ',') hop = add_hop(ret), s++;
			else s = read_pair(a, s, hop);
		}
		/* Where the quotes are wrong, who wrote what cannot be told: none of it is used. */
		if (s == NULL) {
			ret->count = 0;
			add_hop(ret);
		}
	}
}

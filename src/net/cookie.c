#include "net/cookie.h"

#include <string.h>
#include <strings.h>

static const char *prefix(const struct http_request *rq)
{
	return strcmp(rq->scheme, "https") == 0 ? "__Host-" : "";
}

/* Finds "name=value" in one Cookie field; the value ends at ";" or a space. */
static const char *find(const char *field, const char *name, size_t *len)
{
	size_t name_len = strlen(name);
	for (const char *s = field; *s;) {
		s += strspn(s, " \t;");
		size_t pair = strcspn(s, ";");
		if (pair > name_len && s[name_len] == '=' && memcmp(s, name, name_len) == 0) {
			const char *value = s + name_len + 1;
			*len = pair - name_len - 1;
			while (*len && (value[*len - 1] == ' ' || value[*len - 1] == '\t')) --*len;
			if (*len >= 2 && value[0] == '"' && value[*len - 1] == '"') {
				value++;
				*len -= 2;
			}
			return value;
		}
		s += pair;
	}
	return NULL;
}

const char *cookie_get(const struct http_request *rq, const char *name)
{
	const char *full = arena_printf(rq->arena, "%s%s", prefix(rq), name);
	for (int i = 0; i < rq->nheaders; i++) {
		size_t len;
		if (strcasecmp(rq->headers[i].name, "Cookie") != 0) continue;
		const char *value = find(rq->headers[i].value, full, &len);
		if (value) return arena_strndup(rq->arena, value, len);
	}
	return NULL;
}

/* cookie-octet, RFC 6265 §4.1.1. */
static bool is_octet(unsigned char c)
{
	return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

void cookie_set(struct http_request *rq, struct http_response *rs, const char *name, const char *value, int64_t max_age)
{
	for (const char *s = value; *s; s++)
		if (!is_octet((unsigned char)*s)) die("cookie_set: %s: character %d", name, *s);
	const char *before = prefix(rq);
	const char *secure = *before ? "; Secure" : "";
	const char *age = "";
	if (max_age != COOKIE_SESSION) age = arena_printf(rq->arena, "; Max-Age=%lld", (long long)max_age);
	const char *start = arena_printf(rq->arena, "%s%s=", before, name);
	const char *field = arena_printf(rq->arena, "%s%s; Path=/; HttpOnly; SameSite=Lax%s%s", start, value, secure,
	                                 age);
	/* One field for each cookie (RFC 6265 §4.1.1): the last one said counts. */
	for (int i = 0; i < rs->nheaders; i++)
		if (strcmp(rs->headers[i].name, "Set-Cookie") == 0 &&
		    strncmp(rs->headers[i].value, start, strlen(start)) == 0) {
			rs->headers[i].value = field;
			return;
		}
	http_set(rs, "Set-Cookie", field);
}

void cookie_clear(struct http_request *rq, struct http_response *rs, const char *name)
{
	cookie_set(rq, rs, name, "", 0);
}

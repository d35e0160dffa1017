#include "net/conditional.h"

#include <string.h>
#include <strings.h>

char *etag_format(const struct hash *hash, char out[static ETAG_SIZE])
{
	char hex[HASH_HEX + 1];
	hash_hex(hash, hex);
	out[0] = '"';
	memcpy(out + 1, hex, 32);
	memcpy(out + 33, "\"", 2);
	return out;
}

/* One entity-tag: its opaque part with the quotes, and whether "W/" stood before. */
struct tag {
	const char *opaque;
	size_t len;
	bool weak;
};

/* Reads the tag at `s`; returns what follows, or NULL when there is none. */
static const char *read_tag(const char *s, struct tag *ret)
{
	ret->weak = s[0] == 'W' && s[1] == '/';
	if (ret->weak) s += 2;
	if (*s != '"') return NULL;
	const char *end = strchr(s + 1, '"');
	if (end == NULL) return NULL;
	ret->opaque = s;
	ret->len = (size_t)(end + 1 - s);
	return end + 1;
}

static bool same(const struct tag *a, const struct tag *b, bool strong)
{
	if (strong && (a->weak || b->weak)) return false;
	return a->len == b->len && memcmp(a->opaque, b->opaque, a->len) == 0;
}

static bool equal(const char *a, const char *b, bool strong)
{
	struct tag ta, tb;
	const char *after_a = read_tag(a, &ta), *after_b = read_tag(b, &tb);
	if (after_a == NULL || after_b == NULL || *after_a || *after_b) return false;
	return same(&ta, &tb, strong);
}

bool etag_equal_strong(const char *a, const char *b)
{
	return equal(a, b, true);
}

bool etag_equal_weak(const char *a, const char *b)
{
	return equal(a, b, false);
}

static bool list_names(const char *list, const char *etag, bool strong)
{
	struct tag want, tag;
	if (etag == NULL) return false;
	if (strcmp(list, "*") == 0) return true;
	if (read_tag(etag, &want) == NULL) return false;
	for (const char *s = list; s != NULL;) {
		s += strspn(s, " \t,");
		s = read_tag(s, &tag);
		if (s && same(&tag, &want, strong)) return true;
		if (s && *s && strchr(" \t,", *s) == NULL) return false;
	}
	return false;
}

/* A list may be cut into several fields of the same name (§5.3). */
static bool fields_name(const struct http_request *rq, const char *name, const char *etag, bool strong, bool *present)
{
	*present = false;
	for (int i = 0; i < rq->nheaders; i++) {
		if (strcasecmp(rq->headers[i].name, name) != 0) continue;
		*present = true;
		if (list_names(rq->headers[i].value, etag, strong)) return true;
	}
	return false;
}

bool if_none_match(const struct http_request *rq, const char *etag)
{
	bool present;
	return fields_name(rq, "If-None-Match", etag, false, &present);
}

bool if_match(const struct http_request *rq, const char *etag)
{
	bool present;
	return fields_name(rq, "If-Match", etag, true, &present) || !present;
}

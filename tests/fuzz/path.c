/* Paths and query strings: what is accepted is text that stays in its folder; encoding is undone by decoding. */
#include "net/path.h"
#include "fuzz.h"
#include "net/uri.h"

static void check_path(struct arena *a, const char *raw, size_t len)
{
	const char *path, *again;
	struct buf out;
	if (path_decode(a, raw, len, &path, NULL) != OK) return;
	CHECK(is_text(path) && path[0] == '/' && strlen(path) <= len);
	for (const char *s = path; *s; s++) CHECK((unsigned char)*s >= ' ' && *s != 0x7F);
	const char *around = arena_printf(a, "%s/", path);
	CHECK(strstr(around, "/../") == NULL && strstr(around, "/./") == NULL);
	/* Encoded again, each piece between slashes. */
	buf_init(&out, a, 0);
	for (const char *s = path; *s; s += strcspn(s, "/")) {
		buf_putc(&out, *s++);
		uri_encode_part(&out, arena_strndup(a, s, strcspn(s, "/")));
	}
	CHECK(path_decode(a, out.data, out.len, &again, NULL) == OK && strcmp(path, again) == 0);
}

static void check_query(struct arena *a, const char *query)
{
	struct buf all, none;
	buf_init(&all, a, 0);
	buf_init(&none, a, 0);
	uri_query_keep(&all, query, "no such key");
	CHECK(all.len <= strlen(query) + 1);
	uri_query_keep(&none, buf_str(&all) + (all.len > 0), "no such key");
	CHECK(strcmp(buf_str(&all), buf_str(&none)) == 0);
	uri_query_keep(&none, query, "page");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	arena_init(&a);
	const char *text = arena_strndup(&a, (const char *)data, size);
	char *out = arena_alloc(&a, size + 1);
	check_path(&a, (const char *)data, size);
	check_query(&a, text);
	for (int form = 0; form < 2; form++) {
		long len = uri_decode(out, (const char *)data, size, form);
		CHECK(len <= (long)size && (len >= 0 || !form));
	}
	struct buf encoded;
	buf_init(&encoded, &a, 0);
	uri_encode_part(&encoded, text);
	char *back = arena_alloc(&a, encoded.len + 1);
	long len = uri_decode(back, buf_str(&encoded), encoded.len, false);
	CHECK(len == (long)strlen(text) && memcmp(back, text, (size_t)len) == 0);
	arena_release(&a);
	return 0;
}

/* The visitors' page cache: what was put comes back byte for byte, and never once it may be stale. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "web/cache.h"

enum { ROOM = 64 * 1024 };

static struct http_response answer_of(struct arena *a, const char *body)
{
	struct http_response rs = { .status = 200, .file_fd = -1 };
	buf_init(&rs.body, a, 0);
	buf_puts(&rs.body, body);
	http_set(&rs, "Content-Type", "text/html; charset=utf-8");
	http_set(&rs, "ETag", "\"1\"");
	return rs;
}

static bool get(struct cache *cache, struct arena *a, const char *key, struct cache_stamp stamp, int64_t now,
                struct http_response *rs)
{
	*rs = (struct http_response){ .file_fd = -1 };
	buf_init(&rs->body, a, 0);
	return cache_get(cache, key, stamp, now, a, rs);
}

static void test_comes_back(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	struct cache *cache = cache_new(ROOM);
	struct cache_stamp stamp = { 7, 3 };
	struct http_response in = answer_of(&a, "<p>Résoudre</p>"), out;
	cache_put(cache, "fr 0 /", stamp, 0, 1000, &in);
	assert_false(get(cache, &a, "en 0 /", stamp, 0, &out));
	assert_true(get(cache, &a, "fr 0 /", stamp, 999, &out));
	assert_int_equal(out.status, 200);
	assert_string_equal(buf_str(&out.body), "<p>Résoudre</p>");
	assert_int_equal(out.nheaders, 2);
	assert_string_equal(out.headers[1].name, "ETag");
	assert_string_equal(out.headers[1].value, "\"1\"");
	cache_free(cache);
	arena_release(&a);
}

/* Each of the four reasons for which a page is no longer right. */
static void test_never_stale(void **state)
{
	(void)state;
	static const struct {
		struct cache_stamp stamp;
		int64_t now;
	} later[] = { { { 8, 3 }, 10 }, { { 7, 4 }, 10 }, { { 7, 3 }, 1000 }, { { 7, 3 }, 9 } };
	for (size_t i = 0; i < COUNT(later); i++) {
		struct arena a;
		arena_init(&a);
		struct cache *cache = cache_new(ROOM);
		struct http_response in = answer_of(&a, "x"), out;
		cache_put(cache, "k", (struct cache_stamp){ 7, 3 }, 10, 1000, &in);
		assert_false(get(cache, &a, "k", later[i].stamp, later[i].now, &out));
		assert_int_equal(out.body.len, 0);
		cache_free(cache);
		arena_release(&a);
	}
}

/* Random puts and gets against a plain array: what comes back is what was put last, and the room holds. */
static void test_against_an_array(void **state)
{
	(void)state;
	enum { KEYS = 300, STEPS = 20000 };
	static char *last[KEYS];
	struct cache *cache = cache_new(ROOM);
	struct cache_stamp stamp = { 1, 1 };
	int hits = 0;
	random_seed(42);
	for (int step = 0; step < STEPS; step++) {
		struct arena a;
		arena_init(&a);
		uint32_t k = random_below(KEYS);
		const char *key = arena_printf(&a, "key %u", k);
		struct http_response rs;
		if (random_below(2)) {
			char *body = arena_alloc(&a, 1000);
			memset(body, 'a' + (int)random_below(26), 1 + random_below(900));
			rs = answer_of(&a, body);
			cache_put(cache, key, stamp, 0, INT64_MAX, &rs);
			free(last[k]);
			last[k] = strdup(body);
		} else if (get(cache, &a, key, stamp, 0, &rs)) {
			assert_non_null(last[k]);
			assert_string_equal(buf_str(&rs.body), last[k]);
			hits++;
		}
		struct cache_figures figures;
		cache_figures(cache, &figures);
		assert_true(figures.bytes <= ROOM);
		arena_release(&a);
	}
	random_seed(0);
	assert_true(hits > STEPS / 20);
	for (int i = 0; i < KEYS; i++) free(last[i]);
	cache_free(cache);
}

static void test_too_large(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	struct cache *cache = cache_new(800);
	struct http_response in = answer_of(&a, "0123456789012345678901234567890123456789012345678901234567890123456789"
	                                        "0123456789012345678901234567890123456789"),
	                     out;
	cache_put(cache, "k", (struct cache_stamp){ 1, 1 }, 0, INT64_MAX, &in);
	assert_false(get(cache, &a, "k", (struct cache_stamp){ 1, 1 }, 0, &out));
	cache_free(cache);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comes_back),
		cmocka_unit_test(test_never_stale),
		cmocka_unit_test(test_against_an_array),
		cmocka_unit_test(test_too_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

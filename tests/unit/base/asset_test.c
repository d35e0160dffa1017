/* Files in the binary: found by name and by address, and the bytes are those of the source tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/asset.h"
#include "base/hash.h"
#include "base/macros.h"

static void test_lookup(void **state)
{
	(void)state;
	assert_true(asset_count() > 0);
	for (size_t i = 0; i < asset_count(); i++) {
		const struct asset *a = asset_at(i);
		assert_ptr_equal(asset_find(a->name), a);
		assert_ptr_equal(asset_by_path(a->path), a);
		assert_string_equal(asset_url(a->name), a->path);
		assert_int_equal(strncmp(a->path, ASSET_ROOT, strlen(ASSET_ROOT)), 0);
		assert_non_null(strchr(a->type, '/'));
		assert_int_equal(a->data[a->size], '\0');
	}
	assert_null(asset_find("absent.css"));
	assert_null(asset_find(""));
	assert_null(asset_by_path(ASSET_ROOT "absent.00000000.css"));
	assert_string_equal(asset_url("absent.css"), "/-/asset/missing");
	assert_null(asset_by_path(asset_url("absent.css")));
}

/* ".XXXXXXXX." of base 32: the name that esbuild gave. */
static bool is_bundled(const char *name)
{
	const char *dot = strchr(name, '.');
	return dot && strspn(dot + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == 8 && dot[9] == '.';
}

/* The address holds the beginning of the SHA-256, so that browsers may keep it for ever. */
static void test_hash_in_path(void **state)
{
	(void)state;
	for (size_t i = 0; i < asset_count(); i++) {
		const struct asset *a = asset_at(i);
		char hex[HASH_HEX + 1];
		struct hash hash = hash_sha256(a->data, a->size);
		hash_hex(&hash, hex);
		hex[8] = '\0';
		if (is_bundled(a->name)) continue;
		if (strstr(a->path, hex) == NULL) fail_msg("%s: %s", a->path, hex);
	}
}

static void test_gzip(void **state)
{
	(void)state;
	int compressed = 0;
	for (size_t i = 0; i < asset_count(); i++) {
		const struct asset *a = asset_at(i);
		if (a->gzip == NULL) continue;
		compressed++;
		assert_true(a->gzip_size < a->size);
		unsigned char *plain = malloc(a->size + 1);
		z_stream z = { .next_in = (z_const Bytef *)a->gzip,
			       .avail_in = (uInt)a->gzip_size,
			       .next_out = plain,
			       .avail_out = (uInt)a->size + 1 };
		assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
		assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
		assert_int_equal(z.total_out, a->size);
		assert_memory_equal(plain, a->data, a->size);
		inflateEnd(&z);
		free(plain);
	}
	assert_true(compressed > 0);
}

static void test_bytes(void **state)
{
	(void)state;
	static char file[100000];
	const struct asset *a = asset_find("facade.svg");
	assert_non_null(a);
	FILE *stream = fopen(SOURCE_DIR "/src/web/front/static/facade.svg", "rb");
	assert_non_null(stream);
	size_t len = fread(file, 1, sizeof(file), stream);
	fclose(stream);
	assert_int_equal(a->size, len);
	assert_memory_equal(a->data, file, len);
	assert_string_equal(a->type, "image/svg+xml");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_lookup), cmocka_unit_test(test_hash_in_path),
		                            cmocka_unit_test(test_gzip), cmocka_unit_test(test_bytes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Which coding an answer has: RFC 9110 §12.5.3; compressed bytes are read back by zlib. */
#include <zlib.h>

#include "base/clock.h"
#include "net/encoding.h"
#include "request_fixture.h"

static void test_choice(void **state)
{
	(void)state;
	static const struct {
		const char *field;
		enum encoding chosen;
	} rows[] = {
		/* the section's examples */
		{ "compress, gzip", ENCODING_GZIP },
		{ "", ENCODING_IDENTITY },
		{ "*", ENCODING_GZIP },
		{ "compress;q=0.5, gzip;q=1.0", ENCODING_GZIP },
		{ "gzip;q=1.0, identity; q=0.5, *;q=0", ENCODING_GZIP },
		/* what browsers say */
		{ "gzip, deflate, br, zstd", ENCODING_GZIP },
		{ "identity", ENCODING_IDENTITY },
		{ "deflate", ENCODING_IDENTITY },
		/* weights (§12.4.2): 0 is "not acceptable" */
		{ "gzip;q=0", ENCODING_IDENTITY },
		{ "gzip;q=0.000", ENCODING_IDENTITY },
		{ "gzip;q=0.001", ENCODING_GZIP },
		{ "gzip ; q=0.5 , identity ; q=0.8", ENCODING_IDENTITY },
		{ "identity;q=0.8, gzip;q=0.8", ENCODING_GZIP },
		{ "gzip;Q=0.3", ENCODING_GZIP },
		{ "gzip;q=", ENCODING_IDENTITY },
		{ "gzip;q=2", ENCODING_IDENTITY },
		{ "gzip;q=x", ENCODING_IDENTITY },
		{ "gzip;q=1.000", ENCODING_GZIP },
		/* "*" stands for each coding that is not named, "identity" among them */
		{ "*;q=0", ENCODING_IDENTITY },
		{ "gzip;q=0, *", ENCODING_IDENTITY },
		{ "*;q=0, gzip", ENCODING_GZIP },
		{ "gzip;q=0.5, *;q=0.8", ENCODING_IDENTITY },
		{ "identity;q=0.5, *;q=0.8", ENCODING_GZIP },
		/* codings are case-insensitive (§8.4.1); x-gzip is gzip (§8.4.1.3) */
		{ "GZip", ENCODING_GZIP },
		{ "x-gzip", ENCODING_GZIP },
		{ "gzipp, xgzip, gzi", ENCODING_IDENTITY },
		{ ",,gzip,,", ENCODING_GZIP },
		{ "\tgzip\t", ENCODING_GZIP },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_request rq = REQUEST({ "accept-encoding", rows[i].field });
		if (encoding_choose(&rq) != rows[i].chosen) fail_msg("\"%s\"", rows[i].field);
	}
	struct http_request none = REQUEST({ "Host", "a" });
	assert_int_equal(encoding_choose(&none), ENCODING_IDENTITY);
}

static void read_back(const char *data, size_t len, int level)
{
	struct buf out;
	buf_init(&out, NULL, 0);
	buf_puts(&out, "before");
	encoding_gzip(&out, data, len, level);
	char *plain = test_malloc(len + 1);
	z_stream z = { .next_in = (Bytef *)out.data + 6,
		       .avail_in = (uInt)out.len - 6,
		       .next_out = (Bytef *)plain,
		       .avail_out = (uInt)len + 1 };
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.avail_in, 0);
	assert_int_equal(z.total_out, len);
	assert_memory_equal(plain, data, len);
	inflateEnd(&z);
	assert_memory_equal(out.data, "before", 6);
	/* RFC 1952 §2.3: magic, deflate, no flags, no time. */
	assert_memory_equal(out.data + 6, "\x1f\x8b\x08\0\0\0\0\0", 8);
	buf_release(&out);
	test_free(plain);
}

static void test_gzip(void **state)
{
	(void)state;
	enum { BIG = 300000 };
	char *big = test_malloc(BIG);
	read_back("", 0, 1);
	read_back("a", 1, 9);
	random_bytes(big, BIG);
	read_back(big, BIG, 6); /* cannot be compressed: longer than one chunk */
	memset(big, 'a', BIG);
	read_back(big, BIG, 1);
	struct buf small;
	buf_init(&small, &arena, 0);
	encoding_gzip(&small, big, BIG, 6);
	assert_true(small.len < BIG / 500);
	test_free(big);
}

int main(void)
{
	random_seed(3);
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_choice), cmocka_unit_test(test_gzip) };
	return cmocka_run_group_tests(tests, setup, teardown);
}

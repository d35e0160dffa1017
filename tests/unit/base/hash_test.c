/* Published vectors: FIPS 180-2 appendix B for SHA-256; BLAKE2b-256 as coreutils' b2sum -l 256 and
 * Python's hashlib (keyed) compute it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

static const char *hex(struct hash hash)
{
	static char out[HASH_HEX + 1];
	return hash_hex(&hash, out);
}

static void test_sha256(void **state)
{
	(void)state;
	static char million[1000000];
	memset(million, 'a', sizeof(million));
	static const char long_text[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	assert_string_equal(hex(hash_sha256("abc", 3)),
	                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(hex(hash_sha256(long_text, sizeof(long_text) - 1)),
	                    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	assert_string_equal(hex(hash_sha256(million, sizeof(million))),
	                    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	assert_string_equal(hex(hash_sha256("", 0)),
	                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void test_blake2b(void **state)
{
	(void)state;
	uint8_t key[HASH_SIZE], data[256];
	for (size_t i = 0; i < sizeof(data); i++) data[i] = (uint8_t)i;
	memcpy(key, data, sizeof(key));
	assert_string_equal(hex(hash_blake2b("obj1", NULL, "", 0)),
	                    "12a2919c7d1de3e02d34f8b8a412376dc908ee724e3a85bf8e834b2329e75fcb");
	assert_string_equal(hex(hash_blake2b("obj1", NULL, "abc", 3)),
	                    "04f6c9593f12e29b5dec1ccb2c0a6e23012f5ff0523e88e37ebcd2320c12faf5");
	assert_string_equal(hex(hash_blake2b("The ", NULL, "quick brown fox jumps over the lazy dog", 39)),
	                    "01718cec35cd3d796dd00020e0bfecb473ad23457d063b75eff29c0ffa2e58a9");
	assert_string_equal(hex(hash_blake2b("bod1", key, data, sizeof(data))),
	                    "4eeb38dcbc442bd36d55db20459e664162cf5386c5aa431aa65b215568921036");
	assert_string_equal(hex(hash_blake2b("bod1", key, NULL, 0)),
	                    "c5c43dff4d9afabaa28508a42e61a7a93f2c31931d11899b0b2920add222e18f");
}

/* vectors_sip128 of the reference implementation (github.com/veorq/SipHash). */
static void test_siphash(void **state)
{
	struct hash key = { 0 };
	uint8_t data[2] = { 0, 1 };
	(void)state;
	for (int i = 0; i < 16; i++) key.b[i] = (uint8_t)i;
	assert_string_equal(hex(hash_siphash(&key, "", 0)),
	                    "a3817f04ba25a8e66df67214c755029300000000000000000000000000000000");
	assert_string_equal(hex(hash_siphash(&key, data, 1)),
	                    "da87c1d86b99af44347659119b22fc4500000000000000000000000000000000");
	assert_string_equal(hex(hash_siphash(&key, data, 2)),
	                    "8177228da4a45dc7fca38bdef60affe400000000000000000000000000000000");
}

static void test_compare(void **state)
{
	(void)state;
	struct hash a = { { 1, 2 } }, b = { { 1, 3 } }, high = { { 0x80 } };
	assert_int_equal(hash_compare(&a, &a), 0);
	assert_true(hash_compare(&a, &b) < 0);
	assert_true(hash_compare(&high, &a) > 0); /* bytes, not signed characters */
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_sha256), cmocka_unit_test(test_blake2b),
		                            cmocka_unit_test(test_siphash), cmocka_unit_test(test_compare) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

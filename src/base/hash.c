#include "base/hash.h"

#include <sodium.h>
#include <string.h>

struct hash hash_blake2b(const char domain[static 4], const void *key, const void *data, size_t len)
{
	struct hash h;
	crypto_generichash_state state;
	crypto_generichash_init(&state, key, key ? HASH_SIZE : 0, sizeof(h.b));
	crypto_generichash_update(&state, (const unsigned char *)domain, 4);
	crypto_generichash_update(&state, data, len);
	crypto_generichash_final(&state, h.b, sizeof(h.b));
	return h;
}

struct hash hash_siphash(const struct hash *key, const void *data, size_t len)
{
	struct hash h = { 0 };
	crypto_shorthash_siphashx24(h.b, data, len, key->b);
	return h;
}

struct hash hash_sha256(const void *data, size_t len)
{
	struct hash h;
	crypto_hash_sha256(h.b, data, len);
	return h;
}

void hash_begin(struct hash_stream *stream)
{
	crypto_hash_sha256_init(&stream->state);
}

void hash_feed(struct hash_stream *stream, const void *data, size_t len)
{
	crypto_hash_sha256_update(&stream->state, data, len);
}

struct hash hash_end(struct hash_stream *stream)
{
	struct hash h;
	crypto_hash_sha256_final(&stream->state, h.b);
	return h;
}

int hash_compare(const struct hash *a, const struct hash *b)
{
	return memcmp(a->b, b->b, sizeof(a->b));
}

char *hash_hex(const struct hash *h, char out[static HASH_HEX + 1])
{
	return sodium_bin2hex(out, HASH_HEX + 1, h->b, sizeof(h->b));
}

bool hash_from_hex(const char *hex, struct hash *ret)
{
	struct hash h;
	size_t got = 0;
	if (hex == NULL || strlen(hex) != HASH_HEX) return false;
	if (sodium_hex2bin(h.b, sizeof(h.b), hex, HASH_HEX, NULL, &got, NULL) != 0) return false;
	*ret = h;
	return got == sizeof(h.b);
}

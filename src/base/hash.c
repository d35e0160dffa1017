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

struct hash hash_sha256(const void *data, size_t len)
{
	struct hash h;
	crypto_hash_sha256(h.b, data, len);
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

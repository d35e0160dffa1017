/* Hashes: BLAKE2b-256 (RFC 7693) for objects, each use with its own 4-byte domain; SHA-256 for files;
 * SipHash where speed counts and a secret makes it safe. */
#ifndef PARVIS_HASH_H
#define PARVIS_HASH_H

#include <sodium/crypto_hash_sha256.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HASH_SIZE = 32, HASH_HEX = 64 };

struct hash {
	uint8_t b[HASH_SIZE];
};

/* BLAKE2b-256 of `domain` (4 characters) followed by `data`; `key` (HASH_SIZE bytes) may be NULL. */
struct hash hash_blake2b(const char domain[static 4], const void *key, const void *data, size_t len);
/* SipHash-2-4 in its first 16 bytes, zeros after: five times as fast, but it tells texts apart only for
 * whoever does not know the key (HASH_SIZE bytes, of which 16 serve). */
struct hash hash_siphash(const struct hash *key, const void *data, size_t len);
struct hash hash_sha256(const void *data, size_t len);
/* The same of what comes piece by piece. */
struct hash_stream {
	crypto_hash_sha256_state state;
};
void hash_begin(struct hash_stream *stream);
void hash_feed(struct hash_stream *stream, const void *data, size_t len);
struct hash hash_end(struct hash_stream *stream);

int hash_compare(const struct hash *a, const struct hash *b);

/* Lower-case hexadecimal and a NUL. */
char *hash_hex(const struct hash *h, char out[static HASH_HEX + 1]);
/* False, and nothing in `ret`, unless `hex` is 64 of those digits and nothing else. */
bool hash_from_hex(const char *hex, struct hash *ret);

#endif

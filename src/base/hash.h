/* Hashes: BLAKE2b-256 (RFC 7693) for objects, each use with its own 4-byte domain; SHA-256 for files. */
#ifndef PARVIS_HASH_H
#define PARVIS_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_SIZE = 32, HASH_HEX = 64 };

struct hash {
	uint8_t b[HASH_SIZE];
};

/* BLAKE2b-256 of `domain` (4 characters) followed by `data`; `key` (HASH_SIZE bytes) may be NULL. */
struct hash hash_blake2b(const char domain[static 4], const void *key, const void *data, size_t len);
struct hash hash_sha256(const void *data, size_t len);
int hash_compare(const struct hash *a, const struct hash *b);

/* Lower-case hexadecimal and a NUL. */
char *hash_hex(const struct hash *h, char out[static HASH_HEX + 1]);

#endif

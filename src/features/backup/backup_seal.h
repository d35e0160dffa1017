/* The end of a backup: 64 bytes that say the SHA-256 of all before them, so that no byte can change unseen. */
#ifndef PARVIS_BACKUP_SEAL_H
#define PARVIS_BACKUP_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"

enum { BACKUP_SEAL = HASH_HEX };

/* Writes it over the last bytes, which were kept for it. `hash` and `size`: of the whole. False: errno says. */
bool backup_seal(int fd, struct hash *hash, int64_t *size);
/* Is every byte what it was? False too when it cannot be read. */
bool backup_sealed(int fd);

#endif

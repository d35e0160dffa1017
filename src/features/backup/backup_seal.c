#include "features/backup/backup_seal.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/macros.h"

/* Feeds the first `size` bytes. */
static bool feed(int fd, int64_t size, struct hash_stream *stream)
{
	char chunk[64 * 1024];
	for (int64_t at = 0; at < size;) {
		ssize_t n = pread(fd, chunk, (size_t)MIN(size - at, (int64_t)sizeof(chunk)), at);
		if (n <= 0) return false;
		hash_feed(stream, chunk, (size_t)n);
		at += n;
	}
	return true;
}

/* The seal as it should be, and where; the stream goes on from there. */
static bool compute(int fd, char seal[static BACKUP_SEAL + 1], int64_t *at, struct hash_stream *stream)
{
	struct stat st;
	hash_begin(stream);
	if (fstat(fd, &st) != 0 || st.st_size < BACKUP_SEAL) return false;
	*at = st.st_size - BACKUP_SEAL;
	if (!feed(fd, *at, stream)) return false;
	struct hash_stream copy = *stream;
	struct hash hash = hash_end(&copy);
	hash_hex(&hash, seal);
	return true;
}

bool backup_seal(int fd, struct hash *hash, int64_t *size)
{
	char seal[BACKUP_SEAL + 1];
	struct hash_stream stream;
	int64_t at;
	if (!compute(fd, seal, &at, &stream) || pwrite(fd, seal, BACKUP_SEAL, at) != BACKUP_SEAL) return false;
	hash_feed(&stream, seal, BACKUP_SEAL);
	*hash = hash_end(&stream);
	*size = at + BACKUP_SEAL;
	return true;
}

bool backup_sealed(int fd)
{
	char seal[BACKUP_SEAL + 1], found[BACKUP_SEAL];
	struct hash_stream stream;
	int64_t at;
	return compute(fd, seal, &at, &stream) && pread(fd, found, BACKUP_SEAL, at) == BACKUP_SEAL &&
	       memcmp(seal, found, BACKUP_SEAL) == 0;
}

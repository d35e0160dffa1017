#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/internal.h"

enum { NAME_SIZE = 32, PATH_SIZE = HASH_HEX + 16, CHUNK = 64 * 1024 };

static enum code fail_file(struct err *err)
{
	if (errno == ENOSPC || errno == EDQUOT)
		FAIL(err, E_IO, N_("the disk is full: the file was not saved"));
	FAIL(err, E_IO, N_("a file cannot be written or read: %s"), strerror(errno));
}

static void close_fd(const int *fd)
{
	if (*fd >= 0) close(*fd);
}

/* files/ab/cdef…; `folder` is cut after "files/ab". */
static void path_of(const struct hash *hash, char path[static PATH_SIZE],
                    char folder[static PATH_SIZE])
{
	char hex[HASH_HEX + 1];
	hash_hex(hash, hex);
	snprintf(path, PATH_SIZE, "files/%.2s/%s", hex, hex + 2);
	snprintf(folder, PATH_SIZE, "files/%.2s", hex);
}

static int make_temporary(struct store *store, char name[static NAME_SIZE])
{
	uint64_t random;
	random_bytes(&random, sizeof(random));
	snprintf(name, NAME_SIZE, "tmp/%016llx", (unsigned long long)random);
	return openat(store->dir_fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	              0600);
}

static enum code write_all(int fd, const char *data, size_t len, struct err *err)
{
	while (len) {
		ssize_t n = write(fd, data, len);
		if (n < 0 && errno != EINTR) return fail_file(err);
		if (n < 0) continue;
		data += n;
		len -= (size_t)n;
	}
	return OK;
}

static enum code copy(int from, int to, int64_t max, struct hash *hash, int64_t *size,
                      struct err *err)
{
	char chunk[CHUNK];
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	int64_t done = 0;
	for (;;) {
		ssize_t n = pread(from, chunk, sizeof(chunk), done);
		if (n < 0 && errno == EINTR) continue;
		if (n < 0) return fail_file(err);
		if (n == 0) break;
		done += n;
		if (done > max)
			FAIL(err, E_LIMIT, N_("the file is over %lld bytes"), (long long)max);
		crypto_hash_sha256_update(&state, (const unsigned char *)chunk, (size_t)n);
		TRY(write_all(to, chunk, (size_t)n, err));
	}
	crypto_hash_sha256_final(&state, hash->b);
	*size = done;
	return OK;
}

static enum code sync_folder(struct store *store, const char *path, struct err *err)
{
	AUTO(close_fd) int fd = openat(store->dir_fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0) return fail_file(err);
	return OK;
}

/* Gives the copy its name, unless the same content has it already. Both are on disk at return. */
static enum code settle(struct store *store, const char *temporary, const struct hash *hash,
                        int64_t size, struct err *err)
{
	char path[PATH_SIZE], folder[PATH_SIZE];
	path_of(hash, path, folder);
	if (mkdirat(store->dir_fd, folder, 0700) != 0 && errno != EEXIST) return fail_file(err);
	TRY(sync_folder(store, "files", err));
	struct stat st;
	bool there = fstatat(store->dir_fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	             st.st_size == size;
	if (!there && renameat(store->dir_fd, temporary, store->dir_fd, path) != 0)
		return fail_file(err);
	return sync_folder(store, folder, err);
}

static enum code put(struct store *store, int from, int to, const char *temporary, int64_t max,
                     struct hash *hash, int64_t *size, struct err *err)
{
	TRY(copy(from, to, max, hash, size, err));
	if (fsync(to) != 0) return fail_file(err);
	return settle(store, temporary, hash, *size, err);
}

enum code file_put(struct store *store, int fd, int64_t max, struct hash *ret, int64_t *size,
                   struct err *err)
{
	char name[NAME_SIZE];
	AUTO(close_fd) int to = make_temporary(store, name);
	if (to < 0) return fail_file(err);
	struct hash hash;
	int64_t found;
	enum code code = put(store, fd, to, name, max, &hash, &found, err);
	unlinkat(store->dir_fd, name, 0); /* absent after the rename */
	if (code != OK) return code;
	*ret = hash;
	*size = found;
	return OK;
}

enum code file_open(struct store *store, const struct hash *hash, int *fd, int64_t *size,
                    struct err *err)
{
	char path[PATH_SIZE], folder[PATH_SIZE];
	path_of(hash, path, folder);
	int found = openat(store->dir_fd, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (found < 0 && errno == ENOENT) FAIL(err, E_NOT_FOUND, N_("this file is not here"));
	struct stat st;
	if (found < 0) return fail_file(err);
	if (fstat(found, &st) != 0) {
		close(found);
		return fail_file(err);
	}
	*fd = found;
	*size = st.st_size;
	return OK;
}

enum code file_temporary(struct store *store, int *fd, struct err *err)
{
	char name[NAME_SIZE];
	int made = make_temporary(store, name);
	if (made < 0) return fail_file(err);
	unlinkat(store->dir_fd, name, 0);
	*fd = made;
	return OK;
}

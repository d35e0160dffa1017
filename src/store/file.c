#include "store/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "store/internal.h"

enum { NAME_SIZE = 32, PATH_SIZE = HASH_HEX + 16, CHUNK = 64 * 1024, KEEP_TRIES = 3 };

static enum code fail_file(struct err *err)
{
	if (errno == ENOSPC || errno == EDQUOT) FAIL(err, E_FULL, N_("the disk is full: the file was not saved"));
	FAIL(err, E_IO, N_("a file cannot be written or read: %s"), strerror(errno));
}

/* files/ab/cdef…; `folder` is cut after "files/ab". */
static void path_of(const struct hash *hash, char path[static PATH_SIZE], char folder[static PATH_SIZE])
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
	return openat(store->dir_fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

enum code file_write(int fd, const char *data, size_t len, struct err *err)
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

/* `to` -1: only reads. */
static enum code copy(int from, int to, int64_t max, struct hash *hash, int64_t *size, struct err *err)
{
	char chunk[CHUNK];
	struct hash_stream stream;
	hash_begin(&stream);
	int64_t done = 0;
	for (;;) {
		ssize_t n = pread(from, chunk, sizeof(chunk), done);
		if (n < 0 && errno == EINTR) continue;
		if (n < 0) return fail_file(err);
		if (n == 0) break;
		done += n;
		if (done > max) FAIL(err, E_LIMIT, N_("the file is over %lld bytes"), (long long)max);
		hash_feed(&stream, chunk, (size_t)n);
		if (to >= 0) TRY(file_write(to, chunk, (size_t)n, err));
	}
	*hash = hash_end(&stream);
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
static enum code settle(struct store *store, const char *temporary, const struct hash *hash, int64_t size,
                        struct err *err)
{
	char path[PATH_SIZE], folder[PATH_SIZE];
	path_of(hash, path, folder);
	if (mkdirat(store->dir_fd, folder, 0700) != 0 && errno != EEXIST) return fail_file(err);
	TRY(sync_folder(store, "files", err));
	struct stat st;
	bool there = fstatat(store->dir_fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_size == size;
	if (!there && renameat(store->dir_fd, temporary, store->dir_fd, path) != 0) return fail_file(err);
	return sync_folder(store, folder, err);
}

static enum code put(struct store *store, int from, int to, const char *temporary, int64_t max, struct hash *hash,
                     int64_t *size, struct err *err)
{
	TRY(copy(from, to, max, hash, size, err));
	if (fsync(to) != 0) return fail_file(err);
	return settle(store, temporary, hash, *size, err);
}

enum code file_put(struct store *store, int fd, int64_t max, struct hash *ret, int64_t *size, struct err *err)
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

static bool is_there(struct store *store, const struct hash *hash)
{
	char path[PATH_SIZE], folder[PATH_SIZE];
	struct stat st;
	path_of(hash, path, folder);
	return fstatat(store->dir_fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

enum code file_note(struct tx *tx, const struct hash *hash, int64_t size, const char *type, struct err *err)
{
	if (!is_there(tx_store(tx), hash)) FAIL(err, E_BUSY, N_("this file was just deleted; send it again"));
	return db_run(tx_db(tx), err,
	              "INSERT INTO file (hash, size, type, created) VALUES ($1, $2, $3, $4)"
	              " ON CONFLICT (hash) DO UPDATE SET created = excluded.created",
	              *hash, size, type, clock_now());
}

struct keeping {
	struct hash hash;
	int64_t size;
	const char *type;
	store_fn *fn;
	void *arg;
};

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct keeping *k = arg;
	TRY(file_note(tx, &k->hash, k->size, k->type, err));
	return k->fn ? k->fn(tx, k->arg, err) : OK;
}

enum code file_keep(struct store *store, int fd, int64_t max, const char *type, store_fn *fn, void *arg,
                    struct hash *ret, int64_t *size, struct err *err)
{
	struct keeping k = { .type = type, .fn = fn, .arg = arg };
	enum code code = E_BUSY;
	for (int i = 0; i < KEEP_TRIES && code == E_BUSY; i++) {
		TRY(file_put(store, fd, max, &k.hash, &k.size, err));
		*ret = k.hash; /* fn may want it */
		*size = k.size;
		code = store_write(store, note, &k, err);
	}
	return code;
}

enum code file_sweep(struct tx *tx, const struct hash *hash, struct err *err)
{
	char path[PATH_SIZE], folder[PATH_SIZE];
	int64_t noted;
	TRY(db_int(tx_db(tx), &noted, 0, err, "SELECT COUNT(*) FROM file WHERE hash = $1", *hash));
	if (noted) return OK;
	path_of(hash, path, folder);
	if (unlinkat(tx_store(tx)->dir_fd, path, 0) != 0 && errno != ENOENT) return fail_file(err);
	return OK;
}

enum code file_open(struct store *store, const struct hash *hash, int *fd, int64_t *size, struct err *err)
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

enum code file_verify(struct store *store, const struct hash *hash, int64_t *size, bool *same, struct err *err)
{
	AUTO(close_fd) int fd = -1;
	struct hash found;
	int64_t told, read;
	TRY(file_open(store, hash, &fd, &told, err));
	TRY(copy(fd, -1, INT64_MAX, &found, &read, err));
	*size = read;
	*same = hash_compare(&found, hash) == 0;
	return OK;
}

static void close_dir(DIR **dir)
{
	if (*dir) closedir(*dir);
}

/* Calls back for files/<prefix>/…, or looks into each files/<prefix> when there is none yet. */
static enum code walk(struct store *store, const char *path, const char *prefix,
                      void (*fn)(void *arg, const struct hash *hash), void *arg, struct err *err)
{
	int fd = openat(store->dir_fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	AUTO(close_dir) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (dir == NULL) return fail_file(err);
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		char inner[PATH_SIZE], hex[PATH_SIZE];
		struct hash hash;
		if (entry->d_name[0] == '.') continue;
		if (snprintf(hex, sizeof(hex), "%s%s", prefix, entry->d_name) != (*prefix ? HASH_HEX : 2)) continue;
		if (*prefix) {
			if (hash_from_hex(hex, &hash)) fn(arg, &hash);
			continue;
		}
		snprintf(inner, sizeof(inner), "files/%.2s", hex);
		TRY(walk(store, inner, hex, fn, arg, err));
	}
	return OK;
}

enum code file_each(struct store *store, void (*fn)(void *arg, const struct hash *hash), void *arg, struct err *err)
{
	return walk(store, "files", "", fn, arg, err);
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

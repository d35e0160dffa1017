#include "features/archive/archive_zip.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/clock.h"
#include "base/fd.h"
#include "features/backup/shelf.h"
#include "store/file.h"

struct archive_zip {
	struct store *store;
	struct arena *arena;
	const char *path, *spool_path;
	zip_t *zip;
	int spool;
	int64_t at, begun; /* bytes of the spool; where the text under way begins */
	int64_t bytes;     /* of files */
	bool done;
};

static enum code fail(const struct archive_zip *z, struct err *err)
{
	FAIL(err, errno == ENOSPC ? E_FULL : E_IO, N_("the archive cannot be written: %s"),
	     z->zip ? zip_strerror(z->zip) : strerror(errno));
}

enum code archive_zip_open(struct store *store, struct arena *a, const char *path, struct archive_zip **ret,
                           struct err *err)
{
	struct archive_zip *z = arena_new(a, struct archive_zip);
	uint64_t number;
	int error = 0;
	random_bytes(&number, sizeof(number));
	*z = (struct archive_zip){ .store = store, .arena = a, .path = path, .spool = -1 };
	z->spool_path = arena_printf(a, "%s/tmp/archive-%016llx", store_dir(store), (unsigned long long)number);
	z->spool = open(z->spool_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (z->spool >= 0) z->zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, &error);
	*ret = z;
	return z->zip ? OK : fail(z, err);
}

enum code archive_zip_write(struct archive_zip *z, struct buf *text, struct err *err)
{
	TRY(file_write(z->spool, buf_str(text), text->len, err));
	z->at += (int64_t)text->len;
	buf_reset(text);
	return OK;
}

/* Takes `source`. What is compressed already is stored as it is. */
static enum code add(struct archive_zip *z, const char *name, zip_source_t *source, zip_int32_t method, struct err *err)
{
	zip_int64_t index = source ? zip_file_add(z->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
	if (source && index < 0) zip_source_free(source);
	if (index < 0 || zip_set_file_compression(z->zip, (zip_uint64_t)index, method, 0) != 0) return fail(z, err);
	return OK;
}

enum code archive_zip_end(struct archive_zip *z, const char *name, struct err *err)
{
	int64_t from = z->begun, len = z->at - z->begun;
	z->begun = z->at;
	/* For libzip a length of 0 is all the rest. */
	zip_source_t *source = len ? zip_source_file(z->zip, z->spool_path, (zip_uint64_t)from, len)
	                           : zip_source_buffer(z->zip, "", 0, 0);
	return add(z, name, source, ZIP_CM_DEFLATE, err);
}

enum code archive_zip_data(struct archive_zip *z, const char *name, const void *data, size_t size, struct err *err)
{
	return add(z, name, zip_source_buffer(z->zip, data, size, 0), ZIP_CM_DEFLATE, err);
}

enum code archive_zip_file(struct archive_zip *z, const char *name, const struct hash *hash, bool *there,
                           struct err *err)
{
	char hex[HASH_HEX + 1];
	struct stat st;
	hash_hex(hash, hex);
	const char *path = arena_printf(z->arena, "%s/files/%.2s/%s", store_dir(z->store), hex, hex + 2);
	*there = stat(path, &st) == 0;
	if (!*there) return OK; /* deleted meanwhile */
	z->bytes += st.st_size;
	return add(z, name, zip_source_file(z->zip, path, 0, -1), ZIP_CM_STORE, err);
}

enum code archive_zip_close(struct archive_zip *z, int64_t *bytes, struct err *err)
{
	struct stat st;
	TRY(shelf_room(store_dir(z->store), z->bytes + z->at, err));
	if (zip_close(z->zip) != 0) return fail(z, err);
	z->zip = NULL;
	AUTO(close_fd) int fd = open(z->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fchmod(fd, 0600) != 0 || fsync(fd) != 0 || fstat(fd, &st) != 0) return fail(z, err);
	*bytes = st.st_size;
	z->done = true;
	return OK;
}

void archive_zip_discard(struct archive_zip *z)
{
	if (z->zip) zip_discard(z->zip);
	z->zip = NULL;
	if (z->spool >= 0) {
		close(z->spool);
		(void)unlink(z->spool_path);
	}
	if (!z->done) (void)unlink(z->path);
}

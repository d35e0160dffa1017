#include "support/vfs.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/macros.h"

enum { SECTOR = 512, FILES = 4, NAME = 32 };

enum what { WRITE, TRUNCATE, SYNC };

struct op {
	enum what what;
	int file;
	sqlite3_int64 offset; /* of a write; the size of a truncation */
	int len;
	unsigned char *data;
};

/* A file as it is at one moment. */
struct image {
	unsigned char *data;
	size_t len;
};

static struct {
	pthread_mutex_t mutex;
	char dir[256]; /* traced; "": nothing */
	char names[FILES][NAME];
	struct image first[FILES]; /* when the trace began */
	int nfiles;
	struct op *ops;
	size_t n, room;
	int fail_in, fail_code; /* 0: nothing fails */
	bool fail_lasts, failed;
} disk = { .mutex = PTHREAD_MUTEX_INITIALIZER };

struct file {
	sqlite3_file base;
	int traced; /* its number, or -1 */
	sqlite3_file *real;
};

static struct sqlite3_vfs *usual;

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct file *)file)->real;
}

/* ---- Failing ---- */

static int fails(void)
{
	pthread_mutex_lock(&disk.mutex);
	bool now = disk.fail_in > 0 && --disk.fail_in == 0;
	if (now) disk.failed = true;
	bool refused = now || (disk.failed && disk.fail_lasts && disk.fail_code);
	int code = refused ? disk.fail_code : SQLITE_OK;
	pthread_mutex_unlock(&disk.mutex);
	return code;
}

void vfs_fail(int n, int code, bool lasts)
{
	pthread_mutex_lock(&disk.mutex);
	disk.fail_in = n;
	disk.fail_code = n ? code : 0;
	disk.fail_lasts = lasts;
	if (n) disk.failed = false;
	pthread_mutex_unlock(&disk.mutex);
}

bool vfs_has_failed(void)
{
	return disk.failed;
}

/* ---- The trace ---- */

static void note(int file, enum what what, sqlite3_int64 offset, const void *data, int len)
{
	pthread_mutex_lock(&disk.mutex);
	if (disk.dir[0] == '\0') { /* no more: a file that stays open */
		pthread_mutex_unlock(&disk.mutex);
		return;
	}
	if (disk.n == disk.room) {
		disk.room = disk.room ? 2 * disk.room : 1024;
		disk.ops = realloc(disk.ops, disk.room * sizeof(*disk.ops));
		if (disk.ops == NULL) die("out of memory");
	}
	struct op *op = &disk.ops[disk.n++];
	*op = (struct op){ what, file, offset, len, NULL };
	if (data) {
		op->data = malloc((size_t)len);
		if (op->data == NULL) die("out of memory");
		memcpy(op->data, data, (size_t)len);
	}
	pthread_mutex_unlock(&disk.mutex);
}

static struct image read_image(const char *dir, const char *name)
{
	char path[512];
	struct image image = { .len = 0 };
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *file = fopen(path, "rb");
	if (file == NULL) return image;
	fseek(file, 0, SEEK_END);
	image.len = (size_t)ftell(file);
	rewind(file);
	image.data = malloc(image.len + 1);
	if (image.data == NULL || fread(image.data, 1, image.len, file) != image.len) die("cannot read %s", path);
	fclose(file);
	return image;
}

/* The number of a file of the traced folder, but for the -shm, which no power cut matters to. */
static int number_of(const char *path, int flags)
{
	int found = -1;
	if (path == NULL || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0) return -1;
	const char *name = strrchr(path, '/');
	pthread_mutex_lock(&disk.mutex);
	if (disk.dir[0] && name && strncmp(path, disk.dir, strlen(disk.dir)) == 0 && path + strlen(disk.dir) == name) {
		for (int i = 0; i < disk.nfiles; i++)
			if (strcmp(disk.names[i], name + 1) == 0) found = i;
		if (found < 0 && disk.nfiles < FILES) {
			found = disk.nfiles++;
			snprintf(disk.names[found], NAME, "%s", name + 1);
			disk.first[found] = read_image(disk.dir, name + 1);
		}
	}
	pthread_mutex_unlock(&disk.mutex);
	return found;
}

void vfs_trace(const char *dir)
{
	snprintf(disk.dir, sizeof(disk.dir), "%s", dir);
}

void vfs_trace_end(void)
{
	pthread_mutex_lock(&disk.mutex);
	for (size_t i = 0; i < disk.n; i++) free(disk.ops[i].data);
	for (int i = 0; i < disk.nfiles; i++) free(disk.first[i].data);
	free(disk.ops);
	disk.ops = NULL;
	disk.n = disk.room = 0;
	disk.nfiles = 0;
	disk.dir[0] = '\0';
	pthread_mutex_unlock(&disk.mutex);
}

size_t vfs_trace_length(void)
{
	pthread_mutex_lock(&disk.mutex);
	size_t n = disk.n;
	pthread_mutex_unlock(&disk.mutex);
	return n;
}

/* ---- A power cut ---- */

/* xorshift64* (Vigna 2016): luck of our own, that takes none from the program. */
static uint64_t luck(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 2685821657736338717u;
}

static void resize(struct image *image, size_t len)
{
	image->data = realloc(image->data, len + 1);
	if (image->data == NULL) die("out of memory");
	if (len > image->len) memset(image->data + image->len, 0, len - image->len);
	image->len = len;
}

static void put(struct image *image, const struct op *op, size_t from, size_t len)
{
	size_t at = (size_t)op->offset + from;
	if (at + len > image->len) resize(image, at + len);
	memcpy(image->data + at, op->data + from, len);
}

/* Sector by sector: as before, as written, or half of it something else. */
static void put_unsynced(struct image *image, const struct op *op, uint64_t *state)
{
	for (size_t from = 0, len; from < (size_t)op->len; from += len) {
		uint64_t draw = luck(state) % 8;
		len = MIN(SECTOR - ((size_t)op->offset + from) % SECTOR, (size_t)op->len - from);
		if (draw < 3) continue;
		put(image, op, from, len);
		if (draw != 7) continue;
		for (size_t i = len / 2; i < len; i++)
			image->data[(size_t)op->offset + from + i] = (unsigned char)luck(state);
	}
}

/* Whatever was not synced may have come to the disk or not, the later without the earlier too. */
static struct image image_after(int file, size_t length, uint64_t *state)
{
	struct image image = { .len = 0 };
	size_t synced = 0;
	resize(&image, disk.first[file].len);
	if (image.len) memcpy(image.data, disk.first[file].data, image.len);
	for (size_t i = 0; i < length; i++)
		if (disk.ops[i].file == file && disk.ops[i].what == SYNC) synced = i;
	for (size_t i = 0; i < length; i++) {
		const struct op *op = &disk.ops[i];
		if (op->file != file || op->what == SYNC) continue;
		if (op->what == WRITE && i < synced) put(&image, op, 0, (size_t)op->len);
		else if (op->what == WRITE) put_unsynced(&image, op, state);
		else if (i < synced || luck(state) % 2) resize(&image, (size_t)op->offset);
	}
	return image;
}

void vfs_cut(const char *dir, size_t length, uint64_t seed)
{
	uint64_t state = seed * 2 + 1;
	for (int i = 0; i < disk.nfiles; i++) {
		char path[512];
		struct image image = image_after(i, length, &state);
		snprintf(path, sizeof(path), "%s/%s", dir, disk.names[i]);
		int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		if (fd < 0 || write(fd, image.data, image.len) != (ssize_t)image.len) die("cannot write %s", path);
		close(fd);
		free(image.data);
	}
}

/* ---- Files ---- */

static int x_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int x_read(sqlite3_file *file, void *data, int len, sqlite3_int64 offset)
{
	int code = fails();
	if (code) return code == SQLITE_FULL ? SQLITE_IOERR_READ : code;
	return real_of(file)->pMethods->xRead(real_of(file), data, len, offset);
}

static int x_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	int code = fails();
	if (code) return code;
	code = real_of(file)->pMethods->xWrite(real_of(file), data, len, offset);
	if (code == SQLITE_OK && ((struct file *)file)->traced >= 0)
		note(((struct file *)file)->traced, WRITE, offset, data, len);
	return code;
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	int code = fails();
	if (code) return code;
	code = real_of(file)->pMethods->xTruncate(real_of(file), size);
	if (code == SQLITE_OK && ((struct file *)file)->traced >= 0)
		note(((struct file *)file)->traced, TRUNCATE, size, NULL, 0);
	return code;
}

static int x_sync(sqlite3_file *file, int flags)
{
	int code = fails();
	if (code) return code == SQLITE_FULL ? SQLITE_IOERR_FSYNC : code;
	code = real_of(file)->pMethods->xSync(real_of(file), flags);
	if (code == SQLITE_OK && ((struct file *)file)->traced >= 0)
		note(((struct file *)file)->traced, SYNC, 0, NULL, 0);
	return code;
}

static int x_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int x_lock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int x_unlock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int x_reserved(sqlite3_file *file, int *ret)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), ret);
}

static int x_control(sqlite3_file *file, int op, void *arg)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static int x_sector(sqlite3_file *file)
{
	(void)file;
	return SECTOR;
}

static int x_traits(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int x_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **ret)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, ret);
}

static int x_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void x_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int x_shm_unmap(sqlite3_file *file, int deletes)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), deletes);
}

/* Version 2: no memory maps, which would pass us by. */
static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = x_close,
	.xRead = x_read,
	.xWrite = x_write,
	.xTruncate = x_truncate,
	.xSync = x_sync,
	.xFileSize = x_size,
	.xLock = x_lock,
	.xUnlock = x_unlock,
	.xCheckReservedLock = x_reserved,
	.xFileControl = x_control,
	.xSectorSize = x_sector,
	.xDeviceCharacteristics = x_traits,
	.xShmMap = x_shm_map,
	.xShmLock = x_shm_lock,
	.xShmBarrier = x_shm_barrier,
	.xShmUnmap = x_shm_unmap,
};

static int x_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out)
{
	struct file *f = (struct file *)file;
	(void)vfs;
	f->base.pMethods = NULL;
	int code = fails();
	if (code) return SQLITE_CANTOPEN;
	f->traced = number_of(path, flags);
	f->real = (sqlite3_file *)(f + 1);
	code = usual->xOpen(usual, path, f->real, flags, out);
	if (code == SQLITE_OK) f->base.pMethods = &methods;
	return code;
}

void vfs_install(void)
{
	static sqlite3_vfs vfs;
	if (usual) return;
	usual = sqlite3_vfs_find(NULL);
	vfs = *usual;
	vfs.zName = "faulty";
	vfs.szOsFile = (int)sizeof(struct file) + usual->szOsFile;
	vfs.xOpen = x_open;
	vfs.pNext = NULL;
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) die("no VFS");
}

#include "store/disk.h"
#include "base/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { NAMES_MAX = 10000 };

static void close_folder(DIR **folder)
{
	if (*folder) closedir(*folder);
}

enum code disk_read(struct arena *a, const char *path, size_t max, char **ret, size_t *len, struct err *err)
{
	AUTO(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 && errno == ENOENT) FAIL(err, E_NOT_FOUND, N_("there is no file %s"), path);
	if (fd < 0 || fstat(fd, &st) != 0) FAIL(err, E_IO, N_("cannot read %s: %s"), path, strerror(errno));
	if (!S_ISREG(st.st_mode)) FAIL(err, E_INPUT, N_("%s is not a file"), path);
	if ((size_t)st.st_size > max) FAIL(err, E_LIMIT, N_("%s is over %zu bytes"), path, max);
	char *text = arena_alloc(a, (size_t)st.st_size + 1);
	size_t got = 0;
	while (got < (size_t)st.st_size) {
		ssize_t n = read(fd, text + got, (size_t)st.st_size - got);
		if (n < 0 && errno == EINTR) continue;
		if (n < 0) FAIL(err, E_IO, N_("cannot read %s: %s"), path, strerror(errno));
		if (n == 0) break;
		got += (size_t)n;
	}
	text[got] = '\0';
	*ret = text;
	*len = got;
	return OK;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

static bool ends_with(const char *name, const char *suffix)
{
	size_t n = strlen(name), s = strlen(suffix);
	return n > s && strcmp(name + n - s, suffix) == 0;
}

enum code disk_list(struct arena *a, const char *path, const char *suffix, char ***ret, int *n, struct err *err)
{
	AUTO(close_folder) DIR *folder = opendir(path);
	char **names = arena_array(a, char *, NAMES_MAX);
	int found = 0;
	if (folder == NULL && errno != ENOENT) FAIL(err, E_IO, N_("cannot read %s: %s"), path, strerror(errno));
	for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
		if (entry->d_name[0] == '.' || !ends_with(entry->d_name, suffix)) continue;
		if (found == NAMES_MAX) FAIL(err, E_LIMIT, N_("over %d files in %s"), NAMES_MAX, path);
		names[found++] = arena_strdup(a, entry->d_name);
	}
	qsort(names, (size_t)found, sizeof(*names), by_name);
	*ret = names;
	*n = found;
	return OK;
}

/* ---- Writing ---- */

static enum code fail_write(const char *path, struct err *err)
{
	enum code code = errno == ENOSPC ? E_FULL : E_IO;
	FAIL(err, code, N_("cannot write %s: %s"), path, strerror(errno));
}

static enum code write_text(int fd, const char *path, const char *text, struct err *err)
{
	for (size_t left = strlen(text); left;) {
		ssize_t n = write(fd, text, left);
		if (n < 0 && errno == EINTR) continue;
		if (n < 0) return fail_write(path, err);
		text += n;
		left -= (size_t)n;
	}
	return fsync(fd) == 0 ? OK : fail_write(path, err);
}

enum code disk_write(const char *path, const char *text, struct err *err)
{
	struct arena a;
	arena_init(&a);
	const char *aside = arena_printf(&a, "%s.new", path);
	int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	enum code code = fd < 0 ? fail_write(path, err) : write_text(fd, path, text, err);
	if (fd >= 0) close(fd);
	if (code == OK && rename(aside, path) != 0) code = fail_write(path, err);
	if (code != OK) (void)unlink(aside);
	arena_release(&a);
	return code;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *place)
{
	(void)st;
	(void)type;
	(void)place;
	return remove(path);
}

enum code disk_remove(const char *path, struct err *err)
{
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT) return OK;
	return fail_write(path, err);
}

/* ---- Sizes ---- */

int64_t disk_folder_size(const char *path)
{
	AUTO(close_folder) DIR *folder = opendir(path);
	int64_t size = 0;
	struct stat st;
	for (struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder))
		if (fstatat(dirfd(folder), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
			size += st.st_size;
	return size;
}

enum code disk_room(const char *path, int64_t *available, int64_t *total, struct err *err)
{
	struct statvfs fs;
	if (statvfs(path, &fs) != 0) FAIL(err, E_IO, N_("cannot read %s: %s"), path, strerror(errno));
	*available = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
	*total = (int64_t)fs.f_blocks * (int64_t)fs.f_frsize;
	return OK;
}

#include "features/import/import_media.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/fd.h"
#include "store/file.h"

/* ---- Names ---- */

/* "2009/03/jardin.jpg": what follows "uploads/", else the last part of an address, or a path as it is; "" for what
 * leaves the folder. */
static const char *inside(struct arena *a, const char *address)
{
	static const char uploads[] = "/uploads/";
	const char *bare = arena_strndup(a, address, strcspn(address, "?#"));
	const char *at = strstr(bare, uploads), *slash = strrchr(bare, '/');
	const char *path = at ? at + sizeof(uploads) - 1 : !strstr(bare, "://") ? bare : slash ? slash + 1 : bare;
	return *path == '/' || strstr(path, "..") || strlen(path) > 500 ? "" : path;
}

/* "jardin-300x200.jpg" is a smaller one of "jardin.jpg". */
static const char *original(struct arena *a, const char *path)
{
	const char *dot = strrchr(path, '.'), *dash = strrchr(path, '-');
	if (dot == NULL || dash == NULL || dash > dot) return path;
	const char *at = dash + 1;
	size_t wide = strspn(at, "0123456789");
	size_t high = at[wide] == 'x' ? strspn(at + wide + 1, "0123456789") : 0;
	if (wide == 0 || high == 0 || at + wide + 1 + high != dot) return path;
	return arena_printf(a, "%.*s%s", (int)(dash - path), path, dot);
}

const char *import_media_name(struct arena *a, const char *address)
{
	return original(a, inside(a, address));
}

/* ---- The ZIP ---- */

static void discard(void *arg)
{
	zip_discard(arg);
}

static void add_name(struct import_media *media, const char *name, zip_int64_t i)
{
	const char *path = inside(media->arena, arena_printf(media->arena, "/%s", name));
	const char *slash = strrchr(name, '/');
	const char *last = slash ? slash + 1 : name;
	if (*last == '\0' || *last == '.' || strncmp(name, "__MACOSX/", 9) == 0) return;
	json_object_set_new(media->names, name, json_integer(i));
	if (*path && json_object_get(media->names, path) == NULL)
		json_object_set_new(media->names, path, json_integer(i));
	if (json_object_get(media->names, last) == NULL) json_object_set_new(media->names, last, json_integer(i));
}

static enum code open_zip(struct import_media *media, int fd, struct err *err)
{
	zip_error_t why;
	zip_error_init(&why);
	FILE *file = fdopen(fcntl(fd, F_DUPFD_CLOEXEC, 0), "r");
	zip_source_t *source = file ? zip_source_filep_create(file, 0, -1, &why) : NULL; /* closed with it */
	media->zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why) : NULL;
	zip_error_fini(&why);
	if (media->zip == NULL) {
		if (source) zip_source_free(source);
		else if (file) fclose(file);
		FAIL(err, E_INPUT, N_("this is not a ZIP file, or it is damaged"));
	}
	arena_defer(media->arena, discard, media->zip);
	zip_int64_t n = zip_get_num_entries(media->zip, 0);
	if (n > IMPORT_MEDIA_FILES) FAIL(err, E_LIMIT, N_("there are more than %d files in it"), IMPORT_MEDIA_FILES);
	media->names = json_keep(media->arena, json_object());
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name(media->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);
		if (name) add_name(media, name, i);
	}
	return OK;
}

enum code import_media_open(struct arena *a, const char *folder, int zip, struct import_media *ret, struct err *err)
{
	*ret = (struct import_media){ .arena = a, .folder = folder };
	return zip >= 0 ? open_zip(ret, zip, err) : OK;
}

/* What it says of its size is not believed. */
static enum code unpack(const struct import_media *media, const char *address, zip_uint64_t i, int64_t max, int *ret,
                        int64_t *size, struct err *err)
{
	char chunk[64 * 1024];
	zip_int64_t n;
	int64_t total = 0;
	AUTO(close_fd) int fd = memfd_create("picture", MFD_CLOEXEC);
	zip_file_t *file = fd >= 0 ? zip_fopen_index(media->zip, i, 0) : NULL;
	if (file == NULL) FAIL(err, E_INPUT, N_("the picture “%s” cannot be read"), address);
	enum code code = OK;
	while (code == OK && (n = zip_fread(file, chunk, sizeof(chunk))) > 0) {
		total += n;
		if (total > max)
			code = err_set(err, E_LIMIT, N_("the picture “%s” is too large: %d MB at most"), address,
			               (int)(max >> 20));
		else code = file_write(fd, chunk, (size_t)n, err);
	}
	if (code == OK && n < 0) code = err_set(err, E_INPUT, N_("the picture “%s” cannot be read"), address);
	zip_fclose(file);
	TRY(code);
	*size = total;
	*ret = fd;
	fd = -1;
	return OK;
}

/* ---- Both ---- */

static int open_in(const struct import_media *media, const char *path)
{
	if (*path == '\0' || media->folder == NULL) return -1;
	return open(arena_printf(media->arena, "%s/%s", media->folder, path),
	            O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}

static enum code take_from_folder(int fd, const char *address, int64_t max, int *ret, int64_t *size, struct err *err)
{
	struct stat st;
	AUTO(close_fd) int own = fd;
	if (fstat(own, &st) != 0 || !S_ISREG(st.st_mode))
		FAIL(err, E_NOT_FOUND, N_("the picture “%s” is not in the folder"), address);
	if (st.st_size > max)
		FAIL(err, E_LIMIT, N_("the picture “%s” is too large: %d MB at most"), address, (int)(max >> 20));
	*size = st.st_size;
	*ret = own;
	own = -1;
	return OK;
}

enum code import_media_find(const struct import_media *media, const char *address, int64_t max, int *fd, int64_t *size,
                            struct err *err)
{
	const char *path = inside(media->arena, address), *slash = strrchr(path, '/');
	const char *tries[] = { original(media->arena, path), path, slash ? original(media->arena, slash + 1) : "",
		                slash ? slash + 1 : "" };
	for (size_t i = 0; i < COUNT(tries); i++) {
		const json_t *number = *tries[i] ? json_object_get(media->names, tries[i]) : NULL;
		if (number) return unpack(media, address, (zip_uint64_t)json_integer_value(number), max, fd, size, err);
		int found = open_in(media, tries[i]);
		if (found >= 0 && fd == NULL) {
			close(found);
			return OK;
		}
		if (found >= 0) return take_from_folder(found, address, max, fd, size, err);
	}
	FAIL(err, E_NOT_FOUND, N_("the picture “%s” is not in the folder"), address);
}

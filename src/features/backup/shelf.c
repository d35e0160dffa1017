#include "features/backup/shelf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "store/disk.h"

enum { NOTE_MAX = 64 * 1024, LEFT_FREE = 128 << 20 };

const char *shelf_path(struct arena *a, const char *dir, const char *name)
{
	return arena_printf(a, "%s/backups/%s", dir, name);
}

enum code shelf_folder(struct arena *a, const char *dir, const char **ret, struct err *err)
{
	const char *path = arena_printf(a, "%s/backups", dir);
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		FAIL(err, errno == ENOSPC ? E_FULL : E_IO, N_("the folder of backups cannot be made: %s"),
		     strerror(errno));
	*ret = path;
	return OK;
}

static const char *note_path(struct arena *a, const char *dir, const char *name)
{
	return shelf_path(a, dir, arena_printf(a, "%s.json", name));
}

/* What stands beside it; of a file that somebody put there, what the disk says. */
static bool read_one(struct arena *a, const char *dir, const char *name, struct shelved *ret)
{
	struct stat st;
	char *text;
	size_t len;
	json_t *note = NULL;
	if (lstat(shelf_path(a, dir, name), &st) != 0 || !S_ISREG(st.st_mode)) return false;
	*ret = (struct shelved){
		.name = name, .made = (int64_t)st.st_mtime * 1000, .bytes = st.st_size, .hash = "", .said = ""
	};
	if (disk_read(a, note_path(a, dir, name), NOTE_MAX, &text, &len, NULL) != OK) return true;
	if (json_parse(a, text, len, &note, NULL) != OK) return true;
	ret->made = json_int(note, "made", ret->made);
	ret->rows = json_int(note, "rows", 0);
	ret->files = json_int(note, "files", 0);
	ret->hash = json_str_or(note, "sha256", "");
	ret->by_itself = json_is_true(json_object_get(note, "by_itself"));
	ret->tested = json_int(note, "tested", 0);
	ret->sound = json_is_true(json_object_get(note, "sound"));
	ret->said = json_str_or(note, "said", "");
	return true;
}

static int newest_first(const void *x, const void *y)
{
	const struct shelved *a = x, *b = y;
	if (a->made != b->made) return a->made < b->made ? 1 : -1;
	return strcmp(b->name, a->name);
}

enum code shelf_list(struct arena *a, const char *dir, struct shelved **ret, int *n, struct err *err)
{
	char **names;
	int all, found = 0;
	(void)err;
	/* One that cannot be read holds nothing: what is made next says why. */
	if (disk_list(a, arena_printf(a, "%s/backups", dir), ".zip", &names, &all, NULL) != OK) all = 0;
	struct shelved *list = arena_array(a, struct shelved, (size_t)all + 1);
	for (int i = 0; i < all; i++) found += read_one(a, dir, names[i], &list[found]);
	if (found) qsort(list, (size_t)found, sizeof(*list), newest_first);
	*ret = list;
	*n = found;
	return OK;
}

enum code shelf_find(struct arena *a, const char *dir, const char *name, struct shelved *ret, struct err *err)
{
	struct shelved *list;
	int n;
	TRY(shelf_list(a, dir, &list, &n, err));
	for (int i = 0; i < n; i++) {
		if (strcmp(list[i].name, name) != 0) continue;
		*ret = list[i];
		return OK;
	}
	FAIL(err, E_NOT_FOUND, N_("There is no such backup."));
}

enum code shelf_note(struct arena *a, const char *dir, const struct shelved *s, struct err *err)
{
	json_t *note = json_keep(a, json_pack("{s:I, s:I, s:I, s:s, s:b, s:I, s:b, s:s}", "made", (json_int_t)s->made,
	                                      "rows", (json_int_t)s->rows, "files", (json_int_t)s->files, "sha256",
	                                      s->hash, "by_itself", s->by_itself, "tested", (json_int_t)s->tested,
	                                      "sound", s->sound, "said", s->said));
	return disk_write(note_path(a, dir, s->name), json_text(a, note), err);
}

enum code shelf_delete(struct arena *a, const char *dir, const char *name, struct err *err)
{
	if (unlink(shelf_path(a, dir, name)) != 0 && errno != ENOENT)
		FAIL(err, E_IO, N_("the backup cannot be deleted: %s"), strerror(errno));
	(void)unlink(note_path(a, dir, name));
	return OK;
}

int64_t shelf_size(struct arena *a, const char *dir)
{
	return disk_folder_size(arena_printf(a, "%s/backups", dir));
}

enum code shelf_room(const char *dir, int64_t bytes, struct err *err)
{
	int64_t available, total;
	TRY(disk_room(dir, &available, &total, err));
	if (available >= bytes + LEFT_FREE) return OK;
	FAIL(err, E_FULL, N_("the disk has %lld MB of room, and about %lld are needed"), (long long)(available >> 20),
	     (long long)((bytes + LEFT_FREE) >> 20));
}

/* A full disk refuses deletions too (they are written to the log first): some room is kept aside.
 */
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "store/internal.h"

static const char name[] = "reserve";

static bool make(struct store *store)
{
	int fd = openat(store->dir_fd, name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) return false;
	bool made = posix_fallocate(fd, 0, store->reserve.size) == 0;
	close(fd);
	if (!made) unlinkat(store->dir_fd, name, 0);
	return made;
}

/* Room for the reserve and as much again to work in. */
static bool room(struct store *store)
{
	struct statvfs fs;
	if (fstatvfs(store->dir_fd, &fs) != 0) return false;
	return (uint64_t)fs.f_bavail * fs.f_frsize >= 2 * (uint64_t)store->reserve.size;
}

void reserve_init(struct store *store, int64_t size)
{
	store->reserve.size = size;
	if (size == 0 || faccessat(store->dir_fd, name, F_OK, 0) == 0) return;
	atomic_store(&store->reserve.given, !room(store) || !make(store));
}

void reserve_give(struct store *store)
{
	if (store->reserve.size == 0) return;
	atomic_store(&store->reserve.given, true);
	unlinkat(store->dir_fd, name, 0);
}

bool reserve_whole(struct store *store)
{
	if (!atomic_load(&store->reserve.given)) return true;
	if (!room(store) || !make(store)) return false;
	atomic_store(&store->reserve.given, false);
	return true;
}

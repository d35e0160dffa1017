#include "store/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fd.h"
#include "store/file.h"
#include "store/internal.h"

enum { READ_MAX = 256 << 20 };

static enum code fail_ledger(const char *path, struct err *err)
{
	FAIL(err, errno == ENOSPC || errno == EDQUOT ? E_FULL : E_IO,
	     N_("the ledger of erasures %s cannot be used: %s"), path, strerror(errno));
}

/* ---- Writing ---- */

/* What a crash left of a line that was never finished is cut off, so that the next one stands by itself. */
static bool cut_unfinished(int fd)
{
	char last;
	off_t end = lseek(fd, 0, SEEK_END);
	while (end > 0) {
		if (pread(fd, &last, 1, end - 1) != 1) return false;
		if (last == '\n') break;
		end--;
	}
	return end >= 0 && ftruncate(fd, end) == 0;
}

enum code ledger_add(struct tx *tx, struct arena *a, json_t *line, struct err *err)
{
	const struct store *store = tx_store(tx);
	json_object_set_new(line, "at", json_integer(clock_now()));
	const char *text = arena_printf(a, "%s\n", json_text(a, line));
	const int flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
	AUTO(close_fd) int fd = openat(store->dir_fd, LEDGER_NAME, flags, 0600);
	if (fd < 0 || !cut_unfinished(fd)) return fail_ledger(LEDGER_NAME, err);
	TRY(file_write(fd, text, strlen(text), err));
	if (fsync(fd) != 0 || fsync(store->dir_fd) != 0) return fail_ledger(LEDGER_NAME, err);
	return OK;
}

/* ---- Reading ---- */

static enum code read_whole(struct arena *a, const char *path, struct buf *out, bool *found, struct err *err)
{
	char chunk[64 * 1024];
	ssize_t n = 0;
	AUTO(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	buf_init(out, a, 0);
	*found = fd >= 0;
	if (fd < 0 && errno == ENOENT) return OK;
	while (fd >= 0 && (n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno != EINTR) break;
		if (n > 0) buf_add(out, chunk, (size_t)n);
		if (out->len > READ_MAX) FAIL(err, E_LIMIT, N_("the ledger of erasures %s is too big"), path);
	}
	return fd < 0 || n < 0 ? fail_ledger(path, err) : OK;
}

enum code ledger_read(struct arena *a, const char *path, json_t **ret, bool *found, struct err *err)
{
	struct buf text;
	json_t *lines = json_keep(a, json_array()), *line;
	TRY(read_whole(a, path, &text, found, err));
	const char *at = buf_str(&text), *end;
	for (int n = 1; (end = strchr(at, '\n')) != NULL; at = end + 1, n++) {
		if (json_parse(a, at, (size_t)(end - at), &line, NULL) != OK || !json_is_object(line))
			FAIL(err, E_INPUT, N_("the ledger of erasures is damaged: %s, line %d"), path, n);
		json_array_append(lines, line);
	}
	*ret = lines;
	return OK;
}

const char *ledger_path(struct arena *a, const struct store *store)
{
	return arena_printf(a, "%s/" LEDGER_NAME, store_dir(store));
}

enum code ledger_copy(struct arena *a, const char *from, const char *dir, struct err *err)
{
	struct buf text;
	bool found;
	const char *to = arena_printf(a, "%s/" LEDGER_NAME, dir);
	TRY(read_whole(a, from, &text, &found, err));
	if (!found) FAIL(err, E_NOT_FOUND, N_("there is no ledger of erasures at %s"), from);
	if (mkdir(dir, 0700) != 0 && errno != EEXIST) return fail_ledger(dir, err);
	AUTO(close_fd) int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST) return OK;
	if (fd < 0) return fail_ledger(to, err);
	TRY(file_write(fd, buf_str(&text), text.len, err));
	AUTO(close_fd) int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fsync(fd) == 0 && folder >= 0 && fsync(folder) == 0 ? OK : fail_ledger(to, err);
}

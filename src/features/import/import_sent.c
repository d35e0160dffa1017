#include "features/import/import_sent.h"

#include <string.h>
#include <unistd.h>

#include "features/import/import_run.h"
#include "store/file.h"

enum code import_sent_open(struct db *db, struct arena *a, struct site *site, const struct model *model,
                           const struct actor *actor, const char *hex, const char *type, int *fd, int64_t *size,
                           struct err *err)
{
	struct hash hash;
	struct kept_file file;
	enum code code = hash_from_hex(hex, &hash) ? file_find(db, a, model, actor, &hash, &file, err) : E_NOT_FOUND;
	if (code == E_NOT_FOUND || (code == OK && strcmp(file.type, type) != 0))
		FAIL(err, E_NOT_FOUND, N_("What was sent is kept for a day, and is no longer here: send it again."));
	TRY(code);
	return file_open(site_store(site), &hash, fd, size, err);
}

enum code import_sent_read(struct arena *a, int fd, int64_t size, char **ret, struct err *err)
{
	char *bytes = arena_alloc(a, (size_t)size + 1);
	for (int64_t at = 0; at < size;) {
		ssize_t n = pread(fd, bytes + at, (size_t)(size - at), at);
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be read."));
		at += n;
	}
	bytes[size] = '\0';
	*ret = bytes;
	return OK;
}

enum code run_sent(struct import_work *w, const char *choice, const char *type, char **ret, size_t *len,
                   struct err *err)
{
	int fd;
	int64_t size;
	TRY(import_sent_open(w->page->db, w->turn, w->site, w->model, &w->actor, run_chosen(w->run, choice), type, &fd,
	                     &size, err));
	enum code code = import_sent_read(w->turn, fd, size, ret, err);
	close(fd);
	if (code == OK) *len = (size_t)size;
	return code;
}

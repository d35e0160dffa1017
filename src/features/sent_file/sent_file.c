#include "features/sent_file/sent_file.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fd.h"
#include "core/file_ref.h"
#include "store/file.h"
#include "web/web.h"

enum code sent_file_read(struct request *r, const char *name, int64_t max, const char **ret, size_t *len,
                         struct err *err)
{
	const struct form_field *file = form_data_file(&r->form, name, 0);
	if (file == NULL || file->size == 0) FAIL(err, E_INPUT, N_("Choose a file."));
	if (file->size > max) FAIL(err, E_INPUT, N_("This file is over %d MB."), (int)(max >> 20));
	char *bytes = arena_alloc(r->arena, (size_t)file->size + 1);
	size_t at = 0;
	while (at < (size_t)file->size) {
		long n = form_file_read(r->http, file, (int64_t)at, bytes + at, (size_t)file->size - at);
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be read."));
		at += (size_t)n;
	}
	bytes[at] = '\0';
	*ret = bytes;
	*len = at;
	return OK;
}

struct keeping {
	struct request *r;
	struct hash hash;
};

static enum code note_sent(struct tx *tx, void *arg, struct err *err)
{
	struct keeping *k = arg;
	return file_note_upload(tx, k->r->actor.person, &k->hash, err);
}

static enum code keep(struct keeping *k, const char *type, const char *bytes, size_t len, struct err *err)
{
	int64_t size;
	AUTO(close_fd) int fd = memfd_create("sent", MFD_CLOEXEC);
	if (fd < 0) FAIL(err, E_IO, N_("The file cannot be kept: the disk does not take it."));
	TRY(file_write(fd, bytes, len, err));
	return file_keep(site_store(k->r->site), fd, (int64_t)len, type, note_sent, k, &k->hash, &size, err);
}

enum code sent_file_keep(struct request *r, const char *type, const char *bytes, size_t len,
                         char hex[static HASH_HEX + 1], struct err *err)
{
	struct keeping k = { .r = r };
	struct err ignored;
	request_pause(r);
	enum code code = keep(&k, type, bytes, len, err);
	enum code resumed = request_resume(r, code == OK ? err : &ignored);
	TRY(code);
	TRY(resumed);
	(void)hash_hex(&k.hash, hex);
	return OK;
}

enum code sent_file_load(struct store *store, struct arena *a, const char *hex, const char **ret, size_t *len,
                         struct err *err)
{
	struct hash hash;
	int64_t size;
	AUTO(close_fd) int fd = -1;
	if (!hash_from_hex(hex, &hash)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(file_open(store, &hash, &fd, &size, err));
	char *bytes = arena_alloc(a, (size_t)size + 1);
	if (pread(fd, bytes, (size_t)size, 0) != size) FAIL(err, E_IO, N_("The file cannot be read."));
	bytes[size] = '\0';
	*ret = bytes;
	*len = (size_t)size;
	return OK;
}

enum code sent_file_open(struct request *r, const char *hex, const char *type, const char **ret, size_t *len,
                         struct err *err)
{
	struct hash hash;
	struct kept_file file;
	if (!hash_from_hex(hex, &hash)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(file_find(r->db, r->arena, r->page.model, &r->actor, &hash, &file, err));
	if (strcmp(file.type, type) != 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return sent_file_load(site_store(r->site), r->arena, hex, ret, len, err);
}

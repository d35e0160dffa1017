#include "features/export/export_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/site.h"
#include "store/file.h"

enum { IN_MEMORY = 1024 * 1024 /* more goes to a file */ };

static enum code spill(struct export_file *file, struct err *err)
{
	struct buf *out = file->x.out;
	if (file->fd < 0) TRY(file_temporary(site_store(file->r->site), &file->fd, err));
	for (size_t done = 0; done < out->len;) {
		ssize_t n = write(file->fd, out->data + done, out->len - done);
		if (n < 0 && errno != EINTR) FAIL(err, E_IO, N_("the export cannot be written: %s"), strerror(errno));
		if (n > 0) done += (size_t)n;
	}
	buf_reset(out);
	return OK;
}

static void remove_file(void *path)
{
	unlink(path);
}

/* A name for a library to write to, gone with the request. */
static void name_file(struct export_file *file)
{
	struct request *r = file->r;
	uint64_t number;
	random_bytes(&number, sizeof(number));
	file->x.folder = arena_printf(r->arena, "%s/tmp", store_dir(site_store(r->site)));
	char *path = arena_printf(r->arena, "%s/export-%016llx", file->x.folder, (unsigned long long)number);
	file->x.path = path;
	arena_defer(r->arena, remove_file, path);
}

static enum code open_file(struct export_file *file, struct err *err)
{
	file->fd = open(file->x.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (file->fd < 0) FAIL(err, E_IO, N_("the export cannot be read back: %s"), strerror(errno));
	return OK;
}

enum code export_file_begin(struct export_file *file, struct err *err)
{
	file->fd = -1;
	file->x.out = request_out(file->r);
	if (file->format->to_file) name_file(file);
	return file->format->begin ? file->format->begin(&file->x, err) : OK;
}

enum code export_file_record(struct export_file *file, const struct record *record, struct err *err)
{
	TRY(file->format->record(&file->x, record, err));
	file->x.n++;
	return export_file_spill(file, err);
}

enum code export_file_spill(struct export_file *file, struct err *err)
{
	return file->x.out->len >= IN_MEMORY ? spill(file, err) : OK;
}

enum code export_file_end(struct export_file *file, struct err *err)
{
	if (file->format->end) TRY(file->format->end(&file->x, err));
	if (file->format->to_file) return open_file(file, err);
	return file->fd >= 0 ? spill(file, err) : OK;
}

enum code export_file_answer(struct export_file *file, const char *name, struct err *err)
{
	struct request *r = file->r;
	struct http_response *rs = r->response;
	off_t size = file->fd >= 0 ? lseek(file->fd, 0, SEEK_END) : 0;
	if (size < 0) FAIL(err, E_IO, N_("the export cannot be read back: %s"), strerror(errno));
	http_set(rs, "Content-Type", file->format->media_type);
	if (name)
		http_set(rs, "Content-Disposition",
		         arena_printf(r->arena, "attachment; filename=\"%s-%.10s.%s\"", name,
		                      date_machine(&r->page, r->page.now), file->format->extension));
	rs->file_fd = file->fd;
	rs->file_size = size;
	return OK;
}

void export_file_release(struct export_file *file)
{
	if (file->fd >= 0) close(file->fd);
	file->fd = -1;
}

#include "net/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/limits.h"

void upload_init(struct upload *upload)
{
	*upload = (struct upload){ .fd = -1 };
}

void upload_reset(struct upload *upload)
{
	if (upload->fd >= 0) close(upload->fd);
	upload->fd = -1;
	upload->len = 0;
	upload->lost = false;
	if (upload->memory.cap > 2 * MEMORY_BODY) buf_release(&upload->memory);
	buf_reset(&upload->memory);
}

void upload_release(struct upload *upload)
{
	upload_reset(upload);
	buf_release(&upload->memory);
}

static enum code fail(struct err *err)
{
	if (errno == ENOSPC || errno == EDQUOT) FAIL(err, E_FULL, N_("the disk is full: nothing was saved"));
	FAIL(err, E_IO, "Cannot keep what is sent: %s", strerror(errno));
}

/* A file without a name: nothing is left behind, whatever happens to us. */
static enum code open_file(struct upload *upload, const char *dir, struct err *err)
{
	char name[4096];
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
		int len = snprintf(name, sizeof(name), "%s/upload-XXXXXX", dir);
		if (len < 0 || (size_t)len >= sizeof(name)) FAIL(err, E_IO, "%s: name too long", dir);
		fd = mkostemp(name, O_CLOEXEC);
		if (fd >= 0) unlink(name);
	}
	if (fd < 0) return fail(err);
	upload->fd = fd;
	return OK;
}

static enum code write_all(int fd, const char *data, size_t len, struct err *err)
{
	while (len) {
		ssize_t n = write(fd, data, len);
		if (n < 0 && errno == EINTR) continue;
		if (n <= 0) return fail(err);
		data += n;
		len -= (size_t)n;
	}
	return OK;
}

static enum code add(struct upload *upload, const char *tmp_dir, const char *data, size_t len, struct err *err)
{
	if (upload->fd < 0 && upload->len + (int64_t)len > MEMORY_BODY) {
		TRY(open_file(upload, tmp_dir, err));
		TRY(write_all(upload->fd, buf_str(&upload->memory), upload->memory.len, err));
		buf_reset(&upload->memory);
	}
	if (upload->fd >= 0) return write_all(upload->fd, data, len, err);
	buf_add(&upload->memory, data, len);
	return OK;
}

void upload_begin(struct upload *upload, const char *tmp_dir, int64_t expected)
{
	if (expected > MEMORY_BODY) upload->lost = open_file(upload, tmp_dir, &upload->why) != OK;
}

void upload_add(struct upload *upload, const char *tmp_dir, const char *data, size_t len)
{
	if (!upload->lost && add(upload, tmp_dir, data, len, &upload->why) != OK) {
		int64_t received = upload->len;
		upload_reset(upload); /* gives its room back */
		upload->len = received;
		upload->lost = true;
	}
	upload->len += (int64_t)len;
}

void upload_end(struct upload *upload, struct http_request *rq)
{
	if (upload->fd >= 0 && lseek(upload->fd, 0, SEEK_SET) != 0) upload->lost = fail(&upload->why) != OK;
	rq->body_lost = upload->lost ? &upload->why : NULL;
	rq->body = upload->fd < 0 ? buf_str(&upload->memory) : NULL;
	rq->body_fd = upload->fd;
	rq->body_len = upload->lost ? 0 : upload->len;
}

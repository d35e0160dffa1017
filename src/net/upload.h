/*
 * Where a request's body goes while it arrives: memory, or beyond MEMORY_BODY an unlinked file. When the disk
 * refuses it, the rest is read and thrown away: a browser shows no answer before it has sent everything.
 */
#ifndef PARVIS_UPLOAD_H
#define PARVIS_UPLOAD_H

#include "base/buf.h"
#include "base/err.h"
#include "net/server.h"

struct upload {
	struct buf memory;
	int fd;      /* -1 while in memory */
	int64_t len; /* received */
	bool lost;
	struct err why; /* it was lost: E_FULL, E_IO */
};

void upload_init(struct upload *upload);
/* Closes the file and forgets the bytes; keeps a moderate buffer for the next request. */
void upload_reset(struct upload *upload);
void upload_release(struct upload *upload);

/* Before the first byte: `expected` bytes, or 0 when nobody knows. */
void upload_begin(struct upload *upload, const char *tmp_dir, int64_t expected);
void upload_add(struct upload *upload, const char *tmp_dir, const char *data, size_t len);
/* Hands the body, or why it was lost, to the request, which may use it until upload_reset. */
void upload_end(struct upload *upload, struct http_request *rq);

#endif

/*
 * multipart/form-data (RFC 7578, 2046 §5.1) read over a body in memory or in a file, through a
 * window: nothing but texts is copied, and a delimiter may lie across two windows.
 */
#ifndef PARVIS_MULTIPART_H
#define PARVIS_MULTIPART_H

#include "net/form_data.h"

/* The boundary of a Content-Type's value; E_INPUT when it has none (1 to 70 characters). */
enum code multipart_boundary(struct arena *a, const char *content_type, const char **ret, struct err *err) MUST;

enum { MULTIPART_WINDOW = 64 * 1024 };

/* `memory`, or `fd` when that is NULL: `len` bytes. `window`: how much of a file is read at once
 * (tests make it small; at least twice MULTIPART_HEAD otherwise). */
struct multipart {
	const char *memory;
	int fd;
	int64_t len;
	const char *boundary;
	size_t window;
};

enum { MULTIPART_HEAD = 4 * 1024, MULTIPART_HEAD_FIELDS = 16 };

enum code multipart_parse(struct arena *a, const struct multipart *m, struct form_data *ret, struct err *err) MUST;

#endif

/* Files that are ZIP packages (APPNOTE 6.3) and come from outside: parts by name, each inflated whole within limits,
 * whatever the file says of itself. */
#ifndef PARVIS_PACKAGE_H
#define PARVIS_PACKAGE_H

#include "base/arena.h"
#include <stdbool.h>

#include "base/err.h"

enum {
	PACKAGE_PART = 32 * 1024 * 1024,    /* bytes of one part, once inflated */
	PACKAGE_STREAM = 160 * 1024 * 1024, /* … that is read as it is inflated, never whole in memory */
	PACKAGE_RATIO = 400,                /* a part that inflates more than so many times is refused, over 1 MiB */
};

struct package;

struct package_stream;

struct package_part {
	const char *text; /* NULL: absent, or not in memory; a NUL stands behind it */
	size_t len;
	struct package_stream *stream; /* package_stream_open: to be read once; or NULL */
};

bool package_is(const void *bytes, size_t len);
/* `bytes` live as long as the package, which the arena closes. E_INPUT: damaged. */
enum code package_open(struct arena *a, const void *bytes, size_t len, struct package **ret, struct err *err) MUST;
bool package_has(const struct package *package, const char *name);
/* The first name, in the order of the package, that ends so; NULL: none. */
const char *package_ending(const struct package *package, const char *end);
/* An absent part is none. E_LIMIT: too large; E_INPUT: damaged, or behind a password. */
enum code package_read(struct arena *a, struct package *package, const char *name, struct package_part *ret,
                       struct err *err) MUST;
/* For parts that may be large: ret->stream. The arena closes it. Errors as package_read. */
enum code package_stream_open(struct arena *a, struct package *package, const char *name, struct package_part *ret,
                              struct err *err) MUST;
/* The next bytes, at most `room`; 0: the end; −1: it is damaged, or larger than it said. */
int package_stream_read(struct package_stream *stream, char *to, int room);

#endif

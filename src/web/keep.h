/* Pictures, taken into the site's store in all their sizes (media/picture.h), whichever way they came. */
#ifndef PARVIS_KEEP_H
#define PARVIS_KEEP_H

#include "base/hash.h"
#include "store/store.h"

struct keeping {
	struct store *store;
	struct arena *arena;
	int64_t person; /* who sent it: hers for a day (core/file_ref.h); 0: nobody, a record is to name it at once */
};

struct kept_picture {
	struct hash hash;
	int width, height;
	const char *extension; /* of what it was written as */
};

/* The picture in `fd`, `size` bytes from its start, written again; not all its sizes: the greatest alone. Errors as
 * picture_make's. */
enum code keep_picture(const struct keeping *keeping, int fd, int64_t size, bool all, struct kept_picture *ret,
                       struct err *err) MUST;

#endif

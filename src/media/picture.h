/*
 * Pictures that people send: JPEG, PNG and WebP, told by their bytes, never by their name. Each is
 * decoded, turned upright (EXIF orientation), made smaller and written again without anything but its
 * pixels, in a process of its own that can only read its input and write its answer
 * (media/confine.h): what a hostile picture breaks there cannot open, connect nor stay.
 */
#ifndef PARVIS_MEDIA_PICTURE_H
#define PARVIS_MEDIA_PICTURE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum {
	PICTURE_BYTES = 25 * 1024 * 1024, /* of what is sent */
	PICTURE_PIXELS = 50 * 1000 * 1000,
	PICTURE_SIDE = 30000, /* pixels: either side */
	PICTURE_SIZES = 3,
	PICTURE_DEADLINE = 20, /* seconds */
};

/* The longest side of each size, greatest first. A picture is never made larger: one that is smaller
 * than a size lacks the sizes between. */
extern const int picture_sides[PICTURE_SIZES];

struct picture_size {
	int side;          /* of picture_sides */
	int width, height; /* its own */
	const char *type;  /* "image/jpeg" or "image/webp" */
	const void *data;
	size_t size;
};

/* Greatest first; the first is there always. */
struct picture_sizes {
	struct picture_size size[PICTURE_SIZES];
	int n;
};

/* Makes the sizes of the picture in `fd` (from its start, `size` bytes), in the arena's memory. E_INPUT
 * when it is none or is damaged, E_LIMIT over the limits above, E_BUSY when too many wait. */
enum code picture_make(struct arena *a, int fd, int64_t size, struct picture_sizes *ret, struct err *err) MUST;

/* The command by which the program runs itself as that process. main() of a program that calls
 * picture_make does first: if (argc == 2 && strcmp(argv[1], PICTURE_COMMAND) == 0) return picture_child(); */
#define PICTURE_COMMAND "__picture"
int picture_child(void);

#endif

/*
 * The kinds of pictures: a row each in the table of codec.c. To add one: 1. its file, with a function
 * that decodes; 2. a row of the table; 3. its pictures in tests/unit/media and its seeds in tests/fuzz.
 */
#ifndef PARVIS_CODEC_H
#define PARVIS_CODEC_H

#include <stddef.h>

#include "media/pixels.h"

enum picture_status { PICTURE_FINE, PICTURE_UNKNOWN, PICTURE_DAMAGED, PICTURE_HUGE, PICTURE_MOVING };

/* Where the bytes of a picture end up. */
struct decoded {
	struct pixels pixels; /* the caller's to free, when FINE */
	int orientation;      /* 1 to 8, as the file says; 1 when it says nothing */
};

struct codec {
	const char *name;
	bool photo; /* made for photographs: what is opaque is best written as JPEG again */
	bool (*is)(const uint8_t *data, size_t size);
	/* `side`: nothing larger is needed, if making it smaller on the way is easy. */
	enum picture_status (*decode)(const uint8_t *data, size_t size, int side, struct decoded *ret);
};

extern const struct codec codec_jpeg, codec_png, codec_webp;
/* By its bytes; NULL: none of ours. */
const struct codec *codec_of(const uint8_t *data, size_t size);

/* Is a picture of this size within the limits (media/picture.h)? */
enum picture_status codec_size(int64_t width, int64_t height);

/* Written bytes are malloc's. False when memory lacks. */
bool jpeg_encode(const struct pixels *p, uint8_t **ret, size_t *size);
bool webp_encode(const struct pixels *p, uint8_t **ret, size_t *size);

/* The orientation that EXIF data says (from "II*\0" or "MM\0*" on), 1 when it says none. */
int exif_orientation(const uint8_t *exif, size_t size);

#endif

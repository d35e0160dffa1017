/* PNG by libpng: drawings, screens, logos. */
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "media/codec.h"

enum { SIGNATURE = 8, CHUNK = 12 /* length, type, checksum around the data */ };

static bool is_png(const uint8_t *data, size_t size)
{
	return size >= SIGNATURE && memcmp(data, "\x89PNG\r\n\x1A\n", SIGNATURE) == 0;
}

static uint32_t number(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The chunk eXIf (PNG 3rd edition §11.3.3.4). */
static int orientation_of(const uint8_t *data, size_t size)
{
	for (size_t at = SIGNATURE; size - at >= CHUNK;) {
		size_t len = number(data + at);
		if (len > size - at - CHUNK) break;
		if (memcmp(data + at + 4, "eXIf", 4) == 0) return exif_orientation(data + at + 8, len);
		at += CHUNK + len;
	}
	return 1;
}

static enum picture_status png_decode(const uint8_t *data, size_t size, int side, struct decoded *ret)
{
	(void)side;
	png_image image = { .version = PNG_IMAGE_VERSION };
	*ret = (struct decoded){ 0 };
	if (!png_image_begin_read_from_memory(&image, data, size)) return PICTURE_DAMAGED;
	enum picture_status status = codec_size(image.width, image.height);
	bool alpha = image.format & PNG_FORMAT_FLAG_ALPHA;
	image.format = alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
	if (status == PICTURE_FINE && !pixels_new((int)image.width, (int)image.height, alpha ? 4 : 3, &ret->pixels))
		status = PICTURE_HUGE;
	if (status == PICTURE_FINE && !png_image_finish_read(&image, NULL, ret->pixels.data, 0, NULL))
		status = PICTURE_DAMAGED;
	png_image_free(&image);
	if (status != PICTURE_FINE) pixels_free(&ret->pixels);
	else ret->orientation = orientation_of(data, size);
	return status;
}

const struct codec codec_png = { "PNG", false, is_png, png_decode };

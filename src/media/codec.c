#include "media/codec.h"

#include "base/macros.h"
#include "media/picture.h"

static const struct codec *const codecs[] = { &codec_jpeg, &codec_png, &codec_webp };

const struct codec *codec_of(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < COUNT(codecs); i++)
		if (codecs[i]->is(data, size)) return codecs[i];
	return NULL;
}

enum picture_status codec_size(int64_t width, int64_t height)
{
	if (width < 1 || height < 1) return PICTURE_DAMAGED;
	bool fits = width <= PICTURE_SIDE && height <= PICTURE_SIDE && width * height <= PICTURE_PIXELS;
	return fits ? PICTURE_FINE : PICTURE_HUGE;
}

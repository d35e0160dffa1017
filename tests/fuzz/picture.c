/* The decoders, as the confined process calls them (media/convert.h). */
#include "fuzz.h"

#include "media/convert.h"

enum { PIXELS_MAX = 1 << 20 /* larger ones only cost time */ };

/* What a codec's header says before anything is decoded; larger pictures are left out. */
static bool is_small(const uint8_t *data, size_t size)
{
	const struct codec *codec = codec_of(data, size);
	if (codec == NULL || size < 34) return true;
	if (codec == &codec_png) return !data[16] && !data[17] && !data[20] && !data[21];
	for (size_t i = 2; codec == &codec_jpeg && i + 9 < size; i++)
		if (data[i] == 0xFF && data[i + 1] >= 0xC0 && data[i + 1] <= 0xCF &&
		    (data[i + 5] << 8 | data[i + 6]) * (int64_t)(data[i + 7] << 8 | data[i + 8]) > PIXELS_MAX)
			return false;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct converted c = { 0 };
	if (!is_small(data, size)) return 0;
	(void)exif_orientation(data, size);
	if (picture_convert(data, size, &c) != PICTURE_FINE) return 0;
	CHECK(c.n >= 1 && c.n <= PICTURE_SIZES);
	for (int i = 0; i < c.n; i++) {
		CHECK(c.size[i].size > 0 && c.size[i].width >= 1 && c.size[i].height >= 1);
		CHECK(MAX(c.size[i].width, c.size[i].height) <= picture_sides[0]);
		CHECK(codec_of(c.size[i].data, c.size[i].size) ==
		      (c.size[i].type == WRITTEN_JPEG ? &codec_jpeg : &codec_webp));
	}
	converted_free(&c);
	return 0;
}

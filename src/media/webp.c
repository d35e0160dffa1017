/* WebP by libwebp: read, and written for what is seen through and for drawings. */
#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/encode.h>

#include "media/codec.h"

enum { HEAD = 12, CHUNK = 8, QUALITY = 84, METHOD = 3 /* 0 quick to 6 small */ };

static bool is_webp(const uint8_t *data, size_t size)
{
	return size >= HEAD && memcmp(data, "RIFF", 4) == 0 && memcmp(data + 8, "WEBP", 4) == 0;
}

/* The chunk EXIF (RFC 9649 §2.7.1.5); each is padded to an even length. */
static int orientation_of(const uint8_t *data, size_t size)
{
	for (size_t at = HEAD; size - at >= CHUNK;) {
		const uint8_t *chunk = data + at;
		size_t len = (size_t)chunk[4] | (size_t)chunk[5] << 8 | (size_t)chunk[6] << 16 | (size_t)chunk[7] << 24;
		at += CHUNK;
		if (len > size - at) break;
		if (memcmp(chunk, "EXIF", 4) == 0) {
			bool prefixed = len > 6 && memcmp(chunk + CHUNK, "Exif\0", 6) == 0;
			return exif_orientation(chunk + CHUNK + (prefixed ? 6 : 0), len - (prefixed ? 6 : 0));
		}
		if (len % 2 && len < size - at) len++;
		at += len;
	}
	return 1;
}

static enum picture_status webp_decode(const uint8_t *data, size_t size, int side, struct decoded *ret)
{
	WebPDecoderConfig config;
	*ret = (struct decoded){ 0 };
	if (!WebPInitDecoderConfig(&config) || WebPGetFeatures(data, size, &config.input) != VP8_STATUS_OK)
		return PICTURE_DAMAGED;
	enum picture_status status = codec_size(config.input.width, config.input.height);
	if (status != PICTURE_FINE) return status;
	if (config.input.has_animation) return PICTURE_MOVING;
	int width, height, channels = config.input.has_alpha ? 4 : 3;
	pixels_fit(config.input.width, config.input.height, side, &width, &height);
	if (!pixels_new(width, height, channels, &ret->pixels)) return PICTURE_HUGE;
	config.options.use_scaling = width != config.input.width || height != config.input.height;
	config.options.scaled_width = width;
	config.options.scaled_height = height;
	config.output.colorspace = channels == 4 ? MODE_RGBA : MODE_RGB;
	config.output.is_external_memory = 1;
	config.output.u.RGBA.rgba = ret->pixels.data;
	config.output.u.RGBA.stride = width * channels;
	config.output.u.RGBA.size = (size_t)width * (size_t)height * (size_t)channels;
	if (WebPDecode(data, size, &config) != VP8_STATUS_OK) {
		pixels_free(&ret->pixels);
		return PICTURE_DAMAGED;
	}
	ret->orientation = orientation_of(data, size);
	return PICTURE_FINE;
}

const struct codec codec_webp = { "WebP", true, is_webp, webp_decode };

bool webp_encode(const struct pixels *p, uint8_t **ret, size_t *size)
{
	WebPConfig config;
	WebPPicture picture;
	WebPMemoryWriter writer;
	if (!WebPConfigPreset(&config, WEBP_PRESET_DRAWING, QUALITY) || !WebPPictureInit(&picture)) return false;
	config.method = METHOD;
	picture.width = p->width;
	picture.height = p->height;
	WebPMemoryWriterInit(&writer);
	picture.writer = WebPMemoryWrite;
	picture.custom_ptr = &writer;
	int (*import)(WebPPicture *, const uint8_t *, int) = p->channels == 4 ? WebPPictureImportRGBA
	                                                                      : WebPPictureImportRGB;
	bool done = import(&picture, p->data, p->width * p->channels) && WebPEncode(&config, &picture);
	WebPPictureFree(&picture);
	if (!done) {
		WebPMemoryWriterClear(&writer);
		return false;
	}
	*ret = writer.mem;
	*size = writer.size;
	return true;
}

#include "media/convert.h"

#include <stdlib.h>

#include "base/macros.h"

const int picture_sides[PICTURE_SIZES] = { 1920, 960, 320 };

/* Puts `made` in the place of `p`. */
static void replace(struct pixels *p, struct pixels made)
{
	pixels_free(p);
	*p = made;
}

static bool shrink(struct pixels *p, int side)
{
	struct pixels smaller;
	int width, height;
	pixels_fit(p->width, p->height, side, &width, &height);
	if (width == p->width && height == p->height) return true;
	if (!pixels_shrink(p, width, height, &smaller)) return false;
	replace(p, smaller);
	return true;
}

static bool upright(struct pixels *p, int orientation)
{
	struct pixels turned;
	if (orientation == 1) return true;
	if (!pixels_turn(p, orientation, &turned)) return false;
	replace(p, turned);
	return true;
}

static bool write_size(const struct pixels *p, int side, enum written_type type, struct converted *c)
{
	bool (*encode)(const struct pixels *, uint8_t **, size_t *) = type == WRITTEN_JPEG ? jpeg_encode : webp_encode;
	if (!encode(p, &c->size[c->n].data, &c->size[c->n].size)) return false;
	c->size[c->n].side = side;
	c->size[c->n].width = p->width;
	c->size[c->n].height = p->height;
	c->size[c->n++].type = type;
	return true;
}

static bool write_sizes(const struct codec *codec, struct decoded *in, struct converted *c)
{
	struct pixels *p = &in->pixels;
	if (!shrink(p, picture_sides[0]) || !upright(p, in->orientation)) return false;
	bool opaque = !pixels_see_through(p);
	if (opaque) pixels_flatten(p);
	enum written_type type = opaque && codec->photo ? WRITTEN_JPEG : WRITTEN_WEBP;
	for (int i = 0; i < PICTURE_SIZES; i++) {
		if (i > 0 && MAX(p->width, p->height) <= picture_sides[i]) continue;
		if (!shrink(p, picture_sides[i]) || !write_size(p, picture_sides[i], type, c)) return false;
	}
	return true;
}

enum picture_status picture_convert(const uint8_t *data, size_t size, struct converted *ret)
{
	const struct codec *codec = codec_of(data, size);
	struct decoded in;
	struct converted c = { 0 };
	if (codec == NULL) return PICTURE_UNKNOWN;
	enum picture_status status = codec->decode(data, size, picture_sides[0], &in);
	if (status != PICTURE_FINE) return status;
	bool written = write_sizes(codec, &in, &c);
	pixels_free(&in.pixels);
	if (!written) {
		converted_free(&c);
		return PICTURE_HUGE;
	}
	*ret = c;
	return PICTURE_FINE;
}

void converted_free(struct converted *c)
{
	for (int i = 0; i < c->n; i++) free(c->size[i].data);
	c->n = 0;
}

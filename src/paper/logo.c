/* The sign of who makes a sheet: a JPEG goes in as it is; a WebP, as drawings are kept, is decoded. Both were written by this
 * program (media/picture.h). */
#include <math.h>
#include <string.h>
#include <webp/decode.h>

#include "paper/sheet.h"

enum { LOGO_SIDE = 4000 };

static cairo_surface_t *from_jpeg(const struct paper_picture *logo)
{
	cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, logo->width, logo->height);
	if (cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG, logo->data, logo->size, NULL, NULL) ==
	    CAIRO_STATUS_SUCCESS)
		return image;
	cairo_surface_destroy(image);
	return NULL;
}

/* A pixel as cairo takes it: one number, its colours already weighed by what is seen of it. */
static uint32_t weighed(const uint8_t *rgba)
{
	uint32_t alpha = rgba[3], out = alpha << 24;
	for (int i = 0; i < 3; i++) out |= (rgba[i] * alpha + 127) / 255 << (16 - 8 * i);
	return out;
}

static cairo_surface_t *from_webp(const struct paper_picture *logo)
{
	int width = 0, height = 0;
	if (!WebPGetInfo(logo->data, logo->size, &width, &height) || width < 1 || height < 1 || width > LOGO_SIDE ||
	    height > LOGO_SIDE)
		return NULL;
	uint8_t *pixels = WebPDecodeRGBA(logo->data, logo->size, &width, &height);
	if (pixels == NULL) return NULL;
	cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
	bool drawn = cairo_surface_status(image) == CAIRO_STATUS_SUCCESS;
	unsigned char *rows = drawn ? cairo_image_surface_get_data(image) : NULL;
	for (int y = 0; drawn && y < height; y++)
		for (int x = 0; x < width; x++) {
			uint32_t pixel = weighed(pixels + 4 * ((size_t)y * (size_t)width + (size_t)x));
			memcpy(rows + (size_t)y * (size_t)cairo_image_surface_get_stride(image) + 4 * (size_t)x, &pixel,
			       sizeof(pixel));
		}
	WebPFree(pixels);
	if (drawn) {
		cairo_surface_mark_dirty(image);
		return image;
	}
	cairo_surface_destroy(image);
	return NULL;
}

static bool is_webp(const struct paper_picture *logo)
{
	return logo->size >= 12 && memcmp(logo->data, "RIFF", 4) == 0 &&
	       memcmp((const char *)logo->data + 8, "WEBP", 4) == 0;
}

double sheet_logo(struct sheet *s, struct box box, bool plate)
{
	const struct paper_picture *logo = s->paper->logo;
	if (logo == NULL || logo->width < 1 || logo->height < 1 || logo->width > LOGO_SIDE || logo->height > LOGO_SIDE)
		return 0;
	cairo_surface_t *image = is_webp(logo) ? from_webp(logo) : from_jpeg(logo);
	if (image == NULL) return 0;
	double edge = plate ? s->em * 0.5 : 0;
	double scale = fmin((box.width - 2 * edge) / logo->width, (box.height - 2 * edge) / logo->height);
	double width = logo->width * scale + 2 * edge, height = logo->height * scale + 2 * edge;
	box.y += (box.height - height) / 2;
	if (plate) sheet_fill(s, (struct box){ box.x, box.y, width, height }, 1, 1, 1);
	cairo_save(s->cr);
	cairo_tag_begin(s->cr, "Figure", NULL);
	cairo_translate(s->cr, box.x + edge, box.y + edge);
	cairo_scale(s->cr, scale, scale);
	cairo_set_source_surface(s->cr, image, 0, 0);
	cairo_paint(s->cr);
	cairo_tag_end(s->cr, "Figure");
	cairo_restore(s->cr);
	cairo_surface_destroy(image);
	return width;
}

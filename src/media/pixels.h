/* Pictures as bytes of colour: made smaller, turned. Memory is malloc's, as decoders need it. */
#ifndef PARVIS_PIXELS_H
#define PARVIS_PIXELS_H

#include <stdbool.h>
#include <stdint.h>

/* Red, green, blue and, of 4 channels, opacity; rows follow each other without gap. */
struct pixels {
	int width, height, channels;
	uint8_t *data;
};

/* False when there is not that much memory. */
bool pixels_new(int width, int height, int channels, struct pixels *ret);
void pixels_free(struct pixels *p);

/* The size that fits in a square of that side, each side 1 at least; never larger. */
void pixels_fit(int width, int height, int side, int *ret_width, int *ret_height);
/* Each new pixel is the mean of those it covers, opaque ones counting more. `width` and `height` are at
 * most those of `from`. */
bool pixels_shrink(const struct pixels *from, int width, int height, struct pixels *ret);
/* As EXIF's Orientation (CIPA DC-008 §4.6.5) says, 1 to 8: upright then. */
bool pixels_turn(const struct pixels *from, int orientation, struct pixels *ret);
/* Is any pixel not fully opaque? */
bool pixels_see_through(const struct pixels *p);
/* Drops the opacity, if there is one. */
void pixels_flatten(struct pixels *p);

#endif

/* What the confined process does: one picture in, its sizes out. Pure: memory in, memory out. */
#ifndef PARVIS_CONVERT_H
#define PARVIS_CONVERT_H

#include "media/codec.h"
#include "media/picture.h"

enum written_type { WRITTEN_JPEG, WRITTEN_WEBP };

struct converted {
	struct {
		int side, width, height;
		enum written_type type;
		uint8_t *data;
		size_t size;
	} size[PICTURE_SIZES];
	int n;
};

enum picture_status picture_convert(const uint8_t *data, size_t size, struct converted *ret);
void converted_free(struct converted *c);

#endif

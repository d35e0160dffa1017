/* What the confined process says to the one that started it: a head, then the bytes of each size. Both
 * are the same program. */
#ifndef PARVIS_ANSWER_H
#define PARVIS_ANSWER_H

#include "media/convert.h"

enum { ANSWER_MAGIC = 0x50495831, ANSWER_BYTES = 24 * 1024 * 1024 /* of all sizes together */ };

struct answer_head {
	uint32_t magic, status, n;
	struct {
		uint32_t side, width, height, type, size;
	} size[PICTURE_SIZES];
};

#endif

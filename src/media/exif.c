/* EXIF (CIPA DC-008, over TIFF 6.0): one number of the first directory is of use to us. */
#include "media/codec.h"

enum { ORIENTATION = 0x0112, TYPE_SHORT = 3, ENTRY = 12, ENTRIES = 1000 };

struct tiff {
	const uint8_t *data;
	size_t size;
	bool big; /* most significant byte first */
};

/* 0 beyond the end, which stands for nothing anywhere below. */
static uint32_t number(const struct tiff *t, size_t at, int bytes)
{
	uint32_t value = 0;
	if (at > t->size || t->size - at < (size_t)bytes) return 0;
	for (int i = 0; i < bytes; i++) value = value << 8 | t->data[at + (size_t)(t->big ? i : bytes - 1 - i)];
	return value;
}

int exif_orientation(const uint8_t *exif, size_t size)
{
	struct tiff t = { exif, size, size > 0 && exif[0] == 'M' };
	if (size < 8 || exif[0] != exif[1] || (exif[0] != 'I' && exif[0] != 'M') || number(&t, 2, 2) != 42) return 1;
	size_t at = number(&t, 4, 4);
	uint32_t n = number(&t, at, 2);
	at += 2;
	for (uint32_t i = 0; i < n && i < ENTRIES; i++, at += ENTRY) {
		if (number(&t, at, 2) != ORIENTATION || number(&t, at + 2, 2) != TYPE_SHORT) continue;
		uint32_t value = number(&t, at + 8, 2);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

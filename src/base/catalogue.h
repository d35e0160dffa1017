/* The table of translations that tools/catalogue makes and base/i18n.c reads: open addressing, a
 * power of two of slots that hold a row's number plus one. */
#ifndef PARVIS_CATALOGUE_H
#define PARVIS_CATALOGUE_H

#include <stdint.h>

struct catalogue_row {
	uint32_t hash;
	const char *id, *one, *many; /* many: NULL unless the message counts something */
};

/* FNV-1a. */
static inline uint32_t catalogue_hash(const char *s)
{
	uint32_t hash = 2166136261u;
	for (; *s; s++) hash = (hash ^ (unsigned char)*s) * 16777619u;
	return hash;
}

#endif

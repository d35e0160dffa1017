/* Pictures that an import brings, as items of a field of images. */
#ifndef PARVIS_IMPORT_PICTURE_H
#define PARVIS_IMPORT_PICTURE_H

#include "core/site.h"
#include "features/import/import_media.h"

/* Pictures, each kept once. */
struct import_pictures {
	struct site *site;
	struct arena *arena;
	const struct import_media *media;
	bool dry_run;  /* only looked for */
	json_t *known; /* name → item */
	int n;
};
/* Adds one to the array, by its address in the export. E_NOT_FOUND, E_INPUT, E_LIMIT: it is not there, or no picture. */
enum code import_picture(struct import_pictures *pictures, json_t *array, const char *address, const char *alt,
                         struct err *err) MUST;

#endif

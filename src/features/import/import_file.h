/* Sounds, videos and documents that the texts of an export name, taken from the folder beside it. */
#ifndef PARVIS_IMPORT_FILE_H
#define PARVIS_IMPORT_FILE_H

#include "core/site.h"
#include "features/import/import_media.h"

struct import_files {
	struct site *site;
	struct arena *arena;
	const struct import_media *media;
	bool dry_run;  /* only looked for */
	json_t *known; /* name → item */
	int n;
};

enum import_file_kind { IMPORT_FILE_NONE, IMPORT_FILE_MEDIA, IMPORT_FILE_DOCUMENT };
/* By the end of its address: what it would be here; a picture is none. */
enum import_file_kind import_file_kind(const char *address);
/* The addresses of such files that a text names ("…/uploads/…"), each once, at most `max`; returns how many. */
int import_file_names(struct arena *a, const char *html, const char **ret, int max);
/* Adds one to the array of a field of its kind. E_NOT_FOUND, E_INPUT, E_LIMIT: it is not there, is not what its name says, or
 * is too large. */
enum code import_file(struct import_files *files, json_t *array, const char *address, struct err *err) MUST;

#endif

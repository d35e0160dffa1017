/* Where the pictures of an export are: a folder beside it, or a ZIP of that folder. */
#ifndef PARVIS_IMPORT_MEDIA_H
#define PARVIS_IMPORT_MEDIA_H

#include "base/json.h"

struct import_media {
	struct arena *arena;
	const char *folder; /* or NULL */
	struct zip *zip;    /* or NULL */
	json_t *names;      /* of the ZIP: path inside the folder, and name alone → number */
};

enum { IMPORT_MEDIA_FILES = 50000 };

/* `zip`: a file that lasts as long; -1: none. E_INPUT: it is no ZIP. E_LIMIT: too many files. */
enum code import_media_open(struct arena *a, const char *folder, int zip, struct import_media *ret,
                            struct err *err) MUST;

/* What an address of the export is called there: "2009/03/jardin.jpg"; a smaller one has its original's name. "" for
 * what leaves the folder. */
const char *import_media_name(struct arena *a, const char *address);

/* A file to be read from its start, at most `max` bytes of it. E_NOT_FOUND: it is not there. E_LIMIT: it is larger. `fd` NULL: only
 * whether it is there. */
enum code import_media_find(const struct import_media *media, const char *address, int64_t max, int *fd, int64_t *size,
                            struct err *err) MUST;

#endif

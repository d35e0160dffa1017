/* Where the pictures of an export are: a folder beside it, or a ZIP of that folder. */
#ifndef PARVIS_WXR_MEDIA_H
#define PARVIS_WXR_MEDIA_H

#include "base/json.h"

struct wxr_media {
	struct arena *arena;
	const char *folder; /* or NULL */
	struct zip *zip;    /* or NULL */
	json_t *names;      /* of the ZIP: path inside the folder, and name alone → number */
};

enum { WXR_MEDIA_FILES = 50000 };

/* `zip`: a file that lasts as long; -1: none. E_INPUT: it is no ZIP. E_LIMIT: too many files. */
enum code wxr_media_open(struct arena *a, const char *folder, int zip, struct wxr_media *ret, struct err *err) MUST;

/* What an address of the export is called there: "2009/03/jardin.jpg"; a smaller one has its original's name. "" for
 * what leaves the folder. */
const char *wxr_media_name(struct arena *a, const char *address);

/* A file to be read from its start, at most `max` bytes of it. E_NOT_FOUND: it is not there. E_LIMIT: it is larger. `fd` NULL: only
 * whether it is there. */
enum code wxr_media_find(const struct wxr_media *media, const char *address, int64_t max, int *fd, int64_t *size,
                         struct err *err) MUST;

#endif

/* Names of records in texts: a link written under a former name gets the present one. */
#ifndef PARVIS_NAME_H
#define PARVIS_NAME_H

#include "core/record.h"

enum { NAME_LINKS_MAX = 900 /* records mended at once; with the one renamed, fewer than one undoing takes back */ };

/* A record as it is now, with its index, and what it was called a moment ago. */
struct renamed {
	const struct record *record;
	const char *title, *slug; /* former */
};

/*
 * Rewrites the links to it, and where it is shown inside ({{fiche …}}), in the texts of other records, published or archived: those by its former title
 * (whatever their case and accents), when they led to it and not to another of that name, and those by its
 * former address. The new link is the title, or where that would lead elsewhere the address, or the id.
 * It is the site's doing, whatever the person may write: minor revisions in her name, that share `batch`.
 * Texts whose readers may not all read the new title are left, and so are those with two versions; what
 * such a link leads to is found as before, by the former address.
 */
enum code name_mend(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct renamed *renamed, struct id batch, struct err *err) MUST;

#endif

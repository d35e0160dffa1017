/*
 * Atom feeds (RFC 4287), written entry by entry: well-formed XML whatever the texts hold (characters
 * that XML 1.0 forbids are left out). Times are ms UTC; NULL texts are left out.
 */
#ifndef PARVIS_ATOM_H
#define PARVIS_ATOM_H

#include "base/buf.h"
#include "base/i18n.h"
#include "base/id.h"

struct atom_feed {
	const char *id; /* for ever the same, wherever the site is: atom_uuid */
	const char *title;
	const char *author; /* of the entries that name none */
	const char *rights;
	const char *self; /* address of the feed */
	const char *page; /* address of the page that says the same */
	enum lang lang;
	int64_t updated;
};

struct atom_entry {
	const char *id, *title, *page, *author, *summary;
	int64_t published, updated;
};

void atom_begin(struct buf *out, const struct atom_feed *feed);
void atom_entry(struct buf *out, const struct atom_entry *entry);
void atom_end(struct buf *out);

/* "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a" (RFC 9562 §4). */
const char *atom_uuid(struct arena *a, struct id id);

#endif

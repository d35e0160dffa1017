/*
 * Atom feeds (RFC 4287), written entry by entry: well-formed XML whatever the texts hold (characters
 * that XML 1.0 forbids are left out).
 */
#ifndef PARVIS_ATOM_H
#define PARVIS_ATOM_H

#include "base/id.h"
#include "formats/feed.h"

#define ATOM_TYPE "application/atom+xml; charset=utf-8"

void atom_begin(struct buf *out, const struct feed_head *feed);
void atom_entry(struct buf *out, const struct feed_entry *entry);
void atom_end(struct buf *out);

/* "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a" (RFC 9562 §4). */
const char *atom_uuid(struct arena *a, struct id id);
/* The same for the same text (RFC 9562 §5.8). */
const char *feed_named(struct arena *a, const char *text);

#endif

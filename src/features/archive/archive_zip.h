/* The archive as it grows: texts go to one file beside, files are taken from the store, and the ZIP is written at the
 * end; so that neither is held in memory. */
#ifndef PARVIS_ARCHIVE_ZIP_H
#define PARVIS_ARCHIVE_ZIP_H

#include "base/buf.h"
#include "store/store.h"

struct archive_zip;

enum code archive_zip_open(struct store *store, struct arena *a, const char *path, struct archive_zip **ret,
                           struct err *err) MUST;
/* A text: begun, written piece by piece (`text` is emptied), ended. One at a time. */
enum code archive_zip_write(struct archive_zip *zip, struct buf *text, struct err *err) MUST;
enum code archive_zip_end(struct archive_zip *zip, const char *name, struct err *err) MUST;
/* Data that lasts as long as the program. */
enum code archive_zip_data(struct archive_zip *zip, const char *name, const void *data, size_t size,
                           struct err *err) MUST;
/* A file of the store; false when it is not there any more. */
enum code archive_zip_file(struct archive_zip *zip, const char *name, const struct hash *hash, bool *there,
                           struct err *err) MUST;
/* Writes it all: on disk for good, readable by its owner only. */
enum code archive_zip_close(struct archive_zip *zip, int64_t *bytes, struct err *err) MUST;
/* What is left of it goes, also after archive_zip_close; the archive itself unless that succeeded. */
void archive_zip_discard(struct archive_zip *zip);

#endif

/* What somebody sent to be brought in: kept for a day, where she alone reads it (core/file_ref.h). */
#ifndef PARVIS_IMPORT_SENT_H
#define PARVIS_IMPORT_SENT_H

#include "core/file_ref.h"
#include "core/site.h"

/* The file of this name and type; the caller closes `*fd`. E_NOT_FOUND: it is gone, or another's. */
enum code import_sent_open(struct db *db, struct arena *a, struct site *site, const struct model *model,
                           const struct actor *actor, const char *hex, const char *type, int *fd, int64_t *size,
                           struct err *err) MUST;
/* What a run was asked to bring, all of it; `choice` holds its name. */
struct import_work;
enum code run_sent(struct import_work *w, const char *choice, const char *type, char **ret, size_t *len,
                   struct err *err) MUST;
/* All of it, with a '\0' after it. */
enum code import_sent_read(struct arena *a, int fd, int64_t size, char **ret, struct err *err) MUST;

#endif

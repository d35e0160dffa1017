/* A file that somebody sends to be looked at before anything is made of it: kept for a day in the site's store, where she
 * alone reads it (core/file_ref.h), and found again by its hash, in the address of what it becomes. */
#ifndef PARVIS_SENT_FILE_H
#define PARVIS_SENT_FILE_H

#include "web/request.h"

/* The bytes posted as `name`, a NUL behind them. E_INPUT, with a sentence: there are none, or more than `max`. */
enum code sent_file_read(struct request *r, const char *name, int64_t max, const char **ret, size_t *len,
                         struct err *err) MUST;
/* Keeps bytes as a file of this type; `hex`: its hash. The request's snapshot ends and another begins. */
enum code sent_file_keep(struct request *r, const char *type, const char *bytes, size_t len,
                         char hex[static HASH_HEX + 1], struct err *err) MUST;
/* What was kept so. E_NOT_FOUND: it is gone, somebody else's, or of another type. */
enum code sent_file_open(struct request *r, const char *hex, const char *type, const char **ret, size_t *len,
                         struct err *err) MUST;
/* For work that goes on with it, whoever asked for it. */
enum code sent_file_load(struct store *store, struct arena *a, const char *hex, const char **ret, size_t *len,
                         struct err *err) MUST;

#endif

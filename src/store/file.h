/* Files of the data folder, named by the SHA-256 of their content: files/ab/cdef…; written once. */
#ifndef PARVIS_FILE_H
#define PARVIS_FILE_H

#include "store/store.h"

/* Copies from `fd` (from its start) into the store: written aside, synced, renamed. `max` bytes at
 * most (E_LIMIT). The same content twice is one file. */
enum code file_put(struct store *store, int fd, int64_t max, struct hash *ret, int64_t *size,
                   struct err *err) MUST;
/* Opens for reading; E_NOT_FOUND when absent. The caller closes `*fd`. */
enum code file_open(struct store *store, const struct hash *hash, int *fd, int64_t *size,
                    struct err *err) MUST;
/* A new empty temporary file of the store, already unlinked. The caller closes it. */
enum code file_temporary(struct store *store, int *fd, struct err *err) MUST;

#endif

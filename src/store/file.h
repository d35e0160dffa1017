/* Files of the data folder, named by the SHA-256 of their content: files/ab/cdef…; written once. */
#ifndef PARVIS_FILE_H
#define PARVIS_FILE_H

#include "store/store.h"

/* Copies from `fd` (from its start) into the store: written aside, synced, renamed. `max` bytes at
 * most (E_LIMIT). The same content twice is one file. */
enum code file_put(struct store *store, int fd, int64_t max, struct hash *ret, int64_t *size, struct err *err) MUST;
/* Notes in the database that the site uses it, from now on (table file). E_BUSY when it went meanwhile:
 * then it is to be put again. What was put and never noted is of no use to anybody: a crash came between. */
enum code file_note(struct tx *tx, const struct hash *hash, int64_t size, const char *type, struct err *err) MUST;
/* Puts and notes, with what else is to be written with it: fn(tx, arg) comes after the note; NULL: nothing. */
enum code file_keep(struct store *store, int fd, int64_t max, const char *type, store_fn *fn, void *arg,
                    struct hash *ret, int64_t *size, struct err *err) MUST;
/* Deletes what is not noted, in a write after the one that took its note away: whoever notes it again
 * either came before, and it stays, or sees that it is gone. */
enum code file_sweep(struct tx *tx, const struct hash *hash, struct err *err) MUST;
/* Opens for reading; E_NOT_FOUND when absent. The caller closes `*fd`. */
enum code file_open(struct store *store, const struct hash *hash, int *fd, int64_t *size, struct err *err) MUST;
/* Reads it whole: is the content what its name says? E_NOT_FOUND when absent. */
enum code file_verify(struct store *store, const struct hash *hash, int64_t *size, bool *same, struct err *err) MUST;
/* Calls fn for each file there is, in no particular order. */
enum code file_each(struct store *store, void (*fn)(void *arg, const struct hash *hash), void *arg,
                    struct err *err) MUST;
/* A new empty temporary file of the store, already unlinked. The caller closes it. */
enum code file_temporary(struct store *store, int *fd, struct err *err) MUST;
/* Writes all of it where `fd` stands. As all the above, E_FULL when the disk has no room, else E_IO. */
enum code file_write(int fd, const char *data, size_t len, struct err *err) MUST;

#endif

/* Objects in the database: tables obj, parent, body. A record is named by its local number here. */
#ifndef PARVIS_OBJECT_STORE_H
#define PARVIS_OBJECT_STORE_H

#include "core/object.h"
#include "store/store.h"

/* Adds an object and its body. What is already there stays as it is: the same object twice is one,
 * an erased body stays erased; only a body that was awaited comes in. */
enum code object_insert(struct tx *tx, int64_t record, const struct object *object, struct err *err) MUST;

/* All objects of one part, without their bodies, in no particular order. */
enum code object_list(struct db *db, struct arena *a, int64_t record, struct id compartment, struct object **ret,
                      int *n, struct err *err) MUST;
/* One of them; E_NOT_FOUND. */
enum code object_find(struct db *db, struct arena *a, int64_t record, struct id compartment, const struct hash *id,
                      struct object *ret, struct err *err) MUST;
/* Sets state, and set and note where the body is present. */
enum code object_load_body(struct db *db, struct arena *a, struct object *object, struct err *err) MUST;

/* Forgets the body and its salt, for ever; the graph stays. The record is then to be rebuilt. */
enum code object_erase(struct tx *tx, const struct hash *id, struct err *err) MUST;

/* The clock of the next save: after all that was ever seen here. */
enum code object_next_hlc(struct db *db, uint64_t *ret, struct err *err) MUST;

/* One more than the greatest of its parents. */
enum code object_next_depth(struct db *db, const struct object *object, int64_t *ret, struct err *err) MUST;

#endif

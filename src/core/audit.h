/*
 * Who did what to accounts, roles and settings: rows that are only added, each with the hash of the
 * one before, so that a row changed or taken out later shows. (Rows cut off at the end do not: keep
 * the last hash elsewhere to know.) No secret and nothing that would have to be erased one day goes
 * in: people and things are named by their ids.
 */
#ifndef PARVIS_AUDIT_H
#define PARVIS_AUDIT_H

#include "core/actor.h"

struct audit_entry {
	int64_t at;
	struct id actor;     /* zero: the program, or a visitor */
	const char *action;  /* "person.block": words of the program, never of a user */
	struct id thing;     /* the person, space… it was done to */
	const json_t *detail; /* what it was changed to, an object; NULL: nothing to say */
};

/* Adds a row in a write under way. Control characters and marks of direction in `detail` are kept as
 * \uXXXX, so that a row is one line wherever it is shown. */
enum code audit_add(struct tx *tx, struct arena *a, const struct actor *actor, const char *action,
                    struct id thing, const json_t *detail, struct err *err) MUST;

/* The latest rows about `thing`, newest first. The caller has checked rights. */
enum code audit_list(struct db *db, struct arena *a, struct id thing, int limit, struct audit_entry **ret,
                     int *n, struct err *err) MUST;

/* Walks the whole chain. `*rows`: how many there are; `*broken`: the number of the first one whose
 * hash does not fit, 0 when all do. */
enum code audit_check(struct db *db, int64_t *rows, int64_t *broken, struct err *err) MUST;

#endif

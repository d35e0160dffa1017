/* Spaces and who belongs to them. */
#ifndef PARVIS_SPACE_H
#define PARVIS_SPACE_H

#include "core/actor.h"

/* Creates a space from its definition {"key", "name", "visibility", "publication"}; a space of that
 * key is changed instead. Its three compartments are made once. The caller has checked rights. */
enum code space_save(struct tx *tx, struct arena *a, const json_t *definition, struct err *err) MUST;

/* LEVEL_MEMBER, LEVEL_FACILITATOR; LEVEL_VISITOR ends the membership. */
enum code membership_set(struct tx *tx, int64_t person, int64_t space, enum level level, struct err *err) MUST;

#endif

/*
 * Definitions: the versioned rows behind the model. Forms, views, lists and settings are JSON texts
 * kept with all their versions; a form's number is its definition's.
 */
#ifndef PARVIS_DEFINITION_H
#define PARVIS_DEFINITION_H

#include "base/json.h"
#include "core/actor.h"

enum definition_kind { DEFINITION_LIST, DEFINITION_FORM, DEFINITION_VIEW, DEFINITION_SETTING };

/* Saves a new version unless it equals the current one (`*changed` says; may be NULL). Forms get a
 * local number for each new field. The caller has checked it (core/form.h) and its rights. */
enum code definition_save(struct tx *tx, struct arena *a, enum definition_kind kind, const char *key,
                          const json_t *body, const struct actor *actor, bool *changed,
                          struct err *err) MUST;

/* Takes one away; its versions stay. */
enum code definition_delete(struct tx *tx, enum definition_kind kind, const char *key, struct err *err) MUST;

#endif

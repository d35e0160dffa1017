/*
 * Definitions: the versioned rows behind the model. Forms, views, lists and settings are JSON texts
 * kept with all their versions; a form's number is its definition's. Templates are texts to begin with.
 */
#ifndef PARVIS_DEFINITION_H
#define PARVIS_DEFINITION_H

#include "base/json.h"
#include "core/actor.h"

enum definition_kind {
	DEFINITION_LIST,
	DEFINITION_FORM,
	DEFINITION_VIEW,
	DEFINITION_SETTING,
	DEFINITION_TEMPLATE,
	DEFINITION_OWN /* forms that the engine brings (core/comment.h) */
};

/* Saves a new version unless it equals the current one (`*changed` says; may be NULL). Forms get a
 * local number for each new field. The caller has checked it (core/form.h) and its rights. Who may read
 * a field whose audience changed is right at once; what records are found by follows by a job "reindex",
 * asked for in the same transaction when a form (but for its words and its order) or a list was another before. */
enum code definition_save(struct tx *tx, struct arena *a, enum definition_kind kind, const char *key,
                          const json_t *body, const struct actor *actor, bool *changed, struct err *err) MUST;

/* The current text of one, as JSON. E_NOT_FOUND. */
enum code definition_load(struct db *db, struct arena *a, enum definition_kind kind, const char *key, json_t **ret,
                          struct err *err) MUST;
/* One version of a definition, as it was saved. */
struct definition_version {
	int64_t version, at; /* ms UTC */
	const char *who;     /* NULL: the program, or somebody who is gone */
	json_t *body;
};
/* The newest first, `max` at most; those that took it away are left out. */
enum code definition_versions(struct db *db, struct arena *a, enum definition_kind kind, const char *key, int max,
                              struct definition_version **ret, int *n, struct err *err) MUST;
/* What one of its versions said, and the number of the present one. E_NOT_FOUND. */
enum code definition_at(struct db *db, struct arena *a, enum definition_kind kind, const char *key, int64_t version,
                        json_t **ret, struct err *err) MUST;
enum code definition_present(struct db *db, enum definition_kind kind, const char *key, int64_t *ret,
                             struct err *err) MUST;
/* The last version of each definition of a kind, those taken away too, in the order in which they were made. */
struct definition_last {
	const char *key;
	int64_t at;      /* ms UTC */
	const char *who; /* NULL: the program, or somebody who is gone */
	json_t *body;    /* as it was last */
};
enum code definition_latest(struct db *db, struct arena *a, enum definition_kind kind, struct definition_last **ret,
                            int *n, struct err *err) MUST;
/* All the keys that definitions of a kind ever had, taken away or not, as members of an object. */
enum code definition_keys(struct db *db, struct arena *a, enum definition_kind kind, json_t **ret,
                          struct err *err) MUST;
/* All the keys that the fields of a form ever had, as members of an object; empty for a form that never was. */
enum code definition_field_keys(struct db *db, struct arena *a, const char *form, json_t **ret, struct err *err) MUST;

/* Takes one away; its versions stay. E_INPUT: records are made with it, or a form or a view names it. */
enum code definition_delete(struct tx *tx, enum definition_kind kind, const char *key, const struct actor *actor,
                            struct err *err) MUST;

#endif

/* What a change of a question would do to the pages that exist, counted before anything is written. */
#ifndef PARVIS_EFFECT_H
#define PARVIS_EFFECT_H

#include "core/record.h"

enum {
	REPLACED_MAX =
	        1000 /* pages whose answers one change replaces: as many as are undone together (core/history.h) */
};

struct effect {
	int64_t records; /* of the form: drafts and the trash too */
	int64_t filled;  /* with an answer */
	int64_t missing; /* without one, where the question as changed needs it */
	int64_t refused; /* whose answer the question as changed would take no more (choices put aside) */
	json_t *used;    /* key of a choice → how many have it */
	json_t *rows;    /* key of a line → how many have an answer to it; "second." and a key of the second scale */
};

/* `before` and `after` are one question in two forms; `before` NULL: nobody answered it yet. */
enum code effect_count(struct db *db, struct arena *a, const struct form *form, const struct form *after,
                       const char *key, struct effect *ret, struct err *err) MUST;

/* How many pages are made with each form: an array in the model's order. */
enum code effect_records(struct db *db, struct arena *a, const struct model *model, int64_t **ret,
                         struct err *err) MUST;

/* Replaces choices in all answers to a question: `instead` says key → key. One revision for each page, all of one
 * batch, so that they are undone together; `*ret` says how many. E_LIMIT over REPLACED_MAX. */
enum code effect_replace(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                         const struct form *form, const struct field *field, const json_t *instead, struct id batch,
                         int *ret, struct err *err) MUST;

/* Works out again what is computed in the pages of a form, after a change of how: one revision for each page that differs,
 * all of one batch. Where there are more than REPLACED_MAX pages, each follows when it is next saved. */
enum code effect_recompute(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct form *form, struct err *err) MUST;

#endif

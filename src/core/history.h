/* History: the saves of a record, newest first, and its state after each of them. */
#ifndef PARVIS_HISTORY_H
#define PARVIS_HISTORY_H

#include "core/record.h"

struct history_entry {
	struct id save;         /* revisions of one save share it */
	int64_t time;           /* ms UTC */
	struct id actor;        /* zero: the program or a former contributor */
	const char *actor_name; /* NULL as above */
	const char *note;
	bool minor, deleted;
	const char *const *fields; /* keys touched that the actor may read */
	int nfields;
	bool current;   /* the newest */
	bool alongside; /* made from an older version than the entry before it */
};

/* At most `limit` entries older than `before` (zero: from the newest). Needs ACTION_HISTORY. */
enum code history_list(struct db *db, struct arena *a, const struct model *model,
                       const struct actor *actor, struct id record, struct id before, int limit,
                       struct history_entry **ret, int *n, struct err *err) MUST;

/* The readable values as they were right after `save`; *ret is kept by the arena. */
enum code history_state(struct db *db, struct arena *a, const struct model *model,
                        const struct actor *actor, struct id record, struct id save,
                        const json_t **ret, struct err *err) MUST;

/* Writes a new revision with the values of `save` for all the fields that the actor may edit. */
enum code history_restore(struct tx *tx, struct arena *a, const struct model *model,
                          const struct actor *actor, struct id record, struct id save,
                          struct save *result, struct issues *issues, struct err *err) MUST;

/* Latest saves of everything readable: "what is new". `space` and `form` may be NULL. */
struct recent {
	struct id record;
	int64_t num, time;
	const char *actor_name, *note;
	bool created;
};
enum code history_recent(struct db *db, struct arena *a, const struct model *model,
                         const struct actor *actor, const struct form *form, int64_t before, int limit,
                         struct recent **ret, int *n, struct err *err) MUST;

#endif

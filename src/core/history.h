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
	const char *const *fields; /* keys touched that the actor may read, in the form's order */
	int nfields;
	bool current;   /* the newest */
	bool alongside; /* made from an older version than the save before it */
	bool erased;    /* what it said is gone for ever */
};

/* At most `limit` entries older than `before` (zero: from the newest). Needs ACTION_HISTORY. */
enum code history_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       struct id record, struct id before, int limit, struct history_entry **ret, int *n,
                       struct err *err) MUST;

/* The save that brought this revision, named by its hash: who said it, and when. */
enum code history_of_object(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                            struct id record, const struct hash *object, struct history_entry *ret,
                            struct err *err) MUST;

/* The readable values as they were right after `save`; *ret is kept by the arena. */
enum code history_state(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct id record, struct id save, const json_t **ret, struct err *err) MUST;

/* Writes a new revision with the values of `save` for all the fields that the actor may edit. */
enum code history_restore(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                          struct id record, struct id save, struct save *result, struct issues *issues,
                          struct err *err) MUST;

/*
 * Takes a save back on all the records that it touched (one, or the many of a batch): each field gets
 * back the value it had, unless somebody changed it since; archives and trash likewise. Only for who did
 * it, or a facilitator of the record's space. Records made by that save stay. What is written shares one
 * new save, so that it can be taken back too. E_NOT_FOUND: no such save that the actor may take back.
 */
struct undo {
	int done, left; /* records: back as they were; changed since or not hers to change */
	struct id save;
};
enum code history_undo(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                       struct id save, struct undo *ret, struct err *err) MUST;
/* The same of what was brought in at once: pages that it made go to the trash, unless they were written in since. */
enum code history_undo_whole(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                             struct id save, struct undo *ret, struct err *err) MUST;
/* The same by parts, some records in a write: from the `from`-th of those it touched (history_touched) on. What is written
 * has the save that `ret` brings. */
enum code history_touched(struct db *db, struct id save, int *ret, struct err *err) MUST;
enum code history_undo_some(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                            struct id save, int from, int max, struct undo *ret, struct err *err) MUST;
/* … on one of the records that it touched; `ret` adds up. */
enum code history_undo_one(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                           struct id save, int64_t record, struct undo *ret, struct err *err) MUST;

/*
 * The same for all that one person did since a time (ms UTC), in the spaces that the actor looks after: pages
 * she made go to the trash, unless somebody else wrote in them; what she changed is as it was before, but for
 * what somebody changed since. At most 1,000 records, the latest first.
 */
struct spree {
	struct id person;
	int64_t since;
};
struct spree_item {
	const struct record *record;
	bool made;    /* by her, since then */
	bool left;    /* something of it, or all, will stay: somebody wrote there since */
	int64_t last; /* when she wrote there last, ms UTC */
};
/* What it would take back; records where nothing would change are left out. */
enum code history_spree_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                             const struct spree *spree, struct spree_item **ret, int *n, struct err *err) MUST;
enum code history_spree_undo(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                             const struct spree *spree, struct undo *ret, struct err *err) MUST;

/* Names of the people who wrote the public part, in the order they came, at most 50; one NULL for all those who
 * are gone. */
enum code history_contributors(struct db *db, struct arena *a, const struct record *record, const char ***ret, int *n,
                               struct err *err) MUST;

/* Latest saves of everything readable and published: "what is new". `form` may be NULL. */
struct recent {
	struct id record;
	int64_t num, time;
	int64_t position; /* give the last one's as `before` for what is older; 0: from the newest */
	const char *actor_name, *note;
	bool created; /* the record's first save */
};
enum code history_recent(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                         const struct form *form, int64_t before, int limit, struct recent **ret, int *n,
                         struct err *err) MUST;

#endif

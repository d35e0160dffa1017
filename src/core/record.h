/*
 * Records: forms filled in. A record has one to three parts by audience, each with its own graph of
 * revisions (core/object.h); its state is a pure function of them (core/merge.h). One save is one
 * transaction and writes at most one revision per touched part.
 */
#ifndef PARVIS_RECORD_H
#define PARVIS_RECORD_H

#include "base/issues.h"
#include "core/right.h"

enum { RECORD_HEADS = 32 };

struct heads {
	struct hash ids[RECORD_HEADS];
	int n;
};

struct part {
	bool present;
	struct heads heads;
	const json_t *values;   /* field key → value: the merged state */
	const json_t *conflict; /* NULL, or field key → [{"object": hex, "value": …}, …] greatest first */
};

struct record {
	int64_t num;
	struct id id;
	const struct form *form;
	const struct space *space;
	const char *slug;
	enum record_state state;
	int64_t author, created, changed; /* author 0: none; ms UTC */
	const char *title;    /* as text, never NULL */
	struct part parts[AUDIENCE_COUNT]; /* only those the actor may read are present */
	const json_t *values; /* all readable values together */
	bool conflict;        /* one of the readable parts has two versions */
};

/* All loads take the actor: E_NOT_FOUND for what she may not read. Memory: the arena's. */
enum code record_load(struct db *db, struct arena *a, const struct model *model,
                      const struct actor *actor, struct id id, struct record **ret, struct err *err) MUST;
enum code record_load_num(struct db *db, struct arena *a, const struct model *model,
                          const struct actor *actor, int64_t num, struct record **ret,
                          struct err *err) MUST;
/* By address. When `slug` is a former one, loads the record all the same (its slug differs: redirect). */
enum code record_load_slug(struct db *db, struct arena *a, const struct model *model,
                           const struct actor *actor, const struct space *space, const char *slug,
                           struct record **ret, struct err *err) MUST;
/* Many at once, in the order of `nums`; unreadable ones are left out. */
enum code record_load_many(struct db *db, struct arena *a, const struct model *model,
                           const struct actor *actor, const int64_t *nums, int n,
                           struct record ***ret, int *nret, struct err *err) MUST;

/* What a save asks. */
struct save {
	const struct actor *actor;
	struct id record;          /* zero: a new record (then form, space) */
	const struct form *form;
	const struct space *space;
	const char *slug;          /* wanted address, or NULL: made from the title on creation, kept later */
	bool opened;               /* heads below were those of the form when it was opened */
	struct heads heads[AUDIENCE_COUNT]; /* not opened: the current ones */
	const json_t *values;      /* key → value or null; keys absent are not touched */
	enum record_state state;   /* for a new record; STATE_PUBLISHED usually */
	const char *note;          /* one line "what I changed", or NULL */
	bool minor;
	/* results */
	struct id saved;  /* the record */
	bool changed;     /* false: nothing differed, nothing was written */
	bool merged;      /* somebody else had saved meanwhile; both changes stand */
	bool conflict;    /* … and touched the same place: two versions now */
	char *final_slug; /* in the arena given */
};

/*
 * Saves inside store_write. Checks rights (create or edit, and each part's audience), then each value
 * by its type, required fields and conditions: all mistakes go to `issues` (E_INPUT). Only keys whose
 * value differs from the state at the opened heads are written. Updates index, links and search.
 */
enum code record_save(struct tx *tx, struct arena *a, const struct model *model, struct save *save,
                      struct issues *issues, struct err *err) MUST;

/* Trash and back: a revision with the deleted flag on every part; visible state changes. */
enum code record_set_state(struct tx *tx, struct arena *a, const struct model *model,
                           const struct actor *actor, struct id id, enum record_state state,
                           struct err *err) MUST;

/* Recomputes parts from objects and everything indexed from parts; the result must equal what was
 * stored (`differences` counts the records where it did not). num 0: all. */
enum code record_rebuild(struct tx *tx, struct arena *a, const struct model *model, int64_t num,
                         int64_t *differences, struct err *err) MUST;

#endif

/*
 * Records: forms filled in. A record has one to three parts by audience, each with its own graph of
 * revisions (core/object.h); its state is a pure function of them (core/merge.h). One save is one
 * transaction and writes at most one revision per touched part.
 */
#ifndef PARVIS_RECORD_H
#define PARVIS_RECORD_H

#include "base/issues.h"
#include "core/right.h"

enum { RECORD_HEADS = 32, RECORD_SLUG_MAX = 80 /* bytes of an address made from a title */ };

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
	int64_t circle;                   /* of named readers (core/reader.h); 0: none */
	int64_t about;     /* a comment: num of the record that it stands below, in the same space; else 0 */
	const char *title; /* as text, never NULL */
	struct part parts[AUDIENCE_COUNT]; /* only those the actor may read are present */
	const json_t *values;              /* all readable values together */
	bool conflict;                     /* one of the readable parts has two versions */
};

/* What rights are asked about; the part: the public one. */
struct thing record_thing(const struct record *record);

/* The value of a field and, unless NULL is given for it, who it is for: the field's audience or that of
 * the part it stands in, whichever is narrower. A field has values in one part, but for a while after
 * its audience was changed: then the part of the present audience counts. NULL: no value. */
const json_t *record_find_value(const struct record *record, const struct field *field, enum audience *audience);

/* All loads take the actor: E_NOT_FOUND for what she may not read; nobody reads a comment who may not read
 * what it stands below. By id or address, a record that moved
 * to another space is the one it became. Memory: the arena's. */
enum code record_load(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                      struct id id, struct record **ret, struct err *err) MUST;
enum code record_load_num(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                          int64_t num, struct record **ret, struct err *err) MUST;
/* By address. When `slug` is a former one, loads the record all the same (its slug differs: redirect). */
enum code record_load_slug(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct space *space, const char *slug, struct record **ret, struct err *err) MUST;
/* Many at once, in the order of `nums`; unreadable ones are left out. */
enum code record_load_many(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const int64_t *nums, int n, struct record ***ret, int *nret, struct err *err) MUST;

/* What a save asks. */
struct save {
	const struct actor *actor;
	struct id record; /* zero: a new record (then form, space) */
	const struct form *form;
	const struct space *space;
	int64_t author;             /* of a new record that somebody enters for another; 0: the actor's */
	struct id credited;         /* who is named in the history, when it is not the actor; zero: she is */
	const struct record *about; /* a new comment stands below it (its space is that of `space`); NULL: a record
	                               of its own */
	const struct record
	        *from;    /* a new record goes on from this one: its author, its day; NULL: the actor's, today */
	const char *slug; /* wanted address (the former one then leads to it), or NULL: made from
	                   * the title on creation, kept later */
	bool opened;      /* heads below were those of the form when it was opened */
	struct heads heads[AUDIENCE_COUNT]; /* not opened: the current ones */
	const json_t *values;               /* key → value or null; keys absent are not touched */
	enum record_state state;            /* of a new record: STATE_PUBLISHED usually, or STATE_DRAFT; of a draft:
	                          * what it becomes. Others keep theirs. */
	const char *note;                   /* one line "what I changed", or NULL */
	bool minor;
	struct id batch; /* the id that this save shares with others, to be undone together; zero: becomes its own */
	bool mends;      /* the site's own doing in the actor's name (core/name.h): no right is asked of her */
	bool settles;    /* the values answer a conflict: written even where they equal what is shown */
	bool releases;   /* the values are what everybody reads instead of what was kept (core/kept.h) */
	/* results */
	struct id saved;  /* the record */
	bool waits;       /* it is a draft still, and waits for a yes (core/proposal.h) */
	bool held;        /* … because it looks like an advertisement (core/spam.h) */
	bool kept;        /* some of it is for members until somebody says yes (core/kept.h) */
	bool changed;     /* false: nothing differed, nothing was written */
	bool merged;      /* somebody else had saved meanwhile; both changes stand */
	bool renamed;     /* its title is another: links to it in other records follow (core/name.h) */
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

/* Trash, archive and back: a revision on every part that says so; visible state changes. A save on a
 * record in the trash takes it out too: whoever writes wins over whoever deletes; an archived one stays
 * archived. `batch` as in struct save. */
enum code record_set_state(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                           struct id id, enum record_state state, struct id batch, struct err *err) MUST;

/*
 * Goes on in another space, of the same author, archived if it was, as a new record with its own history (who may
 * read what changes with the space); the former one goes to the trash and leads to it. For who may put it in the
 * trash, read all of it, and add in the other space.
 */
enum code record_move(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                      struct id id, const struct space *to, struct save *result, struct issues *issues,
                      struct err *err) MUST;

/* Deletes for ever, history too: a draft, or (by the program) what has been in the trash for long. */
enum code record_delete(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                        struct id id, struct err *err) MUST;
/* What a record became in another space: its id and addresses lead there, and thanks and who follows it go along.
 */
enum code record_lead_to(struct tx *tx, const struct record *from, struct id to, struct err *err) MUST;

/* The record, its history and its comments, whatever its state. The caller has checked that it may be. */
enum code record_erase(struct tx *tx, struct arena *a, const struct model *model, struct record *record,
                       struct err *err) MUST;
/* Records put in the trash before `before` (ms UTC): at most `max` ids, for the program to delete. Those that
 * an appeal waits for (core/measure.h) are not among them. */
enum code record_list_trashed(struct db *db, struct arena *a, int64_t before, int max, struct id **ret, int *n,
                              struct err *err) MUST;
/* The actor's own drafts, newest first. */
enum code record_list_drafts(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                             struct record ***ret, int *n, struct err *err) MUST;

/* Recomputes a record's parts from its objects and all that is indexed from its parts; the result must equal what
 * was stored: else *differs (unless NULL). */
enum code record_rebuild(struct tx *tx, const struct model *model, int64_t num, bool *differs, struct err *err) MUST;
/* The same for the records of a form (0: of all) whose number is over *after, some hundred of them;
 * *after is then the last one's, or 0 when there are no more. Adds to `ret`, unless NULL. */
enum code record_count(struct db *db, int64_t *ret, struct err *err) MUST; /* of all, whatever their state */
struct rebuilt {
	int64_t records, differences;
};
enum code record_rebuild_some(struct tx *tx, const struct model *model, int64_t form, int64_t *after,
                              struct rebuilt *ret, struct err *err) MUST;

#endif

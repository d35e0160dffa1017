/*
 * Who did what: signing in, accounts, roles, settings, forms, exports, backups, measures. Rows that are only
 * added, each with the hash of the one before, so that a row changed or taken out later shows. (Rows cut off at
 * the end do not: keep the last hash elsewhere to know.) No secret and nothing that would have to be erased one
 * day goes in: people and things are named by their ids.
 */
#ifndef PARVIS_AUDIT_H
#define PARVIS_AUDIT_H

#include "core/actor.h"

/* What is noted is a row of one table (audit_action.c), so that pages can name and sort it. */
enum audit_group {
	AUDIT_ENTRY,
	AUDIT_PEOPLE,
	AUDIT_SETTINGS,
	AUDIT_MODEL,
	AUDIT_CONTENT,
	AUDIT_MODERATION,
	AUDIT_DATA,
	AUDIT_WORK,
	AUDIT_GROUPS
};
struct audit_action {
	const char *action;
	enum audit_group group;
	const char *words; /* message id */
};
extern const struct audit_action audit_actions[];          /* ends with a row without an action */
const struct audit_action *audit_action(const char *name); /* or NULL */
const char *audit_words(const char *name);                 /* message id; the name itself when it is not in the table */
const char *audit_group_words(enum audit_group group);     /* message id */

struct audit_entry {
	int64_t num, at;
	struct id actor;      /* zero: the program, or a visitor */
	const char *action;   /* "person.block": words of the program, never of a user */
	struct id thing;      /* the person, space… it was done to */
	const json_t *detail; /* what it was changed to, an object; NULL: nothing to say */
};

/* Adds a row in a write under way. Control characters and marks of direction in `detail` are kept as
 * \uXXXX, so that a row is one line wherever it is shown. */
enum code audit_add(struct tx *tx, struct arena *a, const struct actor *actor, const char *action, struct id thing,
                    const json_t *detail, struct err *err) MUST;

/* The same in one line: `detail` is taken over (json_pack("{s:s}", "form", key), or NULL).
 *
 *	TRY(audit_note(tx, &r->actor, "export.list", ID_NONE, json_pack("{s:s}", "view", view->key), err));
 */
enum code audit_note(struct tx *tx, const struct actor *actor, const char *action, struct id thing, json_t *detail,
                     struct err *err) MUST;
/* What concerns nothing that has an id. */
#define ID_NONE ((struct id){ { 0 } })

/* What to look for: all that is not zero must hold. */
struct audit_query {
	struct id actor;        /* who */
	bool program;           /* the program, or nobody who is known */
	struct id person;       /* who, or whom it was done to */
	enum audit_group group; /* AUDIT_GROUPS: any */
	const char *action;     /* NULL: any */
	int64_t from, to;       /* ms UTC, `to` left out; 0: no bound */
	int64_t before;         /* rows older than that number; 0: from the newest */
};
/* Newest first, `limit` at most. The caller has checked rights. */
enum code audit_search(struct db *db, struct arena *a, const struct audit_query *query, int limit,
                       struct audit_entry **ret, int *n, struct err *err) MUST;

/* The latest rows about `thing`, newest first. The caller has checked rights. */
enum code audit_list(struct db *db, struct arena *a, struct id thing, int limit, struct audit_entry **ret, int *n,
                     struct err *err) MUST;

/*
 * The law does not let names be kept for ever (RGPD, article 5; the CNIL's advice about logs: six months to a year): old
 * rows go, the rest stays proved. The row that a purge adds at the end of the chain is the checkpoint: it holds the hash of
 * the last row that went, with which the first row that stays begins, and how many went. Changed, it breaks the chain
 * like any other.
 */
struct audit_checkpoint {
	struct hash hash; /* of the last row that went */
	int64_t rows;     /* how many went in all; 0: none ever did */
	int64_t before;   /* those from before that moment, ms UTC */
};
enum code audit_checkpoint(struct db *db, struct audit_checkpoint *ret, struct err *err) MUST;
/* Deletes what is older than a moment (ms UTC), and says so in the chain. *rows: how many went; 0: nothing is
 * written. */
enum code audit_purge(struct tx *tx, int64_t before, int64_t *rows, struct err *err) MUST;

/* Walks the whole chain, from the checkpoint on. `*rows`: how many there are; `*broken`: the number of the first one whose
 * hash does not fit, 0 when all do. */
enum code audit_check(struct db *db, int64_t *rows, int64_t *broken, struct err *err) MUST;

#endif

/*
 * Erasures (RGPD, art. 17): what people wrote is taken out of the bodies of revisions, whose headers, without
 * anything personal, stay (core/object.h). Each is noted in the ledger (store/ledger.h) before its transaction
 * commits, so that a backup brought back is erased again. The physical pass (erasure_settle) comes soon after.
 *
 * Of a person either the name goes and the texts stay, or all she wrote goes too:
 *	- pages that only she wrote are deleted, with their history, for ever;
 *	- pages of others are again as if she had never written in them;
 *	- of her pages that others built on stays what the others wrote, without an author.
 * In both cases her account, sessions, secrets, letters, drafts and memberships go. There is no way back.
 */
#ifndef PARVIS_ERASURE_H
#define PARVIS_ERASURE_H

#include "core/record.h"

/* Kept in the table erasure: never renumbered. */
enum erasure_mode { ERASE_NAME, ERASE_ALL, ERASURE_MODES };
const char *erasure_mode_key(enum erasure_mode mode); /* as the ledger says it */

/* ---- What would be done ---- */

enum erasure_fate {
	FATE_GOES,  /* only she wrote it */
	FATE_STAYS, /* hers, others built on it */
	FATE_BACK,  /* of others: as before her */
	FATE_COUNT
};

struct erasure_item {
	const struct record *record;
	enum erasure_fate fate;
};

enum {
	ERASURE_LISTED = 500,   /* pages, the latest first */
	ERASURE_MASS = 50,      /* revisions: more need a second administrator … */
	ERASURE_MASS_SHARE = 5, /* … and so do this many per cent of a space's … */
	ERASURE_MASS_FLOOR = 10 /* … from that many on */
};

struct erasure_plan {
	struct erasure_item *items; /* of pages, without drafts */
	int n;
	int64_t fates[FATE_COUNT], drafts, revisions;
	bool mass; /* all that she wrote is so much that one person alone does not decide */
};
enum code erasure_plan(struct db *db, struct arena *a, const struct model *model, int64_t person,
                       struct erasure_plan *ret, struct err *err) MUST;

/* ---- Doing it ---- */

/* Of a person, by its number. A page that loses its title is named "Content removed". E_CONFLICT: the last
 * administrator. The caller has checked rights, and asks for the physical pass. */
enum code erasure_person(struct tx *tx, struct arena *a, const struct model *model, int64_t person,
                         enum erasure_mode mode, struct err *err) MUST;
/* Of a page, whatever its state, with its history. */
enum code erasure_record(struct tx *tx, struct arena *a, const struct model *model, struct id record,
                         struct err *err) MUST;
/* Of what some saves said on one page, and in the links that they mended on others: values that others changed since
 * stay; their own go back. */
enum code erasure_versions(struct tx *tx, struct arena *a, const struct model *model, struct id record,
                           const struct id *saves, int n, struct err *err) MUST;

/* ---- What goes with a page ---- */

struct erasure_extent {
	int64_t versions, people; /* who wrote them; guests too, nobody twice */
	int64_t comments, files;  /* files: that no other page holds */
	int64_t links;            /* pages that lead here: their links stay, and lead nowhere */
	int64_t followers, thanks, reports, answers;
	struct id copy; /* a shareable version that was published, which is a page by itself; zero: none */
	bool contested; /* an appeal about it waits: it is not erased before that is answered */
};
/* `links`: those that the actor may read. */
enum code erasure_weigh(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        const struct record *record, struct erasure_extent *ret, struct err *err) MUST;
/* Other pages whose links a save mended here mended too: they go back. */
enum code erasure_count_mends(struct db *db, struct id record, struct id save, int64_t *ret, struct err *err) MUST;

/* ---- Moving a question to fewer readers ---- */

/* A question's answers, of all records of a form, go from the parts of more readers to the part of its present
 * audience, and out of the old bodies of the former: what else those held stands in new revisions. `form` is as
 * just saved. *ret: how many records. */
enum code erasure_narrow(struct tx *tx, struct arena *a, const struct model *model, const struct form *form,
                         const char *key, int64_t *ret, struct err *err) MUST;
/* More people read it from now on: what the ledger says of fewer no longer counts. */
enum code erasure_note_audience(struct tx *tx, struct arena *a, const struct form *form, const char *key,
                                struct err *err) MUST;

/* ---- Afterwards ---- */

/* Words merged out of search, files that nothing holds deleted, the database's log emptied. May be done again. */
enum code erasure_settle(struct store *store, struct err *err) MUST;

/* Asks for that, soon, in a write under way. */
enum code erasure_ask_settle(struct tx *tx, struct err *err) MUST;

/* Does again what the lines of a ledger say (after a restore), where it must be. *done: how many had to be. The
 * model is to be loaded again then. */
enum code erasure_replay(struct tx *tx, struct arena *a, const json_t *lines, int64_t *done, struct err *err) MUST;
/* The lines that count: of those about who reads a question, the last. */
json_t *erasure_lines(struct arena *a, const json_t *lines);
/* Is something there again that such a line says is erased? */
enum code erasure_holds(struct db *db, struct arena *a, const json_t *line, bool *ret, struct err *err) MUST;

/* ---- Those that wait for a second yes ---- */

struct erasure_request {
	int64_t person;
	enum erasure_mode mode;
	int64_t asked_by;         /* 0: an account that is gone */
	int64_t created, refused; /* ms UTC; refused 0: it waits */
	const char *reason;
};
enum code erasure_request_add(struct tx *tx, int64_t person, enum erasure_mode mode, int64_t asked_by,
                              struct err *err) MUST;
/* E_NOT_FOUND. */
enum code erasure_request_find(struct db *db, struct arena *a, int64_t person, struct erasure_request *ret,
                               struct err *err) MUST;
enum code erasure_request_refuse(struct tx *tx, int64_t person, const char *reason, struct err *err) MUST;
enum code erasure_request_end(struct tx *tx, int64_t person, struct err *err) MUST;
/* Those that wait, the oldest first. */
enum code erasure_request_list(struct db *db, struct arena *a, struct erasure_request **ret, int *n,
                               struct err *err) MUST;

#endif

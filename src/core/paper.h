/*
 * Questionnaires on paper: what was printed, and sheets that came back and are typed in. A sheet is known by its code: that of
 * whom it is for, or one made from the number written on it. What is typed stays apart (table paper_entry) until it is whole – once,
 * or twice by two people and compared –, then becomes a response and counts. Until then nobody counts it.
 *
 * Of an anonymous questionnaire, what is typed is sealed by the code, who typed it is kept as a hash that only the code tells,
 * and all of it is deleted in the write that makes the anonymous answer. For who looks after the responses: the caller has
 * checked it.
 */
#ifndef PARVIS_CORE_PAPER_H
#define PARVIS_CORE_PAPER_H

#include "core/response.h"

enum { PAPER_NOTE_MAX = 300, PAPER_SHEETS_MAX = 200 /* listed */ };
#define PAPER_BEGUN_MS RESPONSE_DRAFT_MS /* a first entry that nobody goes on with is deleted then */

/* ---- What was printed ---- */

struct paper_edition {
	int edition; /* counted from 1 for each questionnaire */
	int64_t version, printed;
	const char *language; /* "fr" */
	const json_t *body;
};

/* The version of the form's definition now. */
enum code paper_version(struct db *db, const struct form *form, int64_t *ret, struct err *err) MUST;
/* Keeps what is printed, unless it has been printed before; *edition: its number. `body` is given the member "edition". */
enum code paper_edition_keep(struct tx *tx, struct arena *a, const struct form *form, int64_t version,
                             const char *language, json_t *body, int *edition, struct err *err) MUST;
/* `edition` 0: the latest. E_NOT_FOUND. */
enum code paper_edition_find(struct db *db, struct arena *a, const struct form *form, int edition,
                             struct paper_edition *ret, struct err *err) MUST;
/* The latest first, without their bodies. */
enum code paper_edition_list(struct db *db, struct arena *a, const struct form *form, int max,
                             struct paper_edition **ret, int *n, struct err *err) MUST;

/* ---- Sheets ---- */

/* What was typed of one, by one person. */
struct paper_typed {
	bool there, done;
	const char *who;      /* NULL: nobody who is still there, or it is not told */
	bool hers;            /* the actor's */
	const json_t *values; /* field key → value */
	const json_t *notes;  /* field key → {"mark": "illegible", "note": "…"} */
	const json_t *kept;   /* keys of answers that are kept though the question did not apply */
	int64_t changed;
};

enum { PAPER_TURNS = 2 };

struct paper_sheet {
	int64_t num;
	const struct form *form;
	int edition;
	const char *code;  /* as it was found by; NULL: it was not */
	const char *label; /* the number written on it, or "" */
	int64_t target;    /* 0: none */
	const char *name;  /* of the target, "" */
	struct id target_id;
	bool twice, whole; /* whole: it has become a response */
	int64_t changed;
	struct paper_typed entries[PAPER_TURNS];
};

/* Is this one of the sheets that are entered twice? The same ones whoever asks: by their code. */
bool paper_twice(const struct form *form, const char *code);

/* E_NOT_FOUND: nothing was typed of it. Entries are opened by the code. */
enum code paper_sheet_find(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const char *code, struct paper_sheet *ret, struct err *err) MUST;
/* E_FORBIDDEN: who it is for has answered already. */
enum code paper_sheet_begin(struct tx *tx, const struct form *form, int edition, const char *code, const char *label,
                            int64_t target, struct err *err) MUST;
/* What is typed so far; `done`: to its end. */
enum code paper_typed_keep(struct tx *tx, struct arena *a, const struct paper_sheet *sheet, int turn,
                           const struct actor *actor, const struct paper_typed *entry, struct err *err) MUST;
/* The sheet becomes a response. compared, agreed: answers, when it was entered twice. *full: a quota is reached, nothing is kept. */
struct paper_whole {
	const json_t *values, *notes;
	int compared, agreed;
	enum lang lang;
	int64_t person; /* who entered it */
};
enum code paper_sheet_complete(struct tx *tx, struct arena *a, const struct model *model,
                               const struct paper_sheet *sheet, const struct paper_whole *whole, bool *full,
                               struct err *err) MUST;
enum code paper_sheet_drop(struct tx *tx, const struct paper_sheet *sheet, struct err *err) MUST;

/* Those that are not whole yet, the oldest first, without their entries' bodies. */
enum code paper_sheet_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct form *form, int max, struct paper_sheet **ret, int *n, struct err *err) MUST;
struct paper_counts {
	int64_t whole; /* responses that came on paper; 0 of an anonymous one: nobody knows */
	int64_t begun, waiting, compare;
	int64_t twice, answers, agreed; /* of those entered twice and resolved */
};
enum code paper_count(struct db *db, const struct form *form, struct paper_counts *ret, struct err *err) MUST;
/* What was noted on the sheet that became this response: as paper_typed's notes; NULL: nothing. */
enum code paper_notes(struct db *db, struct arena *a, int64_t response, const json_t **ret, struct err *err) MUST;

/* ---- Keeping house: called by core/response.h ---- */

enum code paper_purge(struct db *db, struct err *err) MUST;
/* Sheets that are not whole and were touched before `before`; 0: all, and what was counted of them. */
enum code paper_erase(struct db *db, const struct form *form, int64_t before, struct err *err) MUST;

#endif

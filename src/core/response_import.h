/*
 * Answers that were given elsewhere – typed in a spreadsheet, taken away from another program – and come in by a file. Each
 * file is a batch, which can be taken back whole. For who looks after the responses (ACTION_MANAGE); the caller has checked it.
 *
 * Anonymous questionnaires: an answer becomes a row of anonymous_answer at once, under a random key, without a time; of where
 * it comes from only the batch is kept. A target is marked as having answered and nothing leads from it to the answer, so taking
 * the batch back does not take that mark back.
 */
#ifndef PARVIS_RESPONSE_IMPORT_H
#define PARVIS_RESPONSE_IMPORT_H

#include "core/response.h"

enum { ANSWER_IMPORT_NAME = 200 /* characters of a file's name */ };

struct answer_import {
	int64_t num;
	struct id id;
	const struct form *form;
	const char *name;                   /* of the file */
	int64_t created;                    /* ms UTC */
	int64_t total, done, kept, refused; /* lines; it is over when done = total */
};

/* One answer, whole and checked. */
struct answer_import_row {
	const struct form *form;
	int64_t batch; /* 0: of none */
	const json_t *values;
	const char *language; /* "fr" */
	enum channel channel;
	int64_t begun, completed; /* ms UTC; 0: now. Not kept of an anonymous one */
	int64_t target;           /* 0: none */
	const char *name;         /* "" */
	int64_t entered_by;
};

/* What lines add to the counts that quotas look at, written once for many of them. */
struct response_tally {
	const struct form *form;
	json_t *fields; /* field → choice → by how many */
};
void response_tally_init(struct response_tally *tally, struct arena *a, const struct form *form);
void response_tally_add(struct response_tally *tally, const json_t *values, int by);
/* Writes them, and begins again. */
enum code response_tally_write(struct db *db, struct response_tally *tally, struct err *err) MUST;

enum code answer_import_begin(struct tx *tx, struct answer_import *import, struct err *err) MUST;
/* Adds one. E_FORBIDDEN: its target has answered; E_CONFLICT: a quota is full; nothing is done then. The caller writes the
 * tally in the same transaction. */
enum code answer_import_add(struct tx *tx, struct arena *a, const struct answer_import_row *row,
                            struct response_tally *tally, struct err *err) MUST;
/* How far it is. */
enum code answer_import_note(struct tx *tx, const struct answer_import *import, struct err *err) MUST;
/* The latest first. */
enum code answer_import_list(struct db *db, struct arena *a, const struct form *form, int max,
                             struct answer_import **ret, int *n, struct err *err) MUST;
/* E_NOT_FOUND: it was taken back meanwhile, or never there. */
enum code answer_import_find(struct db *db, struct arena *a, const struct model *model, struct id id,
                             struct answer_import *ret, struct err *err) MUST;
/* All its answers go, those corrected since too. *n: how many were there. */
enum code answer_import_undo(struct tx *tx, struct arena *a, const struct answer_import *import, int64_t *n,
                             struct err *err) MUST;

/* What was answered, whoever and whenever: two answers that say the same have the same one. */
struct hash response_content(struct arena *a, const json_t *values);
/* That of each complete answer, but those of a batch (0: of all). Not of an anonymous questionnaire: it has none here. */
enum code response_contents(struct db *db, const struct form *form, int64_t batch,
                            void (*fn)(void *context, struct hash content), void *context, struct err *err) MUST;

#endif

/*
 * Whom a questionnaire is sent to: structures of the directory or lines of a list, one personal code each, of which the site
 * keeps the hash; how far each is, and what was said when somebody called. Answering marks a target as having answered and
 * nothing else: not when. For who looks after the responses (KIND_RESPONSE); the caller has checked it.
 */
#ifndef PARVIS_SURVEY_TARGET_H
#define PARVIS_SURVEY_TARGET_H

#include "core/response.h"

enum { TARGETS_MAX = 5000 /* of one questionnaire */, TARGET_TEXT_MAX = 200, TARGET_NOTE_MAX = 2000 };

/* Kept in the table: never renumbered. */
enum target_state {
	TARGET_NEW, /* to contact */
	TARGET_CONTACTED,
	TARGET_REMINDED,
	TARGET_STARTED,
	TARGET_ANSWERED,
	TARGET_REFUSED,
	TARGET_UNREACHABLE,
	TARGET_DUPLICATE,
	TARGET_STATES
};

struct survey_target {
	int64_t num;
	struct id id;
	const struct form *form;
	int64_t record;                           /* of the directory; 0: none, or gone */
	const char *name, *email, *phone, *place; /* "": not known; place: neighbourhood, kind: what one compares */
	enum target_state state;
	int64_t contacted, reminded; /* ms UTC, 0: not */
	int reminders;
	const char *call_at; /* next best time, in words */
	const char *note;    /* the last one, or "" */
};

const char *target_state_words(enum target_state state); /* message id */

/* Adds one with this id and code, unless the form has one of the same record, or of the same name and address. *added says.
 * E_LIMIT: TARGETS_MAX. */
enum code survey_target_add(struct tx *tx, const struct survey_target *target, const char *code, bool *added,
                            struct err *err) MUST;
enum code survey_target_find(struct db *db, struct arena *a, const struct model *model, struct id id,
                             struct survey_target *ret, struct err *err) MUST;
enum code survey_target_by_code(struct db *db, struct arena *a, const struct model *model, const char *code,
                                struct survey_target *ret, struct err *err) MUST;
/* Those in a state (TARGET_STATES: all), who was called longest ago first. */
enum code survey_target_list(struct db *db, struct arena *a, const struct form *form, enum target_state state, int max,
                             struct survey_target **ret, int *n, struct err *err) MUST;
enum code survey_target_counts(struct db *db, const struct form *form, int64_t counts[static TARGET_STATES],
                               struct err *err) MUST;

/* What was said in a call or a visit, how it stands since, and when to call again. Who has answered has answered. */
enum code survey_target_note(struct tx *tx, const struct survey_target *target, const struct actor *actor,
                             enum target_state state, const char *note, const char *call_at, struct err *err) MUST;
/* A letter left: contacted, or reminded. */
enum code survey_target_written(struct tx *tx, const struct survey_target *target, struct err *err) MUST;
enum code survey_target_remove(struct tx *tx, const struct survey_target *target, struct err *err) MUST;

struct target_call {
	int64_t at;
	const char *who; /* NULL: nobody who is still there */
	enum target_state state;
	const char *note;
};
enum code survey_target_calls(struct db *db, struct arena *a, const struct survey_target *target, int max,
                              struct target_call **ret, int *n, struct err *err) MUST;

#endif

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
/* How it is reached. Kept in the table: never renumbered. */
enum target_channel {
	TARGET_BY_ANY, /* not said: as what is known of it allows */
	TARGET_BY_EMAIL,
	TARGET_BY_LETTER,
	TARGET_BY_PHONE,
	TARGET_BY_VISIT,
	TARGET_CHANNELS
};
/* What came of a call or a visit. Kept in the table: never renumbered. */
enum call_outcome {
	CALL_UNSAID,
	CALL_WILL_ANSWER,
	CALL_NOBODY,  /* nobody picked up: it stands as before */
	CALL_MESSAGE, /* a message was left */
	CALL_AGAIN,   /* to be called again */
	CALL_REFUSED,
	CALL_WRONG, /* a wrong number or address */
	CALL_DUPLICATE,
	CALL_OUTCOMES
};
/* For so long, nobody else calls a target that somebody took. */
#define TARGET_HELD_MS (20LL * 60 * 1000)
enum { TARGET_ATTRIBUTES_MAX = 12, TARGET_ADDRESS_MAX = 400 };

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
	enum target_channel channel;
	const char *language;     /* "fr", "en"; "": the site's */
	const char *address;      /* where a letter goes; "" */
	const json_t *attributes; /* name → text; what rates are compared by; NULL: none */
	int64_t caller;           /* who looks after it; 0: nobody */
	const char *caller_name;  /* or NULL */
	int64_t call_due;         /* when to call again, ms UTC; 0: not said */
	int64_t held_until;       /* somebody is calling it, ms UTC; 0: nobody */
	int64_t held_by;
	const char *held_name; /* or NULL */
};

const char *target_state_words(enum target_state state); /* message ids */
const char *target_channel_words(enum target_channel channel);
const char *call_outcome_words(enum call_outcome outcome);
/* How it stands after such a call. */
enum target_state call_outcome_state(enum call_outcome outcome, enum target_state before);
/* How it is reached: as said, else by e-mail, by telephone or by letter, whichever is known. */
enum target_channel target_reached_by(const struct survey_target *target);
/* May a letter or a call still change anything? */
bool target_is_waited_for(const struct survey_target *target);
/* What it says of an attribute: a name of `attributes`; "place": its place. "" when nothing is known. */
const char *target_attribute(const struct survey_target *target, const char *name);

/* Adds one with this id and code, as it stands – TARGET_NEW, unless it was invited elsewhere –, unless the form has one of the
 * same record, or of the same name and address. *added says.
 * E_LIMIT: TARGETS_MAX. */
enum code survey_target_add(struct tx *tx, const struct survey_target *target, const char *code, bool *added,
                            struct err *err) MUST;
enum code survey_target_find(struct db *db, struct arena *a, const struct model *model, struct id id,
                             struct survey_target *ret, struct err *err) MUST;
enum code survey_target_by_code(struct db *db, struct arena *a, const struct model *model, const char *code,
                                struct survey_target *ret, struct err *err) MUST;
/* Those in a state (TARGET_STATES: all) who have a name, who was called longest ago first. */
enum code survey_target_list(struct db *db, struct arena *a, const struct form *form, enum target_state state, int max,
                             struct survey_target **ret, int *n, struct err *err) MUST;
/* All, in the order in which they came; without a name: forgotten. */
enum code survey_target_list_by_num(struct db *db, struct arena *a, const struct form *form, struct survey_target **ret,
                                    int *n, struct err *err) MUST;
enum code survey_target_counts(struct db *db, const struct form *form, int64_t counts[static TARGET_STATES],
                               struct err *err) MUST;

/* What was said in a call or a visit, how it stands since, and when to call again (words, ms UTC or 0). Who has answered has
 * answered. Whoever held the target holds it no more. */
struct target_noted {
	enum call_outcome outcome;
	const char *note, *call_at;
	int64_t call_due;
};
enum code survey_target_note(struct tx *tx, const struct survey_target *target, const struct actor *actor,
                             const struct target_noted *noted, struct err *err) MUST;
/* Takes it for TARGET_HELD_MS, so that nobody else calls it meanwhile; E_CONFLICT: somebody else has it. */
enum code survey_target_hold(struct tx *tx, const struct survey_target *target, const struct actor *actor,
                             struct err *err) MUST;
enum code survey_target_let_go(struct tx *tx, const struct survey_target *target, const struct actor *actor,
                               struct err *err) MUST;
/* Who looks after it: an account, or 0. */
enum code survey_target_assign(struct tx *tx, const struct survey_target *target, int64_t person, struct err *err) MUST;
/* Those of all forms that this person looks after. */
enum code survey_target_of_caller(struct db *db, struct arena *a, const struct model *model, int64_t person, int max,
                                  struct survey_target **ret, int *n, struct err *err) MUST;
/* A letter left: contacted, or reminded. */
enum code survey_target_written(struct tx *tx, const struct survey_target *target, struct err *err) MUST;
/* Who they are goes for ever – names, addresses, what was said in calls, which answer is whose –, of those who have answered
 * or of all; how far each was stays, as rows without a name that nothing leads to. *n: how many. */
enum code survey_target_forget(struct tx *tx, const struct form *form, bool all, int64_t *n, struct err *err) MUST;
/* The same of those who have this address: of a person whose account goes. */
enum code survey_target_forget_address(struct tx *tx, const char *email, struct err *err) MUST;
enum code survey_target_remove(struct tx *tx, const struct survey_target *target, struct err *err) MUST;

struct target_call {
	int64_t at;
	const char *who; /* NULL: nobody who is still there */
	enum target_state state;
	enum call_outcome outcome;
	const char *note;
};
enum code survey_target_calls(struct db *db, struct arena *a, const struct survey_target *target, int max,
                              struct target_call **ret, int *n, struct err *err) MUST;

#endif

/*
 * Responses: what somebody answered to a questionnaire (core/survey.h). They are rows, not records: no revision, no index, no
 * search, no page of their own. Whoever has its code goes on with one that is begun; who looks after the space of the
 * questionnaire (KIND_RESPONSE, core/right.h) reads those that are complete.
 *
 * Who answered stands apart (table respondent), and is told with a response only where the questionnaire names people.
 *
 * Anonymous questionnaires: while it is being answered, a response is sealed by its code, of which the site keeps only the
 * hash: nobody reads it who has not the code, nor finds it in a copy of the database afterwards. When it is sent, its values
 * become, in the same transaction, a row of anonymous_answer under a random key, without a time, and the response is deleted;
 * a target or an account is only marked as having answered. What is begun is never counted by its content.
 * Results (response_walk, response_counts.shown) show anonymous answers by lots: from RESPONSES_LOT of them on, and while the
 * questionnaire is open only so many that as many more stay behind; so no two looks at the results differ by fewer answers.
 */
#ifndef PARVIS_RESPONSE_H
#define PARVIS_RESPONSE_H

#include "core/right.h"
#include "core/survey.h"

enum {
	RESPONSES_LOT = 5,           /* results of fewer answers are not shown where they are not of known people */
	RESPONSE_BODY_MAX = 1 << 18, /* bytes of the values of one, as JSON */
	RESPONSE_NAME_MAX = 120
};
#define RESPONSE_DRAFT_MS (90LL * 24 * 3600 * 1000) /* one begun and not gone on with is deleted then */
#define RESPONSE_KIOSK_MS (10LL * 60 * 1000)        /* … on a shared tablet */

/* Kept in the table: never renumbered. */
enum response_state { RESPONSE_STARTED, RESPONSE_COMPLETE };
/* A trial is of who prepares the questionnaire: it is not kept. */
enum channel { CHANNEL_WEB, CHANNEL_KIOSK, CHANNEL_PAPER, CHANNEL_PHONE, CHANNEL_VISIT, CHANNEL_TRIAL, CHANNELS };

struct response {
	int64_t num;
	struct id id;
	const struct form *form;
	int64_t version; /* of the form's definition that was answered last (definition_versions tells what and when) */
	const char *language; /* "fr" */
	enum response_state state;
	enum channel channel;
	const char *page;                  /* key of the page reached; "" at the beginning */
	const json_t *values;              /* field key → value; of what applied when it was completed */
	int64_t begun, changed, completed; /* ms UTC; 0: not yet, or nobody knows (anonymous) */
	/* Who: only of named questionnaires, and for herself; 0, NULL: nobody that is known. */
	int64_t person, target;
	const char *name;       /* of the person, the target or as typed by who entered it; "" */
	const char *entered_by; /* who entered it for somebody else, or NULL */
	const char *code;       /* as it was found by; NULL: it was not */
};

const char *channel_key(enum channel channel);
const char *channel_words(enum channel channel); /* message id: "on paper" */

/* ---- Answering: the code is the right ---- */

/* A new one. E_FORBIDDEN: this account, or this target, has answered already. */
struct response_new {
	const struct form *form;
	enum lang lang;
	enum channel channel;
	const char
	        *code; /* as people/code.h writes them; that of the target when there is one; NULL: nobody comes back */
	int64_t person;     /* 0: nobody's */
	int64_t target;     /* 0: none */
	const char *name;   /* typed by who enters it; NULL */
	int64_t entered_by; /* 0: she answers herself */
};
enum code response_begin(struct tx *tx, const struct response_new *new, struct err *err) MUST;
/* What has this code, its values opened. E_NOT_FOUND: nothing, or it is too old; E_GONE: it was sent and went among the
 * anonymous answers. */
enum code response_find(struct db *db, struct arena *a, const struct model *model, const char *code,
                        struct response *ret, struct err *err) MUST;
/* That which an account has begun or completed, the latest; E_NOT_FOUND. Never of an anonymous questionnaire. */
enum code response_of_person(struct db *db, struct arena *a, const struct model *model, const struct form *form,
                             int64_t person, struct response *ret, struct err *err) MUST;
/* All that has her name, the latest first, at most `max`; told to herself. */
enum code response_list_person(struct db *db, struct arena *a, const struct model *model, int64_t person, int max,
                               struct response **ret, int *n, struct err *err) MUST;
/* Has this account, or target, answered to the end? */
enum code response_done(struct db *db, const struct form *form, int64_t person, int64_t target, bool *ret,
                        struct err *err) MUST;
/* Keeps what is answered so far. E_CONFLICT: it is complete; nothing is done. E_LIMIT: RESPONSE_BODY_MAX. */
enum code response_keep(struct tx *tx, struct arena *a, const struct response *response, const char *page,
                        enum lang lang, const json_t *values, struct err *err) MUST;
/* Sends it: `values` are whole and checked. `person`: who sends, 0: nobody. Sent twice it is sent once: OK. *full: a quota was
 * reached meanwhile, and nothing is kept but that. */
enum code response_complete(struct tx *tx, struct arena *a, const struct response *response, const json_t *values,
                            int64_t person, bool *full, struct err *err) MUST;
/* One that was answered away from the site, with the questions of a version of its definition, and is sent whole: begun and
 * sent at once. The device drew its code: sent twice it is sent once (*again; *ret is then that of the first time, or has no
 * number where nothing leads to it). *full: a quota was reached, and nothing is kept. E_FORBIDDEN as response_begin. */
struct response_away {
	struct response_new new;
	int64_t version;
	const json_t *values; /* whole and checked */
};
enum code response_take(struct tx *tx, struct arena *a, const struct model *model, const struct response_away *away,
                        struct response *ret, bool *again, bool *full, struct err *err) MUST;
/* Given up, or a tablet that starts over. */
enum code response_drop(struct tx *tx, const struct response *response, struct err *err) MUST;
/* The first quota that these values meet and that is full; NULL: none. */
enum code response_quota(struct db *db, const struct form *form, const json_t *values, const struct survey_quota **ret,
                         struct err *err) MUST;

/* ---- Reading, for results ---- */

/* Does the answer hold the choice ("true", "false" of yes or no), alone or among several, with words beside it or not? */
bool response_holds_choice(const json_t *value, const char *choice);

/* May the actor read the responses of this questionnaire? */
enum code responses_may(const struct model *model, const struct actor *actor, enum action action,
                        const struct form *form, struct err *err) MUST;

struct response_counts {
	int64_t complete;    /* sent */
	int64_t started;     /* begun and not sent */
	int64_t shown;       /* complete, and told by response_walk; fewer than complete where they go by lots */
	int64_t first, last; /* when the first and the last were sent, ms UTC; 0: unknown (anonymous), or none */
};
/* `stand`: as survey_stand says of today. For who may read the responses. */
enum code response_count(struct db *db, const struct form *form, enum survey_stand stand, struct response_counts *ret,
                         struct err *err) MUST;

/* One at a time, in constant memory; a result other than OK ends the walk and comes back. */
typedef enum code response_fn(void *context, const struct response *response, struct err *err);
struct response_walk {
	const struct model *model;
	const struct form *form;
	const struct actor *actor;
	enum survey_stand stand;
	int64_t after; /* those of a higher number only; anonymous ones have none and come in the order of their random keys */
	struct id after_id; /* anonymous: those of a higher key only; ID_NONE: all */
	int max; /* at most so many, so that a long walk can be cut into snapshots (it goes on after the last); 0: all */
	int64_t from, until; /* sent from … until before, ms UTC; 0: any. Not of anonymous ones */
};
/* All that are complete and shown. Each response, and its values, are there until `fn` returns. E_FORBIDDEN, E_NOT_FOUND:
 * not for this actor. Nothing is written, and `fn` makes no query of `db`. */
enum code response_each(struct db *db, const struct response_walk *walk, response_fn *fn, void *context,
                        struct err *err) MUST;

/* ---- For who looks after it, one by one; not of anonymous questionnaires ---- */

/* E_NOT_FOUND: it is not there, or not for this actor. She who answered reads her own. */
enum code response_load(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct id id, struct response *ret, struct err *err) MUST;
/* The latest first, of numbers under `before` (0: all). */
enum code response_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        const struct form *form, int64_t before, int max, struct response **ret, int *n,
                        struct err *err) MUST;
/* Correct and delete, for who may; the keys that differ go to the journal. */
enum code response_correct(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                           const struct response *response, const json_t *values, struct err *err) MUST;
enum code response_delete(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                          const struct response *response, struct err *err) MUST;
struct response_change {
	int64_t at;
	const char *who;    /* NULL: nobody who is still there */
	const char *fields; /* keys, divided by commas */
};
enum code response_changes(struct db *db, struct arena *a, const struct response *response, int max,
                           struct response_change **ret, int *n, struct err *err) MUST;

/* ---- Keeping house ---- */

/* What was begun and given up. */
enum code response_purge(struct tx *tx, struct err *err) MUST;
/* Makes all complete responses of a form, or those sent before `before` (0: all), nobody's. *n: how many were. */
enum code response_anonymise(struct tx *tx, const struct form *form, int64_t before, int64_t *n, struct err *err) MUST;
/* Deletes those sent before `before`; 0: all of the form, those begun and anonymous ones too. */
enum code response_erase(struct tx *tx, const struct form *form, int64_t before, int64_t *n, struct err *err) MUST;
/* All that is behind goes among those shown: the questionnaire was closed, people saw it whole, and it opens again. */
enum code response_release(struct tx *tx, const struct form *form, struct err *err) MUST;
/* An account is erased: what it began goes, and with `all` what it sent with its name; what it sent stays nobody's otherwise. */
enum code response_forget(struct tx *tx, struct arena *a, const struct model *model, int64_t person, bool all,
                          struct err *err) MUST;
/* Nothing that a transaction leaves behind it says which answer came with which mark: see store_scrub. */
enum code response_scrub(struct store *store, struct err *err) MUST;

#endif

/*
 * Measures: what a facilitator decides about a page or a person, by which rule and why. Each stands in a
 * public log. The person concerned may answer once (an appeal); somebody else than who decided says then
 * whether the measure stands. A page that a measure hid does not come back by its author's hand.
 */
#ifndef PARVIS_MEASURE_H
#define PARVIS_MEASURE_H

#include "core/record.h"

enum { MEASURE_REASON_MAX = 500, MEASURE_APPEAL_MAX = 2000 /* bytes */ };

/* Kept in the table: never renumbered. */
enum measure_kind {
	MEASURE_NOTHING, /* the page was reported, looked at, and stays */
	MEASURE_WARN,
	MEASURE_HIDE,  /* the page is in the trash */
	MEASURE_BLOCK, /* the account */
	MEASURE_UNDO,  /* all that an account did for a while */
	MEASURE_KINDS
};

struct measure {
	int64_t num;
	enum measure_kind kind;
	int64_t record;    /* 0: none, or deleted since */
	const char *title; /* of the record, as it was */
	int64_t person;    /* whom it is about; 0: nobody, or an account deleted since */
	int64_t space;     /* 0: the whole site, or a space deleted since */
	const char *rule;  /* its name in the site's list, or the rule itself; "": none */
	const char *reason;
	int64_t decider;             /* 0: an account deleted since */
	enum level level;            /* of who decided, then */
	struct id batch;             /* the save that did it; zero: none */
	int64_t created, ended;      /* ms UTC; ended 0: it stands */
	const char *appeal, *answer; /* NULL: none */
	int64_t appealed, answered;
};

/* Adds `measure`, of which num, created and what comes after are not read. The caller has checked rights. */
enum code measure_add(struct tx *tx, const struct measure *measure, int64_t *num, struct err *err) MUST;
enum code measure_load(struct db *db, struct arena *a, int64_t num, struct measure *ret, struct err *err) MUST;

/* The public log, newest first: those of spaces that the actor may read. `before`: num of the last one
 * shown, 0 from the newest. */
enum code measure_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                       int64_t before, int limit, struct measure **ret, int *n, struct err *err) MUST;
/* Those about a person, newest first. */
enum code measure_of_person(struct db *db, struct arena *a, int64_t person, int limit, struct measure **ret, int *n,
                            struct err *err) MUST;
/* Appeals that wait in the spaces the actor looks after and that are hers to answer: another's decision,
 * or her own where nobody else could (measure_others). */
enum code measure_appeals(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                          struct measure **ret, int *n, struct err *err) MUST;
/* Could somebody else than who decided, and whom it is about, answer an appeal? */
enum code measure_others(struct db *db, const struct measure *measure, bool *ret, struct err *err) MUST;

/* E_CONFLICT when there is an appeal, an answer, already. */
enum code measure_appeal(struct tx *tx, int64_t num, const char *text, struct err *err) MUST;
enum code measure_answer(struct tx *tx, int64_t num, const char *text, struct err *err) MUST;
enum code measure_end(struct tx *tx, int64_t num, struct err *err) MUST;

/* Is the record, which is in the trash, kept there by a measure that stands? */
enum code measure_holds(struct db *db, int64_t record, bool *ret, struct err *err) MUST;
/* The record comes out of the trash by the actor's hand: E_FORBIDDEN when a measure holds it and she does not
 * look after its space; else what hid it ends. */
enum code measure_release(struct tx *tx, const struct actor *actor, const struct record *record, struct err *err) MUST;
/* The account is open again: what blocked it ends. */
enum code measure_unblocked(struct tx *tx, int64_t person, struct err *err) MUST;
/* What a save did is taken back: the measure it was for ends. */
enum code measure_undone(struct tx *tx, struct id save, struct err *err) MUST;

#endif

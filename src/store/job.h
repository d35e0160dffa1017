/*
 * Work done later: mail, thumbnails, imports. A job is a row written in the same transaction as what
 * asks for it; kinds are rows of one table given at start. Idempotent by rule: a job may run twice.
 * Retried after 1, 2, 4 … minutes; dead after 8 attempts and shown to the administrator. A kind that
 * comes back (`every`) has one row, for ever: done, or failed 8 times, it waits for its next turn. Neither a new
 * try nor a turn waits for longer than that when the clock goes back.
 */
#ifndef PARVIS_JOB_H
#define PARVIS_JOB_H

#include <jansson.h>

#include "store/store.h"

enum { JOB_ATTEMPTS = 8, JOB_PAYLOAD_MAX = 1024 * 1024 };

/* Column `state` of the table; done jobs are deleted. */
enum job_state { JOB_WAITING, JOB_RUNNING, JOB_DEAD };

struct job {
	int64_t id;
	const json_t *payload;
	int attempts; /* before this one */
};

struct job_kind {
	const char *name;
	enum code (*run)(struct store *store, const struct job *job, void *context, struct err *err);
	int64_t every; /* ms; 0: only when asked. Its payload is {} */
};

/* E_LIMIT: the payload is over JOB_PAYLOAD_MAX. `run_at` in ms UTC; the past means now. */
enum code job_add(struct tx *tx, const char *kind, const json_t *payload, int64_t run_at, struct err *err) MUST;

/* The same, unless a job of that kind and payload waits already, for then or before. */
enum code job_add_once(struct tx *tx, const char *kind, const json_t *payload, int64_t run_at, struct err *err) MUST;

/* ---- For who looks after the site ---- */

/* A row of the table, as it stands. */
struct job_row {
	int64_t id, run_at;
	const char *kind;
	const json_t *payload;
	int attempts;
	enum job_state state;
	const char *error; /* of its last attempt; NULL: none */
};
/* What failed, dead ones first; then what waits or runs, the next first; at most `limit`. `kind`: only those;
 * NULL: all. */
enum code job_list(struct db *db, struct arena *a, const char *kind, int limit, struct job_row **ret, int *n,
                   struct err *err) MUST;
/* E_NOT_FOUND: done meanwhile, or never there. */
enum code job_load(struct db *db, struct arena *a, int64_t id, struct job_row *ret, struct err *err) MUST;
/* Now, with all its attempts before it. Not one that runs. */
enum code job_again(struct tx *tx, int64_t id, struct err *err) MUST;
/* Never. Not one that runs. */
enum code job_drop(struct tx *tx, int64_t id, struct err *err) MUST;
/* Waits or runs one of this kind? */
enum code job_is_due(struct db *db, const char *kind, bool *ret, struct err *err) MUST;

struct job_runner;
/* Starts one thread that runs due jobs; `kinds` ends with a row whose name is NULL. Those that come
 * back are due at once the first time. */
enum code job_runner_start(struct store *store, const struct job_kind *kinds, void *context, struct job_runner **ret,
                           struct err *err) MUST;
/* Finishes the job under way. */
void job_runner_stop(struct job_runner *runner);
/* Runs what is due now on this thread; returns how many ran. For tests and the command line. */
enum code job_run_due(struct store *store, const struct job_kind *kinds, void *context, int *ret, struct err *err) MUST;

#endif

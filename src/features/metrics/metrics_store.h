/* Figures that are read from the database. */
#ifndef PARVIS_METRICS_STORE_H
#define PARVIS_METRICS_STORE_H

#include "store/store.h"

enum { METRICS_JOB_STATES = 3 };
extern const char *const metrics_job_states[METRICS_JOB_STATES]; /* by enum job_state */

struct metrics_stored {
	int64_t bytes; /* of the database */
	int64_t records;
	int64_t files; /* bytes */
	int64_t jobs[METRICS_JOB_STATES];
};

/* In a snapshot. */
enum code metrics_read(struct db *db, struct metrics_stored *ret, struct err *err) MUST;
enum code metrics_read_stored(struct store *store, struct metrics_stored *ret, struct err *err) MUST;

#endif

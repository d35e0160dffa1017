/*
 * Drafts that are published by themselves at a time that somebody chose: by her rights at that time, in her name, with
 * what then follows of any publication (a yes where a space wants one, who is told). Publishing it otherwise, or
 * deleting it, ends it.
 */
#ifndef PARVIS_SCHEDULED_H
#define PARVIS_SCHEDULED_H

#include "core/record.h"

#define SCHEDULED_AHEAD_MS (2LL * 366 * 24 * 3600 * 1000) /* no later than that */

struct scheduled {
	int64_t record, person;
	int64_t at;  /* ms UTC */
	bool failed; /* it could not be published then; it waits for another time */
};

/* In place of the time that it had; with the job that publishes it. The caller has checked that it is a draft that the
 * person may publish. */
enum code scheduled_set(struct tx *tx, const struct record *record, int64_t person, int64_t at, struct err *err) MUST;
enum code scheduled_end(struct tx *tx, int64_t record, struct err *err) MUST;
enum code scheduled_failed(struct tx *tx, int64_t record, struct err *err) MUST;
/* E_NOT_FOUND when it is not. The caller has loaded the record, so may read it. */
enum code scheduled_find(struct db *db, int64_t record, struct scheduled *ret, struct err *err) MUST;

#endif

/* Every quarter of an hour: the day before is told, and what was moved or called off; places that came free are given to
 * who waits; names that have been kept long enough go. */
#ifndef PARVIS_SIGNUP_JOB_H
#define PARVIS_SIGNUP_JOB_H

#include "store/job.h"

enum code signup_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

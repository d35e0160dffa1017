/* The job that publishes a draft at its time (core/scheduled.h); the context is the site. */
#ifndef PARVIS_SCHEDULED_JOB_H
#define PARVIS_SCHEDULED_JOB_H

#include "store/job.h"

enum code scheduled_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

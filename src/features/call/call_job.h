/* Each hour: calls that end soon are asked about, outside their authors' quiet hours; old exchanges are forgotten. */
#ifndef PARVIS_CALL_JOB_H
#define PARVIS_CALL_JOB_H

#include "store/job.h"

enum code call_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

/* Reminds who posted something elsewhere to go and see what was answered, {"relay": num}. */
#ifndef PARVIS_RELAY_JOB_H
#define PARVIS_RELAY_JOB_H

#include "store/job.h"

enum code relay_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

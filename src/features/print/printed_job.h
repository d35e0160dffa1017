/* The job "printed": a record was saved that printed copies show; who printed them is told which are wrong now. */
#ifndef PARVIS_PRINTED_JOB_H
#define PARVIS_PRINTED_JOB_H

#include "store/job.h"

enum code printed_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

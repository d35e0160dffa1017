/* What questionnaires do by themselves. */
#ifndef PARVIS_SURVEY_JOB_H
#define PARVIS_SURVEY_JOB_H

#include "store/job.h"

/* Every hour: what was begun and given up goes; answers that have been kept as long as their form says (core/retention.h) are
 * made nobody's, or deleted. */
enum code survey_job(struct store *store, const struct job *job, void *context, struct err *err);
/* After anonymous answers (response_scrub). */
enum code survey_scrub_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

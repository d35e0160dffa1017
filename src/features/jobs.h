/* All the kinds of jobs. To add one: 1. its function, in its feature; 2. its row in jobs.c. */
#ifndef PARVIS_JOBS_H
#define PARVIS_JOBS_H

#include "store/job.h"

/* Ends with a row without a name. The context of all is the site (struct site). */
extern const struct job_kind job_kinds[];

#endif

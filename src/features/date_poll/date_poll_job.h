/* Before a search for dates closes, those who were asked and have not answered are told, once; never those who have. */
#ifndef PARVIS_DATE_POLL_JOB_H
#define PARVIS_DATE_POLL_JOB_H

#include "store/job.h"

/* "dates": some hours apart. Asked are, of what closes today or tomorrow, the members of its space (but of the first one,
 * to which everybody belongs) and who follows it. */
enum code dates_job(struct store *store, const struct job *job, void *context, struct err *err) MUST;

#endif

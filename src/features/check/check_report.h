/* What the checks say, kept to be read later: JSON in the language of the site. */
#ifndef PARVIS_CHECK_REPORT_H
#define PARVIS_CHECK_REPORT_H

#include "features/check/check.h"
#include "store/job.h"

/* {"at": ms, "wrong": n, "checks": [{"title", "note", "wrong", "findings": […]}, …]}. `writes`: those too that
 * write and undo it, so on a copy only: nobody else could write meanwhile. Memory: the arena's. */
json_t *check_report(struct checking *c, bool writes);

/* The job "check": looks at the site while it runs, and keeps what it found. The context is the site. */
enum code check_job(struct store *store, const struct job *job, void *context, struct err *err);
/* What the last one found; E_NOT_FOUND: there was none. */
enum code check_last(struct arena *a, const char *dir, json_t **ret, struct err *err) MUST;

/* The language of what is kept for everybody: the site's. */
enum lang check_lang(const struct model *model);

#endif

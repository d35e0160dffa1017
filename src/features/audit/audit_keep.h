/* How long rows of the log are kept: the site's setting, by whole months. */
#ifndef PARVIS_AUDIT_KEEP_H
#define PARVIS_AUDIT_KEEP_H

#include "page/page.h"
#include "store/job.h"

#define AUDIT_MONTHS "12" /* when the site says nothing */

/* How many months; 0: for ever. */
int audit_months(const struct model *model);
/* Rows from before that moment go (ms UTC): the first of a month of the site's zone; 0: none do. */
int64_t audit_limit(const struct model *model, int64_t now);
const char *audit_months_words(const struct page *p);

/* The job, every day: it finds something once a month. */
enum code audit_purge_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

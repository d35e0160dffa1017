/* What records are found by, made again after a form, a list or a space changed. */
#ifndef PARVIS_REINDEX_H
#define PARVIS_REINDEX_H

#include "store/job.h"

/* Asks for it in this transaction: the records of a form, by number; 0: of all. */
enum code reindex_later(struct tx *tx, int64_t form, struct err *err) MUST;
/* The job "reindex". Its context is the site (core/site.h), whose model it loads again first. */
enum code reindex_run(struct store *store, const struct job *job, void *context, struct err *err) MUST;

#endif

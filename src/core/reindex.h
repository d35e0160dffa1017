/* What records are found by, made again after a form, a list or a space changed. */
#ifndef PARVIS_REINDEX_H
#define PARVIS_REINDEX_H

#include "core/model.h"
#include "store/job.h"

/* Asks for it in this transaction: the records of a form, by number; 0: of all. */
enum code reindex_later(struct tx *tx, int64_t form, struct err *err) MUST;
/* The job "reindex". Its context is the site (core/site.h), whose model it loads again first. */
enum code reindex_run(struct store *store, const struct job *job, void *context, struct err *err) MUST;

/*
 * All of it, of all records, in writes of some hundred records each, while nothing else writes (parvis reindex). At
 * each moment what is found by is what it was or what it should be: a run that is cut short does no harm, and the next
 * one begins anew, only reads what is right already, and goes on. `told` hears how many records are done, of how many.
 * `mended` counts the records whose parts differed, and one for each of what records share that did.
 */
enum code reindex_everything(struct store *store, const struct model *model,
                             void (*told)(void *arg, int64_t done, int64_t total), void *arg, int64_t *mended,
                             struct err *err) MUST;

#endif

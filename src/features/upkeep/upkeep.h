/* What a site does by itself: jobs that come back (store/job.h). */
#ifndef PARVIS_UPKEEP_H
#define PARVIS_UPKEEP_H

#include "store/job.h"

/* The context is the site. Deletes the sessions past their life. */
enum code upkeep_sessions(struct store *store, const struct job *job, void *context, struct err *err);
/* Deletes the links, invitations and cards that no longer serve. */
enum code upkeep_tokens(struct store *store, const struct job *job, void *context, struct err *err);
/* Deletes the guests who came two days ago or more and left nothing. */
enum code upkeep_guests(struct store *store, const struct job *job, void *context, struct err *err);
/* Deletes what is kept of letters after a month. */
enum code upkeep_letters(struct store *store, const struct job *job, void *context, struct err *err);
/* Finds what nobody has touched for months (core/dormant.h), and forgets old refusals. */
enum code upkeep_dormant(struct store *store, const struct job *job, void *context, struct err *err);
/* Deletes the files that no record holds any more. */
enum code upkeep_files(struct store *store, const struct job *job, void *context, struct err *err);
/* The physical pass after an erasure (core/erasure.h). */
enum code upkeep_erasure(struct store *store, const struct job *job, void *context, struct err *err);
/* Archives, makes nobody’s or trashes the records that have been kept for as long as their form says. */
enum code upkeep_retention(struct store *store, const struct job *job, void *context, struct err *err);
/* Spreads what comes back out in the index, as months go by (core/horizon.h). */
enum code upkeep_horizon(struct store *store, const struct job *job, void *context, struct err *err);
/* Deletes for ever what has been in the trash for 30 days. */
enum code upkeep_trash(struct store *store, const struct job *job, void *context, struct err *err);

#endif

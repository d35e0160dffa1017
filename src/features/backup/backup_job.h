/* Backups as work in the background (store/job.h); the context of each is the site. */
#ifndef PARVIS_BACKUP_JOB_H
#define PARVIS_BACKUP_JOB_H

#include "store/job.h"

/* Makes one, on the shelf (features/backup/shelf.h). */
enum code backup_job(struct store *store, const struct job *job, void *context, struct err *err);
/* Comes back: makes one when the settings say that it is time, and lets the oldest go. */
enum code backup_schedule(struct store *store, const struct job *job, void *context, struct err *err);
/* Tries the one of the payload, {"name": …}: makes a site of it in a folder of its own, checks that, deletes it,
 * and notes what it found beside the backup. */
enum code backup_test_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

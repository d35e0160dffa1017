/* Letters on their way out: the job that sends one (core/letter.h writes them). */
#ifndef PARVIS_LETTER_JOB_H
#define PARVIS_LETTER_JOB_H

#include "core/letter.h"
#include "core/site.h"
#include "net/mail.h"
#include "store/job.h"

/* How letters leave from now on; `server` lives as long as the process. Not called: they wait. */
void letters_use(const struct mail_server *server);
/* Does the site only keep them in a folder? */
bool letters_are_spooled(void);

/* Sends the letter of the payload, {"letter": num}. The context is the site. */
enum code letter_job(struct store *store, const struct job *job, void *context, struct err *err);

/* Deletes from the folder of letters those that the site no longer knows of: purged, or of somebody erased. */
enum code letters_sweep(struct site *site, struct err *err) MUST;

#endif

/* Telling people: the jobs behind news (core/news.h). */
#ifndef PARVIS_NEWS_JOB_H
#define PARVIS_NEWS_JOB_H

#include "core/news.h"
#include "store/job.h"

/* Where the site is, for the links of letters; lives as long as the process. Not called: letters have no links to
 * send, and wait. */
void news_links_use(const char *base_url);
/* For other letters that jobs write; NULL: nobody has said. */
const char *news_links(void);

/* Tells those who follow of one event. The context of all is the site. */
enum code news_job(struct store *store, const struct job *job, void *context, struct err *err);
/* Writes somebody's letter, {"person": num}, once it is time. */
enum code news_letter_job(struct store *store, const struct job *job, void *context, struct err *err);
enum code news_purge_job(struct store *store, const struct job *job, void *context, struct err *err);

/* She has changed how she is told: the next letter follows. */
enum code news_reschedule(struct tx *tx, const struct zone *zone, int64_t person, struct err *err) MUST;

#endif

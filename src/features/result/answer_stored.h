/* Columns of great questionnaires (answer_columns.h) that stay in the database, for the first look after a start. */
#ifndef PARVIS_ANSWER_STORED_H
#define PARVIS_ANSWER_STORED_H

#include "features/result/answer_columns.h"
#include "store/job.h"
#include "store/store.h"

enum { ANSWERS_STORED_FROM = 1000 /* fewer are read at once */ };

/* Those stored, which may lack what came since, held until the page's arena goes; *ret NULL: none that are of use. */
enum code answer_stored(const struct page *p, const struct form *form, const struct answer_source *source,
                        const struct answer_columns **ret, struct err *err) MUST;

/* Stores those of each questionnaire of which an eighth of the answers or more is not stored. */
enum code answer_stored_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

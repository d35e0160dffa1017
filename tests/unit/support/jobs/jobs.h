/*
 * The small site of tests (support/site/site.h) opened as the program opens it, for what jobs do there: on both engines, with
 * the clock in the test's hands.
 *
 *	static struct site_fixture site;
 *	static void begin(void **state) { jobs_begin(state, &site, "{\"key\":\"fete\", …}"); }
 *	static int teardown(void **state) { return jobs_end(state, &site); }
 */
#ifndef PARVIS_TEST_JOBS_H
#define PARVIS_TEST_JOBS_H

#include "core/letter.h"
#include "core/site.h"
#include "store/job.h"
#include "support/site/site.h"

#define HOUR (3600LL * 1000)
#define DAY (24 * HOUR)

/* Thursday 21 November 2013, 11:20 in Paris; letters lead to https://quartier.example. `form`: a definition more, or NULL. */
void jobs_begin(void **state, struct site_fixture *site, const char *form);
/* What a test's teardown returns; whatever of jobs_begin was done. */
int jobs_end(void **state, struct site_fixture *site);

/* A page of that form, published; fails the test unless it is saved. */
struct id jobs_publish(struct site_fixture *site, const struct actor *actor, const char *form,
                       const struct space *space, const char *values);
/* Asks for a job of the first kind, where `asks`; then all that is due is run. `kinds` ends with { 0 }. */
void jobs_run(struct site_fixture *site, const struct job_kind *kinds, bool asks);
/* At most 50, whole, the latest first; returns how many. */
int jobs_letters(struct site_fixture *site, struct letter **ret);

/* Rows of a table of tests. */
#define JOBS_BOTH(test, teardown)                                                    \
	{ #test " (SQLite)", (test), test_sqlite_setup, (teardown), NULL },          \
	{                                                                            \
#test " (PostgreSQL)", (test), test_postgres_setup, (teardown), NULL \
	}

#endif

/*
 * Who was invited to answer in LimeSurvey: the table "tokens" of an .lst file. How far each is, is said in words and days as
 * LimeSurvey keeps them ("N", "Y", "2024-03-09 10:30").
 */
#ifndef PARVIS_LIMESURVEY_PARTICIPANT_H
#define PARVIS_LIMESURVEY_PARTICIPANT_H

#include "formats/limesurvey.h"

struct limesurvey_participant {
	int line;
	const char *name;            /* first, then last; the e-mail, or the token, where neither is there */
	const char *email, *token;   /* "" */
	const char *language;        /* "fr"; "" */
	const char *sent, *reminded; /* "": not; "Y", or when */
	const char *completed;
	int reminders;
	bool refused;             /* opted out, or on a list of who is not to be written to */
	bool lost;                /* what was sent came back */
	const json_t *attributes; /* heading → text; never NULL */
};

/* All of them, in the order of the file. */
struct limesurvey_participant *limesurvey_participants(struct arena *a, const struct limesurvey *survey,
                                                       const struct limesurvey_table *table, int *n);

#endif

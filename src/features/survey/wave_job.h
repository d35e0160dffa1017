/* Sends the planned letters of questionnaires (core/survey_wave.h) that leave by e-mail: to those who have not answered, by day,
 * a few hundred at a time. Other channels are tasks of people. */
#ifndef PARVIS_SURVEY_WAVE_JOB_H
#define PARVIS_SURVEY_WAVE_JOB_H

#include "core/site.h"
#include "store/job.h"

enum {
	WAVE_HOUR_FIRST = 8,
	WAVE_HOUR_LAST = 20 /* letters leave between these, by the site's clocks */,
	WAVE_LOT = 200
};

/* May letters leave at this hour, and when may they next? */
bool wave_may_leave(int hour);
enum code wave_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif

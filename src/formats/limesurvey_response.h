/*
 * What people answered in LimeSurvey – the table "responses" of an .lsr file – as values of the questionnaire that the
 * survey became (formats/limesurvey_form.h). Columns are called by numbers, `<survey>X<group>X<question><line>`.
 */
#ifndef PARVIS_LIMESURVEY_RESPONSE_H
#define PARVIS_LIMESURVEY_RESPONSE_H

#include "formats/limesurvey_form.h"

struct limesurvey_response {
	const char *id, *language, *token;
	const char *submitted; /* "2024-03-09 10:30:00"; "": it was not sent; 1980-01-01: nobody knows when */
	const char *started;   /* the same; "": it does not say */
	int line;
	json_t *values; /* question's key → value */
};

struct limesurvey_columns;

/* What the columns of the table stand for; those that stand for nothing here are told. */
const struct limesurvey_columns *limesurvey_columns(struct arena *a, const struct limesurvey_names *names,
                                                    const struct limesurvey_table *table, struct issues *lost);
/* One row of it, in `a`. Codes that the survey does not offer and what is no number go to `issues`, under the question's
 * code; the rest is kept. */
struct limesurvey_response limesurvey_response(struct arena *a, const struct limesurvey_columns *columns,
                                               const struct limesurvey_row *row, struct issues *issues);

#endif

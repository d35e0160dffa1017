/*
 * The questionnaire that a LimeSurvey survey becomes: a form's definition (core/form.h) with pages and questions
 * (core/survey.h). What has no like here is told, question by question: nothing is dropped in silence.
 */
#ifndef PARVIS_LIMESURVEY_FORM_H
#define PARVIS_LIMESURVEY_FORM_H

#include "base/issues.h"
#include "formats/limesurvey.h"

/* What a question is called here. */
struct limesurvey_name {
	const struct limesurvey_group *group;
	const struct limesurvey_question *question;
	const char *key;
	const char **answers; /* keys, as question->answers */
	const char **parts;   /* as question->parts */
	const char *page;     /* key of its page */
};

struct limesurvey_names {
	struct limesurvey_name *all; /* in the order of the survey */
	int n;
};

/* Keys are made of codes: small letters, digits and _, each once. */
struct limesurvey_names limesurvey_names(struct arena *a, const struct limesurvey *survey);
/* The question of a code, or NULL. */
const struct limesurvey_name *limesurvey_named(const struct limesurvey_names *names, const char *code, size_t len);

/* The key of an answer's code, of those of its own that some kinds have ("Y", "3"), or of "-oth-"; NULL: there is none. */
const char *limesurvey_key(struct arena *a, const struct limesurvey_name *name, const char *code);

/* The definition, in draft; to `lost`, under the codes of questions ("" for the whole), what is not carried over: French
 * and English only are kept, another language where the text has neither. */
json_t *limesurvey_form(struct arena *a, const struct limesurvey *survey, struct issues *lost);

/* LimeSurvey's expressions, as conditions and equations write them → ours (expression/expression.h). NULL when
 * something has no like, which *why then says. "" stands for a condition that is always true. */
const char *limesurvey_expression(struct arena *a, const struct limesurvey_names *names, const char *text,
                                  const struct limesurvey_name *self, const char **why);

#endif

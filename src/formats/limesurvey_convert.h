/* What the files that make a questionnaire of a LimeSurvey survey share: limesurvey_form.c (its pages and settings),
 * limesurvey_field.c (its questions),
 * limesurvey_attribute.c (their settings). */
#ifndef PARVIS_LIMESURVEY_CONVERT_H
#define PARVIS_LIMESURVEY_CONVERT_H

#include "formats/limesurvey_form.h"

struct converting {
	struct arena *a;
	const struct limesurvey *survey;
	struct limesurvey_names names;
	struct issues *lost;
};

/* ---- Texts: `made` takes the HTML away ---- */

typedef const char *(limesurvey_words)(struct arena *a, const char *html);
const char *limesurvey_markdown(struct arena *a, const char *html);
/* In one of our languages: LimeSurvey has "fr", but "de-informal" too. NULL: not in it. */
const char *limesurvey_text_in(const json_t *texts, const char *language);
/* A label, maybe empty; where neither of ours is there, the language of the survey stands for French. */
json_t *limesurvey_label(const struct converting *c, const json_t *texts, limesurvey_words *made);
json_t *limesurvey_label_or(const struct converting *c, const json_t *texts, const char *fallback);
/* Nothing when it is empty. */
void limesurvey_set_label(const struct converting *c, json_t *object, const char *name, const json_t *texts,
                          limesurvey_words *made);

/* ---- Conditions and questions ---- */

/* `self`: the question whose condition it is; NULL: of a page. */
void limesurvey_set_condition(const struct converting *c, const struct limesurvey_name *self, const char *code,
                              const char *text, json_t *object);
/* "" where it is not set. */
const char *limesurvey_attribute(const struct limesurvey_question *question, const char *name);
/* Options of `field`; those that have no like are told. */
void limesurvey_set_attributes(const struct converting *c, const struct limesurvey_name *name, json_t *field);
/* Once it has its condition: what another question filters. */
void limesurvey_set_filter(const struct converting *c, const struct limesurvey_name *name, json_t *field);
/* NULL: it is left out, which is told. */
json_t *limesurvey_field(const struct converting *c, const struct limesurvey_name *name);
/* "choice", "matrix"…; NULL: its kind has no like. */
const char *limesurvey_field_type(const struct limesurvey_question *question);

#endif

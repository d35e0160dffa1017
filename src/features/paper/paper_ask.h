/* A questionnaire of the site as it is set on paper. */
#ifndef PARVIS_FEATURES_PAPER_ASK_H
#define PARVIS_FEATURES_PAPER_ASK_H

#include "core/form.h"
#include "core/survey.h"
#include "page/page.h"
#include "paper/questionnaire.h"

/* Numbers of the questions on paper, by the position of their fields; 0: it is none. They are those of the screen where every
 * question applies. */
struct paper_numbers {
	const struct form *form;
	int of[FORM_FIELDS_MAX];
	int last;
};

void paper_numbers(const struct form *form, struct paper_numbers *ret);
/* Is the question on paper? What is computed, hidden or given by the address is not. */
bool paper_asks(const struct field *field);

/* All but copies, code and name. In the language of the page. */
void paper_questionnaire(const struct page *p, const struct form *form, struct questionnaire *ret);

/* Whom the questions from…until (numbers) are for, as a sentence that sends the others on; "" without a condition. */
const char *paper_condition(const struct page *p, const struct paper_numbers *numbers,
                            const struct expression *condition, int from, int until);
/* A text with {key} replaced by where that was answered. */
const char *paper_piped(const struct page *p, const struct paper_numbers *numbers, const char *text);

/* What is kept of what is printed (docs/formats/papier.md). */
json_t *paper_definition(struct arena *a, const struct form *form, int64_t version, const char *language,
                         const struct questionnaire *q, const struct questionnaire_made *made);

#endif

/*
 * Ready questions: those of forms whose "survey" says "kind": "library", and of other questionnaires, copied into one with their
 * choices. A condition comes along when all that it looks at does; else it is left out.
 */
#ifndef PARVIS_SURVEY_LIBRARY_H
#define PARVIS_SURVEY_LIBRARY_H

#include "features/survey/survey_page.h"

enum { LIBRARY_TAKEN_MAX = 60 /* at once */ };
#define LIBRARY_KEPT "questions_gardees" /* the form of what people keep themselves */

struct library_shown {
	const struct form *form; /* into which they are copied */
	const struct form *const *sets;
	int nsets;
	const struct form *chosen; /* whose questions are shown */
	const char *source;        /* where its questions come from, or "" */
};

/* Copies of the fields of `from` that `takes` says, for a form that has these keys and pages: keys of their own, on the page
 * `page` (NULL: none). */
json_t *library_copies(struct arena *a, const struct form *from, const bool *takes, const json_t *keys,
                       const struct form *into, const char *page);

#endif

/* What the pages of answers that come in by a file show. */
#ifndef PARVIS_ANSWERS_IN_PAGE_H
#define PARVIS_ANSWERS_IN_PAGE_H

#include "features/answers_in/answers_in.h"
#include "features/survey/survey_page.h"

struct answers_in_sending {
	const struct form *form;
	const struct answer_import *imports;
	int n;
};

struct answers_in_looked {
	const struct answer_sheet *sheet;
	const char *file, *name; /* hash; as its sender called it */
	bool all;                /* every column may be chosen, not only those that were not recognised */
	bool good;               /* keep the others was ticked */
};

/* "Outils – Vélo", "When it was sent": what a column is, for the menu and the table. */
const char *answer_target_words(const struct page *p, const struct answer_target *target);
/* "c-3": the control of a column. */
const char *answer_control(const struct page *p, int i);
/* Cut short. */
const char *answer_sample(const struct page *p, const char *text);
const char *answers_in_url(const struct page *p, const struct form *form, const char *rest);
const char *answers_undo_url(const struct page *p, const struct answer_import *import);
/* How many columns stand for something, and for nothing without being known. */
int answer_columns_matched(const struct answer_sheet *sheet);
int answer_columns_unknown(const struct answer_sheet *sheet);

#endif

/* The page of calls. */
#ifndef PARVIS_SURVEY_CALLS_H
#define PARVIS_SURVEY_CALLS_H

#include "features/survey/call_list.h"
#include "features/survey/campaign.h"

enum { CALLS_LISTED = 200 };
struct calls {
	const struct form *form;
	const struct call_row *rows;
	int n, all; /* shown, in all */
	bool mine;  /* only what she looks after, or nobody does */
};
const char *call_row_words(const struct page *p, const struct call_row *row);

#endif

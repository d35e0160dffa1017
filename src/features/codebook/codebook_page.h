/* The pages that say how a questionnaire is made: its code book, and what LimeSurvey would make of it. */
#ifndef PARVIS_CODEBOOK_PAGE_H
#define PARVIS_CODEBOOK_PAGE_H

#include "core/response.h"
#include "features/survey/survey_page.h"

/* A question or a line of a table, as files name it. */
struct codebook_variable {
	const struct field *field;
	const char *condition; /* in words; NULL: always asked */
	int64_t answered, missing;
	bool retired;
};

struct codebook {
	const struct form *form;
	struct codebook_variable *all;
	int n;
	int64_t responses; /* shown; 0: nothing is counted */
};

/* "{n} to {m}", "a text of 500 characters at most", …: what stands in its column. */
const char *codebook_kind(const struct page *p, const struct field *field);

struct lost_page {
	const struct form *form;
	const struct issues *lost;
};
/* The words of the question that a mistake is about, or "The whole". */
const char *lost_about(const struct page *p, const struct form *form, const struct issue *issue);

#endif

/* The page of calls. */
#ifndef PARVIS_SURVEY_CALLS_H
#define PARVIS_SURVEY_CALLS_H

#include "core/person.h"
#include "features/survey/call_list.h"
#include "features/survey/campaign.h"

enum { CALLS_LISTED = 200 };
struct calls {
	const struct form *form;
	const struct call_row *rows;
	int n, all; /* shown, in all */
	bool mine;  /* only what she looks after, or nobody does */
	bool alone; /* only what she looks after */
	const struct caller *team;
	int nteam;
	int free; /* that nobody looks after yet */
};

/* Who looks after the answers of a form, and for how many of its targets that wait she calls. */
struct caller {
	struct person person;
	int waiting;
};
/* By name; `targets`: of the form, to count, or NULL. */
enum code calls_team(struct request *r, const struct form *form, const struct survey_target *targets, int n,
                     struct caller **ret, int *nret, struct err *err) MUST;

/* What one person has to call, whatever the questionnaire. */
struct my_calls {
	const struct call_row *rows;
	int n;
};
const char *call_row_words(const struct page *p, const struct call_row *row);

#endif

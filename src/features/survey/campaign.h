/* The pages of who reaches the targets of a questionnaire. */
#ifndef PARVIS_SURVEY_CAMPAIGN_H
#define PARVIS_SURVEY_CAMPAIGN_H

#include "core/survey_target.h"
#include "features/people/code.h"
#include "features/survey/survey_page.h"
#include "web/request.h"

struct campaign {
	const struct form *form;
	const struct survey_target *targets;
	int n;
	enum target_state only; /* TARGET_STATES: all */
	int64_t counts[TARGET_STATES];
	int64_t all, reachable; /* reachable: not said to be there twice */
	int letters;            /* that could leave now */
	const char *lines;      /* typed */
};

struct target_sheet {
	const struct survey_target *target;
	const char *code, *url;
	struct html_safe qr;
};

struct target_typed {
	const struct survey_target *target;
	struct target_sheet sheet;
	const struct target_call *calls;
	int ncalls, state;
	const char *note, *call_at;
};

/* The code of a target: made from the site's secret, so that it can be told again. */
void target_code(const struct site *site, struct id target, char out[static CODE_TEXT + 1]);
const char *target_url(const struct page *p, const struct survey_target *target, const char *rest);
/* "12 of 75 (16 %)" */
const char *campaign_rate(const struct page *p, const struct campaign *c);

#endif

/* A response being answered, by whichever way: the code in the address, or the tablet's own cookie. */
#ifndef PARVIS_SURVEY_ANSWER_H
#define PARVIS_SURVEY_ANSWER_H

#include "features/people/code.h"
#include "features/survey/survey_page.h"
#include "web/request.h"

#define KIOSK_COOKIE "questionnaire"
enum { KIOSK_IDLE = 120 /* seconds; then the tablet starts over */, KIOSK_THANKS = 20 };

/* E_GONE: it was sent. */
struct answering {
	struct response response;
	const struct form *form;
	const char *base; /* "/-/s/<code>", "/-/kiosk/<key>" */
	bool kiosk;
};

/* The page of the questionnaire that stands at a place of this response's order. */
int survey_page_at(const struct answering *x, int place);
const char *survey_step_url(const struct page *p, const struct survey_step *step, const char *rest);
/* A page of a shared tablet starts over by itself. */
void kiosk_times_out(struct request *r, const struct form *form, int seconds);
/* Reads what was posted for these questions, over the values; mistakes go to `issues`. */
json_t *answer_read(struct request *r, const struct survey_step *step, struct issues *issues);
/* What is wrong or missing in a whole response: one mistake a question, under its key. */
void answer_check(const struct form *form, const json_t *asked, struct issues *issues);

#endif

/* A response being answered, by whichever way: the code in the address, or the tablet's own cookie. */
#ifndef PARVIS_SURVEY_ANSWER_H
#define PARVIS_SURVEY_ANSWER_H

#include "features/people/code.h"
#include "features/survey/survey_page.h"
#include "web/request.h"

#define KIOSK_COOKIE "questionnaire"
enum { KIOSK_IDLE = 120 /* seconds; then the tablet starts over */, KIOSK_THANKS = 20 };

struct survey_target;

/* E_GONE: it was sent. */
struct answering {
	struct response response;
	const struct form *form;
	const char *base; /* "/-/s/<code>", "/-/kiosk/<key>" */
	bool kiosk;
};

/* What goes on in this request: the code in its address, or the tablet's. *done: an answer has been written – it was sent, it is
 * shut, the person is only invited so far –, and there is nothing to go on with. */
enum code answering_find(struct request *r, struct answering *x, bool *done, struct err *err) MUST;
/* Somebody with the code of an invitation, who has not begun. */
enum code answering_invited(struct request *r, const struct survey_target *target, const char *code,
                            struct err *err) MUST;
/* Is the address one of a shared tablet? */
bool answering_kiosk(const struct request *r);
/* What is answered is shown again from the site, never from what a browser kept. */
void answering_prepare(struct request *r, const char *title);
/* A page that says why there is nothing to answer. */
enum code answering_gone(struct request *r, const char *title, const char *words) MUST;
const char *answering_thanks(struct request *r, const struct answering *x, const char *query);
/* Gives up: a tablet that starts over, or somebody who is one too many. */
enum code answering_drop(struct request *r, struct answering *x, const char *url, struct err *err) MUST;

/* The page of the questionnaire that stands at a place of this response's order. */
int survey_page_at(const struct answering *x, int place);
const char *survey_step_url(const struct page *p, const struct survey_step *step, const char *rest);
/* A page of a shared tablet starts over by itself. */
void kiosk_times_out(struct request *r, const struct form *form, int seconds);
/* Reads what was posted for these questions, over the values; mistakes go to `issues`. */
json_t *answer_read(struct request *r, const struct survey_step *step, struct issues *issues);
/* Only what is sound: conditions look at nothing else. */
json_t *answer_sound(struct arena *a, const json_t *typed, const struct issues *issues);
/* What is wrong or missing in the questions of a step. */
void answer_check_step(const struct survey_step *step, const json_t *asked, struct issues *issues);
/* What is wrong or missing in a whole response: one mistake a question, under its key. */
void answer_check(const struct form *form, const json_t *asked, struct issues *issues);

#endif

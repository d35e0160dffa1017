/* The pages of the second step: at sign-in, and on one's account. */
#ifndef PARVIS_SECOND_STEP_WEB_H
#define PARVIS_SECOND_STEP_WEB_H

#include "core/second_step.h"
#include "web/request.h"

/* The page that asks for the code, for somebody who has shown the first half. */
enum code second_step_ask(struct request *r, int64_t person, const char *next, bool stay) MUST;

/* Guesses of codes are counted by person, from wherever they come: six digits are few. */
enum code second_step_limit(struct request *r, int64_t person, struct err *err) MUST;
void second_step_forget(struct request *r, int64_t person);
/* What is said of a code that is not right. */
const char *second_step_wrong(const struct page *p);

/* Handlers of account_web.c's table. */
enum code second_step_post(struct request *r, struct err *err);
enum code second_step_show(struct request *r, struct err *err);
enum code second_step_begin_post(struct request *r, struct err *err);
enum code second_step_end_post(struct request *r, struct err *err);

#endif

/*
 * Who is here? Before what would hurt most in the hands of whoever finds a browser open, the person shows again
 * who she is: the session must have been opened less than ten minutes ago, and showing it opens a new one.
 */
#ifndef PARVIS_CONFIRM_H
#define PARVIS_CONFIRM_H

#include "web/request.h"

#define CONFIRM_MS (10LL * 60 * 1000)

/* Was it just now? */
enum code confirm_is_fresh(struct request *r, bool *ret, struct err *err) MUST;
/* Sends her to show it, then back to `next`, where she does again what she was about to. */
enum code confirm_ask(struct request *r, const char *next);

/* Handlers of account_web.c's table. */
enum code confirm_show(struct request *r, struct err *err);
enum code confirm_post(struct request *r, struct err *err);

#endif

/* What the addresses of proposed dates share. */
#ifndef PARVIS_DATE_POLL_FEATURE_H
#define PARVIS_DATE_POLL_FEATURE_H

#include "features/date_poll/date_poll_page.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"

/* The record named in the address, for this action, with its dates. */
enum code dates_of_route(struct request *r, enum action action, const struct dates_shown **ret, struct err *err) MUST;

#endif

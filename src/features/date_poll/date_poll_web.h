/* Dates proposed by a record: saying which suit, seeing who can, choosing one. */
#ifndef PARVIS_DATE_POLL_WEB_H
#define PARVIS_DATE_POLL_WEB_H

#include "web/route.h"

extern const struct feature date_poll_feature;

handler choose_date_post; /* date_choice_web.c */

#endif

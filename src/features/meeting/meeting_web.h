/* Meetings over HTTP. */
#ifndef PARVIS_MEETING_WEB_H
#define PARVIS_MEETING_WEB_H

#include "features/meeting/meeting_page.h"
#include "web/route.h"

extern const struct feature meeting_feature;

/* The meeting of the address, for who may write it: E_NOT_FOUND when it is none. */
enum code meeting_of_route(struct request *r, const struct meeting_shown **ret, struct err *err) MUST;
/* She writes not too often. */
enum code meeting_limit(struct request *r, struct err *err) MUST;

/* The other files of this folder, for the table. */
handler minutes_show, minutes_post, minutes_begin_post, attendance_show, attendance_post;

#endif

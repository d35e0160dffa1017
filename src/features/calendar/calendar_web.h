/* Addresses of calendars. */
#ifndef PARVIS_CALENDAR_WEB_H
#define PARVIS_CALENDAR_WEB_H

#include "formats/ical.h"
#include "web/route.h"

extern const struct feature calendar_feature;

/* Of calendar_own_web.c: a person's own. */
enum code own_calendar_show(struct request *r, struct err *err);
enum code own_calendar_post(struct request *r, struct err *err);
enum code own_calendar_end(struct request *r, struct err *err);
enum code own_calendar_file(struct request *r, struct err *err);

/* Of calendar_import_web.c. */
enum code calendar_import_show(struct request *r, struct err *err);
enum code calendar_import_post(struct request *r, struct err *err);
enum code calendar_import_undo(struct request *r, struct err *err);

/* Of calendar_source_web.c: calendars that are followed. */
enum code sources_show(struct request *r, struct err *err);
enum code sources_post(struct request *r, struct err *err);
enum code source_post(struct request *r, struct err *err);

/* "agenda.ics" → "agenda"; E_NOT_FOUND for what does not end so. */
enum code calendar_name(struct request *r, const char *segment, const char **ret, struct err *err) MUST;
/* The field names, and the calendar's beginning. */
void calendar_answer(struct request *r, const struct ical_head *head);
/* As struct calendar's `renew`: of a request. */
enum code calendar_renew(void *request, struct err *err) MUST;

#endif

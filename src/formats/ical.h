/*
 * Calendars as other programs read them: iCalendar (RFC 5545; what names a calendar is of RFC 7986), written event by
 * event. Times are those of the site's zone, which the file describes (VTIMEZONE); lines are folded at 75 bytes, whole
 * characters; CR LF. The same records give the same bytes, whenever they are asked for.
 */
#ifndef PARVIS_ICAL_H
#define PARVIS_ICAL_H

#include "base/schedule.h"
#include "page/page.h"

#define ICAL_TYPE "text/calendar; charset=utf-8"

struct ical_head {
	const char *uid; /* for ever the same: atom_uuid, feed_named */
	const char *name;
	const char *description; /* or NULL */
	const char *self;        /* address of the file; NULL: it is not one to ask for again */
	const char *page;        /* address of the page that shows the same */
	const struct zone *zone;
};

struct ical_event {
	const char *uid, *title, *page;
	const char *description, *location, *picture; /* or NULL */
	const char *const *tags;
	int ntags;
	bool placed;
	int64_t lat, lon;         /* 1e-7 degree */
	int64_t created, changed; /* ms UTC */
	const struct schedule *schedule;
};

void ical_begin(struct buf *out, struct arena *a, const struct ical_head *head);
/* One VEVENT, and one for each day that was moved (RECURRENCE-ID). */
void ical_event(struct buf *out, struct arena *a, const struct zone *zone, const struct ical_event *event);
void ical_end(struct buf *out);

/* A record whose field `agenda->date` says when; false: it has no date. With all that the page's actor may read of it. */
bool ical_record(const struct page *p, const struct record *record, const struct view_agenda *agenda,
                 struct schedule *schedule, struct ical_event *ret);

/* ---- Between ical.c and ical_zone.c ---- */

/* A line: what stands before ":", then the value, as they are. */
void ical_line(struct buf *out, const char *name, const char *value);
/* The rules of the clocks, from the first year that they are those of today; nothing for UTC. */
void ical_zone(struct buf *out, struct arena *a, const struct zone *zone);

#endif

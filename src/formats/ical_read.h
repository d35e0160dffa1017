/*
 * Calendars that come from outside (RFC 5545): their events, each with its repetitions, days left out and days moved
 * put together by its UID, in the civil time of the site's zone. Whatever the file, within the limits below. What cannot
 * be kept is told with its line and the reason.
 */
#ifndef PARVIS_ICAL_READ_H
#define PARVIS_ICAL_READ_H

#include "base/schedule.h"

enum {
	ICAL_BYTES = 10 * 1024 * 1024, /* of a file */
	ICAL_EVENTS = 20000,
	ICAL_VALUE = 64 * 1024, /* bytes of a line, unfolded */
	ICAL_PARTS = 300,       /* lines of one event */
	ICAL_REFUSALS = 5000,   /* told; the others are counted */
};

struct ical_item {
	int line; /* of its BEGIN, the first line being 1 */
	const char *uid, *title;
	const char *description, *location, *url; /* "" when there is none */
	bool placed;
	int64_t lat, lon;   /* 1e-7 degree */
	const json_t *tags; /* array of texts */
	bool cancelled;
	int sequence;
	struct schedule schedule;
};

struct ical_refusal {
	int line;
	const char *title; /* of the event, or "" */
	struct err why;
};

struct ical_file {
	const char *name;        /* of the calendar, or "" */
	struct ical_item *items; /* one for each UID, the latest version of it; in the order of the file */
	int n;
	struct ical_refusal *refusals;
	int nrefusals, refused;
};

/* E_INPUT: it is no calendar. `zone`: of the site's clocks. */
enum code ical_read(struct arena *a, const void *bytes, size_t len, const struct zone *zone, struct ical_file *ret,
                    struct err *err) MUST;

/* ---- Between ical_read.c, ical_read_time.c and ical_read_event.c ---- */

/* A content line: "DTSTART;TZID=Europe/Paris:20270105T183000". */
struct ical_content {
	int line;
	const char *name;   /* upper case */
	const char *params; /* as written, between the name and the colon */
	const char *value;
};
/* A parameter's value without its quotes, or NULL. */
const char *ical_param(struct arena *a, const struct ical_content *content, const char *name);
/* §3.3.11: what stands for commas, semicolons and ends of lines. */
const char *ical_text(struct arena *a, const char *value);

/* Where clocks change as the file itself says. */
struct ical_observance {
	struct datetime start; /* local */
	int from, to;          /* seconds east of UTC */
	bool repeats;
	struct repeat repeat;
};
struct ical_clocks {
	const char *id, *location; /* location: "X-LIC-LOCATION", or NULL */
	struct ical_observance *parts;
	int n;
	struct ical_clocks *next;
};

/* A moment as a line says it. */
struct ical_moment {
	struct datetime local; /* of its own clocks; of a day, at midnight */
	bool timed, utc;
	const struct zone *zone;          /* NULL: of `clocks`, or floating */
	const struct ical_clocks *clocks; /* NULL: none */
};

/* What times are read with. */
struct ical_times {
	struct arena *a;
	const struct zone *zone; /* of the site */
	struct ical_clocks *clocks;
};
/* E_INPUT: it is no date nor time, or of a zone that nothing describes. `value`: one of a list. */
enum code ical_moment_read(const struct ical_times *times, const struct ical_content *content, const char *value,
                           struct ical_moment *ret, struct err *err) MUST;
/* Are its clocks those of the site? */
bool ical_moment_here(const struct ical_times *times, const struct ical_moment *moment);
int64_t ical_moment_utc(const struct ical_times *times, const struct ical_moment *moment);
/* By the clocks of the site. */
struct datetime ical_moment_local(const struct ical_times *times, const struct ical_moment *moment);
/* "PT1H30M", "P1D" → minutes; false: it is none, or goes back. */
bool ical_duration(const char *text, int64_t *minutes);

/* The lines of one VEVENT. */
struct ical_event_lines {
	int line;
	struct ical_content *lines;
	int n;
};
struct ical_event_read {
	struct ical_item item;
	bool instance; /* one of the days of another (RECURRENCE-ID) */
	struct date day;
};
/* E_INPUT says why it cannot be kept. */
enum code ical_event_read(const struct ical_times *times, const struct ical_event_lines *lines,
                          struct ical_event_read *ret, struct err *err) MUST;

#endif

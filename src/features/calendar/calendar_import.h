/*
 * Events of a calendar from outside (formats/ical_read.h) as pages of a form that has an agenda: the title, when, where,
 * what about, key words, the address. Each is known by its UID: brought again, it changes the same page, and only by what
 * changed there; one that was called off goes to the trash.
 */
#ifndef PARVIS_CALENDAR_IMPORT_H
#define PARVIS_CALENDAR_IMPORT_H

#include "features/calendar/calendar.h"
#include "features/import/import.h"
#include "formats/ical_read.h"

enum { CALENDAR_IMPORT = 1000 /* events in one write: beyond, a job (calendar_run.h) */, CALENDAR_TOLD = 100 };

struct calendar_refusal {
	int line;
	const char *title, *why;
};

struct calendar_import {
	const struct form *form;
	const struct space *space;
	const struct view_agenda *agenda;
	const struct actor *actor;
	const struct ical_file *file;
	enum lang lang;
	bool rehearsal; /* looks at everything, keeps nothing */
	struct id batch;
	int64_t from,
	        tried; /* of a calendar that is followed (calendar_source.h): its number, and this try; 0: of a file */
	/* results */
	int created, changed, unchanged, cancelled;
	struct calendar_refusal *refusals; /* the first CALENDAR_TOLD */
	int nrefusals, refused;
	const char **titles; /* of those created or changed, the first CALENDAR_TOLD */
	int ntitles;
};

/* The values of one event; mistakes go to `issues`. */
json_t *calendar_values(struct arena *a, const struct form *form, const struct view_agenda *agenda,
                        const struct ical_item *item, struct issues *issues);

/* All of them in one write, or nothing when it fails or is a rehearsal. */
enum code calendar_import(struct store *store, struct arena *a, const struct model *model,
                          struct calendar_import *import, struct err *err) MUST;

/* One of them, in a write, which goes on when it is refused: `*refused`, and `err` says why. */
enum code calendar_import_item(struct tx *tx, struct arena *a, const struct model *model,
                               struct calendar_import *import, const struct ical_item *item, bool *refused,
                               struct err *err) MUST;

/* How imports know what came from calendars as pages of this form, whichever brought it. */
const char *calendar_import_source(struct arena *a, const struct form *form);
/* Leaves out what was over a year ago, and what is more than SOURCE_EVENTS (calendar_source.h). */
void calendar_keep_recent(struct arena *a, const struct zone *zone, struct ical_file *file);
/* Is the page that this row made still to take place? */
enum code calendar_is_coming(struct db *db, struct arena *a, const struct model *model, const struct import_item *row,
                             const struct view_agenda *agenda, const struct datetime *now, bool *ret,
                             struct err *err) MUST;

/* ---- The page ---- */

struct calendar_typed {
	const char *form, *space, *hash;      /* hash: of the file that was kept, or NULL */
	const struct calendar_import *looked; /* what would come, or NULL */
	const char *name;
};

/* Kinds of pages that an event may become: those with an agenda that the reader sees and whose form is awake. */
int calendar_forms(const struct page *p, const struct form *const **ret);
/* Spaces that she looks after. */
int calendar_spaces(const struct page *p, const struct space *const **ret);

#endif

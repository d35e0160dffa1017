/*
 * Calendars of elsewhere that a space follows: asked for again from time to time, their events become pages as those of a
 * file do (calendar_import.h), by the rights of who added them. An event that two of them bring is one page, known by its
 * UID. What changes there changes here; what is still to come and is no longer there, or was called off, goes to the trash.
 * One that fails waits longer and longer; after SOURCE_FAILURES tries it is paused, and says why.
 */
#ifndef PARVIS_CALENDAR_SOURCE_H
#define PARVIS_CALENDAR_SOURCE_H

#include "features/calendar/calendar_import.h"
#include "store/job.h"

enum {
	SOURCE_FAILURES = 10,
	SOURCE_MAX = 50,      /* of the site */
	SOURCE_EVENTS = 5000, /* of each */
	SOURCE_STEP = 200,    /* in one write */
};
#define SOURCE_EVERY INT64_C(3600000) /* ms */

struct calendar_source {
	int64_t num;
	const char *url, *title; /* title: of the calendar, or the host */
	int64_t form, space, person;
	bool paused;
	int64_t created, tried, done; /* ms UTC; 0: never */
	int failed;
	const json_t *said;   /* why the last try failed: {"say": message id, "with": [arguments]}; NULL: it did not */
	const json_t *result; /* of the last success: created, changed, unchanged, cancelled, refused */
	const char *etag, *modified;
};

enum code source_list(struct db *db, struct arena *a, struct calendar_source **ret, int *n, struct err *err) MUST;
enum code source_load(struct db *db, struct arena *a, int64_t num, struct calendar_source *ret, struct err *err) MUST;
/* E_CONFLICT: that one is followed already; E_LIMIT: SOURCE_MAX. Its first try is due at once. */
enum code source_add(struct tx *tx, struct arena *a, const struct calendar_source *source, int64_t *num,
                     struct err *err) MUST;
enum code source_pause(struct tx *tx, int64_t num, bool paused, struct err *err) MUST;
/* `with_events`: those that no other one brings go to the trash, by the rights of the actor. */
enum code source_remove(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                        int64_t num, bool with_events, struct err *err) MUST;
/* How many events it alone brings. */
enum code source_events(struct db *db, int64_t num, int *ret, struct err *err) MUST;
enum code source_tried(struct tx *tx, struct arena *a, const struct calendar_source *source, struct err *err) MUST;
/* A try is due now. */
enum code source_ask(struct tx *tx, int64_t num, struct err *err) MUST;

/* Who brought a record; *n 0: nobody. */
enum code source_of_record(struct db *db, struct arena *a, int64_t record, struct calendar_source **ret, int *n,
                           struct err *err) MUST;
/* Notes that the calendar has this event in this try. */
enum code source_note(struct tx *tx, int64_t source, const char *uid, const char *import, int64_t tried,
                      struct err *err) MUST;
/* Events that it had before this try and that no calendar has now: UIDs. Forgets them. */
enum code source_gone(struct tx *tx, struct arena *a, int64_t source, int64_t tried, const char ***ret, int *n,
                      struct err *err) MUST;

/* Every quarter of an hour: those that are due. */
enum code calendars_job(struct store *store, const struct job *job, void *context, struct err *err);
/* One, now. */
enum code calendar_job(struct store *store, const struct job *job, void *context, struct err *err);

/* ---- For pages ---- */

const struct form *source_form(const struct page *p, const struct calendar_source *source);
/* "https://maison.example/…" → "maison.example" */
const char *source_host(struct arena *a, const char *url);
/* "12 added, 3 changed…", "not asked yet". */
const char *source_result(const struct page *p, const struct calendar_source *source);
/* Why its last try failed, in the reader's language; NULL: it did not. */
const char *source_failure(const struct page *p, const struct calendar_source *source);
/* What an error says, to be kept; the arena's. */
json_t *source_said(struct arena *a, const struct err *err);
int calendar_sources_of(const struct page *p, const struct record *record, struct calendar_source **ret);

struct sources_page {
	struct calendar_source *sources; /* of the spaces that the reader looks after */
	int n;
	const char *url, *form, *space; /* typed */
};

#endif

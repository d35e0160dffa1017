/*
 * Agendas for other programs: the events of a view, of a space, of one page, as a calendar that a telephone or a mail
 * program asks for again from time to time (formats/ical.h). What everybody may read stands at an address that everybody
 * knows; what one person may read, at a secret address of hers, which she can renew or end (TOKEN_CALENDAR). Nothing
 * confidential is ever in one.
 */
#ifndef PARVIS_CALENDAR_H
#define PARVIS_CALENDAR_H

#include "formats/ical.h"
#include "views/agenda.h"

enum { CALENDAR_EVENTS = 10000, CALENDAR_MONTHS_BEHIND = 12 };

/* A calendar under way. */
struct calendar {
	const struct page *page;
	struct page inner; /* the same with the memory of one batch */
	struct arena batch;
	struct buf *out;
	int n;
	int64_t *taken; /* numbers of records that are in it, by their hash; 0: free */
	bool once;      /* each record once, whatever brings it */
	/* Is the record one of them? NULL: all are. */
	bool (*takes)(void *context, const struct record *record);
	/* Only some of its days? Changes the schedule then. NULL: all of them. */
	void (*narrows)(void *context, const struct record *record, struct arena *a, struct schedule *schedule);
	void *context;
	/* Between two batches: a new snapshot, since one of them lasts for some seconds only. NULL: the same. */
	enum code (*renew)(void *request, struct err *err);
	void *request;
	int64_t since; /* when the snapshot began, ms UTC */
};

void calendar_begin(struct calendar *c, const struct page *p, struct buf *out);
/* Those of the query with a date from a year ago on. */
enum code calendar_take(struct calendar *c, const struct query *query, const struct view_agenda *agenda,
                        struct err *err) MUST;
void calendar_record(struct calendar *c, const struct record *record, const struct view_agenda *agenda);
void calendar_end(struct calendar *c);

/* What says of this form when and where: of the first agenda of it that the reader sees; NULL: there is none. */
const struct view_agenda *calendar_agenda(const struct page *p, const struct form *form);

/* Of a view with the choices of its page, of a space, of a page of the site: addresses on this site. */
/* Is the view an agenda, for whoever reads it? */
bool calendar_shows(const struct view_list *list);
const char *calendar_view_address(const struct page *p, const struct view_list *list);
const char *calendar_subscribe_address(const struct page *p, const struct view_list *list);
/* For records: NULL when it has no date, or not everybody reads it as it is. */
const char *calendar_record_address(const struct page *p, const struct record *record);
/* Of a space; NULL: none of its pages has a date, or not everybody may read it. */
const char *calendar_space_address(const struct page *p, const struct space *space);

/* "webcal://site.example/-/…" */
const char *calendar_webcal(const struct page *p, const char *address);

/* A person's own address. */
struct own_calendar {
	int64_t made;    /* 0: she has none */
	const char *url; /* just made: shown this once; NULL */
	bool all;        /* of the choice being made */
};

#endif

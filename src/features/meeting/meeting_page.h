/* What the templates of meetings ask of C. */
#ifndef PARVIS_MEETING_PAGE_H
#define PARVIS_MEETING_PAGE_H

#include "core/meeting.h"
#include "features/meeting/minutes.h"
#include "page/page.h"

struct meeting_shown {
	const struct record *about;
	struct meeting meeting;
	struct meeting_form item_form;
	bool has_items; /* the site has a form of what is proposed */
	struct meeting_item *items;
	int n;
	int minutes, open; /* in all; how many are to be dealt with */
	struct meeting_form makes[MEETING_MAKES];
	int nmakes;
	bool edits;                     /* the reader writes its minutes and its attendance */
	bool organises;                 /* … and changes the order */
	bool written;                   /* something of the minutes is */
	const struct record *following; /* the meeting after it, or NULL */
	bool goes_on;                   /* the reader may make it */
	bool attended;                  /* the form asks who was there, and the reader may say so */
};
/* NULL: the record is no meeting. */
const struct meeting_shown *meeting_shown_of(const struct page *p, const struct record *about);

/* Is it an item of this meeting's agenda, which the page shows as such? */
bool meeting_shows(const struct page *p, const struct record *meeting, const struct record *item);

const char *meeting_item_time(const struct page *p, const struct meeting_shown *d, int i);  /* "18 h 45", or "" */
const char *meeting_item_facts(const struct page *p, const struct meeting_shown *d, int i); /* "15 min – Lou", or "" */
/* To which meeting it goes on: its words, and its address; NULL: none. */
const char *meeting_item_next(const struct page *p, const struct meeting_item *item, const char **url);
const char *meeting_length(const struct page *p, int minutes); /* "1 h 15", "45 min" */
const char *meeting_propose_url(const struct page *p, const struct meeting_shown *d);
const char *meeting_paper_url(const struct page *p, const struct record *about);
/* "Make a decision of it"; the kind of thing in a few words. */
const char *meeting_make_words(const struct page *p, const struct meeting_form *make);
/* The next meeting's day, where this one says it and nobody has made it yet: as kept; else NULL. */
const char *meeting_next_day(const struct page *p, const struct meeting_shown *d, const char **words);
/* The title that the next one would have. */
const char *meeting_next_title(const struct page *p, const struct meeting_shown *d, const json_t *day);

/* ---- Lines of the minutes ---- */

struct minutes_text {
	const struct field *field;
	const char *text;
	struct minutes_line *lines;
	int n;
};
/* Those that the reader may change, of the questions that hold the minutes. */
int meeting_texts(const struct page *p, const struct meeting_shown *d, struct minutes_text **ret);
/* What a line became: a record of one of the forms of `makes` to which it links, or NULL. */
const struct record *meeting_line_made(const struct page *p, const struct meeting_shown *d,
                                       const struct minutes_line *line);
struct html_safe meeting_line_html(const struct page *p, const struct minutes_line *line);

/* ---- Who was there ---- */

enum { ATTENDANCE_NAMES = 200, ATTENDANCE_NAME = 80 /* characters */ };
enum attendance { ATTENDANCE_NONE, ATTENDANCE_PRESENT, ATTENDANCE_EXCUSED, ATTENDANCES };

struct attendee {
	const char *name;
	enum attendance state;
};
/* Those who are in it already, then the members of the space, in the order of names. */
enum code meeting_attendees(const struct page *p, const struct meeting_shown *d, struct attendee **ret, int *n,
                            struct err *err) MUST;
/* The names of a text, a line for each. */
int meeting_names(struct arena *a, const char *text, const char ***ret);
const char *attendance_words(enum attendance state); /* message id */
const char *attendance_name(const struct page *p, const char *what, int i);

#endif

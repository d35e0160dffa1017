/* What the templates of debates ask of C. */
#ifndef PARVIS_DEBATE_PAGE_H
#define PARVIS_DEBATE_PAGE_H

#include "core/debate.h"
#include "page/page.h"

enum { CLASS_BLANK = 4 /* empty lines for a group, at once */ };

struct debate_shown {
	const struct record *about;
	struct debate debate;
	bool open, managed; /* one may answer; the reader looks after it */
	bool answer;        /* the reader may */
	const char *end;    /* its last day in words, or NULL */
	const struct position *mine;
	const char
	        *summary; /* where the reader writes or corrects the summary, or NULL: she may not, or there is none */
	bool summarised;  /* … it is written */
};
/* NULL: the record is no debate. */
const struct debate_shown *debate_shown_of(const struct page *p, const struct record *about);

const char *stance_words(enum stance stance); /* message id: "For" */
const char *stance_icon(enum stance stance);
const char *stance_class(enum stance stance);
/* Is a position shown to the reader? One that waits is, to herself and who looks after it. */
bool position_seen(const struct page *p, const struct debate_shown *d, const struct position *position);
int stance_shown(const struct page *p, const struct debate_shown *d, enum stance stance); /* how many */
/* "was against, then unsure", or "" */
const char *position_moves(const struct page *p, const struct position *position);
/* Share of a stance, in hundredths. */
int stance_share(const struct debate_shown *d, enum stance stance);
/* How many took the stances before it. */
int stance_before(const struct debate_shown *d, enum stance stance);
struct html_safe position_html(const struct page *p, const struct position *position);

/* Forms with which a debate may be opened from this record, and how: those that have a relation to it. */
struct debate_way {
	const struct form *form;
	const char *url;
};
int debate_ways(const struct page *p, const struct record *from, struct debate_way **ret);

/* What was sent. */
struct position_typed {
	int stance; /* -1: none */
	const char *reason;
};
/* A line of the page for a group. */
struct class_line {
	int64_t num; /* 0: a new one */
	const char *name, *reason;
	int stance;
};
const char *line_name(const struct page *p, const char *what, int i);

#endif

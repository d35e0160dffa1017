/* Shareable versions (core/shareable.h) as people meet them. */
#ifndef PARVIS_SHAREABLE_PAGE_H
#define PARVIS_SHAREABLE_PAGE_H

#include "core/shareable.h"
#include "page/form.h"
#include "page/page.h"

/* A part of a text: between two blank lines. */
struct passage {
	const char *text;
	bool kept;          /* it goes out */
	const json_t *item; /* a picture or a file of a list of them; NULL: words */
};

/* A question of the page, and what of its answer goes out. */
struct question {
	const struct field *field;
	const json_t *value;
	bool text, line; /* text: passage by passage, rewritten if need be; line: it is one */
	bool items;      /* pictures or files, one by one: passages too */
	struct passage *passages;
	int n;
	const char *added; /* a passage written for those who read the copy */
	bool kept;         /* of the others */
};

struct choosing {
	const struct record *record;
	const struct space *to;
	const struct space **spaces; /* that it may go to */
	int nspaces;
	struct question *questions; /* in the form's order */
	int n;
	const char *names;    /* others concerned, one on a line */
	const json_t *values; /* what goes */
	struct consent people[SHAREABLE_PEOPLE];
	int npeople;
	bool again; /* one was prepared before: answers start anew */
};

/* Everything as the reader may read it: as was chosen before (`before`, may be NULL), or as is safe. */
enum code choosing_begin(const struct page *p, const struct record *record, const struct shareable *before,
                         struct choosing *ret, struct err *err) MUST;
/* The values that go out, and who is concerned by them. */
enum code choosing_settle(const struct page *p, struct choosing *c, struct err *err) MUST;

/* A shareable version as its page shows it. */
struct shareable_view {
	const struct shareable *s;
	const struct record *source; /* NULL: not the reader's to read, or deleted */
	const struct record *copy;   /* NULL: none, or not hers to read */
	const struct record *text;   /* what is to be published; NULL: it is */
	const struct space *to;
	const struct consent *mine; /* NULL: she is not asked */
	const char *by;             /* who prepares it, or NULL */
	bool manages;               /* she prepares it, or looks after the space of the page */
	bool hears;                 /* she looks after it: she notes what was said by voice */
	const char *today;          /* "2026-11-28" */
};

/* What a template of a record may say of it; NULL where there is nothing for this reader. Visitors are told nothing. */
const struct shareable_view *shareable_of_page(const struct page *p, const struct record *r);
/* The page that this one is the shareable version of, for who reads both. */
const struct record *shareable_source(const struct page *p, const struct record *r);
/* May the reader prepare one? */
bool shareable_may(const struct page *p, const struct record *r);

const char *shareable_url(const struct page *p, const struct shareable *s, const char *more);
const char *prepare_url(const struct page *p, const struct record *r);
const char *passage_id(const struct page *p, const struct question *q, const char *prefix, int i);
const char *passage_item_id(const struct page *p, const struct question *q, int i);
/* A list of that one picture or file, as its field shows it. */
const json_t *passage_value(const struct page *p, const struct passage *passage);
const char *why_words(enum consent_why why); /* message id */
/* Names of the questions whose answers fewer people read, or "". */
const char *shareable_narrow(const struct page *p, const struct shareable_view *v);
bool shareable_may_publish(const struct shareable_view *v);

#endif

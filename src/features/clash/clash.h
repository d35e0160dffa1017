/*
 * What else takes place when and where somebody announces something: told while it is written, never forbidden. Compared
 * are the dates that the site's agendas show (struct view_agenda), as the reader reads them, and nothing confidential.
 * The same place: a place on the map within CLASH_METRES, the same related record, or the same words.
 */
#ifndef PARVIS_CLASH_H
#define PARVIS_CLASH_H

#include "base/schedule.h"
#include "page/page.h"

enum {
	CLASH_METRES = 30, /* the same place */
	CLASH_NEAR = 2000, /* metres: nearby */
	CLASH_HOURS = 3,   /* between the end of one and the beginning of the other: the same evening */
	CLASH_DATES = 12,  /* of what comes back, looked at: the next ones */
	CLASH_SHOWN = 10
};

struct clash {
	const struct record *record;
	struct span span; /* of the first date on which they meet */
	int more;         /* other dates on which they do */
	bool same;        /* the same place, and hours that overlap: a conflict */
	int metres;       /* how far; -1: not known */
};

struct clashes {
	struct clash *all; /* conflicts first, then by date; at most CLASH_SHOWN of each kind */
	int nsame, nnear;
	bool dated, placed; /* is it said when, where? Else nothing can be told */
};

/* Does an agenda of the site show the dates of this form? Then that question, else NULL. */
const struct field *clash_date(const struct model *model, const struct form *form);
/* Is the field one that says when or where for such a form? */
bool clash_asks(const struct model *model, const struct form *form, const struct field *field);

/* `values`: as they are typed; those that do not say when or where are as if they were absent. `self`: the record that is
 * corrected, or NULL. Only what is not over. */
enum code clash_find(const struct page *p, const struct form *form, const json_t *values, const struct record *self,
                     struct clashes *ret, struct err *err) MUST;

/* For templates: none where nothing can be told or a mistake of the store stands in the way. */
const struct clashes *clash_of(const struct page *p, const struct form *form, const json_t *values,
                               const struct record *self);
/* The last of the form's fields that says when or where, below which it is told; NULL: the form is of no agenda. */
const struct field *clash_below(const struct page *p, const struct space *space, const struct form *form);
const char *clash_facts(const struct page *p, const struct clash *clash);

#endif

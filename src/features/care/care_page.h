/* What the pages of looking after a form or a page ask of C. */
#ifndef PARVIS_CARE_PAGE_H
#define PARVIS_CARE_PAGE_H

#include "core/care.h"
#include "core/dormant.h"
#include "page/form.h"
#include "page/page.h"

/* A form or a page, as the reader stands to it. */
struct tended {
	struct care care;
	const struct form *form;     /* that it is, or that it is of; NULL: a space */
	const struct record *record; /* NULL: the form, or a space */
	const struct space *space;   /* that it is, whose facilitators look after it; NULL: a form or a page */
	const char *name, *url;      /* of the thing itself */
	const char *picture;         /* name of an icon */
	const char *here;            /* address of its page of care */
	bool mine;                   /* she wrote it */
	bool manages, takes, keeper; /* may she say what becomes of it; take it up; does she look after it */
	int looked_after;            /* by how many: a page's author counts */
	const char *author;          /* of a page, who looks after it by having written it; NULL */
};

/* As it is now; false: there is none, or it is not hers to know. */
bool tended_record(const struct page *p, const struct record *record, struct tended *ret);
bool tended_form(const struct page *p, const struct form *form, struct tended *ret);
/* Where a space is put to sleep, offered, woken. */
const char *care_space_url(const struct page *p, const struct space *space);
const char *tended_names(const struct page *p, const struct tended *tended);
/* Does the site follow what becomes of such pages (core/dormant.h)? */
bool care_counts(const struct page *p, const struct record *record);
const struct field *care_person_control(const struct page *p);

/* What is dormant, as its page shows it. */
struct dormant_row {
	struct dormant dormant;
	const struct record *record; /* of one that is a record */
};
/* What fewer than two people look after: a space or a form. */
struct alone_row {
	const char *name, *url, *picture;
	int n;
};
bool dormant_any(const struct dormant_row *rows, int n, enum dormant_kind kind);

#endif

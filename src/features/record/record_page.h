/* What the templates of records ask of C. */
#ifndef PARVIS_RECORD_PAGE_H
#define PARVIS_RECORD_PAGE_H

#include "core/index.h"
#include "core/proposal.h"
#include "page/page.h"

/* A field of the record's page is shown in one of these places. */
enum record_place { PLACE_ESSENTIAL, PLACE_PICTURES, PLACE_BODY, PLACE_NOWHERE };
enum record_place field_place_of(const struct record *r, const struct field *field);
/* Is any field shown at that place? */
bool record_has(const struct record *r, enum record_place place);
const char *field_icon(const struct field *field);

/* Records that point to this one, by the words of the relation. */
struct inverse_group {
	const char *label;
	struct record **records; /* in the order of their titles */
	const char **keys;       /* the titles, folded */
	int n;
	bool ordered; /* by what the relation says, to be read one after the other */
	int rank;
};
/* In the order of the site's forms and of their questions; those that only speak of it come last. */
int record_inverses(const struct page *p, const struct record *r, struct inverse_group **ret);

/* Where a record stands among those to be read one after the other: in a series, a logbook (a relation whose option
 * "order" names the field that orders them). */
struct sequence {
	const struct record *whole;          /* what they belong to */
	const char *label;                   /* how it names them */
	int position, total;                 /* from 1 */
	const struct record *before, *after; /* or NULL */
};
int record_sequences(const struct page *p, const struct record *r, struct sequence **ret);

struct html_safe record_qr(const struct page *p, const struct record *r);
/* Address of the view that lists the record's form, and its title; NULL when there is none. */
const struct view *record_home_view(const struct page *p, const struct record *r);
/* "Maël, Lou et 3 autres", in the order they came; "" when the program alone wrote it. */
const char *record_contributors(const struct page *p, const struct record *r);
/* What a draft waits for or was told, or NULL: a draft like others. */
const struct proposal *record_proposal(const struct page *p, const struct record *r);
/* Was it added without an account, and may the reader give its author a new code? */
bool record_has_guest(const struct page *p, const struct record *r);
/* Who may read a space, in a few words. */
const char *visibility_words(const struct page *p, const struct space *space);
const char *record_action_id(const struct page *p, const struct record *r);
const char *record_action_url(const struct page *p, const struct record *r, const char *action);
/* May the reader write in this field's part? */
bool field_writable(const struct page *p, const struct space *space, const struct field *field);
/* Is there a field that takes files, which she may write? Then the form is sent as multipart/form-data. */
bool form_takes_files(const struct page *p, const struct space *space, const struct form *form);
/* Does a part of the form (struct field.group) begin with field i, of those that the person may write? */
bool field_opens_part(const struct page *p, const struct space *space, const struct form *form, int i);
int form_parts(const struct page *p, const struct space *space, const struct form *form);

#endif

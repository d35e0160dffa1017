/* What the templates of changes on several records ask of C. */
#ifndef PARVIS_BULK_PAGE_H
#define PARVIS_BULK_PAGE_H

#include "features/view/view_list.h"
#include "page/page.h"

/* A change being asked, over the records that were ticked. */
struct bulk {
	const struct view *view;
	const char *action;        /* name of a row of the table, or "" */
	const struct field *field; /* of "field" and "tag" */
	const json_t *value;       /* what was typed for it */
	struct record **records;
	int n;
};

/* To do to several records. One row each. */
struct bulk_action {
	const char *name, *label; /* message id */
	const char *help;         /* message id */
};
extern const struct bulk_action bulk_actions[]; /* ends with a row without name */

/* A record that could not be changed, and why. */
struct bulk_refusal {
	const struct record *record;
	const char *why;
};

/* May this field of the view's form be given the same value everywhere? Not titles, nor long texts. */
bool bulk_field(const struct page *p, const struct form *form, const struct field *field);
/* The question of the form that takes key words, and that the person may answer everywhere; NULL: none. */
const struct field *bulk_tags(const struct page *p, const struct form *form);
bool bulk_offers(const struct page *p, const struct form *form, const struct bulk_action *action);
const char *bulk_record_id(const struct page *p, const struct record *record);

#endif

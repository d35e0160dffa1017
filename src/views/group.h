/* Records put together under headings, by the value of a field, in pages. */
#ifndef PARVIS_GROUP_H
#define PARVIS_GROUP_H

#include "views/view_type.h"

/* One page of records, in the view's order; under headings when the list has a group. */
enum code group_page(const struct page *p, struct view_list *list, struct err *err) MUST;

struct grouping {
	const struct field *field;
	enum date_step step; /* of dates */
	bool by_key;         /* groups in the order of the query; else by their names */
};

/*
 * One page of records under headings: choices in the order of their list, dates by time, the rest by
 * name; those without value last. A record with several values stands under each. Pages are by number
 * (the list's query.after is the count of those before), and at most QUERY_COUNT_MAX records take part.
 */
enum code group_load(const struct page *p, struct view_list *list, const struct grouping *grouping,
                     struct err *err) MUST;

/* The words for a key of the field, cut at `step` when it is a date: "septembre 2026". */
const char *group_label(const struct page *p, const struct field *field, enum date_step step, const char *key);
/* Names a group of records for a screen reader. */
const char *group_caption(const struct page *p, const struct view_list *list, const struct view_group *group);
/* Is it a field whose keys are dates? */
bool group_is_date(const struct field *field);

#endif

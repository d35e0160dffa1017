/* The latest changes that the reader may see, with the records they are about. */
#ifndef PARVIS_RECENT_LIST_H
#define PARVIS_RECENT_LIST_H

#include "core/history.h"
#include "page/page.h"

struct recent_item {
	const struct recent *change;
	const struct record *record;
};

struct recent_list {
	struct recent_item *items; /* newest first */
	int n;
	int64_t next; /* position to go on from; 0: that was all */
};

/* `form` NULL: all; `before` 0: from the newest. */
enum code recent_list_load(const struct page *p, const struct form *form, int64_t before, int limit,
                           struct recent_list *ret, struct err *err) MUST;

/* The `limit` records changed last, once each, with their latest change. */
enum code recent_records(const struct page *p, int limit, struct recent_list *ret, struct err *err) MUST;

/* "added", "corrected" */
const char *recent_words(const struct page *p, const struct recent_item *item);
/* Does this item begin another day than the one before it? */
bool recent_opens_day(const struct page *p, const struct recent_list *list, int i);

/* The list of this place in the model, where it may be followed: one of the site's own that the reader sees; else NULL. */
const struct view *feeds_view(const struct page *p, int i);

#endif

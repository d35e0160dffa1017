/* Used by the templates of proposed dates. */
#ifndef PARVIS_FIELDS_DATES_H
#define PARVIS_FIELDS_DATES_H

#include "core/date_poll.h"
#include "page/page.h"

/* What stands in the boxes of one proposal. */
struct dates_row {
	const char *day, *from, *to, *places;
};

/* The whole form; `chosen` and `event` are kept as they are. */
struct dates_boxes {
	struct dates_row rows[SLOTS_MAX];
	int n;
	const char *closes, *chosen, *event;
};

const char *dates_row_id(const struct page *p, const struct field *field, const char *box, int row);

#endif

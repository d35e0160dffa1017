#include "views/timeline.h"

#include <string.h>

#include "views/group.h"

bool timeline_fits(const struct view *view)
{
	return view->timeline.date != NULL;
}

/* By date first, then as the view says. */
enum code timeline_load(const struct page *p, struct view_list *list, struct err *err)
{
	const struct view_timeline *timeline = &list->view->timeline;
	int n = list->query.nsorts;
	struct sort *sorts = arena_array(p->arena, struct sort, (size_t)n + 1);
	sorts[0] = (struct sort){ .field = timeline->date, .descending = timeline->descending };
	memcpy(sorts + 1, list->query.sorts, (size_t)n * sizeof(*sorts));
	list->query.sorts = sorts;
	list->query.nsorts = n + 1;
	const struct grouping grouping = { .field = timeline->date, .step = timeline->step, .by_key = true };
	return group_load(p, list, &grouping, err);
}

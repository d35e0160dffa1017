/* The charts of a view: counts of records, sums and means of a number, by a choice or along time. */
#ifndef PARVIS_CHARTS_H
#define PARVIS_CHARTS_H

#include "page/chart.h"
#include "views/view_type.h"

bool charts_fit(const struct view *view);
/* Over all that matches (at most QUERY_COUNT_MAX records), as far as the reader may read. */
enum code charts_load(const struct page *p, struct view_list *list, struct err *err) MUST;

#endif

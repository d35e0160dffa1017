/* Records along time, by a date or a period: months or years, those without date at the end. */
#ifndef PARVIS_TIMELINE_H
#define PARVIS_TIMELINE_H

#include "views/view_type.h"

bool timeline_fits(const struct view *view);
enum code timeline_load(const struct page *p, struct view_list *list, struct err *err) MUST;

#endif

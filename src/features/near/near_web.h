/* The page "this week near me". */
#ifndef PARVIS_NEAR_WEB_H
#define PARVIS_NEAR_WEB_H

#include "features/near/near.h"
#include "web/route.h"

extern const struct feature near_feature;

/* What its template shows. */
struct near_shown {
	const struct view *view;
	struct near_places *places;
	int nplaces;
	bool chosen; /* else nothing below */
	struct near_point point;
	int metres;
	struct near_item *items;
	int n;
	bool kept; /* this device keeps a place */
	const char *mistake;
};

extern const int near_rooms[]; /* metres to choose from, 0 (all) after the last */
const char *near_cookie(const struct page *p, const struct view *view);
const char *near_record_id(const struct page *p, const struct record *record);
/* "de 14 h à 17 h · à 350 m" */
const char *near_line(const struct page *p, const struct near_item *item);
const char *near_day(const struct page *p, const struct near_item *item);

#endif

/*
 * What takes place in the seven days to come, near a place that the reader chooses: one of the records that events are
 * related to (a neighbourhood, a structure), or where her device says that she is. That position is in the address of the
 * page, rounded to some hundred metres, and nowhere else: the site keeps none, and asks nobody else. How far something is:
 * from its own place, else from that of a record it is related to, as the crow flies.
 */
#ifndef PARVIS_NEAR_H
#define PARVIS_NEAR_H

#include "views/agenda.h"

enum {
	NEAR_DAYS = 7,
	NEAR_PLACES = 200 /* of one form, to choose from: a page of a query */,
	NEAR_ROOM = 3000 /* metres, usually */
};

/* Where from. */
struct near_point {
	int64_t lat, lon;  /* 1e-7 degree */
	const char *name;  /* of the record; NULL: a position */
	const char *place; /* its id, or NULL */
	const char *at;    /* "47.394,0.698", or NULL */
};
/* False: nothing is chosen, or it is not there (any more). `place`: id of a record; `at`: latitude and longitude. */
bool near_point(const struct page *p, const char *place, const char *at, struct near_point *ret);

/* A list to choose from: those of one form, by title. */
struct near_places {
	const struct form *form;
	const struct record *const *records;
	int n;
};
/* The lists that fit an agenda's events; 0: nothing says where they are. */
enum code near_places(const struct page *p, const struct view *view, struct near_places **ret, int *n,
                      struct err *err) MUST;
/* Is there anything to choose? Reads no record. */
bool near_fits(const struct page *p, const struct view *view);

struct near_item {
	const struct agenda_item *item;
	struct date day; /* the first of these days that it touches */
	int metres;      /* -1: nobody knows where it is */
	bool about;      /* its place is approximate, or that of a record it is related to */
};
/* Within `metres` (0: whatever the distance) and those whose place is not known, by day, then by distance, those last. */
enum code near_find(const struct page *p, struct view_list *list, const struct near_point *point, int metres,
                    struct near_item **ret, int *n, struct err *err) MUST;

/* Metres between two points, along the sphere (haversine). */
int near_metres(int64_t lat1, int64_t lon1, int64_t lat2, int64_t lon2);
/* "350 m", "1,2 km", "12 km" */
const char *near_words(const struct page *p, int metres);

#endif

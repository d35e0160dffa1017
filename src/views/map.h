/*
 * Records on a map: all points of a query, whatever its page, as data for the browser and as a drawing
 * for paper and for readers without JavaScript. Nothing is a point that the reader may not read.
 */
#ifndef PARVIS_MAP_H
#define PARVIS_MAP_H

#include "views/view_type.h"

struct map_point {
	int rank; /* place of its record in the query's order, from 1 */
	const char *title, *url;
	const struct choice *category; /* or NULL */
	int64_t lat, lon;              /* 1e-7 degree: of its mark */
	const json_t *shape;           /* the line or area (base/geometry.h), or NULL */
	bool approximate;
};

struct map_points {
	const struct map_point *points;
	int n;
	int records; /* that matched; those without a position are not in `points` */
	bool cut;    /* more than QUERY_COUNT_MAX matched */
};

bool map_fits(const struct view *view);
/* A page of records as a list: many, since the list goes with the map. */
enum code map_load(const struct page *p, struct view_list *list, struct err *err) MUST;

/* Reads all points of the query of `list`. */
enum code map_points_load(const struct page *p, const struct view_list *list, struct map_points *ret,
                          struct err *err) MUST;

/* {"records": 15, "categories": [["Ouvert","foret","carre"], …], "points": [[rank, "title", "/url", lat, lon,
 * category or -1, approximate 0 or 1], …]}; degrees. A line or area follows its row, as a geometry of GeoJSON. */
void map_points_json(struct buf *out, const struct page *p, const struct map_points *points, const struct form *form);

/* An SVG document of its own: the points, numbered when they are few, over the outlines (GeoJSON, Polygon
 * and MultiPolygon features with a name in `nom` or `name`; NULL: none). `title` names it. */
void map_svg(struct buf *out, const struct map_points *points, const json_t *outlines, const char *title);

/* What templates need. */
const char *map_side_url(const struct page *p, const struct view_list *list, const char *file);
const char *map_outlines_url(const struct page *p, const struct view *view); /* or NULL */
const char *map_words(const struct page *p, const struct view_list *list);   /* what the drawing shows */

#endif

/*
 * Where answers come from: points put into areas (the outlines of the site's maps, core/model.h), so that nobody is told apart
 * by her place. Small areas are hidden as any small count (result_rule.h); the points themselves are drawn only for who
 * reads the answers one by one anyhow.
 */
#ifndef PARVIS_RESULT_MAP_H
#define PARVIS_RESULT_MAP_H

#include "features/result/result_table.h"

enum { AREAS_MAX = 400, AREA_TONES = 5 };

struct map_area {
	const char *name;
	const json_t *feature; /* GeoJSON, Polygon or MultiPolygon */
};

struct map_row {
	const char *label;
	int number;   /* as written on the map; 0: it is not on it */
	int n;        /* answers from there */
	double share; /* of all that have a place; of those who answered, in the map of a choice */
	bool hidden;
	int tone;
};

struct answer_map {
	struct arena *arena;
	const struct result_question *places;
	struct map_area *areas;
	int nareas;
	struct label source; /* of the outlines */
	/* What is told of them. */
	struct result_question by_area;         /* the areas as choices of a question; the last: elsewhere */
	const struct result_question *question; /* whose choice is shown, or NULL: how many answers */
	int code;
	struct map_row *rows;
	int nrows;
	const char *legend[AREA_TONES]; /* "" : no area is in it */
	bool points;
	struct html_safe drawing;
};

/* Where a point is; −1: in none. GeoJSON in degrees; crossing number (the rings of an area between its borders are even-odd). */
int area_find(const struct map_area *areas, int n, double lat, double lon);

/* `outlines`: GeoJSON, or NULL. `part`: "question:choice", or "". */
void answer_map_make(const struct page *p, const struct results *results, const struct result_question *places,
                     const json_t *outlines, const char *part, struct answer_map *ret);

#endif

/*
 * Points, lines and areas, as GeoJSON says them (RFC 7946 §3.1: Point, LineString, Polygon), on WGS 84. Kept as a
 * geometry of GeoJSON whose coordinates are integers of 1e-7 degree, longitude first, without altitude; outer rings
 * of areas go against the clock, inner ones with it (§3.1.6).
 */
#ifndef PARVIS_GEOMETRY_H
#define PARVIS_GEOMETRY_H

#include "base/buf.h"
#include "base/json.h"

#define GEOMETRY_DEGREE 10000000LL

enum { GEOMETRY_POSITIONS = 1000, GEOMETRY_RINGS = 20 };

/* 1e-7 degree. */
struct geo_box {
	int64_t west, east, south, north;
};

/* From a geometry in degrees, a Feature, or a collection of one: E_INPUT says what is wrong and where, E_LIMIT what
 * is too much. Rings are turned the right way round, altitudes dropped. */
enum code geometry_read(struct arena *a, const json_t *geojson, json_t **ret, struct err *err) MUST;
/* From positions in degrees, latitude first as people write them, one a line (or between semicolons): an area, whose
 * end may be left to join its beginning, or a line. */
enum code geometry_read_list(struct arena *a, const char *text, bool area, json_t **ret, struct err *err) MUST;
/* Is this a geometry as it is kept? */
enum code geometry_check(const json_t *kept, struct err *err) MUST;

/* For a geometry that passed geometry_check (a point at 0, 0 for what did not). */
bool geometry_is(const json_t *kept, const char *type);
int geometry_positions(const json_t *kept);
struct geo_box geometry_box(const json_t *kept);
/* Where its mark stands: half way along a line; the centre of gravity of an area, or where that is outside, a
 * place inside near it. */
void geometry_centre(const json_t *kept, int64_t *lat, int64_t *lon);
/* Metres along a line; square metres of an area, less its holes. On a sphere, to about 1 %. */
double geometry_length(const json_t *kept);
double geometry_area(const json_t *kept);

/* As GeoJSON in degrees, with at most `decimals` digits (7: exact; 5: a metre). */
void geometry_put(struct buf *out, const json_t *kept, int decimals);
/* As geometry_read_list reads it; only what has no hole. */
void geometry_put_list(struct buf *out, const json_t *kept);
/* 473855000 → "47.3855": without zeros at the end. */
void degrees_put(struct buf *out, int64_t degrees, int decimals);
/* "47.3855" or "47,3855", within ±limit degrees; else false. */
bool degrees_parse(const char *text, int limit, int64_t *ret);

#endif

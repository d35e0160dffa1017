/*
 * The value of a field of type place: an address in words, and where it is, a point or a shape:
 * {"address": "…", "lat": …, "lon": …} or {"address": "…", "shape": {geometry as kept by base/geometry.h}}, with
 * "approximate": true where it is so. 1e-7 degree.
 */
#ifndef PARVIS_PLACE_H
#define PARVIS_PLACE_H

#include "base/geometry.h"

/* The line or area, NULL when there is none that can be drawn. */
const json_t *place_shape(const json_t *place);
/* The point, or the centre of the shape; false: the place is only an address. */
bool place_point(const json_t *place, int64_t *lat, int64_t *lon);
/* All that it covers; false as for place_point. */
bool place_box(const json_t *place, struct geo_box *ret);
/* As a geometry of GeoJSON; "null" for an address alone. */
void place_put_geometry(struct buf *out, const json_t *place, int decimals);

#endif

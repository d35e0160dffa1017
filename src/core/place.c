#include "core/place.h"

const json_t *place_shape(const json_t *place)
{
	const json_t *shape = json_object_get(place, "shape");
	return shape && geometry_check(shape, NULL) == OK ? shape : NULL;
}

bool place_point(const json_t *place, int64_t *lat, int64_t *lon)
{
	const json_t *shape = place_shape(place), *own = json_object_get(place, "lat");
	if (shape) geometry_centre(shape, lat, lon);
	else {
		*lat = json_integer_value(own);
		*lon = json_int(place, "lon", 0);
	}
	return shape || json_is_integer(own);
}

bool place_box(const json_t *place, struct geo_box *ret)
{
	const json_t *shape = place_shape(place);
	int64_t lat, lon;
	if (!place_point(place, &lat, &lon)) return false;
	*ret = shape ? geometry_box(shape) : (struct geo_box){ lon, lon, lat, lat };
	return true;
}

void place_put_geometry(struct buf *out, const json_t *place, int decimals)
{
	const json_t *shape = place_shape(place);
	int64_t lat, lon;
	if (shape) geometry_put(out, shape, decimals);
	else if (place_point(place, &lat, &lon)) {
		buf_lit(out, "{\"type\":\"Point\",\"coordinates\":[");
		degrees_put(out, lon, decimals);
		buf_putc(out, ',');
		degrees_put(out, lat, decimals);
		buf_lit(out, "]}");
	} else buf_lit(out, "null");
}

#include "base/geometry.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define RADIANS (3.14159265358979323846 / 180)
#define EARTH 6371008.8 /* metres: mean radius (IUGG) */

/* ---- Positions and rings ---- */

static int64_t lon_of(const json_t *position)
{
	return json_integer_value(json_array_get(position, 0));
}

static int64_t lat_of(const json_t *position)
{
	return json_integer_value(json_array_get(position, 1));
}

bool geometry_is(const json_t *kept, const char *type)
{
	return strcmp(json_str_or(kept, "type", ""), type) == 0;
}

/* The i-th run of positions: a line, a ring, a point alone; NULL after the last. */
static const json_t *nth_run(const json_t *kept, size_t i)
{
	const json_t *coordinates = json_object_get(kept, "coordinates");
	return geometry_is(kept, "Polygon") ? json_array_get(coordinates, i) : i == 0 ? coordinates : NULL;
}

/* Twice the area in square units of 1e-7 degree: positive against the clock. From the first position, so that
 * numbers stay small. */
static double turn(const json_t *ring)
{
	double sum = 0, x0 = (double)lon_of(json_array_get(ring, 0)), y0 = (double)lat_of(json_array_get(ring, 0));
	for (size_t i = 0; i + 1 < json_array_size(ring); i++) {
		const json_t *p = json_array_get(ring, i), *q = json_array_get(ring, i + 1);
		sum += ((double)lon_of(p) - x0) * ((double)lat_of(q) - y0) -
		       ((double)lon_of(q) - x0) * ((double)lat_of(p) - y0);
	}
	return sum;
}

static json_t *turned(const json_t *ring)
{
	json_t *back = json_array();
	for (size_t i = json_array_size(ring); i-- > 0;) json_array_append(back, json_array_get(ring, i));
	return back;
}

/* ---- Checked ---- */

static enum code check_position(const json_t *position, struct err *err)
{
	const json_t *lon = json_array_get(position, 0), *lat = json_array_get(position, 1);
	if (json_array_size(position) != 2 || !json_is_integer(lon) || !json_is_integer(lat))
		FAIL(err, E_INPUT, N_("A position is a longitude and a latitude."));
	if (llabs(json_integer_value(lon)) > 180 * GEOMETRY_DEGREE ||
	    llabs(json_integer_value(lat)) > 90 * GEOMETRY_DEGREE)
		FAIL(err, E_INPUT,
		     N_("A longitude is at most 180 degrees, a latitude 90. GeoJSON writes the longitude first."));
	return OK;
}

static enum code check_run(const json_t *run, size_t least, int *positions, struct err *err)
{
	size_t n = json_array_size(run);
	if (least == 2 && n < least) FAIL(err, E_INPUT, N_("A line has two positions at least."));
	if (n < least)
		FAIL(err, E_INPUT, N_("The edge of an area has four positions at least, the last one as the first."));
	if ((*positions += (int)MIN(n, (size_t)GEOMETRY_POSITIONS + 1)) > GEOMETRY_POSITIONS)
		FAIL(err, E_LIMIT, N_("At most %d positions: draw it more simply."), GEOMETRY_POSITIONS);
	for (size_t i = 0; i < n; i++) TRY(check_position(json_array_get(run, i), err));
	return OK;
}

static enum code check_ring(const json_t *ring, int *positions, struct err *err)
{
	TRY(check_run(ring, 4, positions, err));
	if (!json_equal(json_array_get(ring, 0), json_array_get(ring, json_array_size(ring) - 1)))
		FAIL(err, E_INPUT,
		     N_("The edge of an area ends where it begins: repeat the first position at the end."));
	if (turn(ring) == 0) FAIL(err, E_INPUT, N_("This area has no surface: its positions stand on one line."));
	return OK;
}

enum code geometry_check(const json_t *kept, struct err *err)
{
	const json_t *coordinates = json_object_get(kept, "coordinates");
	size_t n = json_array_size(coordinates);
	int positions = 0;
	if (!json_is_array(coordinates) || json_object_size(kept) != 2)
		FAIL(err, E_INPUT, N_("A geometry has a type and coordinates."));
	if (geometry_is(kept, "Point")) return check_position(coordinates, err);
	if (geometry_is(kept, "LineString")) return check_run(coordinates, 2, &positions, err);
	if (!geometry_is(kept, "Polygon"))
		FAIL(err, E_INPUT, N_("“%s” cannot be kept here: a Point, a LineString or a Polygon can."),
		     json_str_or(kept, "type", ""));
	if (n == 0) FAIL(err, E_INPUT, N_("An area has an edge."));
	if (n > GEOMETRY_RINGS) FAIL(err, E_LIMIT, N_("At most %d holes in an area."), GEOMETRY_RINGS - 1);
	for (size_t i = 0; i < n; i++) TRY(check_ring(json_array_get(coordinates, i), &positions, err));
	return OK;
}

/* ---- Read ---- */

/* Degrees to integers, altitudes dropped; what is no number stays, for the check to refuse. */
static json_t *to_integers(const json_t *coordinates, int depth)
{
	json_t *array = json_array();
	size_t n = json_array_size(coordinates);
	bool position = n > 0 && json_is_number(json_array_get(coordinates, 0));
	for (size_t i = 0; i < (position ? MIN(n, (size_t)2) : n); i++) {
		const json_t *item = json_array_get(coordinates, i);
		double degrees = json_number_value(item);
		if (json_is_number(item) && fabs(degrees) <= 1000)
			json_array_append_new(array, json_integer(llround(degrees * (double)GEOMETRY_DEGREE)));
		else if (json_is_array(item) && depth < 3) json_array_append_new(array, to_integers(item, depth + 1));
		else json_array_append_new(array, json_null());
	}
	return array;
}

static void orient(json_t *kept)
{
	json_t *rings = json_object_get(kept, "coordinates");
	if (!geometry_is(kept, "Polygon")) return;
	for (size_t i = 0; i < json_array_size(rings); i++)
		if ((turn(json_array_get(rings, i)) > 0) != (i == 0))
			json_array_set_new(rings, i, turned(json_array_get(rings, i)));
}

enum code geometry_read(struct arena *a, const json_t *geojson, json_t **ret, struct err *err)
{
	const json_t *features = json_object_get(geojson, "features");
	if (geometry_is(geojson, "FeatureCollection") && json_array_size(features) != 1)
		FAIL(err, E_INPUT, N_("This holds %zu features: give one only."), json_array_size(features));
	if (geometry_is(geojson, "FeatureCollection")) geojson = json_array_get(features, 0);
	if (geometry_is(geojson, "Feature")) geojson = json_object_get(geojson, "geometry");
	if (!json_is_object(geojson)) FAIL(err, E_INPUT, N_("This is not GeoJSON: it has no geometry."));
	json_t *kept = json_keep(a, json_object());
	json_object_set_new(kept, "type", json_string(json_str_or(geojson, "type", "")));
	json_object_set_new(kept, "coordinates", to_integers(json_object_get(geojson, "coordinates"), 1));
	TRY(geometry_check(kept, err));
	orient(kept);
	*ret = kept;
	return OK;
}

bool degrees_parse(const char *text, int limit, int64_t *ret)
{
	char number[32];
	size_t len = strlen(text);
	if (len == 0 || len >= sizeof(number)) return false;
	memcpy(number, text, len + 1);
	for (char *c = number; *c; c++)
		if (*c == ',') *c = '.';
	if (number[strspn(number, "+-0123456789.")] != '\0') return false;
	char *end;
	double degrees = strtod(number, &end);
	if (*end != '\0' || fabs(degrees) > limit) return false;
	*ret = llround(degrees * (double)GEOMETRY_DEGREE);
	return true;
}

/* "47.39, 0.68", "47.39 0.68", "47,39 0,68": latitude first. */
static bool read_position(struct arena *a, const char *text, json_t *run)
{
	int64_t lat, lon;
	const char *comma = strchr(text, ','), *blank = strpbrk(text, " \t");
	const char *cut = comma && strchr(comma + 1, ',') == NULL ? comma : blank; /* else commas are of decimals */
	if (cut == NULL) return false;
	if (!degrees_parse(text_trim(a, arena_strndup(a, text, (size_t)(cut - text))), 90, &lat) ||
	    !degrees_parse(text_trim(a, cut + 1), 180, &lon))
		return false;
	json_array_append_new(run, json_pack("[I, I]", (json_int_t)lon, (json_int_t)lat));
	return true;
}

enum code geometry_read_list(struct arena *a, const char *text, bool area, json_t **ret, struct err *err)
{
	json_t *run = json_keep(a, json_array());
	for (size_t len; *text; text += len + (text[len] != '\0')) {
		len = strcspn(text, ";\n");
		const char *line = text_trim(a, arena_strndup(a, text, len));
		if (*line && !read_position(a, line, run))
			FAIL(err, E_INPUT,
			     N_("Position %zu: “%s” is not a latitude and a longitude. Example: 47.3855, 0.6848"),
			     json_array_size(run) + 1, line);
		if (json_array_size(run) > GEOMETRY_POSITIONS)
			FAIL(err, E_LIMIT, N_("At most %d positions: draw it more simply."), GEOMETRY_POSITIONS);
	}
	size_t n = json_array_size(run);
	if (area && n && !json_equal(json_array_get(run, 0), json_array_get(run, n - 1)))
		json_array_append(run, json_array_get(run, 0));
	json_t *kept = json_keep(a, area ? json_pack("{s: s, s: [O]}", "type", "Polygon", "coordinates", run)
	                                 : json_pack("{s: s, s: O}", "type", "LineString", "coordinates", run));
	TRY(geometry_check(kept, err));
	orient(kept);
	*ret = kept;
	return OK;
}

/* ---- Measured ---- */

int geometry_positions(const json_t *kept)
{
	size_t n = 0;
	const json_t *run;
	if (geometry_is(kept, "Point")) return 1;
	for (size_t i = 0; (run = nth_run(kept, i)) != NULL; i++) n += json_array_size(run);
	return (int)n;
}

static void box_take(struct geo_box *box, const json_t *position)
{
	box->west = MIN(box->west, lon_of(position));
	box->east = MAX(box->east, lon_of(position));
	box->south = MIN(box->south, lat_of(position));
	box->north = MAX(box->north, lat_of(position));
}

struct geo_box geometry_box(const json_t *kept)
{
	const json_t *coordinates = json_object_get(kept, "coordinates"), *run = nth_run(kept, 0);
	const json_t *first = geometry_is(kept, "Point") ? coordinates : json_array_get(run, 0);
	struct geo_box box = { lon_of(first), lon_of(first), lat_of(first), lat_of(first) };
	if (geometry_is(kept, "Point")) return box;
	for (size_t i = 0; i < json_array_size(run); i++) box_take(&box, json_array_get(run, i));
	return box;
}

/* Metres between two positions (haversine). */
static double distance(const json_t *p, const json_t *q)
{
	double scale = RADIANS / (double)GEOMETRY_DEGREE;
	double lat1 = (double)lat_of(p) * scale, lat2 = (double)lat_of(q) * scale;
	double dlat = sin((lat2 - lat1) / 2), dlon = sin((double)(lon_of(q) - lon_of(p)) * scale / 2);
	return 2 * EARTH * asin(fmin(1, sqrt(dlat * dlat + cos(lat1) * cos(lat2) * dlon * dlon)));
}

static double run_length(const json_t *run)
{
	double sum = 0;
	for (size_t i = 0; i + 1 < json_array_size(run); i++)
		sum += distance(json_array_get(run, i), json_array_get(run, i + 1));
	return sum;
}

double geometry_length(const json_t *kept)
{
	return geometry_is(kept, "LineString") ? run_length(nth_run(kept, 0)) : 0;
}

double geometry_area(const json_t *kept)
{
	double sum = 0, scale = EARTH * RADIANS / (double)GEOMETRY_DEGREE;
	const json_t *ring;
	if (!geometry_is(kept, "Polygon")) return 0;
	struct geo_box box = geometry_box(kept);
	double middle = (double)(box.south + box.north) / 2 / (double)GEOMETRY_DEGREE * RADIANS;
	for (size_t i = 0; (ring = nth_run(kept, i)) != NULL; i++) sum += turn(ring) / 2; /* holes turn the other way */
	return fmax(0, sum * scale * scale * cos(middle));
}

/* ---- Centre ---- */

static void half_way(const json_t *line, int64_t *lat, int64_t *lon)
{
	double left = run_length(line) / 2;
	size_t i = 0, last = json_array_size(line) - 2;
	for (double step; i < last && (step = distance(json_array_get(line, i), json_array_get(line, i + 1))) < left;
	     i++)
		left -= step;
	const json_t *p = json_array_get(line, i), *q = json_array_get(line, i + 1);
	double whole = distance(p, q), part = whole > 0 ? fmin(1, left / whole) : 0;
	*lat = lat_of(p) + llround((double)(lat_of(q) - lat_of(p)) * part);
	*lon = lon_of(p) + llround((double)(lon_of(q) - lon_of(p)) * part);
}

static void gravity(const json_t *ring, double *x, double *y)
{
	double x0 = (double)lon_of(json_array_get(ring, 0)), y0 = (double)lat_of(json_array_get(ring, 0)), sx = 0,
	       sy = 0;
	double whole = turn(ring) * 3;
	for (size_t i = 0; i + 1 < json_array_size(ring); i++) {
		const json_t *p = json_array_get(ring, i), *q = json_array_get(ring, i + 1);
		double px = (double)lon_of(p) - x0, py = (double)lat_of(p) - y0, qx = (double)lon_of(q) - x0,
		       qy = (double)lat_of(q) - y0;
		double cross = px * qy - qx * py;
		sx += (px + qx) * cross;
		sy += (py + qy) * cross;
	}
	*x = x0 + sx / whole;
	*y = y0 + sy / whole;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Where the parallel of `y` crosses the edges, from west to east; returns how many times. */
static int crossings(const json_t *kept, double y, double *ret)
{
	const json_t *ring;
	int n = 0;
	for (size_t r = 0; (ring = nth_run(kept, r)) != NULL; r++)
		for (size_t i = 0; i + 1 < json_array_size(ring) && n < GEOMETRY_POSITIONS; i++) {
			const json_t *p = json_array_get(ring, i), *q = json_array_get(ring, i + 1);
			double py = (double)lat_of(p), qy = (double)lat_of(q);
			if ((py > y) == (qy > y)) continue;
			ret[n++] = (double)lon_of(p) + (double)(lon_of(q) - lon_of(p)) * (y - py) / (qy - py);
		}
	qsort(ret, (size_t)n, sizeof(*ret), by_size);
	return n;
}

/* On the parallel of the centre of gravity: there if it is inside, else in the middle of the widest part inside. */
static void inside(const json_t *kept, int64_t *lat, int64_t *lon)
{
	double x, y, cross[GEOMETRY_POSITIONS], widest = -1, middle;
	gravity(nth_run(kept, 0), &x, &y);
	struct geo_box box = geometry_box(kept);
	x = fmax((double)box.west, fmin((double)box.east, x));
	y = fmax((double)box.south, fmin((double)box.north, y));
	middle = x;
	int n = crossings(kept, y, cross);
	for (int i = 0; i + 1 < n; i += 2) {
		if (cross[i] <= x && x <= cross[i + 1]) {
			middle = x;
			break;
		}
		if (cross[i + 1] - cross[i] <= widest) continue;
		widest = cross[i + 1] - cross[i];
		middle = (cross[i] + cross[i + 1]) / 2;
	}
	*lat = llround(y);
	*lon = llround(middle);
}

void geometry_centre(const json_t *kept, int64_t *lat, int64_t *lon)
{
	if (geometry_is(kept, "LineString")) half_way(nth_run(kept, 0), lat, lon);
	else if (geometry_is(kept, "Polygon")) inside(kept, lat, lon);
	else {
		*lat = lat_of(json_object_get(kept, "coordinates"));
		*lon = lon_of(json_object_get(kept, "coordinates"));
	}
}

/* ---- Written ---- */

void degrees_put(struct buf *out, int64_t degrees, int decimals)
{
	char text[32];
	int64_t unit = 1, size = llabs(degrees), part = 1;
	for (int i = decimals; i < 7; i++) unit *= 10;
	for (int i = 0; i < decimals; i++) part *= 10;
	size = (size + unit / 2) / unit;
	int len = snprintf(text, sizeof(text), "%s%lld.%0*lld", degrees < 0 && size ? "-" : "",
	                   (long long)(size / part), decimals, (long long)(size % part));
	while (text[len - 1] == '0' && text[len - 2] != '.') text[--len] = '\0';
	buf_puts(out, text);
}

static void put_coordinates(struct buf *out, const json_t *coordinates, int decimals)
{
	if (json_is_integer(coordinates)) {
		degrees_put(out, json_integer_value(coordinates), decimals);
		return;
	}
	buf_putc(out, '[');
	for (size_t i = 0; i < json_array_size(coordinates); i++) {
		if (i) buf_putc(out, ',');
		put_coordinates(out, json_array_get(coordinates, i), decimals);
	}
	buf_putc(out, ']');
}

void geometry_put(struct buf *out, const json_t *kept, int decimals)
{
	buf_printf(out, "{\"type\":\"%s\",\"coordinates\":", json_str_or(kept, "type", ""));
	put_coordinates(out, json_object_get(kept, "coordinates"), decimals);
	buf_putc(out, '}');
}

void geometry_put_list(struct buf *out, const json_t *kept)
{
	const json_t *run = nth_run(kept, 0);
	size_t n = json_array_size(run) - geometry_is(kept, "Polygon"); /* an area closes by itself */
	for (size_t i = 0; i < n; i++) {
		if (i) buf_putc(out, '\n');
		degrees_put(out, lat_of(json_array_get(run, i)), 7);
		buf_lit(out, ", ");
		degrees_put(out, lon_of(json_array_get(run, i)), 7);
	}
}

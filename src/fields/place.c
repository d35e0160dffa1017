/* A place: an address or landmark in words, and a point, a line or an area (core/place.h). */
#include "core/place.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/place.html.h"
#include "fields/value.h"

enum { ADDRESS_MAX = 300, POINT_MEMBERS = 2 };

static const char *degrees_text(struct arena *a, int64_t degrees)
{
	struct buf out;
	buf_init(&out, a, 0);
	degrees_put(&out, degrees, 7);
	return buf_str(&out);
}

static const char *format_degrees(struct arena *a, const json_t *value, const char *key)
{
	const json_t *degrees = json_object_get(value, key);
	if (json_is_string(degrees)) return json_string_value(degrees); /* as mistyped */
	return json_is_integer(degrees) ? degrees_text(a, json_integer_value(degrees)) : "";
}

static void take_degrees(const struct field *field, json_t *place, const char *key, const char *text, int limit,
                         struct issues *issues)
{
	int64_t value;
	if (degrees_parse(text, limit, &value)) {
		json_object_set_new(place, key, json_integer(value));
		return;
	}
	json_object_set_new(place, key, json_string(text));
	issues_add(issues, field->key, N_("“%s” is not a position in degrees. Example: 47.3855"), text);
}

static json_t *make_place(const struct field *field, const char *address, const char *lat, const char *lon,
                          bool approximate, struct issues *issues)
{
	if (address == NULL && lat == NULL && lon == NULL) return NULL;
	json_t *place = json_keep(issues->arena, json_object());
	if (address) json_object_set_new(place, "address", json_string(address));
	if (lat) take_degrees(field, place, "lat", lat, 90, issues);
	if (lon) take_degrees(field, place, "lon", lon, 180, issues);
	if ((lat == NULL) != (lon == NULL))
		issues_add(issues, field->key, N_("Give both the latitude and the longitude, or neither."));
	if (approximate && lat) json_object_set_new(place, "approximate", json_true());
	return place;
}

/* A geometry into the place: a point as its position. */
static void take_geometry(json_t *place, json_t *geometry)
{
	int64_t lat, lon;
	if (!geometry_is(geometry, "Point")) {
		json_object_set(place, "shape", geometry);
		return;
	}
	geometry_centre(geometry, &lat, &lon);
	json_object_set_new(place, "lat", json_integer(lat));
	json_object_set_new(place, "lon", json_integer(lon));
}

/* GeoJSON, or positions one a line. */
static enum code read_shape(struct arena *a, const char *text, bool area, json_t **ret, struct err *err)
{
	json_t *json;
	if (*text != '{') return geometry_read_list(a, text, area, ret, err);
	TRY(json_parse(a, text, strlen(text), &json, err));
	return geometry_read(a, json, ret, err);
}

/* What was typed stays in the value when it is wrong: {"shape": "47.38, 0.68\n…", "area": true}. */
static void take_shape(const struct field *field, json_t *place, const char *text, bool area, struct issues *issues)
{
	json_t *geometry;
	struct err err;
	bool both = json_object_get(place, "lat") || json_object_get(place, "lon");
	if (both) issues_add(issues, field->key, N_("Give one position, or a line or an area: not both."));
	if (read_shape(issues->arena, text, area, &geometry, &err) != OK) issues_add_err(issues, field->key, &err);
	else if (!both) {
		take_geometry(place, geometry);
		return;
	}
	json_object_set_new(place, "shape", json_string(text));
	if (area) json_object_set_new(place, "area", json_true());
}

static json_t *place_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	const char *shape = value_posted(field, post, ".shape", TEXT_BLOCK, issues);
	const char *kind = value_posted(field, post, ".kind", TEXT_LINE, issues);
	bool approximate = value_posted(field, post, ".approximate", TEXT_LINE, issues) != NULL;
	json_t *place = make_place(field, value_posted(field, post, ".address", TEXT_LINE, issues),
	                           value_posted(field, post, ".lat", TEXT_LINE, issues),
	                           value_posted(field, post, ".lon", TEXT_LINE, issues), approximate, issues);
	if (shape == NULL) return place;
	if (place == NULL) place = json_keep(issues->arena, json_object());
	take_shape(field, place, shape, kind && strcmp(kind, "area") == 0, issues);
	if (approximate) json_object_set_new(place, "approximate", json_true());
	return place;
}

/* GeoJSON in a file: a geometry, or a Feature whose properties are the address and "approximate". */
static json_t *import_geojson(const struct field *field, const char *text, struct issues *issues)
{
	json_t *json, *geometry = NULL, *place = json_keep(issues->arena, json_object());
	struct err err;
	if (json_parse(issues->arena, text, strlen(text), &json, &err) != OK ||
	    geometry_read(issues->arena, json, &geometry, &err) != OK) {
		issues_add_err(issues, field->key, &err);
		return NULL;
	}
	const json_t *properties = json_object_get(json, "properties");
	const char *address = value_clean(field, json_str(properties, "address"), TEXT_LINE, issues);
	if (address) json_object_set_new(place, "address", json_string(address));
	if (json_bool(properties, "approximate", false)) json_object_set_new(place, "approximate", json_true());
	take_geometry(place, geometry);
	return place;
}

/* "lat, lon; precision; address", or GeoJSON; a text that begins with neither numbers, { nor ; is an address. */
static json_t *place_import(const struct field *field, const char *text, struct issues *issues)
{
	struct arena *a = issues->arena;
	const char *parts[3] = { NULL }, *whole = text;
	if (text[strspn(text, " \t\n")] == '{') return import_geojson(field, text, issues);
	for (int i = 0; i < 3 && text; i++) {
		const char *end = i < 2 ? strchr(text, ';') : NULL;
		size_t len = end ? (size_t)(end - text) : strlen(text);
		parts[i] = value_clean(field, arena_strndup(a, text, len), TEXT_LINE, issues);
		text = end ? end + 1 : NULL;
	}
	const char *comma = parts[0] ? strchr(parts[0], ',') : NULL;
	bool numbers = comma && strspn(parts[0], "+-0123456789., ") == strlen(parts[0]);
	if (parts[0] && !numbers)
		return make_place(field, value_clean(field, whole, TEXT_LINE, issues), NULL, NULL, false, issues);
	const char *lat = comma ? value_clean(field, arena_strndup(a, parts[0], (size_t)(comma - parts[0])), TEXT_LINE,
	                                      issues)
	                        : NULL;
	const char *lon = comma ? value_clean(field, comma + 1, TEXT_LINE, issues) : NULL;
	bool approximate = parts[1] && strncmp(parts[1], "approx", 6) == 0;
	return make_place(field, parts[2], lat, lon, approximate, issues);
}

static bool is_degrees(const json_t *value, int limit)
{
	return json_is_integer(value) && llabs(json_integer_value(value)) <= limit * GEOMETRY_DEGREE;
}

static void place_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const json_t *address = json_object_get(value, "address"), *approximate = json_object_get(value, "approximate");
	const json_t *lat = json_object_get(value, "lat"), *lon = json_object_get(value, "lon");
	const json_t *shape = json_object_get(value, "shape");
	struct err err;
	bool point = is_degrees(lat, 90) && is_degrees(lon, 180);
	size_t members = (address != NULL) + (point ? POINT_MEMBERS : 0) + (shape != NULL) + (approximate != NULL);
	if (address && !value_check_string(field, address, ADDRESS_MAX, issues)) return;
	if (shape && geometry_check(shape, &err) != OK) issues_add_err(issues, field->key, &err);
	else if (((lat || lon) && !point) || (point && shape) || (!address && !point && !shape) ||
	         (approximate && !json_is_boolean(approximate)) || json_object_size(value) > members)
		issues_add(issues, field->key, N_("A place has an address, or a latitude and a longitude."));
}

/* ---- Shown ---- */

/* "1,2 km", "850 m", "3,4 ha": two digits that count are enough. */
static const char *measure(struct arena *a, enum lang lang, double value, const char *small, double step,
                           const char *large)
{
	char number[NUMBER_SIZE];
	bool many = value >= step;
	double shown = many ? value / step : value;
	const char *text = arena_printf(a, shown < 10 ? "%.1f" : "%.0f", shown);
	if (number_parse(text, LANG_EN, number, NULL) != OK) return "";
	return arena_printf(a, "%s %s", number_format(a, number, 0, lang), many ? large : small);
}

/* "Ligne de 1,2 km". */
static const char *shape_words(struct arena *a, enum lang lang, const json_t *shape)
{
	double area = geometry_area(shape);
	if (geometry_is(shape, "LineString"))
		return arena_printf(a, tr(lang, N_("Line of %s")),
		                    measure(a, lang, geometry_length(shape), "m", 1000, "km"));
	if (area < 1e6) return arena_printf(a, tr(lang, N_("Area of %s")), measure(a, lang, area, "m²", 1e4, "ha"));
	return arena_printf(a, tr(lang, N_("Area of %s")), measure(a, lang, area / 1e6, "km²", INFINITY, ""));
}

enum { DRAWING = 160, DRAWING_EDGE = 8 };

/* Its outline, north up, in a square of DRAWING pixels: what a path draws. */
static const char *drawing(struct arena *a, const json_t *shape)
{
	struct buf out;
	struct geo_box box = geometry_box(shape);
	bool area = geometry_is(shape, "Polygon");
	const json_t *coordinates = json_object_get(shape, "coordinates");
	double middle = (double)(box.south + box.north) / 2 / (double)GEOMETRY_DEGREE * 3.14159265 / 180,
	       narrow = cos(middle);
	double width = (double)(box.east - box.west) * narrow, height = (double)(box.north - box.south);
	double scale = (DRAWING - 2 * DRAWING_EDGE) / fmax(1, fmax(width, height));
	buf_init(&out, a, 0);
	for (size_t r = 0; r < (area ? json_array_size(coordinates) : 1); r++) {
		const json_t *run = area ? json_array_get(coordinates, r) : coordinates;
		for (size_t i = 0; i < json_array_size(run); i++) {
			const json_t *at = json_array_get(run, i);
			double x = (double)(json_integer_value(json_array_get(at, 0)) - box.west) * narrow - width / 2;
			double y = (double)(box.north - json_integer_value(json_array_get(at, 1))) - height / 2;
			buf_printf(&out, "%c%.1f %.1f", i ? 'L' : 'M', x * scale + DRAWING / 2,
			           y * scale + DRAWING / 2);
		}
		if (area) buf_putc(&out, 'z');
	}
	return buf_str(&out);
}

static void place_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	int64_t lat, lon;
	const json_t *shape = place_shape(value);
	bool point = place_point(value, &lat, &lon);
	if (shape)
		place_drawn(out, p, shape_words(p->arena, p->lang, shape), drawing(p->arena, shape),
		            geometry_is(shape, "Polygon"), DRAWING);
	place_shown(out, p, json_str_or(value, "address", ""), degrees_text(p->arena, lat), degrees_text(p->arena, lon),
	            json_bool(value, "approximate", false), point);
}

static void place_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const char *address = json_str(value, "address");
	html_text_str(out, address ? address : field_plain(p, field, value));
}

/* ---- Edited ---- */

/* Positions one a line; GeoJSON for an area with holes; what was mistyped as it was. */
static const char *shape_text(struct arena *a, const json_t *shape)
{
	struct buf out;
	buf_init(&out, a, 0);
	if (json_is_string(shape)) return json_string_value(shape);
	if (shape == NULL || geometry_check(shape, NULL) != OK) return "";
	if (geometry_is(shape, "Polygon") && json_array_size(json_object_get(shape, "coordinates")) > 1)
		geometry_put(&out, shape, 7);
	else geometry_put_list(&out, shape);
	return buf_str(&out);
}

static void place_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const json_t *shape = json_object_get(value, "shape");
	place_inputs(out, p, field, json_str_or(value, "address", ""), format_degrees(p->arena, value, "lat"),
	             format_degrees(p->arena, value, "lon"), json_bool(value, "approximate", false));
	place_shape_inputs(out, p, field, shape_text(p->arena, shape),
	                   geometry_is(shape, "Polygon") || json_bool(value, "area", false));
}

static bool place_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static void place_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	struct arena a;
	arena_init(&a);
	int64_t lat, lon;
	const char *address = json_str_or(value, "address", "");
	const json_t *shape = place_shape(value);
	buf_puts(out, address);
	if (place_point(value, &lat, &lon)) {
		const char *kind = json_bool(value, "approximate", false) ? tr(lang, N_("approximate")) : "";
		buf_printf(out, "%s%s%s%s, %s%s%s%s", *address ? " (" : "", shape ? shape_words(&a, lang, shape) : "",
		           shape ? ", " : "", degrees_text(&a, lat), degrees_text(&a, lon), *kind ? ", " : "", kind,
		           *address ? ")" : "");
	}
	arena_release(&a);
}

static void export_shape(struct buf *out, struct arena *a, const json_t *value)
{
	const char *address = json_str(value, "address");
	json_t *properties = json_keep(a, json_object());
	if (address) json_object_set_new(properties, "address", json_string(address));
	if (json_bool(value, "approximate", false)) json_object_set_new(properties, "approximate", json_true());
	buf_lit(out, "{\"type\":\"Feature\",\"geometry\":");
	place_put_geometry(out, value, 7);
	buf_printf(out, ",\"properties\":%s}", json_text(a, properties));
}

static void place_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	struct arena a;
	arena_init(&a);
	const char *address = json_str_or(value, "address", "");
	if (place_shape(value)) export_shape(out, &a, value);
	else {
		if (json_object_get(value, "lat"))
			buf_printf(out, "%s, %s", format_degrees(&a, value, "lat"), format_degrees(&a, value, "lon"));
		if (json_bool(value, "approximate", false)) buf_printf(out, "; approximate; %s", address);
		else if (*address) buf_printf(out, "; ; %s", address);
	}
	arena_release(&a);
}

static void place_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	struct geo_box box;
	const char *address = json_str_or(value, "address", "");
	if (*address) {
		sink->key(sink, index_key_text(a, address));
		sink->words(sink, address);
	}
	if (place_box(value, &box)) sink->place(sink, box);
}

const struct field_type field_place = {
	.name = "place",
	.label = N_("A place"),
	.description = N_("A place: an address, a point, a line or an area on the map"),
	.icon = "map-pin",
	.read = place_read,
	.import = place_import,
	.check = place_check,
	.show = place_show,
	.brief = place_brief,
	.edit = place_edit,
	.grouped = place_grouped,
	.text = place_text,
	.export = place_export,
	.index = place_index,
};

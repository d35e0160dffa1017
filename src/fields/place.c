/* A place: a point (WGS 84, integers of 1e-7 degree), an address or landmark in words, or both:
 * {"lat": …, "lon": …, "address": "…", "approximate": true}. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

enum { ADDRESS_MAX = 300 };
#define DEGREE 10000000LL

/* "47.3855" or "47,3855" → 473855000; false when it is no number within ±limit degrees. */
static bool parse_degrees(const char *text, int limit, int64_t *ret)
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
	*ret = llround(degrees * (double)DEGREE);
	return true;
}

static const char *format_degrees(struct arena *a, const json_t *value, const char *key)
{
	const json_t *degrees = json_object_get(value, key);
	if (json_is_string(degrees)) return json_string_value(degrees); /* as mistyped */
	if (!json_is_integer(degrees)) return "";
	char *text = arena_printf(a, "%.7f", (double)json_integer_value(degrees) / (double)DEGREE);
	size_t len = strlen(text);
	while (len > 1 && text[len - 1] == '0' && text[len - 2] != '.') text[--len] = '\0';
	return text;
}

static void take_degrees(const struct field *field, json_t *place, const char *key, const char *text, int limit,
                         struct issues *issues)
{
	int64_t value;
	if (parse_degrees(text, limit, &value)) {
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

static json_t *place_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	return make_place(field, value_posted(field, post, ".address", TEXT_LINE, issues),
	                  value_posted(field, post, ".lat", TEXT_LINE, issues),
	                  value_posted(field, post, ".lon", TEXT_LINE, issues),
	                  value_posted(field, post, ".approximate", TEXT_LINE, issues) != NULL, issues);
}

/* "lat, lon; precision; address"; a text without numbers at its start is an address. */
static json_t *place_import(const struct field *field, const char *text, struct issues *issues)
{
	struct arena *a = issues->arena;
	const char *parts[3] = { NULL };
	for (int i = 0; i < 3 && text; i++) {
		const char *end = i < 2 ? strchr(text, ';') : NULL;
		size_t len = end ? (size_t)(end - text) : strlen(text);
		parts[i] = value_clean(field, arena_strndup(a, text, len), TEXT_LINE, issues);
		text = end ? end + 1 : NULL;
	}
	const char *comma = parts[0] ? strchr(parts[0], ',') : NULL;
	bool numbers = comma && strspn(parts[0], "+-0123456789., ") == strlen(parts[0]);
	if (parts[0] && !numbers) return make_place(field, parts[0], NULL, NULL, false, issues);
	const char *lat = comma ? value_clean(field, arena_strndup(a, parts[0], (size_t)(comma - parts[0])), TEXT_LINE, issues) : NULL;
	const char *lon = comma ? value_clean(field, comma + 1, TEXT_LINE, issues) : NULL;
	bool approximate = parts[1] && strncmp(parts[1], "approx", 6) == 0;
	return make_place(field, parts[2], lat, lon, approximate, issues);
}

static void place_check(const struct field *field, const json_t *value, struct issues *issues)
{
	const json_t *address = json_object_get(value, "address");
	const json_t *lat = json_object_get(value, "lat"), *lon = json_object_get(value, "lon");
	bool point = json_is_integer(lat) && json_is_integer(lon) && llabs(json_integer_value(lat)) <= 90 * DEGREE &&
	             llabs(json_integer_value(lon)) <= 180 * DEGREE;
	if (address) value_check_string(field, address, ADDRESS_MAX, issues);
	if (!json_is_object(value) || ((lat || lon) && !point) || (!address && !point))
		issues_add(issues, field->key, N_("A place has an address, or a latitude and a longitude."));
}

static void place_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	place_shown(out, p, json_str_or(value, "address", ""), format_degrees(p->arena, value, "lat"),
	            format_degrees(p->arena, value, "lon"), json_bool(value, "approximate", false),
	            json_object_get(value, "lat") != NULL);
}

static void place_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)p;
	(void)field;
	html_text_str(out, json_str_or(value, "address", ""));
}

static void place_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	place_inputs(out, p, field, json_str_or(value, "address", ""), format_degrees(p->arena, value, "lat"),
	             format_degrees(p->arena, value, "lon"), json_bool(value, "approximate", false));
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
	const char *address = json_str_or(value, "address", "");
	buf_puts(out, address);
	if (json_object_get(value, "lat")) {
		const char *kind = json_bool(value, "approximate", false) ? tr(lang, N_("approximate")) : "";
		buf_printf(out, "%s%s, %s%s%s%s", *address ? " (" : "", format_degrees(&a, value, "lat"),
		           format_degrees(&a, value, "lon"), *kind ? ", " : "", kind, *address ? ")" : "");
	}
	arena_release(&a);
}

static void place_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	const char *address = json_str_or(value, "address", "");
	if (*address) {
		sink->key(sink, index_key_text(a, address));
		sink->words(sink, address);
	}
	if (json_object_get(value, "lat"))
		sink->place(sink, json_int(value, "lat", 0), json_int(value, "lon", 0));
}

const struct field_type field_place = {
	.name = "place",
	.description = N_("A place: an address, a point on the map"),
	.read = place_read,
	.import = place_import,
	.check = place_check,
	.show = place_show,
	.brief = place_brief,
	.edit = place_edit,
	.grouped = place_grouped,
	.text = place_text,
	.index = place_index,
};

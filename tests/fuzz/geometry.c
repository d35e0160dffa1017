/*
 * Geometries: GeoJSON, or positions one a line. What is read passes the check, its centre is within its box, and
 * written again it is the same.
 */
#include "base/geometry.h"
#include "fuzz.h"

static void check_error(const struct err *err)
{
	char said[600];
	CHECK(err->code != OK && is_text(err_format(err, err->msg, said, sizeof(said))));
}

static void check_kept(struct arena *a, const json_t *kept)
{
	int64_t lat, lon;
	struct geo_box box = geometry_box(kept);
	struct buf out;
	json_t *json, *again;
	CHECK(geometry_check(kept, NULL) == OK);
	geometry_centre(kept, &lat, &lon);
	CHECK(box.south <= lat && lat <= box.north && box.west <= lon && lon <= box.east);
	CHECK(geometry_positions(kept) >= 1 && geometry_positions(kept) <= GEOMETRY_POSITIONS);
	CHECK(geometry_length(kept) >= 0 && geometry_area(kept) >= 0);
	buf_init(&out, a, 0);
	geometry_put(&out, kept, 7);
	CHECK(json_parse(a, buf_str(&out), out.len, &json, NULL) == OK && geometry_read(a, json, &again, NULL) == OK);
	CHECK(json_equal(again, (json_t *)kept));
	bool area = geometry_is(kept, "Polygon");
	if (geometry_is(kept, "Point") || (area && json_array_size(json_object_get(kept, "coordinates")) > 1)) return;
	buf_init(&out, a, 0);
	geometry_put_list(&out, kept);
	CHECK(geometry_read_list(a, buf_str(&out), area, &again, NULL) == OK && json_equal(again, (json_t *)kept));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct err err;
	json_t *json, *kept;
	arena_init(&a);
	if (json_parse(&a, (const char *)data, size, &json, NULL) == OK) {
		if (geometry_read(&a, json, &kept, &err) == OK) check_kept(&a, kept);
		else check_error(&err);
		if (geometry_check(json, NULL) == OK) (void)geometry_box(json);
	}
	const char *text = arena_strndup(&a, (const char *)data, size);
	for (int area = 0; area < 2 && is_text(text); area++) {
		if (geometry_read_list(&a, text, area, &kept, &err) == OK) check_kept(&a, kept);
		else check_error(&err);
	}
	arena_release(&a);
	return 0;
}

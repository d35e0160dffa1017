/* Geometries of GeoJSON: the examples of RFC 7946, appendix A, and measures known from elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/geometry.h"
#include "base/macros.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static enum code read_text(const char *text, json_t **ret, struct err *err)
{
	json_t *json;
	assert_int_equal(json_parse(&arena, text, strlen(text), &json, err), OK);
	return geometry_read(&arena, json, ret, err);
}

static json_t *kept(const char *text)
{
	json_t *geometry = NULL;
	struct err err;
	char said[400];
	if (read_text(text, &geometry, &err) != OK)
		fail_msg("%s: %s", text, err_format(&err, err.msg, said, sizeof(said)));
	return geometry;
}

static const char *put(const json_t *geometry, int decimals)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	geometry_put(&out, geometry, decimals);
	return buf_str(&out);
}

#define POINT "{\"type\":\"Point\",\"coordinates\":[100.0,0.0]}"
#define LINE "{\"type\":\"LineString\",\"coordinates\":[[100.0,0.0],[101.0,1.0]]}"
#define AREA "{\"type\":\"Polygon\",\"coordinates\":[[[100.0,0.0],[101.0,0.0],[101.0,1.0],[100.0,1.0],[100.0,0.0]]]}"
#define HOLE                                                                                                     \
	("{\"type\":\"Polygon\",\"coordinates\":[[[100.0,0.0],[101.0,0.0],[101.0,1.0],[100.0,1.0],[100.0,0.0]]," \
	 "[[100.8,0.8],[100.8,0.2],[100.2,0.2],[100.2,0.8],[100.8,0.8]]]}")

/* Appendix A.1 to A.3 come out as they went in. */
static void test_examples(void **state)
{
	(void)state;
	const char *const examples[] = { POINT, LINE, AREA, HOLE };
	for (size_t i = 0; i < COUNT(examples); i++) {
		json_t *geometry = kept(examples[i]);
		assert_string_equal(put(geometry, 7), examples[i]);
		assert_int_equal(geometry_check(geometry, NULL), OK);
		/* In a Feature, in a collection of one (§3.2, §3.3). */
		char *feature = arena_printf(&arena, "{\"type\":\"Feature\",\"properties\":null,\"geometry\":%s}",
		                             examples[i]);
		assert_true(json_equal(kept(feature), geometry));
		assert_true(json_equal(
		        kept(arena_printf(&arena, "{\"type\":\"FeatureCollection\",\"features\":[%s]}", feature)),
		        geometry));
	}
	assert_string_equal(json_text(&arena, kept(POINT)), "{\"coordinates\":[1000000000,0],\"type\":\"Point\"}");
	assert_int_equal(geometry_positions(kept(HOLE)), 10);
}

/* §3.1.6: the right-hand rule; §3.1.1: altitudes may be there. */
static void test_turned(void **state)
{
	(void)state;
	assert_string_equal(
	        put(kept("{\"type\":\"Polygon\",\"coordinates\":[[[100.0,0.0],[100.0,1.0],[101.0,1.0],[101.0,0.0],[100.0,0.0]],"
	                 "[[100.8,0.8],[100.2,0.8],[100.2,0.2],[100.8,0.2],[100.8,0.8]]]}"),
	            7),
	        HOLE);
	assert_string_equal(put(kept("{\"type\":\"LineString\",\"coordinates\":[[100.0,0.0,12],[101,1,-3.5]]}"), 7),
	                    LINE);
	assert_string_equal(put(kept("{\"type\":\"Point\",\"coordinates\":[-0.12345678,47.00000004]}"), 7),
	                    "{\"type\":\"Point\",\"coordinates\":[-0.1234568,47.0]}");
	assert_string_equal(put(kept("{\"type\":\"Point\",\"coordinates\":[-0.1234568,47.999996]}"), 5),
	                    "{\"type\":\"Point\",\"coordinates\":[-0.12346,48.0]}");
}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} rows[] = {
		{ "{}", "“” cannot be kept here: a Point, a LineString or a Polygon can." },
		{ "{\"type\":\"MultiPolygon\",\"coordinates\":[]}",
		  "“MultiPolygon” cannot be kept here: a Point, a LineString or a Polygon can." },
		{ "{\"type\":\"Feature\",\"geometry\":null}", "This is not GeoJSON: it has no geometry." },
		{ "{\"type\":\"FeatureCollection\",\"features\":[]}", "This holds 0 features: give one only." },
		{ "{\"type\":\"Point\",\"coordinates\":[\"a\",1]}", "A position is a longitude and a latitude." },
		{ "{\"type\":\"Point\",\"coordinates\":[1]}", "A position is a longitude and a latitude." },
		{ "{\"type\":\"Point\",\"coordinates\":[0.68,147.38]}",
		  "A longitude is at most 180 degrees, a latitude 90. GeoJSON writes the longitude first." },
		{ "{\"type\":\"LineString\",\"coordinates\":[[1,1]]}", "A line has two positions at least." },
		{ "{\"type\":\"LineString\",\"coordinates\":[1,1]}", "A position is a longitude and a latitude." },
		{ "{\"type\":\"Polygon\",\"coordinates\":[]}", "An area has an edge." },
		{ "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}",
		  "The edge of an area has four positions at least, the last one as the first." },
		{ "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}",
		  "The edge of an area ends where it begins: repeat the first position at the end." },
		{ "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[2,2],[0,0]]]}",
		  "This area has no surface: its positions stand on one line." },
		{ "{\"type\":\"Polygon\",\"coordinates\":[[[0,[0]],1,null]]}",
		  "The edge of an area has four positions at least, the last one as the first." },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err err;
		json_t *geometry = NULL;
		char said[400];
		assert_int_equal(read_text(rows[i].text, &geometry, &err), E_INPUT);
		assert_string_equal(err_format(&err, err.msg, said, sizeof(said)), rows[i].said);
	}
}

static void test_limit(void **state)
{
	(void)state;
	struct buf text;
	struct err err;
	json_t *geometry = NULL;
	buf_init(&text, &arena, 0);
	for (int i = 0; i < GEOMETRY_POSITIONS; i++) buf_printf(&text, "%d.%05d, 0\n", i % 2, i);
	assert_int_equal(geometry_read_list(&arena, buf_str(&text), false, &geometry, &err), OK);
	assert_int_equal(geometry_positions(geometry), GEOMETRY_POSITIONS);
	buf_puts(&text, "2, 2");
	assert_int_equal(geometry_read_list(&arena, buf_str(&text), false, &geometry, &err), E_LIMIT);
}

static void test_list(void **state)
{
	(void)state;
	static const char *const same[] = {
		"0, 100\n1, 101", " 0.0 ,100.0 ; 1.0, 101.0\n\n", "0 100\n1 101", "0,0 100,0\n1,0 101,0",
		"0, 100;1, 101;",
	};
	struct err err;
	char said[400];
	json_t *geometry = NULL;
	struct buf out;
	for (size_t i = 0; i < COUNT(same); i++) {
		assert_int_equal(geometry_read_list(&arena, same[i], false, &geometry, &err), OK);
		assert_string_equal(put(geometry, 7), LINE);
	}
	/* An area closes by itself, or not, and turns the right way. */
	assert_int_equal(geometry_read_list(&arena, "0, 100\n0, 101\n1, 101\n1, 100", true, &geometry, &err), OK);
	assert_string_equal(put(geometry, 7), AREA);
	assert_int_equal(geometry_read_list(&arena, "0, 100\n1, 100\n1, 101\n0, 101\n0, 100", true, &geometry, &err),
	                 OK);
	assert_string_equal(put(geometry, 7), AREA);
	buf_init(&out, &arena, 0);
	geometry_put_list(&out, geometry);
	assert_string_equal(buf_str(&out), "0.0, 100.0\n0.0, 101.0\n1.0, 101.0\n1.0, 100.0");
	assert_int_equal(geometry_read_list(&arena, "0, 100\nici\n1, 101", false, &geometry, &err), E_INPUT);
	assert_string_equal(err_format(&err, err.msg, said, sizeof(said)),
	                    "Position 2: “ici” is not a latitude and a longitude. Example: 47.3855, 0.6848");
	assert_int_equal(geometry_read_list(&arena, "0, 100\n100, 0", false, &geometry, &err), E_INPUT);
	assert_int_equal(geometry_read_list(&arena, "", false, &geometry, &err), E_INPUT);
}

/* A degree of a great circle of the mean sphere is 111.195 km; half a degree square on the equator, a quarter of
 * 111.195². Paris to London: 343.5 km (Great Circle Mapper gives 344 on the ellipsoid). */
static void test_measures(void **state)
{
	(void)state;
	double length = geometry_length(
	        kept("{\"type\":\"LineString\",\"coordinates\":[[2.3522,48.8566],[-0.1276,51.5072]]}"));
	assert_true(fabs(length - 343500) < 1000);
	assert_true(fabs(geometry_length(kept("{\"type\":\"LineString\",\"coordinates\":[[0,0],[0,1]]}")) - 111195) <
	            1);
	double whole = geometry_area(kept(AREA)), holed = geometry_area(kept(HOLE));
	assert_true(fabs(whole / (111195.0 * 111195) - 1) < 0.001);
	assert_true(fabs(holed / whole - 0.64) < 0.001); /* less 0.6 × 0.6 */
}

static void check_centre(const char *text, double lon, double lat)
{
	int64_t found_lat, found_lon;
	geometry_centre(kept(text), &found_lat, &found_lon);
	if (fabs((double)found_lon / 1e7 - lon) > 0.001 || fabs((double)found_lat / 1e7 - lat) > 0.001)
		fail_msg("%s: %f, %f", text, (double)found_lon / 1e7, (double)found_lat / 1e7);
}

static void test_centre(void **state)
{
	(void)state;
	check_centre(POINT, 100, 0);
	check_centre(LINE, 100.5, 0.5);
	check_centre("{\"type\":\"LineString\",\"coordinates\":[[0,0],[0,0.1],[0,1]]}", 0, 0.5);
	check_centre("{\"type\":\"LineString\",\"coordinates\":[[1,1],[1,1]]}", 1, 1);
	check_centre(AREA, 100.5, 0.5);
	/* A U has its centre of gravity outside, between its arms. */
	int64_t lat, lon;
	const char *u =
	        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[3,0],[3,3],[2,3],[2,1],[1,1],[1,3],[0,3],[0,0]]]}";
	geometry_centre(kept(u), &lat, &lon);
	assert_true((lon > 0 && lon < 1 * GEOMETRY_DEGREE) || (lon > 2 * GEOMETRY_DEGREE && lon < 3 * GEOMETRY_DEGREE));
	/* In a hole: beside it. */
	geometry_centre(kept(HOLE), &lat, &lon);
	assert_true(lon < 1002000000 || lon > 1008000000);
	struct geo_box box = geometry_box(kept(u));
	assert_true(box.west == 0 && box.south == 0 && box.east == 3 * GEOMETRY_DEGREE &&
	            box.north == 3 * GEOMETRY_DEGREE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples), cmocka_unit_test(test_turned), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_limit),    cmocka_unit_test(test_list),   cmocka_unit_test(test_measures),
		cmocka_unit_test(test_centre),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

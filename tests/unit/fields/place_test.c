/* Places: an address in words, a point in degrees, or both. */
#include "field_fixture.h"

#define NO_PLACE "A place has an address, or a latitude and a longitude.;"

static void test_import(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'place'");
	static const struct text_row rows[] = {
		/* The tram stop of la Rabière, to the seventh decimal. */
		{ "47.3473123, 0.6647", "{'lat':473473123,'lon':6647000}", "" },
		{ "47.34, -0.66; approximate; 2 rue X; Tours",
		  "{'address':'2 rue X; Tours','approximate':true,'lat':473400000,'lon':-6600000}", "" },
		{ "; ; 2 rue X", "{'address':'2 rue X'}", "" },
		{ "2 rue X, Tours", "{'address':'2 rue X, Tours'}", "" },
		{ "Mairie; place X", "{'address':'Mairie; place X'}", "" },
		{ "", "-", "" },
		{ "95.0, 0.5", "{'lat':'95.0','lon':5000000}",
		  "“95.0” is not a position in degrees. Example: 47.3855;" },
		{ "90, 180", "{'lat':900000000,'lon':1800000000}", "" },
	};
	test_imports(field, rows, COUNT(rows));
}

static void test_posted(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'place'");
	assert_string_equal(written(posted(field, "champ.address=2 rue X", "champ.lat=47,3855", "champ.lon=0.6848",
	                                   "champ.approximate=1")),
	                    "{'address':'2 rue X','approximate':true,'lat':473855000,'lon':6848000}");
	assert_string_equal(written(posted(field, "champ.address=", "champ.lat=", "champ.lon=")), "-");
	assert_string_equal(mistakes(), "");
	/* All mistakes at once, and what was typed is kept. */
	const json_t *value = posted(field, "champ.lat=ici");
	assert_string_equal(mistakes(), "“ici” is not a position in degrees. Example: 47.3855;"
	                                "Give both the latitude and the longitude, or neither.;");
	assert_contains(drawn(field->type->edit, field, LANG_FR, value), "name=\"champ.lat\" value=\"ici\"");
	/* Shown and sent back, the point is the same. */
	const char *html = edited(field, LANG_FR, "{'lat':473473123,'lon':-6647000}");
	assert_contains(html, "name=\"champ.lat\" value=\"47.3473123\"");
	assert_contains(html, "name=\"champ.lon\" value=\"-0.6647\"");
}

static void test_check(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'place'");
	static const struct value_row values[] = {
		{ "{'address':'x'}", "" },
		{ "{'lat':0,'lon':0,'approximate':true}", "" },
		{ "{}", NO_PLACE },
		{ "'x'", NO_PLACE },
		{ "{'lat':0}", NO_PLACE },
		{ "{'lat':900000001,'lon':0}", NO_PLACE },
		{ "{'lat':47.5,'lon':0.5}", NO_PLACE },
		{ "{'address':3}", "This should be a text.;" },
		{ "{'address':'x','approximate':'peut-être'}", NO_PLACE },
		{ "{'address':'x','secret':1}", NO_PLACE },
	};
	test_checks(field, values, COUNT(values));
}

static void test_shown(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'place'");
	assert_string_equal(plain(field, LANG_EN,
	                          value_of("{'address':'2 rue X','lat':473400000,'lon':6600000,'approximate':true}")),
	                    "2 rue X (47.34, 0.66, approximate)");
	assert_string_equal(plain(field, LANG_FR, value_of("{'lat':473400000,'lon':6600000}")), "47.34, 0.66");
	assert_string_equal(drawn(field->type->brief, field, LANG_FR, value_of("{'address':'a <b>','lat':1,'lon':2}")),
	                    "a &lt;b&gt;");
	assert_string_equal(drawn(field->type->brief, field, LANG_FR, value_of("{'lat':473400000,'lon':6600000}")),
	                    "47.34, 0.66");
	assert_contains(shown(field, LANG_FR, "{'lat':473400000,'lon':-6600000}"), "href=\"geo:47.34,-0.66\"");
	struct index_entries entries;
	index_entries_read(&fixture.a, field, value_of("{'address':'Été','lat':473400000,'lon':6600000}"), &entries);
	assert_int_equal(entries.nplaces, 1);
	assert_int_equal(entries.places[0].south, 473400000);
	assert_int_equal(entries.places[0].west, 6600000);
	assert_string_equal(entries.keys[0], "ete");
	assert_string_equal(keys(field, value_of("{'lat':1,'lon':2}")), ";");
}

/* A line of two kilometres and an area of four hectares near Tours, in both ways of giving them. */
#define LINE "{'coordinates':[[6800000,473900000],[6900000,474000000]],'type':'LineString'}"
#define AREA \
	"{'coordinates':[[[6800000,473900000],[6850000,473900000],[6850000,473910000],[6800000,473900000]]],'type':'Polygon'}"

static void test_shapes(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'place'");
	assert_string_equal(written(posted(field, "champ.address=Le sentier", "champ.kind=line",
	                                   "champ.shape=47.39, 0.68\n47.40, 0.69")),
	                    "{'address':'Le sentier','shape':" LINE "}");
	assert_string_equal(written(posted(field, "champ.kind=area", "champ.approximate=1",
	                                   "champ.shape=47.39, 0.68; 47.391, 0.685; 47.39, 0.685")),
	                    "{'approximate':true,'shape':" AREA "}");
	assert_string_equal(
	        written(posted(field, "champ.kind=line",
	                       "champ.shape={\"type\":\"LineString\",\"coordinates\":[[0.68,47.39],[0.69,47.4]]}")),
	        "{'shape':" LINE "}");
	/* A pasted point is a position as any other. */
	assert_string_equal(written(posted(field, "champ.shape={\"type\":\"Point\",\"coordinates\":[0.68,47.39]}")),
	                    "{'lat':473900000,'lon':6800000}");
	assert_string_equal(mistakes(), "");
}

static void test_shapes_mistyped(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'place'");
	const json_t *value = posted(field, "champ.lat=47.39", "champ.lon=0.68", "champ.kind=area",
	                             "champ.shape=47.39, 0.68\nlà-bas");
	assert_string_equal(mistakes(),
	                    "Give one position, or a line or an area: not both.;"
	                    "Position 2: “là-bas” is not a latitude and a longitude. Example: 47.3855, 0.6848;");
	const char *html = drawn(field->type->edit, field, LANG_FR, value);
	assert_contains(html, ">\n47.39, 0.68\nlà-bas</textarea>");
	assert_contains(html, "<option value=\"area\" selected>");
	assert_contains(html, "name=\"champ.lat\" value=\"47.39\"");
	static const struct value_row values[] = {
		{ "{'shape':" AREA "}", "" },
		{ "{'shape':" LINE ",'lat':1,'lon':1}", NO_PLACE },
		{ "{'shape':'47.39, 0.68'}", "A geometry has a type and coordinates.;" },
		{ "{'shape':{'type':'LineString','coordinates':[[1.5,2.5],[3,4]]}}",
		  "A position is a longitude and a latitude.;" },
		{ "{'shape':" LINE ",'area':true}", NO_PLACE },
	};
	test_checks(field, values, COUNT(values));
}

static void test_shapes_shown(void **state)
{
	(void)state;
	const struct field *field = field_of("'type': 'place'");
	/* 0.01° of latitude is 1.112 km, 0.01° of longitude there 0.753 km: 1.3 km between. */
	assert_string_equal(plain(field, LANG_FR, value_of("{'address':'Le sentier','shape':" LINE "}")),
	                    "Le sentier (Ligne de 1,3\u00A0km, 47.395, 0.685)");
	/* Half of 376 m by 111 m. */
	assert_contains(plain(field, LANG_EN, value_of("{'shape':" AREA "}")), "Area of 2.1\u00A0ha");
	assert_contains(shown(field, LANG_FR, "{'shape':" LINE "}"), "geo:47.395,0.685");
	assert_contains(shown(field, LANG_FR, "{'shape':" AREA "}"), "class=\"place-area\"");
	/* Sent back unchanged, it is the same. */
	const char *html = edited(field, LANG_FR, "{'shape':" AREA "}");
	assert_contains(html, ">\n47.39, 0.68\n47.39, 0.685\n47.391, 0.685</textarea>");
	assert_contains(html, "<option value=\"area\" selected>");
	/* Found on the map by all that it covers. */
	struct index_entries entries;
	index_entries_read(&fixture.a, field, value_of("{'shape':" AREA "}"), &entries);
	assert_int_equal(entries.nplaces, 1);
	assert_true(entries.places[0].west == 6800000 && entries.places[0].east == 6850000 &&
	            entries.places[0].south == 473900000 && entries.places[0].north == 473910000);
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIELD_TEST(test_shapes),       FIELD_TEST(test_shapes_mistyped),
		                            FIELD_TEST(test_shapes_shown), FIELD_TEST(test_import),
		                            FIELD_TEST(test_posted),       FIELD_TEST(test_check),
		                            FIELD_TEST(test_shown) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Figures of charts against sums done by hand; on both engines. */
#include "view_fixture.h"
#include "views/charts.h"

static struct site_fixture site;

static void begin(void **state)
{
	facts_begin(&site, test_store(state));
	add_fact(&site, "{'nom':'A','genre':'a','jour':'2013-01-15','prix':'0.1','cachet':'100'}");
	add_fact(&site, "{'nom':'B','genre':'a','jour':'2013-01-31T09:00','prix':'0.2'}");
	add_fact(&site, "{'nom':'C','genre':'z','jour':'2013-04-01','prix':'-7'}");
	add_fact(&site, "{'nom':'D','genre':'z','jour':'2014-02-01','prix':'123456789012345678.25'}");
	add_fact(&site, "{'nom':'E','genre':'z'}");
	add_fact(&site, "{'nom':'F','prix':'5','mots':['eau','air']}");
	add_fact(&site, "{'nom':'G','mots':['eau']}");
}

/* "Atelier 2 | Zone 3 | …" of the only chart of the view, as the actor sees it. */
static const char *figures(const char *chart, const struct actor *actor)
{
	const char *text = arena_printf(
	        &site.arena, "{'key':'faits','form':'fait','title':'Faits','layout':'chart','charts':[%s]}", chart);
	const struct view *view = make_view(&site, text);
	struct view_list list = read_view(&site, actor, view, "chart", 20, NULL);
	struct buf out;
	buf_init(&out, &site.arena, 0);
	for (int i = 0; i < list.charts[0].n; i++) {
		const struct chart_mark *mark = &list.charts[0].marks[i];
		buf_printf(&out, "%s%s %s%s", i ? " | " : "", mark->label, mark->text, mark->rest ? " (rest)" : "");
	}
	return buf_str(&out);
}

static void test_counts(void **state)
{
	begin(state);
	assert_string_equal(figures("{'title':'T','by':'genre'}", &site.visitor),
	                    "Zone 3 | Atelier 2 | Non précisé 2 (rest)");
	assert_string_equal(figures("{'title':'T','by':'mots'}", &site.visitor),
	                    "eau 2 | air 1 | Non précisé 5 (rest)");
	assert_string_equal(figures("{'title':'T','by':'jour','step':'year','shape':'columns'}", &site.visitor),
	                    "2013 3 | 2014 1 | Non précisé 3 (rest)");
	site_fixture_release(&site);
}

/* Months in which nothing happened are there. A line has no mark for what has no date. */
static void test_months(void **state)
{
	begin(state);
	assert_string_equal(figures("{'title':'T','by':'jour','shape':'line'}", &site.visitor),
	                    "janvier 2013 2 | février 2013 0 | mars 2013 0 | avril 2013 1 | mai 2013 0 | juin 2013 0 | "
	                    "juillet 2013 0 | août 2013 0 | septembre 2013 0 | octobre 2013 0 | novembre 2013 0 | "
	                    "décembre 2013 0 | janvier 2014 0 | février 2014 1");
	site_fixture_release(&site);
}

/* Exact: 0.1 + 0.2 is 0.3; -7 + 123456789012345678.25 is 123456789012345671.25. Means of those that have
 * the number, rounded to the hundredth, halves away from zero: 0.15, 61728394506172835.63. */
static void test_sums(void **state)
{
	begin(state);
	assert_string_equal(
	        figures("{'title':'T','by':'genre','measure':'sum','of':'prix'}", &site.visitor),
	        "Zone 123\u202F456\u202F789\u202F012\u202F345\u202F671,25 | Atelier 0,3 | Non précisé 5 (rest)");
	assert_string_equal(
	        figures("{'title':'T','by':'genre','measure':'mean','of':'prix'}", &site.visitor),
	        "Zone 61\u202F728\u202F394\u202F506\u202F172\u202F835,63 | Atelier 0,15 | Non précisé 5 (rest)");
	site_fixture_release(&site);
}

/* A number for members is nothing to visitors: neither its sum nor that it is there. */
static void test_rights(void **state)
{
	begin(state);
	const char *chart = "{'title':'T','by':'genre','measure':'sum','of':'cachet'}";
	assert_string_equal(figures(chart, &site.member), "Atelier 100");
	assert_string_equal(figures(chart, &site.visitor), "");
	site_fixture_release(&site);
}

static void test_svg(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	const struct chart_mark marks[] = { { .label = "<b>A & B</b>", .text = "2", .value = 2 },
		                            { .label = "Rien", .text = "1", .value = 1, .rest = true } };
	struct chart chart = { .title = "T", .summary = "S", .marks = marks, .n = 2 };
	struct html_safe svg = chart_svg(&a, &chart, 7);
	assert_non_null(strstr(svg.ptr, "&lt;b&gt;A &amp; B&lt;/b&gt;"));
	assert_non_null(strstr(svg.ptr, "<title id=\"chart-title-7\">T</title><desc id=\"chart-desc-7\">S</desc>"));
	assert_non_null(strstr(svg.ptr, "width=\"330.0\"")); /* the greatest takes the whole room */
	assert_non_null(strstr(svg.ptr, "width=\"165.0\"")); /* half of it, half the room */
	assert_non_null(strstr(svg.ptr, "fill=\"url(#chart-hatch-7)\""));
	chart.n = 0;
	/* What is longer than the drawing is cut there, and whole for who points at it. */
	const struct chart_mark longer = {
		.label = "Accompagnement aux démarches administratives en ligne et à la recherche d’emploi",
		.text = "3",
		.value = 3
	};
	struct chart cut = chart;
	cut.marks = &longer;
	cut.n = 1;
	svg = chart_svg(&a, &cut, 8);
	assert_non_null(strstr(svg.ptr, "<title>Accompagnement aux démarches administratives en ligne et à la "
	                                "recherche d’emploi</title>Accompagnement"));
	assert_non_null(strstr(svg.ptr, "…</text>"));
	assert_int_equal(chart_svg(&a, &chart, 7).len, 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH_ENGINES(test_counts), BOTH_ENGINES(test_months),
		                            BOTH_ENGINES(test_sums), BOTH_ENGINES(test_rights),
		                            cmocka_unit_test(test_svg) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

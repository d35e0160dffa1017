/* Records under headings and along time, in pages; on both engines. */
#include "view_fixture.h"

static struct site_fixture site;

static void begin(void **state)
{
	facts_begin(&site, test_store(state));
	add_fact(&site, "{'nom':'Un','jour':'2013-05-02','genre':'a','mots':['eau','air']}");
	add_fact(&site, "{'nom':'Deux','jour':'2012-12-31','genre':'z','mots':['air']}");
	add_fact(&site, "{'nom':'Trois','genre':'a','duree':{'from':'2013-06-01','to':'2014-01-05'}}");
	add_fact(&site, "{'nom':'Quatre','jour':'2013-05-01T18:30','duree':{'to':'2011-02-03'}}");
	add_fact(&site, "{'nom':'Cinq','jour':'2013-06-10','genre':'z'}");
}

#define VIEW "{'key':'faits','form':'fait','title':'Faits','sort':['nom']"

/* The choices as their list is ordered, then those without; each in the order of the view. */
static void test_choices(void **state)
{
	begin(state);
	const struct view *view = make_view(&site, VIEW ",'group':'genre'}");
	struct view_list list = read_view(&site, &site.visitor, view, "cards", 20, NULL);
	assert_string_equal(outline(&site, &list),
	                    "Zone (2): Cinq, Deux\nAtelier (2): Trois, Un\nNon précisé (1): Quatre\n");
	assert_int_equal(list.result.total, 5);
	assert_null(list.result.next);
	site_fixture_release(&site);
}

/* A heading cut by the end of a page comes again on the next one, with the same count. */
static void test_pages(void **state)
{
	begin(state);
	const struct view *view = make_view(&site, VIEW ",'group':'genre'}");
	struct view_list list = read_view(&site, &site.visitor, view, "list", 3, NULL);
	assert_string_equal(outline(&site, &list), "Zone (2): Cinq, Deux\nAtelier (2): Trois\n");
	assert_string_equal(list.result.next, "3");
	list = read_view(&site, &site.visitor, view, "list", 3, "3");
	assert_string_equal(outline(&site, &list), "Atelier (2): Un\nNon précisé (1): Quatre\n");
	assert_null(list.result.next);
	list = read_view(&site, &site.visitor, view, "list", 3, "99");
	assert_int_equal(list.n, 0);
	list = read_view(&site, &site.visitor, view, "list", 3, "-7");
	assert_int_equal(list.n, 3);
	site_fixture_release(&site);
}

/* Several values: under each of them, by name. */
static void test_several(void **state)
{
	begin(state);
	const struct view *view = make_view(&site, VIEW ",'where':[['mots','notempty']],'group':'mots'}");
	struct view_list list = read_view(&site, &site.visitor, view, "table", 20, NULL);
	assert_string_equal(outline(&site, &list), "air (2): Deux, Un\neau (1): Un\n");
	assert_int_equal(list.result.total, 2);
	site_fixture_release(&site);
}

static void test_timeline(void **state)
{
	begin(state);
	const struct view *view = make_view(&site, VIEW ",'layout':'timeline','timeline':{'by':'jour'}}");
	struct view_list list = read_view(&site, &site.visitor, view, "timeline", 20, NULL);
	assert_string_equal(outline(&site, &list),
	                    "décembre 2012 (1): Deux\nmai 2013 (2): Quatre, Un\njuin 2013 (1): Cinq\n"
	                    "Non précisé (1): Trois\n");
	view = make_view(&site, VIEW ",'timeline':{'by':'jour','step':'year','descending':true}}");
	list = read_view(&site, &site.visitor, view, "timeline", 20, NULL);
	assert_string_equal(outline(&site, &list),
	                    "2013 (3): Cinq, Un, Quatre\n2012 (1): Deux\nNon précisé (1): Trois\n");
	/* A period stands where it begins; where it ends when it has no other day. */
	view = make_view(&site, VIEW ",'timeline':{'by':'duree'}}");
	list = read_view(&site, &site.visitor, view, "timeline", 20, NULL);
	assert_string_equal(outline(&site, &list), "février 2011 (1): Quatre\njuin 2013 (1): Trois\n"
	                                           "Non précisé (3): Cinq, Deux, Un\n");
	/* A view that says nothing of time is shown in the first way. */
	view = make_view(&site, VIEW "}");
	assert_string_equal(view_type_find(view, "timeline")->name, "cards");
	site_fixture_release(&site);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH_ENGINES(test_choices), BOTH_ENGINES(test_pages),
		                            BOTH_ENGINES(test_several), BOTH_ENGINES(test_timeline) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

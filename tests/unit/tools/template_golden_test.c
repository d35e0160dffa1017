/* What compiled templates write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tools/golden.html.h"

static struct buf out;

static int setup(void **state)
{
	(void)state;
	buf_init(&out, NULL, 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	buf_release(&out);
	return 0;
}

#define HOSTILE "<b>\"'&"
#define ESCAPED "&lt;b&gt;&#34;&#39;&amp;"

static void text_is_escaped_and_only_safe_html_passes(void **state)
{
	(void)state;
	golden_text(&out, HOSTILE, -7, 8L, 9UL, (struct html_safe){ "<hr>", 4 });
	assert_string_equal(buf_str(&out), "<p>" ESCAPED "|-7|8|9|<hr></p>");
}

static void attributes_are_escaped_by_what_they_are(void **state)
{
	(void)state;
	golden_attributes(&out, HOSTILE, true, "javascript:alert(1)");
	assert_string_equal(buf_str(&out), "<input value=\"" ESCAPED "\" title='" ESCAPED "' checked>\n"
	                                   "<a href=\"#\">a</a>"
	                                   "<a href=\"/s?q=%3Cb%3E%22%27%26&amp;p=2#%3Cb%3E%22%27%26\">b</a>\n"
	                                   "<img src=\"#\" alt=\"" ESCAPED "\" data-href=\"" ESCAPED "\">"
	                                   "<q cite=\"#\"></q>\n"
	                                   "<svg><use xlink:href=\"#\"></use><use href=\"#i-x\"/></svg>");
}

static void an_attribute_can_be_left_out(void **state)
{
	(void)state;
	golden_attributes(&out, "", false, "/a b?c=d&e#f");
	assert_non_null(strstr(buf_str(&out), "<input value=\"\" title=''>\n<a href=\"/a%20b?c=d&amp;e#f\">"));
}

static void branches(void **state)
{
	(void)state;
	static const char *const expected[] = {
		"none\n<i class=\"a c\">x</i>\n<b class=\"k\">y</b>\n<option>z</option>",
		"one\n<i class=\"a b\">x</i>\n<b id=\"n\" class=\"k\">y</b>\n<option "
		"selected>z</option>",
		"two\n<i class=\"a b\">x</i>\n<b id=\"n\" class=\"k\">y</b>\n<option selected "
		"disabled>z</option>",
		"3\n<i class=\"a b\">x</i>\n<b id=\"n\" class=\"k\">y</b>\n<option selected "
		"disabled>z</option>",
	};
	for (int n = 0; n < 4; n++) {
		buf_reset(&out);
		golden_branches(&out, n);
		assert_string_equal(buf_str(&out), expected[n]);
	}
}

static void loops_and_local_names(void **state)
{
	(void)state;
	golden_loops(&out, 2, 2);
	assert_string_equal(buf_str(&out), "<table>\n"
	                                   "<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n"
	                                   "<tr>\n<td>2</td>\n<td>4</td>\n</tr>\n"
	                                   "</table>");
	buf_reset(&out);
	golden_loops(&out, 0, 2);
	assert_string_equal(buf_str(&out), "<table>\n</table>");
}

static void white_space_folds_but_not_where_it_shows(void **state)
{
	(void)state;
	golden_space(&out, true);
	assert_string_equal(buf_str(&out), "<p>one\ntwo   three</p>\n"
	                                   "<p>\n<b>in</b>\nend\n</p>\n"
	                                   "<pre>\n  kept\n    here\n\n  too</pre>\n"
	                                   "<textarea name=\"t\">\n  kept\n</textarea>\n"
	                                   "<input type=\"text\" required name=\"n\">");
	buf_reset(&out);
	golden_space(&out, false);
	assert_non_null(strstr(buf_str(&out), "<p>\nend\n</p>"));
	assert_non_null(strstr(buf_str(&out), "<input type=\"text\" name=\"n\">"));
}

static void words_stay_apart_in_every_turn(void **state)
{
	(void)state;
	golden_apart(&out, 3);
	assert_string_equal(buf_str(&out), "<p>start\n\n<b>0</b>\n<b>1</b>\n<b>2</b>\n</p>"
	                                   "<p>\n0\n\n1\n\n2\n</p>");
}

static void templates_call_templates(void **state)
{
	(void)state;
	golden_calls(&out, 1);
	assert_string_equal(buf_str(&out), "<div><i>1</i> <i>2</i></div>");
}

static void odd_but_right_syntax(void **state)
{
	(void)state;
	golden_syntax(&out, "a<b");
	assert_string_equal(buf_str(&out),
	                    "<title>a&lt;b – </title><textarea>a&lt;b</textarea>\n"
	                    "<p>}}%}yes { {x} % \"quoted\" \\ ?? é</p>\n"
	                    "<!doctype html><!-- kept > as it is --><br/><hr />\n"
	                    "a&lt;b\n"
	                    "<script src=\"a&lt;b\" type=\"module\"></script><INPUT DISABLED TYPE=checkbox>");
}

static void messages_need_only_p(void **state)
{
	(void)state;
	golden_translated(&out, &(struct golden_page){ LANG_EN }, 2);
	assert_string_equal(buf_str(&out), "Save many");
}

static void a_limit_cuts_and_says_so(void **state)
{
	(void)state;
	out.max = 16;
	golden_loops(&out, 3, 3);
	assert_true(out.over);
	assert_true(out.len <= 16);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(text_is_escaped_and_only_safe_html_passes),
		TEST(attributes_are_escaped_by_what_they_are),
		TEST(an_attribute_can_be_left_out),
		TEST(branches),
		TEST(loops_and_local_names),
		TEST(white_space_folds_but_not_where_it_shows),
		TEST(words_stay_apart_in_every_turn),
		TEST(templates_call_templates),
		TEST(odd_but_right_syntax),
		TEST(messages_need_only_p),
		TEST(a_limit_cuts_and_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * HTML that other programs wrote, brought in as Markdown. What is owed: the page shows it again – the same words, the
 * same emphasis, links and lists –, which is what is compared: the HTML that the Markdown gives (CommonMark 0.30).
 */
#include "formats/html_markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "rich/markdown.h"

static struct arena arena;
static struct html_markdown got;

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

/* English, so that no space of French typography is added. */
static const char *shown(const char *html, bool lines)
{
	struct rich_page page = { .arena = &arena, .lang = LANG_EN };
	struct buf out;
	html_markdown(&arena, html, strlen(html), lines, &got);
	buf_init(&out, &arena, 0);
	rich_html(&out, &page, got.text);
	char *one = arena_strdup(&arena, buf_str(&out));
	for (char *c = one; *c; c++)
		if (*c == '\n') *c = ' ';
	return arena_strndup(&arena, one, strlen(one) - (strlen(one) && one[strlen(one) - 1] == ' '));
}

static void same(const char *html, const char *expected, bool lines)
{
	const char *is = shown(html, lines);
	if (strcmp(is, expected) != 0)
		fail_msg("%s\n  became   %s\n  shown as %s\n  not      %s", html, got.text, is, expected);
}

static void test_emphasis(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "<p>a <b>fat</b> cat</p>", "<p>a <strong>fat</strong> cat</p>" },
		{ "<p>a<strong> fat </strong>cat</p>", "<p>a <strong>fat</strong> cat</p>" },
		{ "<p><em>one</em>, <i>two</i>; <del>three</del></p>",
		  "<p><em>one</em>, <em>two</em>; <s>three</s></p>" },
		/* a break at either end, in the middle, alone */
		{ "<p><strong>Title<br /></strong>text</p>", "<p><strong>Title</strong><br> text</p>" },
		{ "<p>text<b><br>Title</b></p>", "<p>text<br> <strong>Title</strong></p>" },
		{ "<p><b>one<br>two</b> three</p>", "<p><strong>one</strong><br> <strong>two</strong> three</p>" },
		{ "<p>one<b><br></b>two</p>", "<p>one<br> two</p>" },
		{ "<p>one<b> </b>two</p>", "<p>one two</p>" },
		{ "<p>end<br><b><br /></b></p>", "<p>end</p>" },
		/* inside one another, side by side */
		{ "<p><b><i>both</i></b></p>", "<p><em><strong>both</strong></em></p>" },
		{ "<p><b>a<b>b</b>c</b></p>", "<p><strong>abc</strong></p>" },
		{ "<p><b>a</b><b>b</b></p>", "<p><strong>ab</strong></p>" },
		{ "<p><b>a</b><i>b</i></p>", "<p><strong>a</strong><em>b</em></p>" },
		{ "<p><b>a</b>b</p>", "<p><strong>a</strong>b</p>" },
		{ "<p>a<i>b</i>c</p>", "<p>a<em>b</em>c</p>" },
		/* points beside words: never a bare mark on the page */
		{ "<p><b>Note:</b> text</p>", "<p><strong>Note:</strong> text</p>" },
		{ "<p><b>Note:</b>text</p>", "<p>Note:text</p>" },
		{ "<p>l’<b>« an »</b>.</p>", "<p>l’<strong>« an »</strong>.</p>" },
		{ "<p>(<b>a</b>)</p>", "<p>(<strong>a</strong>)</p>" },
		/* around paragraphs, as old editors wrote: the words stay */
		{ "<b><p>one</p><p>two</p></b>", "<p>one</p> <p>two</p>" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) same(rows[i][0], rows[i][1], false);
}

/* What would be a mark here was a word there. */
static void test_words(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "<p>2 * 3 * 4, a_b_c, `x`, [y](z), #tag, {{vue}}, ~~no~~</p>",
		  "<p>2 * 3 * 4, a_b_c, `x`, [y](z), #tag, {{vue}}, ~~no~~</p>" },
		{ "<p># not a title</p>", "<p># not a title</p>" },
		{ "<p>- not a list</p><p>1. nor this</p><p>1) nor this</p><p>+ nor</p><p>&gt; no quote</p>",
		  "<p>- not a list</p> <p>1. nor this</p> <p>1) nor this</p> <p>+ nor</p> <p>&gt; no quote</p>" },
		{ "<p>a<br>- b<br># c<br>=== d</p>", "<p>a<br> - b<br> # c<br> === d</p>" },
		{ "<p>&lt;b&gt; &amp;amp; \\* a|b</p>", "<p>&lt;b&gt; &amp;amp; \\* a|b</p>" },
		{ "<p>[[wiki]] [^1] ![x](y)</p>", "<p>[[wiki]] [^1] ![x](y)</p>" },
		{ "<p>  many \n\t spaces  </p>", "<p>many spaces</p>" },
		{ "<p><code>a`b</code> <kbd>Ctrl</kbd></p>", "<p><code>a`b</code> <code>Ctrl</code></p>" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) same(rows[i][0], rows[i][1], false);
}

static void test_blocks(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
		  "<ul> <li>a</li> <li>b<ul> <li>c</li> </ul> </li> </ul>" },
		{ "<ol><li>a<br></li><li>b</li></ol>", "<ol> <li>a</li> <li>b</li> </ol>" },
		{ "<ol>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ol>", "<ol> <li>a<ol> <li>b</li> </ol> </li> </ol>" },
		{ "<blockquote><p>a</p><p>b</p></blockquote>", "<blockquote> <p>a</p> <p>b</p> </blockquote>" },
		{ "<pre>if (a) {\n  b\n}</pre>", "<pre tabindex=\"0\"><code>if (a) {   b } </code></pre>" },
		{ "<div>a<div>b</div>c</div>", "<p>a</p> <p>b</p> <p>c</p>" },
		{ "<p>a</p><hr><p>b</p>", "<p>a</p> <hr> <p>b</p>" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) same(rows[i][0], rows[i][1], false);
	assert_non_null(strstr(shown("<h1>A <b>title</b><br></h1><h3>b</h3>", false), "title</strong></h2>"));
	const char *table = shown(
	        "<table><tr><th>a</th><th>b</th></tr><tr><td>c<br>d</td><td><b>e</b><br></td></tr></table>", false);
	assert_non_null(strstr(table, ">a</th>"));
	assert_non_null(strstr(table, ">c d</td>"));
	assert_non_null(strstr(table, "><strong>e</strong></td>"));
}

/* WordPress shows a text without paragraphs by its lines (wpautop). */
static void test_lines(void **state)
{
	(void)state;
	same("one\ntwo\n\nthree", "<p>one<br> two</p> <p>three</p>", true);
	same("one\n\n<b>two</b>\nthree", "<p>one</p> <p><strong>two</strong><br> three</p>", true);
	same("<p>one\ntwo</p>\n<ul>\n<li>three</li>\n\n<li>four</li>\n</ul>\nfive\n\nsix",
	     "<p>one<br> two</p> <ul> <li>three</li> <li>four</li> </ul> <p>five</p> <p>six</p>", true);
	same("<b>one\n</b>two", "<p><strong>one</strong><br> two</p>", true);
	same("one\ntwo", "<p>one two</p>", false);
}

static void test_links(void **state)
{
	(void)state;
	same("<p><a href=\"https://example.org/a(b)\">x</a></p>",
	     "<p><a href=\"https://example.org/a%28b%29\" rel=\"noopener\">x</a></p>", false);
	same("<p><a href=\"javascript:alert(1)\">x</a> <a href=\"#a\">y</a></p>", "<p>x y</p>", false);
	same("<p>a<a href=\"mailto:a@example.org\"> b<br></a>c</p>", "<p>a <a href=\"mailto:a@example.org\">b</a>c</p>",
	     false);
}

/* What has no like here is told, each kind once; a picture is named apart with its words. */
static void test_lost(void **state)
{
	(void)state;
	shown("<p>a<script>alert(1)</script><iframe src=\"//video.example/1\"></iframe><script>2</script>"
	      "<img src=\"https://a.example/1.jpg\" alt=\"One\"><img src=\"https://a.example/1.jpg\">[gallery ids=\"1\"]</p>",
	      false);
	assert_null(strstr(got.text, "alert"));
	assert_non_null(strstr(got.text, "https://video.example/1"));
	assert_int_equal(got.nlost, 3);
	assert_string_equal(got.lost[0], "[gallery]");
	assert_string_equal(got.lost[1], "<script>");
	assert_string_equal(got.lost[2], "<iframe>");
	assert_int_equal(got.npictures, 1);
	assert_string_equal(got.pictures[0].alt, "One");
	/* words between two codes stay; brackets of people too */
	same("<p>[caption id=\"a\"]Words[/caption] [sic] [quote]said[/quote]</p>", "<p>Words [sic] said</p>", false);
}

/* As deep as it likes, and whatever it is. */
static void test_limits(void **state)
{
	(void)state;
	struct buf deep;
	buf_init(&deep, &arena, 0);
	for (int i = 0; i < 80; i++) buf_puts(&deep, "<div><b>");
	buf_puts(&deep, "bottom");
	shown(buf_str(&deep), false);
	assert_non_null(strstr(got.text, "bottom"));
	same("", "", false);
	shown("\xff\xfe<b>\xc3", false);
	assert_true(text_valid(got.text, strlen(got.text)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_emphasis), cmocka_unit_test(test_words), cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_lines),    cmocka_unit_test(test_links), cmocka_unit_test(test_lost),
		cmocka_unit_test(test_limits),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* Feeds, against the example of RFC 4287 §1.1 and the rules of XML 1.0. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "formats/atom.h"

static int setup(void **state)
{
	static struct arena a;
	arena_init(&a);
	*state = &a;
	return 0;
}

static int teardown(void **state)
{
	arena_release(*state);
	return 0;
}

static const char *feed_of(struct arena *a, const struct feed_entry *entry)
{
	const struct feed_head feed = { .id = "urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6",
		                        .title = "Example Feed",
		                        .author = "John Doe",
		                        .self = "http://example.org/feed?a=1&b=2",
		                        .page = "http://example.org/",
		                        .lang = LANG_FR,
		                        .updated = 1071340202000 };
	struct buf out;
	buf_init(&out, a, 0);
	atom_begin(&out, &feed);
	if (entry) atom_entry(&out, entry);
	atom_end(&out);
	return buf_str(&out);
}

static void test_feed_of_the_rfc(void **state)
{
	const struct feed_entry entry = { .id = "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
		                          .title = "Atom-Powered Robots Run Amok",
		                          .page = "http://example.org/2003/12/13/atom03",
		                          .summary = "Some text.",
		                          .published = 1071340202999,
		                          .updated = 1071340202000 };
	const char *xml = feed_of(*state, &entry);
	static const char *const parts[] = {
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n",
		"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">",
		"<title>Example Feed</title>",
		"<updated>2003-12-13T18:30:02Z</updated>",
		"<author><name>John Doe</name>",
		"href=\"http://example.org/feed?a=1&amp;b=2\"",
		"<entry>",
		"<id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>",
		"<title>Atom-Powered Robots Run Amok</title>",
		"<published>2003-12-13T18:30:02Z</published>",
		"href=\"http://example.org/2003/12/13/atom03\"",
		"<summary>Some text.</summary>",
		"</entry>\n</feed>\n",
	};
	const char *at = xml;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		at = strstr(at, parts[i]);
		if (at == NULL) fail_msg("no %s in\n%s", parts[i], xml);
	}
}

/* RFC 4287 §4.1.3.3 (html), §4.2.2 (category), §4.2.7.2 (enclosure). */
static void test_whole_entry(void **state)
{
	static const char *const names[] = { "Ada", "B & C" }, *const tags[] = { "a\"b" };
	static const struct feed_file file = { "https://x.example/s?a=1&b=2", "audio/mpeg", "s.mp3", 12345 };
	const struct feed_entry entry = { .id = "x",
		                          .title = "T",
		                          .author = "nobody",
		                          .content = "<p>a &amp; b</p>",
		                          .authors = names,
		                          .nauthors = 2,
		                          .tags = tags,
		                          .ntags = 1,
		                          .files = &file,
		                          .nfiles = 1 };
	const char *xml = feed_of(*state, &entry);
	static const char *const parts[] = {
		"<author><name>Ada</name>",
		"<author><name>B &amp; C</name>",
		("<link rel=\"enclosure\" type=\"audio/mpeg\" length=\"12345\" title=\"s.mp3\" "
		 "href=\"https://x.example/s?a=1&amp;b=2\"/>"),
		"<category term=\"a&quot;b\"/>",
		"<content type=\"html\">&lt;p&gt;a &amp;amp; b&lt;/p&gt;</content>",
	};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strstr(xml, parts[i]) == NULL) fail_msg("no %s in\n%s", parts[i], xml);
	assert_null(strstr(xml, "nobody"));
}

/* What readers of feeds get of a page: no drawing, no form, nothing that runs, whole addresses. */
static void test_html(void **state)
{
	static const char *const cases[][2] = {
		{ "<p class=\"a\" id=\"i\">x <a href=\"/y?a=1&amp;b\">y</a></p>",
		  "<p>x <a href=\"https://s.example/y?a=1&amp;b\">y</a></p>" },
		{ "<a href=\"#n1\">1</a>", "<a href=\"https://s.example/p#n1\">1</a>" },
		{ "<a href=\"//evil.example/\">1</a>", "<a href=\"//evil.example/\">1</a>" },
		{ "a<svg viewBox=\"0 0 1 1\"><svg><path d=\"\"/></svg></svg>b", "ab" },
		{ "a<script>if (1 < 2) x(\"</p>\");</script>b<form><p>c</p></form>d<input value=\"x\">e", "abde" },
		{ "<div class=\"x\"><p>a</p></div>", "<p>a</p>" },
		{ "<img src=\"/f\" srcset=\"/f/320 320w\" alt=\"a &gt; b\" width=\"3\" onerror=\"x\">",
		  "<img src=\"https://s.example/f\" alt=\"a &gt; b\" width=\"3\">" },
		{ "<audio controls preload=\"none\" src=\"/f\"></audio>",
		  "<audio controls preload=\"none\" src=\"https://s.example/f\"></audio>" },
		{ "1 &lt; 2 href=\"/x\"", "1 &lt; 2 href=\"/x\"" },
		{ "<svg><path>", "" },
		{ "<p title=\"", "<p title=\"\">" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf out;
		buf_init(&out, *state, 0);
		feed_html(&out, *state, "https://s.example", "https://s.example/p", cases[i][0], strlen(cases[i][0]));
		assert_string_equal(buf_str(&out), cases[i][1]);
	}
}

static void test_hostile_texts_stay_texts(void **state)
{
	const struct feed_entry entry = { .id = "x", .title = "</title><script> & \" \x01\x1B\xEF\xBF\xBF\xFF]]>é\n" };
	const char *xml = feed_of(*state, &entry);
	assert_non_null(strstr(xml, "<title>&lt;/title&gt;&lt;script&gt; &amp; &quot; ]]&gt;é\n</title>"));
}

static void test_times_before_1970(void **state)
{
	const struct feed_entry entry = { .id = "x", .title = "y", .published = -1, .updated = -86400000 };
	const char *xml = feed_of(*state, &entry);
	assert_non_null(strstr(xml, "<published>1969-12-31T23:59:59Z</published>"));
	assert_non_null(strstr(xml, "<updated>1969-12-31T00:00:00Z</updated>"));
}

static void test_uuid(void **state)
{
	const struct id id = { { 0x12, 0x25, 0xc6, 0x95, 0xcf, 0xb8, 0x4e, 0xbb, 0xaa, 0xaa, 0x80, 0xda, 0x34, 0x4e,
		                 0xfa, 0x6a } };
	assert_string_equal(atom_uuid(*state, id), "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_feed_of_the_rfc, setup, teardown),
		cmocka_unit_test_setup_teardown(test_whole_entry, setup, teardown),
		cmocka_unit_test_setup_teardown(test_html, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostile_texts_stay_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_times_before_1970, setup, teardown),
		cmocka_unit_test_setup_teardown(test_uuid, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

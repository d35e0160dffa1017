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

static const char *feed_of(struct arena *a, const struct atom_entry *entry)
{
	const struct atom_feed feed = { .id = "urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6",
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
	const struct atom_entry entry = { .id = "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
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

static void test_hostile_texts_stay_texts(void **state)
{
	const struct atom_entry entry = { .id = "x", .title = "</title><script> & \" \x01\x1B\xEF\xBF\xBF\xFF]]>é\n" };
	const char *xml = feed_of(*state, &entry);
	assert_non_null(strstr(xml, "<title>&lt;/title&gt;&lt;script&gt; &amp; &quot; ]]&gt;é\n</title>"));
}

static void test_times_before_1970(void **state)
{
	const struct atom_entry entry = { .id = "x", .title = "y", .published = -1, .updated = -86400000 };
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
		cmocka_unit_test_setup_teardown(test_hostile_texts_stay_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_times_before_1970, setup, teardown),
		cmocka_unit_test_setup_teardown(test_uuid, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

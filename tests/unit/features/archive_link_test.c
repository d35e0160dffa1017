/* Links of pages, as they are in an archive: addresses change, texts do not, nothing runs. */
#include "features/archive/archive_link.h"

#include <string.h>

#include "support/store.h"

static struct arena arena;

static const char *shout(void *context, struct arena *a, const char *url)
{
	(void)context;
	return strncmp(url, "/", 1) == 0 ? arena_printf(a, "<%s>", url) : NULL;
}

static void check(const char *html, const char *expected)
{
	struct buf out;
	const struct link_change change = { NULL, shout };
	buf_init(&out, &arena, 0);
	archive_links(&out, &arena, &change, html, strlen(html));
	assert_string_equal(buf_str(&out), expected);
}

static void test_addresses(void **state)
{
	(void)state;
	check("<a href=\"/x\">x</a>", "<a href=\"&lt;/x&gt;\">x</a>");
	/* As HTML says it (§13.1.4), and says it again. */
	check("<a class=\"a\" href=\"/x?a=1&amp;b=2\" id=\"i\">",
	      "<a class=\"a\" href=\"&lt;/x?a=1&amp;b=2&gt;\" id=\"i\">");
	check("<a href=\"https://x.example/\">", "<a href=\"https://x.example/\">");
	check("<img src=\"/p\" srcset=\"/p/320 320w\" sizes=\"100vw\" loading=\"lazy\" alt=\"a > b\">",
	      "<img src=\"&lt;/p&gt;\" alt=\"a > b\">");
	check("<input checked disabled href=\"/y\"/>", "<input checked disabled href=\"&lt;/y&gt;\"/>");
}

static void test_texts(void **state)
{
	(void)state;
	check("<p>write href=\"/x\" there, 1 &lt; 2</p>", "<p>write href=\"/x\" there, 1 &lt; 2</p>");
	check("<p title=\"href=/x src='/y'\">", "<p title=\"href=/x src='/y'\">");
	check("", "");
	check("<", "");
	check("<a href=\"/x", "<a href=\"&lt;/x&gt;\">");
	check("<a href", "<a href>");
	check("a<script type=\"module\" src=\"/s\">let x = \"<a href='/'>\";</script>b", "ab");
}

int main(void)
{
	arena_init(&arena);
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_addresses), cmocka_unit_test(test_texts) };
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&arena);
	return failed;
}

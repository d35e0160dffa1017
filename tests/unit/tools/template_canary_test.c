/*
 * Whatever text stands in a page, a parser that is not ours (libxml2) reads the same text back, in
 * its place, and finds the page's own elements and attributes only.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libxml/HTMLparser.h>
#include <strings.h>

#include "base/clock.h"
#include "tools/canary.html.h"

enum { ROUNDS = 3000, PIECES = 12, SIZE = 512, TURNS = 2 };

/* What attacks are made of. */
static const char *const pieces[] = {
	"<",
	">",
	"\"",
	"'",
	"&",
	"=",
	"/",
	"`",
	" ",
	"\n",
	"\t",
	";",
	":",
	"#",
	"%",
	"?",
	"\\",
	"-->",
	"<!--",
	"]]>",
	"<script>",
	"</script>",
	"<img src=x onerror=alert(1)>",
	"</textarea>",
	"</title>",
	"</pre>",
	"</p>",
	"<!DOCTYPE",
	"<![CDATA[",
	"<?php",
	"javascript:",
	"JaVaScRiPt:",
	"java\tscript:",
	"data:text/html,",
	"vbscript:",
	"http://",
	"mailto:",
	"tel:",
	"//",
	"&lt;",
	"&#60;",
	"&quot;",
	"&amp;",
	"&colon;",
	"onclick=",
	"style=",
	"a",
	"Z",
	"0",
	"é",
	"œ",
	"’",
	"\xE2\x80\xAF",
	"😀",
	"{{",
	"}}",
	"{%",
	"%}",
	"%3C",
	"\x01",
	"\x7F",
	"..",
	"\\u003c",
};

static void random_text(char out[SIZE], bool controls)
{
	size_t len = 0;
	for (uint32_t n = random_below(PIECES); n > 0; n--) {
		const char *piece = pieces[random_below(sizeof(pieces) / sizeof(pieces[0]))];
		if (!controls && (piece[0] == '\x01' || piece[0] == '\x7F')) continue;
		size_t size = strlen(piece);
		memcpy(out + len, piece, size);
		len += size;
	}
	out[len] = '\0';
}

static htmlDocPtr parse(const char *html, size_t len)
{
	int options = HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER;
	htmlDocPtr doc = htmlReadMemory(html, (int)len, NULL, "UTF-8", options);
	assert_non_null(doc);
	return doc;
}

/* The element names and attribute names of a tree, in order. */
static void outline(const xmlNode *node, struct buf *out)
{
	for (; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE) continue;
		buf_printf(out, "<%s", (const char *)node->name);
		for (const xmlAttr *a = node->properties; a; a = a->next) buf_printf(out, " %s", (const char *)a->name);
		buf_puts(out, ">");
		outline(node->children, out);
		buf_puts(out, ";");
	}
}

static xmlNode *find(xmlNode *node, const char *id)
{
	for (; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE) continue;
		xmlChar *got = xmlGetProp(node, (const xmlChar *)"id");
		bool found = (got && strcmp((const char *)got, id) == 0) || strcmp((const char *)node->name, id) == 0;
		xmlFree(got);
		if (found) return node;
		xmlNode *inner = find(node->children, id);
		if (inner) return inner;
	}
	return NULL;
}

static void expect_text(xmlNode *root, const char *id, const char *prefix, const char *s, const char *suffix)
{
	xmlChar *got = xmlNodeGetContent(find(root, id));
	char wanted[SIZE * 2];
	snprintf(wanted, sizeof(wanted), "%s%s%s", prefix, s, suffix);
	assert_string_equal((const char *)got, wanted);
	xmlFree(got);
}

static char *attribute(xmlNode *root, const char *id, const char *name)
{
	xmlNode *node = find(root, id);
	assert_non_null(node);
	char *got = (char *)xmlGetProp(node, (const xmlChar *)name);
	assert_non_null(got);
	return got;
}

static void expect_attribute(xmlNode *root, const char *id, const char *name, const char *wanted)
{
	char *got = attribute(root, id, name);
	assert_string_equal(got, wanted);
	xmlFree(got);
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* `prefix`, then `s` percent-encoded so that nothing but RFC 3986's unreserved characters and %XX
 * remain, then `suffix`. */
static void expect_part(xmlNode *root, const char *id, const char *prefix, const char *s, const char *suffix)
{
	char *got = attribute(root, id, "href");
	assert_int_equal(strncmp(got, prefix, strlen(prefix)), 0);
	const char *c = got + strlen(prefix);
	for (; *s; s++, c++) {
		unsigned char value = (unsigned char)*c;
		if (*c == '%') {
			value = (unsigned char)(hex(c[1]) * 16 + hex(c[2]));
			c += 2;
		} else {
			assert_non_null(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxy"
			                       "z0123456789-._~",
			                       *c));
		}
		assert_int_equal(value, (unsigned char)*s);
	}
	assert_string_equal(c, suffix);
	xmlFree(got);
}

/* What a browser would make of an address: tabs, line ends and leading white space do not count
 * (WHATWG URL §4.4), the scheme has no case. */
static void expect_harmless_url(xmlNode *root)
{
	char *got = attribute(root, "url", "href");
	char seen[SIZE];
	size_t len = 0;
	for (const char *c = got; *c && len + 1 < sizeof(seen); c++)
		if (*c != '\t' && *c != '\n' && *c != '\r' && (len > 0 || (unsigned char)*c > ' ')) seen[len++] = *c;
	seen[len] = '\0';
	size_t scheme = strcspn(seen, ":/?#");
	if (seen[scheme] == ':') {
		static const char *const allowed[] = { "http", "https", "mailto", "tel", "geo" };
		bool found = false;
		for (size_t i = 0; i < 5; i++)
			found |= strlen(allowed[i]) == scheme && strncasecmp(seen, allowed[i], scheme) == 0;
		if (!found) fail_msg("a browser would follow %s", seen);
	}
	xmlFree(got);
}

static void expect_same_shape(xmlNode *root, bool b)
{
	struct buf page = { 0 }, wanted = { 0 }, got = { 0 };
	canary_page(&page, "plain", b, TURNS);
	htmlDocPtr plain = parse(page.data, page.len);
	outline(xmlDocGetRootElement(plain), &wanted);
	outline(root, &got);
	assert_string_equal(buf_str(&got), buf_str(&wanted));
	xmlFreeDoc(plain);
	buf_release(&page);
	buf_release(&wanted);
	buf_release(&got);
}

static void check(const char *s, bool b)
{
	struct buf page = { 0 };
	canary_page(&page, s, b, TURNS);
	htmlDocPtr doc = parse(page.data, page.len);
	xmlNode *root = xmlDocGetRootElement(doc);
	char within[SIZE * 3];
	expect_same_shape(root, b);
	expect_text(root, "title", "", s, "");
	expect_text(root, "text", "", s, "");
	expect_text(root, "mixed", "before ", s, " after");
	expect_text(root, "pre", "", s, "");
	expect_text(root, "area", "", s, "");
	expect_text(root, "li", "", s, "");
	expect_attribute(root, "meta", "content", s);
	expect_attribute(root, "li", "title", s);
	expect_attribute(root, "double", "value", s);
	expect_attribute(root, "single", "value", s);
	snprintf(within, sizeof(within), "a %s b %s", s, s);
	expect_attribute(root, "within", "value", within);
	expect_part(root, "part", "/search?q=", s, "&page=1");
	expect_part(root, "path", "/e/", s, "/x");
	expect_part(root, "branch", b ? "/" : "?", s, "");
	expect_harmless_url(root);
	xmlFreeDoc(doc);
	buf_release(&page);
}

static void any_text_comes_back_as_text(void **state)
{
	(void)state;
	random_seed(20);
	char s[SIZE];
	check("", true);
	for (int i = 0; i < ROUNDS; i++) {
		random_text(s, false);
		check(s, i % 2);
	}
}

/* Controls are not HTML: a parser may drop them, but must still see no new element. */
static void controls_make_no_elements(void **state)
{
	(void)state;
	random_seed(21);
	char s[SIZE];
	for (int i = 0; i < ROUNDS / 10; i++) {
		random_text(s, true);
		struct buf page = { 0 };
		canary_page(&page, s, true, TURNS);
		htmlDocPtr doc = parse(page.data, page.len);
		expect_same_shape(xmlDocGetRootElement(doc), true);
		expect_harmless_url(xmlDocGetRootElement(doc));
		xmlFreeDoc(doc);
		buf_release(&page);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_text_comes_back_as_text),
		cmocka_unit_test(controls_make_no_elements),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	xmlCleanupParser();
	return failed;
}

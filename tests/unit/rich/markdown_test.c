/*
 * Expected values: examples of the CommonMark 0.30 and GitHub specifications where we follow them, with
 * our own elements (headings from h2, s, no titles on links); what our help page tells people; and
 * libxml2, which reads back what hostile texts became and must find well-formed, harmless pages.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libxml/hash.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "rich/markdown.h"

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

/* ---- A site to write for ---- */

static int asked;

static struct rich_link wiki(void *context, const char *target)
{
	(void)context;
	asked++;
	if (strcmp(target, "resoudre") == 0) return (struct rich_link){ "/resoudre", "Résoudre", false };
	if (strcmp(target, "Agora") == 0) return (struct rich_link){ "/-/new/page?titre=Agora", NULL, true };
	if (strcmp(target, "nulle part") == 0) return (struct rich_link){ 0 };
	return (struct rich_link){ "/page", NULL, false };
}

static const char *tag(void *context, const char *word)
{
	(void)context;
	return arena_printf(&arena, "/t/%s", word);
}

static void embed(void *context, struct buf *out, const char *name, const char *arguments)
{
	(void)context;
	buf_printf(out, "<ul class=\"%s\"><li>%s</li></ul>", name, arguments);
}

static const char *html(enum lang lang, const char *text)
{
	struct rich_page page = { .arena = &arena, .lang = lang, .wiki = wiki, .tag = tag, .embed = embed };
	struct buf out;
	buf_init(&out, &arena, 0);
	rich_html(&out, &page, text);
	return buf_str(&out);
}

/* Line ends beside tags mean nothing. */
static const char *flat(const char *s)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	for (char before = '>'; *s; before = *s++)
		if (*s != '\n' || (before != '>' && s[1] != '<' && s[1] != '\0')) buf_putc(&out, *s);
	return buf_str(&out);
}

struct example {
	const char *text, *html;
};

static void check(enum lang lang, const struct example *examples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *made = flat(html(lang, examples[i].text));
		if (strcmp(made, flat(examples[i].html)) != 0) print_message("in: %s\n", examples[i].text);
		assert_string_equal(made, flat(examples[i].html));
	}
}

static void test_commonmark(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "*foo bar*", "<p><em>foo bar</em></p>" },
		{ "a * foo bar*", "<p>a * foo bar*</p>" },
		{ "a*\"foo\"*", "<p>a*&#34;foo&#34;*</p>" },
		{ "foo*bar*", "<p>foo<em>bar</em></p>" },
		{ "_foo bar_", "<p><em>foo bar</em></p>" },
		{ "_foo_bar", "<p>_foo_bar</p>" },
		{ "foo-_(bar)_", "<p>foo-<em>(bar)</em></p>" },
		{ "**foo bar**", "<p><strong>foo bar</strong></p>" },
		{ "***strong emph***", "<p><em><strong>strong emph</strong></em></p>" },
		{ "*foo**bar**baz*", "<p><em>foo<strong>bar</strong>baz</em></p>" },
		{ "*foo [bar](/url)*", "<p><em>foo <a href=\"/url\">bar</a></em></p>" },
		{ "`foo`", "<p><code>foo</code></p>" },
		{ "`` foo ` bar ``", "<p><code>foo ` bar</code></p>" },
		{ "*foo`*`", "<p>*foo<code>*</code></p>" },
		{ "\\*not emphasized*", "<p>*not emphasized*</p>" },
		{ "&copy; &amp; &#35; &#1234; &#0; &#xcab;", "<p>© &amp; # Ӓ � ಫ</p>" },
		{ "&nosuchthing;", "<p>&amp;nosuchthing;</p>" },
		{ "[link](/uri \"title\")", "<p><a href=\"/uri\">link</a></p>" },
		{ "[link](</my uri>)", "<p><a href=\"/my%20uri\">link</a></p>" },
		{ "[link](#fragment)", "<p><a href=\"#fragment\">link</a></p>" },
		{ "[foo]: /url \"title\"\n\n[foo]", "<p><a href=\"/url\">foo</a></p>" },
		{ "[link *foo **bar** `#`*](/uri)",
		  "<p><a href=\"/uri\">link <em>foo <strong>bar</strong> <code>#</code></em></a></p>" },
		{ "foo  \nbaz", "<p>foo<br>\nbaz</p>" },
		{ "foo\\\nbaz", "<p>foo<br>\nbaz</p>" },
		{ "foo\nbaz", "<p>foo\nbaz</p>" },
		{ "***\n---\n___", "<hr><hr><hr>" },
		{ "- foo\n***\n- bar", "<ul><li>foo</li></ul><hr><ul><li>bar</li></ul>" },
		{ "- foo\n- bar\n+ baz", "<ul><li>foo</li><li>bar</li></ul><ul><li>baz</li></ul>" },
		{ "1. foo\n2. bar\n3) baz", "<ol><li>foo</li><li>bar</li></ol><ol start=\"3\"><li>baz</li></ol>" },
		{ "- foo\n\n- bar", "<ul><li><p>foo</p></li><li><p>bar</p></li></ul>" },
		{ "- a\n  - b\n    - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>" },
		{ "> bar\nbaz\n> foo", "<blockquote><p>bar\nbaz\nfoo</p></blockquote>" },
		{ "> foo\n---", "<blockquote><p>foo</p></blockquote><hr>" },
		{ "```\n<\n >\n```", "<pre tabindex=\"0\"><code>&lt;\n &gt;\n</code></pre>" },
		{ "~~~ ruby\ndef\n~~~", "<pre tabindex=\"0\"><code>def\n</code></pre>" },
		{ "~~Hi~~ Hello", "<p><s>Hi</s> Hello</p>" },
		{ "aaa\n\n\nbbb", "<p>aaa</p><p>bbb</p>" },
		{ "", "" },
	};
	check(LANG_EN, examples, COUNT(examples));
}

static void test_tables_and_tasks(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "| foo | bar |\n| --- | --- |\n| baz | bim |",
		  "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>"
		  "<thead><tr><th scope=\"col\">foo</th><th scope=\"col\">bar</th></tr></thead>"
		  "<tbody><tr><td>baz</td><td>bim</td></tr></tbody></table></div>" },
		/* A cell without words is no heading; the name is that of the section. */
		{ "## Prices\n\n|  | x |\n|---|:-:|\n| a |",
		  "<h2 id=\"s-prices\">Prices</h2>"
		  "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Prices\"><table>"
		  "<thead><tr><td></td><th scope=\"col\" class=\"a-center\">x</th></tr></thead>"
		  "<tbody><tr><td>a</td><td></td></tr></tbody></table></div>" },
		{ "- [x] foo\n- [ ] bar",
		  "<ul class=\"tasks\"><li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> foo</li>"
		  "<li><input type=\"checkbox\" disabled aria-label=\"To do\"> bar</li></ul>" },
	};
	check(LANG_EN, examples, COUNT(examples));
}

static void test_headings(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "# a", "<h2 id=\"s-a\">a</h2>" },
		{ "## a", "<h2 id=\"s-a\">a</h2>" },
		{ "## a\n### b\n## c", "<h2 id=\"s-a\">a</h2><h3 id=\"s-b\">b</h3><h2 id=\"s-c\">c</h2>" },
		{ "#### a\n###### b\n# c\n## d",
		  "<h2 id=\"s-a\">a</h2><h3 id=\"s-b\">b</h3><h2 id=\"s-c\">c</h2><h3 id=\"s-d\">d</h3>" },
		{ "# a\n## a\n### a\n#### a\n##### a\n###### a",
		  "<h2 id=\"s-a\">a</h2><h3 id=\"s-a-2\">a</h3><h4 id=\"s-a-3\">a</h4><h5 id=\"s-a-4\">a</h5>"
		  "<h6 id=\"s-a-5\">a</h6><h6 id=\"s-a-6\">a</h6>" },
		{ "a\n=\n\nb\n-", "<h2 id=\"s-a\">a</h2><h3 id=\"s-b\">b</h3>" },
		{ "# *L’été* à `Tours`", "<h2 id=\"s-l-ete-a-tours\"><em>L’été</em> à <code>Tours</code></h2>" },
		{ "#", "<h2></h2>" },
	};
	check(LANG_EN, examples, COUNT(examples));
}

static void test_contents(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "Avant.\n\n{{sommaire}}\n\n# Un\n## Un *et* demi\n# Deux & trois",
		  "<p>Avant.</p>"
		  "<nav class=\"contents\" aria-label=\"Contents\"><ul><li><a href=\"#s-un\">Un</a>"
		  "<ul><li><a href=\"#s-un-et-demi\">Un et demi</a></li></ul></li>"
		  "<li><a href=\"#s-deux-trois\">Deux &amp; trois</a></li></ul></nav>"
		  "<h2 id=\"s-un\">Un</h2><h3 id=\"s-un-et-demi\">Un <em>et</em> demi</h3>"
		  "<h2 id=\"s-deux-trois\">Deux &amp; trois</h2>" },
		/* Once, wherever it stands; without headings there is nothing to list. */
		{ "# a\n\n{{contents}}\n\n{{sommaire}}",
		  "<h2 id=\"s-a\">a</h2><nav class=\"contents\" aria-label=\"Contents\"><ul><li><a href=\"#s-a\">a</a></li></ul></nav>" },
		{ "{{sommaire}}\n\na", "<p>a</p>" },
	};
	check(LANG_EN, examples, COUNT(examples));
}

static struct buf seen;

static void see(void *context, const char *word)
{
	(void)context;
	buf_printf(&seen, "%s;", word);
}

/* As GitHub and Pandoc read them: numbered by first reference, whatever they are called. */
static void test_notes(void **state)
{
	(void)state;
#define REF(n) "<sup><a id=\"ref-" n "\" href=\"#note-" n "\" aria-label=\"Note " n "\">" n "</a></sup>"
#define BACK(n) " <a href=\"#ref-" n "\" aria-label=\"Back to the text\">↩</a>"
	static const struct example examples[] = {
		{ "Un fait[^b], un autre[^a].\n\n[^a]: La *source*.\n[^b]: Vu sur place.\n\nFin.",
		  "<p>Un fait" REF("1") ", un autre" REF(
		          "2") ".</p><p>Fin.</p>"
		               "<div class=\"footnotes\"><ol><li id=\"note-1\"><p>Vu sur place." BACK(
		                       "1") "</p></li>"
		                            "<li id=\"note-2\"><p>La <em>source</em>." BACK(
		                                    "2") "</p></li></ol></div>" },
		/* Twice the same; one that nobody refers to; one that is not there. */
		{ "a[^1] b[^1] c[^3]\n\n[^1]: x\n\n[^2]: y",
		  "<p>a" REF(
		          "1") " b<sup><a id=\"ref-1-2\" href=\"#note-1\" aria-label=\"Note 1\">1</a></sup> c[^3]</p>"
		               "<div class=\"footnotes\"><ol><li id=\"note-1\"><p>x" BACK("1")
		                       BACK("1-2") "</p></li></ol></div>" },
		/* A note goes on, indented; an address alone is a note, not a link's definition. */
		{ "a[^1]\n\n[^1]: x\n\n    y\n\nz",
		  "<p>a" REF("1") "</p><p>z</p>"
		                  "<div class=\"footnotes\"><ol><li id=\"note-1\"><p>x</p><p>y" BACK(
		                          "1") "</p></li></ol></div>" },
		{ "a[^1]\n\n[^1]: /page",
		  "<p>a" REF("1") "</p><div class=\"footnotes\"><ol><li id=\"note-1\"><p>/page" BACK(
		          "1") "</p></li></ol></div>" },
		/* Code stays as it was typed; a list ends with its way back after it. */
		{ "`[^1]`\n\n```\n[^1]: x\n```",
		  "<p><code>[^1]</code></p><pre tabindex=\"0\"><code>[^1]: x\n</code></pre>" },
		{ "a[^1]\n\n[^1]: - x",
		  "<p>a" REF("1") "</p><div class=\"footnotes\"><ol><li id=\"note-1\"><ul><li>x</li></ul>" BACK(
		          "1") "</li></ol></div>" },
		/* A note in a note. */
		{ "a[^1]\n\n[^1]: x[^2]\n[^2]: y",
		  "<p>a" REF("1") "</p><div class=\"footnotes\"><ol><li id=\"note-1\"><p>x" REF("2")
		          BACK("1") "</p></li>"
		                    "<li id=\"note-2\"><p>y" BACK("2") "</p></li></ol></div>" },
	};
	check(LANG_EN, examples, COUNT(examples));
	/* Their words are found; the signs are not. */
	struct buf plain;
	struct rich_found found = { .plain = &plain, .link = see };
	buf_init(&plain, &arena, 0);
	buf_init(&seen, &arena, 0);
	rich_read(&arena, "Un fait[^b].\n\n[^b]: Vu à [[Agora]].", &found);
	assert_string_equal(buf_str(&plain), "Un fait.\nVu à Agora.\n");
	assert_string_equal(buf_str(&seen), "Agora;");
	assert_string_equal(rich_summary(&arena, "[^a]: x\n\nUn fait[^a]."), "Un fait.");
	/* Two texts on a page. */
	struct rich_page page = { .arena = &arena, .lang = LANG_EN, .anchor = "t2-" };
	struct buf out;
	buf_init(&out, &arena, 0);
	rich_html(&out, &page, "# a\n\nb[^1]\n\n[^1]: c");
	assert_non_null(strstr(buf_str(&out), "<h2 id=\"t2-s-a\">"));
	assert_non_null(strstr(buf_str(&out), "href=\"#t2-note-1\""));
	assert_non_null(strstr(buf_str(&out), "<li id=\"t2-note-1\">"));
}

static void test_links(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "[a](https://example.org/?a=1&b=2)",
		  "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener\">a</a></p>" },
		{ "[a](//example.org)", "<p><a href=\"//example.org\" rel=\"noopener\">a</a></p>" },
		{ "<https://example.org>",
		  "<p><a href=\"https://example.org\" rel=\"noopener\">https://example.org</a></p>" },
		{ "www.example.org", "<p><a href=\"http://www.example.org\" rel=\"noopener\">www.example.org</a></p>" },
		{ "a@example.org", "<p><a href=\"mailto:a@example.org\">a@example.org</a></p>" },
		{ "[a](tel:+33247000000)", "<p><a href=\"tel:+33247000000\">a</a></p>" },
		/* Addresses that run something, and what hides them. */
		{ "[a](javascript:alert(1))", "<p>a</p>" },
		{ "[a](JaVaScRiPt:alert(1))", "<p>a</p>" },
		{ "[a](java&#10;script:alert(1))", "<p>a</p>" },
		{ "[a](&#106;avascript:alert(1))", "<p>a</p>" },
		{ "[a](data:text/html,x)", "<p>a</p>" },
		{ "[a](vbscript:x)", "<p>a</p>" },
		{ "[a](/x\"onclick=\"y)", "<p><a href=\"/x&#34;onclick=&#34;y\">a</a></p>" },
		/* A link has words. */
		{ "[](https://example.org)",
		  "<p><a href=\"https://example.org\" rel=\"noopener\">https://example.org</a></p>" },
		/* Pictures: of this site only, so that reading a page tells nobody else. */
		{ "![Un plan](/plan.png)", "<p><img src=\"/plan.png\" alt=\"Un plan\" loading=\"lazy\"></p>" },
		{ "![Un *plan*](https://example.org/p.png)",
		  "<p><a href=\"https://example.org/p.png\" rel=\"noopener\">Un plan</a></p>" },
		{ "[![a](https://b.org/i)](/c)", "<p><a href=\"/c\">a</a></p>" },
		{ "![a](javascript:x)", "<p>a</p>" },
		{ "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" },
		{ "a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>" },
	};
	check(LANG_EN, examples, COUNT(examples));
}

static void test_wiki_links(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "[[Licence et réutilisation]]", "<p><a href=\"/page\">Licence et réutilisation</a></p>" },
		{ "[[Licence|ce que *vous* pouvez]]", "<p><a href=\"/page\">ce que <em>vous</em> pouvez</a></p>" },
		/* An address is shown by its title, unless there are words. */
		{ "[[resoudre]]", "<p><a href=\"/resoudre\">Résoudre</a></p>" },
		{ "[[resoudre|elle]]", "<p><a href=\"/resoudre\">elle</a></p>" },
		{ "[[Agora]].", "<p><a class=\"missing\" href=\"/-/new/page?titre=Agora\">Agora <span>(to be "
		                "written)</span></a>.</p>" },
		{ "[[nulle part]]", "<p>nulle part</p>" },
		{ "`[[x]]`", "<p><code>[[x]]</code></p>" },
		{ "| a |\n|---|\n| [[x\\|y]] [[resoudre]] |",
		  "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>"
		  "<thead><tr><th scope=\"col\">a</th></tr></thead>"
		  "<tbody><tr><td><a href=\"/page\">y</a> <a "
		  "href=\"/resoudre\">Résoudre</a></td></tr></tbody></table></div>" },
	};
	check(LANG_EN, examples, COUNT(examples));
}

static void test_tags(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "#entraide", "<p><a rel=\"tag\" href=\"/t/entraide\">#entraide</a></p>" },
		{ "(#fête-des-voisins), **#a_b**",
		  "<p>(<a rel=\"tag\" href=\"/t/fête-des-voisins\">#fête-des-voisins</a>), "
		  "<strong><a rel=\"tag\" href=\"/t/a_b\">#a_b</a></strong></p>" },
		{ "#a- b", "<p><a rel=\"tag\" href=\"/t/a\">#a</a>- b</p>" },
		{ "a #2013bis", "<p>a <a rel=\"tag\" href=\"/t/2013bis\">#2013bis</a></p>" },
		/* Not tags: numbers, inside words and addresses, code, links, escaped. */
		{ "n° #12 a#b ##c c/#d &#35;e `#f` \\#g #", "<p>n° #12 a#b ##c c/#d #e <code>#f</code> #g #</p>" },
		{ "[#h](/i) [[j|#k]]", "<p><a href=\"/i\">#h</a> <a href=\"/page\">#k</a></p>" },
	};
	check(LANG_EN, examples, COUNT(examples));
}

static void test_embeds(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "{{vue espaces_ouverts taille=3 presentation=liste}}",
		  "<ul class=\"vue\"><li>espaces_ouverts taille=3 presentation=liste</li></ul>" },
		{ "{{ vue\u00A0a }}  ", "<ul class=\"vue\"><li>a</li></ul>" },
		{ "a\n{{vue b}}\n{{vue c}}\nd",
		  "<p>a</p><ul class=\"vue\"><li>b</li></ul><ul class=\"vue\"><li>c</li></ul><p>d</p>" },
		/* Elsewhere they are words. */
		{ "a {{vue b}}", "<p>a {{vue b}}</p>" },
		{ "{{vue b}} a", "<p>{{vue b}} a</p>" },
		{ "{{vue b}}`a`", "<p>{{vue b}}<code>a</code></p>" },
		{ "`{{vue b}}`", "<p><code>{{vue b}}</code></p>" },
		{ "```\n{{vue b}}\n```", "<pre tabindex=\"0\"><code>{{vue b}}\n</code></pre>" },
		{ "- {{vue b}}", "<ul><li>{{vue b}}</li></ul>" },
		{ "> {{vue b}}", "<blockquote><p>{{vue b}}</p></blockquote>" },
		{ "\\{{vue b}}", "<p>{{vue b}}</p>" },
		{ "{{}}", "<p>{{}}</p>" },
	};
	check(LANG_EN, examples, COUNT(examples));
}

static void test_french(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "L'été : c'est quand ?", "<p>L’été\u00A0: c’est quand\u202F?</p>" },
		{ "Oui **vraiment** !", "<p>Oui <strong>vraiment</strong>\u202F!</p>" },
		{ "Tapez `a` !", "<p>Tapez <code>a</code>\u202F!</p>" },
		{ "Dites \"oui\" : `a ? b : c`", "<p>Dites &#34;oui&#34;\u00A0: <code>a ? b : c</code></p>" },
		{ "```\nl'été !\n```", "<pre tabindex=\"0\"><code>l&#39;été !\n</code></pre>" },
		{ "http://example.org/l'ete?a=b", "<p><a href=\"http://example.org/l&#39;ete?a=b\" rel=\"noopener\">"
		                                  "http://example.org/l&#39;ete?a=b</a></p>" },
	};
	check(LANG_FR, examples, COUNT(examples));
	assert_string_equal(flat(html(LANG_EN, "L'été : quand ?")), "<p>L&#39;été : quand ?</p>");
}

/* ---- What is read of a text ---- */

static void test_read(void **state)
{
	(void)state;
	static const char text[] = "# Un *titre*\n\nVoir [[Agora numérique]] et [[resoudre|elle]],\n#entraide `#non`.\n"
	                           "{{vue annuaire}}\nFin &amp; suite.\n\n- un\n  - [deux](https://example.org)\n\n"
	                           "| a | b |\n|---|---|\n| [[x\\|y]] | #jeunes |\n\n![plan](/p.png)\n";
	struct buf plain;
	struct rich_found found = { .plain = &plain, .link = see };
	buf_init(&plain, &arena, 0);
	buf_init(&seen, &arena, 0);
	rich_read(&arena, text, &found);
	assert_string_equal(buf_str(&seen), "Agora numérique;resoudre;x;");
	assert_string_equal(buf_str(&plain), "Un titre\nVoir Agora numérique et elle, #entraide #non. Fin & suite.\n"
	                                     "un\ndeux\na · b\ny · #jeunes\nplan\n");
	buf_reset(&seen);
	found = (struct rich_found){ .tag = see };
	rich_read(&arena, text, &found);
	assert_string_equal(buf_str(&seen), "entraide;jeunes;");
}

static void see_embed(void *context, const char *name, const char *arguments)
{
	(void)context;
	buf_printf(&seen, "%s=%s;", name, arguments);
}

/* As a page draws them (test_embeds): whole lines outside lists, quotes and code; else they are words. */
static void test_read_embeds(void **state)
{
	(void)state;
	struct buf plain;
	struct rich_found found = { .plain = &plain, .embed = see_embed };
	buf_init(&plain, &arena, 0);
	buf_init(&seen, &arena, 0);
	rich_read(&arena,
	          "{{fiche  Fête & bal}}\n\nun\n{{ vue b }}\ndeux {{vue c}}\n\n- {{vue d}}\n\n`{{vue e}}`\n\n"
	          "{{vue f}}`g`\n\n{{vue h}} #i",
	          &found);
	assert_string_equal(buf_str(&seen), "fiche=Fête & bal;vue=b;");
	assert_string_equal(buf_str(&plain), "un deux {{vue c}}\n{{vue d}}\n{{vue e}}\n{{vue f}}g\n{{vue h}} #i\n");
}

static void test_summary(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ "## Titre\n\n{{vue a}}\n\n```\ncode\n```\n\nPremière *phrase*. Autre.\n\nSuite.",
		  "Première phrase. Autre." },
		{ "- un\n- deux", "un" },
		{ "| a |\n|---|\n| b |\n\nc", "c" },
		{ "## Seul", "" },
		{ "", "" },
	};
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_string_equal(rich_summary(&arena, examples[i].text), examples[i].html);
}

/* ---- What another parser reads back ---- */

/* As strchr(); it looks no further than the first one, where a sanitizer's strict strchr() reads the
 * whole of a long page for each element in it. */
static size_t up_to(const char *s, char end)
{
	size_t len = 0;
	while (s[len] && s[len] != end) len++;
	return len;
}

/* HTML as XML: void elements closed, attributes without value left out. */
static const char *as_xml(const char *s)
{
	static const char *const voids[] = { "<br", "<hr", "<img", "<input" };
	struct buf out;
	buf_init(&out, &arena, 0);
	buf_lit(&out, "<div>");
	while (*s) {
		bool is_void = false;
		for (size_t i = 0; i < COUNT(voids); i++) is_void |= strncmp(s, voids[i], strlen(voids[i])) == 0;
		size_t len = is_void ? up_to(s, '>') : up_to(s + 1, '<') + 1;
		const char *start = is_void ? arena_strndup(&arena, s, len) : "";
		const char *flags = strstr(start, " disabled");
		if (flags) {
			buf_add(&out, start, (size_t)(flags - start));
			buf_puts(&out, strstr(flags, " aria-label"));
		} else {
			buf_add(&out, s, len);
		}
		if (is_void) buf_lit(&out, "/");
		s += len;
	}
	buf_lit(&out, "</div>");
	return buf_str(&out);
}

static bool is_in(const char *word, const char *const *list)
{
	while (*list && strcmp(word, *list) != 0) list++;
	return *list != NULL;
}

static void check_address(const char *url)
{
	static const char *const schemes[] = { "http:", "https:", "mailto:", "tel:", "geo:" };
	size_t len = strcspn(url, ":/?#");
	bool fine = url[len] != ':';
	for (size_t i = 0; i < COUNT(schemes); i++) fine |= strncasecmp(url, schemes[i], strlen(schemes[i])) == 0;
	assert_true(fine);
	for (; *url; url++) assert_true((unsigned char)*url >= 0x20);
}

static xmlHashTable *ids; /* of the page: each is there once */

static void check_node(const xmlNode *node, bool in_link)
{
	static const char *const elements[] = { "div",    "p",  "h2",         "h3",   "h4",    "h5",    "h6",    "ul",
		                                "ol",     "li", "blockquote", "pre",  "code",  "hr",    "br",    "em",
		                                "strong", "s",  "a",          "img",  "table", "thead", "tbody", "tr",
		                                "th",     "td", "input",      "span", "sup",   "nav",   NULL };
	static const char *const attributes[] = { "class", "role",    "tabindex", "aria-label", "href", "rel", "src",
		                                  "alt",   "loading", "scope",    "start",      "type", "id",  NULL };
	for (; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE) continue;
		const char *name = (const char *)node->name;
		assert_true(is_in(name, elements));
		bool link = strcmp(name, "a") == 0;
		assert_false(link && in_link);
		for (const xmlAttr *a = node->properties; a; a = a->next) {
			xmlChar *value = xmlNodeGetContent((const xmlNode *)a);
			assert_true(is_in((const char *)a->name, attributes));
			if (strcmp((const char *)a->name, "id") == 0)
				assert_int_equal(xmlHashAddEntry(ids, value, &ids), 0);
			if (strcmp((const char *)a->name, "href") == 0 || strcmp((const char *)a->name, "src") == 0)
				check_address((const char *)value);
			xmlFree(value);
		}
		check_node(node->children, in_link || link);
	}
}

static void ignore(void *context, const char *msg, ...)
{
	(void)context;
	(void)msg;
}

/* XML has no control characters: they are none of markup's business. */
static void check_page(const char *text)
{
	const char *page = html(LANG_FR, text);
	assert_true(text_valid(page, strlen(page)));
	char *xml = arena_strdup(&arena, as_xml(page));
	for (char *c = xml; *c; c++)
		if ((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t' && *c != '\r') *c = '.';
	xmlDoc *doc = xmlReadMemory(xml, (int)strlen(xml), NULL, "UTF-8",
	                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
	if (doc == NULL) print_message("text:\n%.2000s\npage:\n%.4000s\n", text, page);
	assert_non_null(doc);
	ids = xmlHashCreate(64);
	check_node(xmlDocGetRootElement(doc), false);
	xmlHashFree(ids, NULL);
	xmlFreeDoc(doc);
}

static const char *const pieces[] = {
	"a",
	" ",
	"\n",
	"\n\n",
	"*",
	"**",
	"_",
	"__",
	"~~",
	"`",
	"``",
	"```\n",
	"[",
	"]",
	"[[",
	"]]",
	"|",
	"(",
	")",
	"!",
	"![",
	"](",
	"](/x)",
	"](https://a.org)",
	"](javascript:x)",
	"<",
	">",
	"&",
	"&lt;",
	"&#60;",
	"&#0;",
	"\"",
	"'",
	"#",
	"# ",
	"#tag",
	"- ",
	"1. ",
	"> ",
	"- [x] ",
	"  ",
	"    ",
	"\\",
	"\\|",
	"{{",
	"}}",
	"{{vue a}}",
	"\n{{vue a}}\n",
	"---\n",
	"===\n",
	"| a | b |\n|---|---|\n",
	"\n|---|\n",
	"[a]: /b\n",
	"[a]",
	"<b>",
	"<script>",
	"</p>",
	"</a>",
	"<!--",
	"https://a.org",
	"www.a.org",
	"a@b.org",
	"é",
	"\u202F",
	":",
	"?",
	"\xff",
	"\xc3",
	"\xe2\x80",
	"\x01",
	"\t",
	"resoudre",
	"[[resoudre]]",
	"[[Agora]]",
	"[[nulle part|b]]",
	"[^1]",
	"\n[^1]: ",
	"\n[^a-b]: [^1] ",
	"[^a-b]",
	"\n\n{{sommaire}}\n\n",
	"\n# ",
	"  \n",
	"~",
	"<https://b.org>",
	"\r\n",
	"^",
	"+ ",
	"javascript:",
};

static void test_hostile_pages(void **state)
{
	(void)state;
	uint64_t seed = 20131128;
	for (int round = 0; round < 5000; round++) {
		struct buf text;
		buf_init(&text, &arena, 0);
		buf_init(&seen, &arena, 0);
		for (int i = 0; i < 40; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u; /* Knuth's */
			buf_puts(&text, pieces[(seed >> 33) % COUNT(pieces)]);
		}
		check_page(buf_str(&text));
		struct buf plain;
		buf_init(&plain, &arena, 0);
		rich_read(&arena, buf_str(&text), &(struct rich_found){ .plain = &plain, .link = see, .tag = see });
		assert_true(text_valid(buf_str(&plain), plain.len));
		(void)rich_summary(&arena, buf_str(&text));
		arena_reset(&arena);
	}
}

static const char *repeat(const char *head, const char *piece, size_t bytes)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	buf_puts(&out, head);
	while (out.len < bytes) buf_puts(&out, piece);
	return buf_str(&out);
}

/* Small texts that ask for much: each answers within the cap, and is well formed. What is not linear
 * would run into the test's time limit. */
static void test_hostile_sizes(void **state)
{
	(void)state;
	const char *wide = repeat("", "|a", 40000), *rule = repeat("", "|---", 80000);
	const char *texts[] = {
		repeat(arena_printf(&arena, "%s\n%s\n", wide, rule), "|\n", 200000),
		repeat(arena_printf(&arena, "> %s\n> %s\n", wide, rule), "> |\n", 200000),
		repeat(arena_printf(&arena, "%.120s\n%.240s\n", wide, rule), "|\n", 200000),
		repeat("", ">", 100000),
		repeat("", "- ", 100000),
		repeat("", "1) ", 100000),
		repeat("", "[", 100000),
		repeat("", "[[", 100000),
		repeat("", "[a](", 100000),
		repeat("", "![", 100000),
		repeat("", "*a ", 100000),
		repeat("", "*a_ ", 100000),
		repeat("", "**a *b ", 100000),
		repeat("", "~a ", 100000),
		repeat("", "`a``b", 100000),
		repeat("", "<a ", 100000),
		repeat("", "&a", 100000),
		repeat("", "a@", 100000),
		repeat("", "http://a.b ", 100000),
		repeat("", "#a ", 100000),
		repeat("", "{{vue a}}\n\n", 100000),
		repeat(arena_printf(&arena, "[a]: %s\n\n", repeat("", "u", 10000)), "[a] ", 100000),
		repeat("", "# a\n", 100000),
		repeat("", "\xff\xc3", 100000),
		repeat("[^1]: x\n\n", "[^1]", 100000),
		repeat("", "[^1]: [^1]\n", 100000),
		repeat("a[^1]\n\n[^1]: ", "> ", 100000),
		repeat("{{sommaire}}\n\n", "# a\n", 100000),
		repeat("", "|a", 2000000),
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		const char *page = html(LANG_FR, texts[i]);
		assert_true(strlen(page) < RICH_OUTPUT_MAX + 100000);
		check_page(texts[i]);
	}
	/* What is cut says so; what is not does not. */
	assert_non_null(strstr(html(LANG_EN, texts[21]), "The rest of this text is too long to be shown."));
	assert_null(strstr(html(LANG_EN, texts[3]), "The rest of this text"));
	/* A wide table is shown as it was typed. */
	assert_null(strstr(html(LANG_EN, texts[0]), "<table"));
	assert_non_null(strstr(html(LANG_EN, texts[2]), "<table"));
}

/* Twenty lists are drawn, not nine thousand; a link is asked for once more each time it is shown. */
static void test_embeds_are_few(void **state)
{
	(void)state;
	const char *page = html(LANG_EN, repeat("", "{{vue a}}\n\n", 2000));
	int n = 0;
	for (const char *s = page; (s = strstr(s, "<ul")) != NULL; s++) n++;
	assert_int_equal(n, RICH_EMBEDS_MAX);
	asked = 0;
	(void)html(LANG_EN, "[[a]] `[[b]]` ![[[c]]](/d)");
	assert_int_equal(asked, 1);
}

int main(void)
{
	xmlSetGenericErrorFunc(NULL, ignore);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_commonmark, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tables_and_tasks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_headings, setup, teardown),
		cmocka_unit_test_setup_teardown(test_contents, setup, teardown),
		cmocka_unit_test_setup_teardown(test_notes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_links, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wiki_links, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tags, setup, teardown),
		cmocka_unit_test_setup_teardown(test_embeds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_french, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read_embeds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_summary, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostile_pages, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostile_sizes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_embeds_are_few, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

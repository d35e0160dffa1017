/* What the template compiler refuses, where it says the fault is, and in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/macros.h"
#include "run.h"

/* `body` stands on line 2, inside a template with `s` and `n`. */
static const struct refusal {
	const char *body;
	int line;
	const char *message;
} refusals[] = {
	/* Values where no escaping is safe. */
	{ "<a onclick=\"{{ s }}\">", 2, "inline script is not allowed: onclick= (use a .ts module)" },
	{ "<a ONCLICK='f()'>", 2, "inline script is not allowed: onclick= (use a .ts module)" },
	{ "<a onclick{% if n %}{% end %}>", 2, "inline script is not allowed: onclick= (use a .ts module)" },
	{ "<p style=\"{{ s }}\">", 2, "style= is not allowed (use a class, a header or a module)" },
	{ "<p STYLE=\"color:red\">", 2, "style= is not allowed (use a class, a header or a module)" },
	{ "<iframe srcdoc=\"{{ s }}\">", 2, "srcdoc= is not allowed (use a class, a header or a module)" },
	{ "<meta http-equiv=refresh>", 2, "http-equiv= is not allowed (use a class, a header or a module)" },
	{ "<script>{{ s }}</script>", 2, "a value may not stand in <script>" },
	{ "<script>f()</script>", 2, "nothing may stand in <script>" },
	{ "<script>{% if n %}{% end %}</script>", 2, "nothing may stand in <script>" },
	{ "<style>{{ s }}</style>", 2, "a value may not stand in <style>" },
	{ "<style>p{}</style>", 2, "nothing may stand in <style>" },
	{ "<iframe>{{ s }}</iframe>", 2, "a value may not stand in <iframe>" },
	{ "<img srcset=\"{{ s }}\">", 2, "srcset= may not hold a value" },
	{ "<img srcset=\"/a.png 2x, {{ s }}\">", 2, "srcset= may not hold a value" },
	{ "<p class={{ s }}>", 2, "put the attribute's value in quotes" },
	{ "<p class=a{{ s }}>", 2, "put the attribute's value in quotes" },
	{ "<p {{ s }}>", 2, "an attribute's name may not hold a value" },
	{ "<p data-{{ s }}=\"\">", 2, "an attribute's name may not hold a value" },
	{ "<p{{ s }}>", 2, "a tag's name may not hold a value" },
	{ "<{{ s }}>", 2, "a tag's name may not hold a value" },
	{ "</{{ s }}>", 2, "a tag's name may not hold a value" },
	{ "<!-- {{ s }} -->", 2, "a comment may not hold a value: use {# #}" },
	{ "<!-- {% if n %} -->", 2, "nothing is done in a comment: use {# #}" },
	{ "<!doctype {{ s }}>", 2, "the doctype may not hold a value" },
	{ "<base href=\"/\">", 2, "<base> has target= only: addresses stay those of the page" },
	{ "<plaintext>", 2, "<plaintext> is not allowed" },
	/* HTML that browsers read otherwise than it looks. */
	{ "1 < 2", 2, "write &lt; for a < that opens no tag" },
	{ "<p\n\nclass=\"a\"id=\"b\">", 4, "white space is missing between attributes" },
	{ "<p class =\"a\">", 2, "no white space around =" },
	{ "<p class= \"a\">", 2, "no white space around =" },
	{ "<p class=>", 2, "the attribute's value is missing" },
	{ "<p class=a\"b>", 2, "put the attribute's value in quotes" },
	{ "<p \"a\">", 2, "not an attribute name" },
	{ "</p class=\"a\">", 2, "a closing tag has no attributes" },
	{ "<textarea/>", 2, "<textarea/> does not close itself in HTML" },
	/* Branches and loops that end elsewhere than they start. */
	{ "{% if n %}<p{% end %}>", 2, "the branches end in different places of the HTML" },
	{ "{% if n %}<p class=\"{% else %}<p id=\"{% end %}x\">", 2,
	  "the branches end in different places of the HTML" },
	{ "{% if n %}<p class=\"{% else %}<b class=\"{% end %}x\">", 2,
	  "the branches end in different places of the HTML" },
	{ "{% if n %}<p {% else %}<b {% end %}>", 2, "the branches end in different places of the HTML" },
	{ "{% if n %}<pre>{% end %}", 2, "the branches end in different places of the HTML" },
	{ "{% if n %}<textarea>{% end %}", 2, "the branches end in different places of the HTML" },
	{ "<a href=\"{% if n %}/x{% end %}{{ s }}\">", 2, "the branches end in different places of the HTML" },
	{ "{% if n %}\n<p>\n{% elif n > 1 %}\n<p\n{% end %}", 6, "the branches end in different places of the HTML" },
	{ "{% for int i = 0; i < n; i++ %}<p {% end %}>", 2,
	  "the loop ends in another place of the HTML than it starts" },
	{ "<p {% for int i = 0; i < n; i++ %}hidden{% end %}>", 2,
	  "the loop ends in another place of the HTML than it starts" },
	{ "<p{% if n %}a{% end %}>", 2, "white space is missing between attributes" },
	{ "<{% if n %}p{% end %}>", 2, "a tag's name must be literal" },
	{ "<p", 3, "the template ends inside a tag or a comment" },
	{ "<!-- ", 3, "nothing is done in a comment: use {# #}" },
	{ "<!doctype", 3, "the doctype must be literal" },
	{ "<pre>", 3, "the template ends inside <pre>" },
	{ "<title>", 3, "the template ends inside <title>" },
	{ "<p title=\"", 3, "the template ends inside a tag or a comment" },
	/* Directives. */
	{ "{% unless n %}{% end %}", 2, "unknown directive" },
	{ "{% If n %}{% end %}", 2, "unknown directive" },
	{ "{% %}", 2, "unknown directive" },
	{ "{% if %}{% end %}", 2, "if: nothing follows" },
	{ "{% for %}{% end %}", 2, "for: nothing follows" },
	{ "{% let %}", 2, "let: nothing follows" },
	{ "{{ }}", 2, "{{ }}: nothing follows" },
	{ "{% if n %}{% else n %}{% end %}", 2, "else takes nothing" },
	{ "{% if n %}{% end if %}", 2, "end takes nothing" },
	{ "{% if n %}{% else %}{% else %}{% end %}", 2, "else after else" },
	{ "{% if n %}{% else %}{% elif n %}{% end %}", 2, "elif after else" },
	{ "{% else %}", 2, "else without if" },
	{ "{% for int i = 0; i < n; i++ %}{% elif n %}{% end %}", 2, "elif without if" },
	{ "{% call other %}", 2, "call needs name(arguments)" },
	{ "<p class=\"{% call other(n) %}\">", 2, "call only in text" },
	{ "<textarea>{% call other(n) %}</textarea>", 2, "call only in text" },
	{ "{% template other() %}", 2, "template inside a template" },
	{ "{% use \"base/buf.h\" %}", 2, "use inside a template" },
	{ "{{ s", 2, "no }} before the end of the file" },
	{ "{{ \"}} }}", 2, "a C string is not closed" },
	{ "{# s", 2, "no #} before the end of the file" },
};

static void compile(struct run *run, const char *source)
{
	const char *input = run_write("x.html", source);
	unlink(run_path("x.c"));
	run_program(run,
	            (const char *const[]){ COMPILER, input, "tools/x.html", run_path("x.c"), run_path("x.h"), NULL });
}

static void expect(const char *source, int line, const char *message)
{
	static struct run run;
	char wanted[512];
	compile(&run, source);
	snprintf(wanted, sizeof(wanted), "%s:%d: error: %s\n", run_path("x.html"), line, message);
	if (run.status != 1 || strcmp(run.output, wanted) != 0)
		fail_msg("%s\n  exit %d, said:   %s  wanted: %s", source, run.status, run.output, wanted);
	assert_int_equal(access(run_path("x.c"), F_OK), -1);
}

static void each_refusal_names_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refusals); i++) {
		char source[1024];
		snprintf(source, sizeof(source), "{%% template t(const char *s, int n) %%}\n%s\n{%% end %%}\n",
		         refusals[i].body);
		expect(source, refusals[i].line, refusals[i].message);
	}
}

static void the_file_itself(void **state)
{
	(void)state;
	expect("", 1, "no template in this file");
	expect("{% use \"base/buf.h\" %}\n", 1, "no template in this file");
	expect("\n<p>\n", 3, "text outside a template");
	expect("{{ 1 }}", 1, "only use and template stand outside a template");
	expect("{% if 1 %}{% end %}", 1, "only use and template stand outside a template");
	expect("{% use base/buf.h %}", 1, "use needs \"folder/file.h\"");
	expect("{% template t() %}{% end %}\n{% use \"base/buf.h\" %}", 2, "use stands before the templates");
	expect("{% template t %}{% end %}", 1, "template needs name(parameters)");
	expect("{% template () %}{% end %}", 1, "template needs name(parameters)");
	expect("{% template t() %}\n\n", 1, "template without end");
	expect("{% template t() %}\n{% if 1 %}\n", 2, "if without end");
	expect("{% template t() %}\n{% for ;; %}\n", 2, "for without end");
}

static void an_absent_file(void **state)
{
	(void)state;
	static struct run run;
	run_program(&run, (const char *const[]){ COMPILER, "/nowhere.html", "x", "/nowhere.c", "/nowhere.h", NULL });
	assert_int_equal(run.status, 1);
	assert_string_equal(run.output, "/nowhere.html: No such file or directory\n");
	run_program(&run, (const char *const[]){ COMPILER, NULL });
	assert_int_equal(run.status, 2);
}

static int clean(void **state)
{
	(void)state;
	run_clean();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_refusal_names_its_line),
		cmocka_unit_test(the_file_itself),
		cmocka_unit_test(an_absent_file),
	};
	return cmocka_run_group_tests(tests, NULL, clean);
}

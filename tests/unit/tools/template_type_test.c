/* What the C compiler refuses in a template, and that it names the template's own line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/macros.h"
#include "run.h"

/* Compiles a template whose line 3 is `body`; the C compiler's words are in `run`. */
static void compile(struct run *run, const char *body)
{
	char source[1024];
	snprintf(source, sizeof(source),
	         "{%% template t(const char *s, int n, double d, bool b, struct html_safe h, "
	         "struct buf *o) %%}\n"
	         "<p>\n%s\n</p>\n{%% end %%}\n",
	         body);
	const char *input = run_write("x.html", source);
	const char *code = run_path("x.html.c");
	run_program(run, (const char *const[]){ COMPILER, input, "x.html", code, run_path("x.html.h"), NULL });
	if (run->status != 0) fail_msg("%s", run->output);
	char here[512];
	snprintf(here, sizeof(here), "-I%s", run_folder());
	run_program(run, (const char *const[]){ CC, "-std=gnu17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
	                                        "-I" SOURCE_DIR "/src", here, code, NULL });
}

static void right_types_compile(void **state)
{
	(void)state;
	static const char *const good[] = {
		"{{ s }}{{ n }}{{ h }}{{ (long long)n }}{{ sizeof(n) }}",
		("<a title=\"{{ s }}{{ n }}\" href=\"{{ s }}\">x</a><a href=\"/{{ s }}/{{ n "
		 "}}\">y</a>"),
		"{% let char text[8] = \"abc\" %}{{ text }}",
		"{% let const char *const fixed = s %}{{ fixed }}<i title=\"{{ fixed }}\"></i>",
		"{% if n > 2 && s %}{{ n > 1 ? \"many\" : \"one\" }}{% end %}",
	};
	static struct run run;
	for (size_t i = 0; i < COUNT(good); i++) {
		compile(&run, good[i]);
		if (run.status != 0) fail_msg("%s\n%s", good[i], run.output);
	}
}

static void wrong_types_do_not_compile(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"{{ d }}",                      /* how many digits? */
		"{{ b }}",                      /* which word? */
		"{{ o }}",                      /* not text */
		"{{ &n }}",                     /* an address in memory */
		"{{ (void *)0 }}",              /* */
		"<i title=\"{{ h }}\"></i>",    /* HTML is not text */
		"<a href=\"{{ h }}\"></a>",     /* nor an address */
		"<a href=\"/{{ h }}\"></a>",    /* */
		"<a href=\"{{ n }}\"></a>",     /* an address does not start with a number */
		"<a href=\"/{{ d }}\"></a>",    /* */
		"<textarea>{{ h }}</textarea>", /* tags would show */
		"<title>{{ h }}</title>",       /* */
		"{{ absent }}",                 /* no such name */
		"{% if h %}x{% end %}",         /* not a condition */
		"{% call absent(n) %}",         /* no such template */
		"{% call html_text_str(n) %}",  /* wrong argument */
	};
	static struct run run;
	char place[512];
	snprintf(place, sizeof(place), "%s:3:", run_path("x.html"));
	for (size_t i = 0; i < COUNT(bad); i++) {
		compile(&run, bad[i]);
		if (run.status == 0) fail_msg("compiles: %s", bad[i]);
		if (strstr(run.output, place) == NULL) fail_msg("%s\nnot named %s in:\n%s", bad[i], place, run.output);
	}
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
		cmocka_unit_test(right_types_compile),
		cmocka_unit_test(wrong_types_do_not_compile),
	};
	return cmocka_run_group_tests(tests, NULL, clean);
}

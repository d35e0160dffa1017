/* The checks of the French catalogue, on translations made for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/macros.h"
#include "run.h"

#define NARROW "\xE2\x80\xAF"
#define NO_BREAK "\xC2\xA0"
#define HEADER                                                                \
	"msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n" \
	"\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n\n"

static void check(struct run *run, const char *messages)
{
	char source[4096];
	snprintf(source, sizeof(source), HEADER "%s\n", messages);
	const char *po = run_write("x.po", source), *mo = run_path("x.mo");
	run_program(run, (const char *const[]){ "msgfmt", "-o", mo, po, NULL });
	if (run->status != 0) fail_msg("%s", run->output);
	run_program(run, (const char *const[]){ CATALOGUE, "check", mo, NULL });
}

static void right_translations_pass(void **state)
{
	(void)state;
	static const char *const good[] = {
		"msgid \"Save\"\nmsgstr \"Enregistrer\"",
		"msgid \"Who is it?\"\nmsgstr \"Qui est-ce" NARROW "?\"",
		"msgid \"Really?!\"\nmsgstr \"Vraiment" NARROW "?!\"",
		"msgid \"%s: %d of %d\"\nmsgstr \"%s" NO_BREAK ": %d sur %d\"",
		"msgid \"%s by %s\"\nmsgstr \"De %2$s" NO_BREAK ": %1$s\"",
		"msgid \"at 14:30\"\nmsgstr \"à 14:30\"",
		"msgid \"See https://example.org/?a=b\"\nmsgstr \"Voir https://example.org/?a=b\"",
		"msgid \"\\\"%s\\\" is missing\"\nmsgstr \"«" NARROW "%s" NARROW "» manque\"",
		"msgid \"100%\"\nmsgstr \"100" NARROW "%\"",
		("msgid \"one reply\"\nmsgid_plural \"%lu replies\"\n"
		 "msgstr[0] \"%lu réponse\"\nmsgstr[1] \"%lu réponses\""),
	};
	static struct run run;
	for (size_t i = 0; i < COUNT(good); i++) {
		check(&run, good[i]);
		if (run.status != 0) fail_msg("%s\n%s", good[i], run.output);
	}
}

static void faults_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *message, *fault;
	} bad[] = {
		{ "msgid \"It is\"\nmsgstr \"C'est\"", "Straight apostrophe" },
		{ "msgid \"Wait…\"\nmsgstr \"Un instant...\"", "Three dots" },
		{ "msgid \"Who?\"\nmsgstr \"Qui ?\"", "No narrow no-break space" },
		{ "msgid \"Who?\"\nmsgstr \"Qui?\"", "No narrow no-break space" },
		{ "msgid \"Well!\"\nmsgstr \"Bien" NO_BREAK "!\"", "No narrow no-break space" },
		{ "msgid \"a; b\"\nmsgstr \"a; b\"", "No narrow no-break space" },
		{ "msgid \"x\"\nmsgstr \"« x" NARROW "»\"", "after «" },
		{ "msgid \"x\"\nmsgstr \"«" NARROW "x »\"", "before ; ! ? or »" },
		{ "msgid \"Name:\"\nmsgstr \"Nom" NARROW ":\"", "before a colon" },
		{ "msgid \"Name:\"\nmsgstr \"Nom:\"", "before a colon" },
		{ "msgid \"%s\"\nmsgstr \"%d\"", "Other conversions" },
		{ "msgid \"%d\"\nmsgstr \"%lld\"", "Other conversions" },
		{ "msgid \"%s and %d\"\nmsgstr \"%d et %s\"", "Other conversions" },
		{ "msgid \"%s\"\nmsgstr \"rien\"", "Other conversions" },
		{ "msgid \"nothing\"\nmsgstr \"%s\"", "Other conversions" },
		{ "msgid \"one\"\nmsgid_plural \"%lu\"\nmsgstr[0] \"un\"\nmsgstr[1] \"%lu\"", "Other conversions" },
		{ "msgid \"by \"\nmsgstr \"par\"", "Other white space" },
		{ "msgid \"Saved.\"\nmsgstr \"Enregistré\"", "Other final stop" },
	};
	static struct run run;
	for (size_t i = 0; i < COUNT(bad); i++) {
		check(&run, bad[i].message);
		if (run.status != 1 || strstr(run.output, bad[i].fault) == NULL)
			fail_msg("%s\nexit %d: %s", bad[i].message, run.status, run.output);
	}
}

static void a_broken_file_is_refused(void **state)
{
	(void)state;
	static struct run run;
	run_program(&run, (const char *const[]){ CATALOGUE, "check",
	                                         run_write("bad.mo", "not a catalogue, but long enough"), NULL });
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.output, "not a catalogue"));
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
		cmocka_unit_test(right_translations_pass),
		cmocka_unit_test(faults_are_named),
		cmocka_unit_test(a_broken_file_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, clean);
}

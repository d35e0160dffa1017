/* Expected values: the text as a careful person would correct it by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/macros.h"
#include "rich/rename.h"

static const char *rename_fete(void *context, const char *target)
{
	(void)context;
	return strcmp(target, "Fête") == 0 ? "Carnaval" : NULL;
}

static bool names_fiche(const char *word)
{
	return strcmp(word, "fiche") == 0;
}

static void test_renamed(void **state)
{
	static const struct {
		const char *text, *renamed; /* NULL: as it was */
	} cases[] = {
		{ "[[Fête]]", "[[Carnaval]]" },
		{ "La [[Fête|fête du quartier]] et la [[Fête]].",
		  "La [[Carnaval|fête du quartier]] et la [[Carnaval]]." },
		{ "é [[Fête]] [[Autre]] [[Fête]]", "é [[Carnaval]] [[Autre]] [[Carnaval]]" },
		{ "- [[Fête]]\n\n> [[Fête]]\n\n## [[Fête]]", "- [[Carnaval]]\n\n> [[Carnaval]]\n\n## [[Carnaval]]" },
		{ "| a |\n|---|\n| [[Fête\\|ici]] |", "| a |\n|---|\n| [[Carnaval\\|ici]] |" },
		{ "mot[^1]\n\n[^1]: voir [[Fête]]", "mot[^1]\n\n[^1]: voir [[Carnaval]]" },
		{ "{{fiche Fête}}", "{{fiche Carnaval}}" },
		{ "Avant.\n\n{{ fiche\u00A0 Fête \u202F}}  \n[[Fête]]",
		  "Avant.\n\n{{ fiche\u00A0 Carnaval \u202F}}  \n[[Carnaval]]" },
		{ "un\n{{fiche Fête}}\n{{fiche Fête}}\ndeux", "un\n{{fiche Carnaval}}\n{{fiche Carnaval}}\ndeux" },
		{ "{{fiche Autre}} {{vue Fête}}\n\n{{vue Fête}}", NULL },
		{ "{{fiche Fête}} et plus", NULL },
		{ "- {{fiche Fête}}\n\n> {{fiche Fête}}\n\n`{{fiche Fête}}`\n\n```\n{{fiche Fête}}\n```", NULL },
		{ "{{fiche Fête}}`code`", NULL },
		{ "{{fiche Fête}} [[Fête]]", "{{fiche Fête}} [[Carnaval]]" },
		{ "{{fiche}} {{}} {{ {{fiche Fête", NULL },
		/* code, what is escaped, what only looks like it */
		{ "`[[Fête]]`", NULL },
		{ "```\n[[Fête]]\n```\n", NULL },
		{ "`[[Fête]]` [[Fête]]", "`[[Fête]]` [[Carnaval]]" },
		{ "\\[\\[Fête]]", NULL },
		{ "\\[[Fête]]", NULL },
		{ "[Fête](/fete) Fête [[Fête] [[Fêtes]]", NULL },
		{ "[[Fête", NULL },
		{ "[[]] [[|Fête]]", NULL },
		{ "", NULL },
	};
	struct arena a;
	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *renamed = rich_rename(&a, cases[i].text,
		                                  &(struct rich_renaming){ NULL, rename_fete, names_fiche });
		if (cases[i].renamed == NULL) assert_null(renamed);
		else assert_string_equal(renamed, cases[i].renamed);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_renamed) };
	return cmocka_run_group_tests_name("rename", tests, NULL, NULL);
}

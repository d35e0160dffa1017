/* What people look for in the demonstration of the preset, on both engines: the same answers. */
#include "core/search.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/site.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "media/picture.h"
#include "support/store.h"

static struct arena arena;
static struct site *site;

static void no_refusal(const char *file, const struct import_report *report)
{
	(void)file;
	assert_int_equal(report->refused, 0);
}

static void open_demo(void **state)
{
	struct err err = { 0 };
	static const char folder[] = SOURCE_DIR "/presets/agora-de-quartier";
	assert_ok(site_open(test_store(state), &site, &err), &err);
	test_site(state)->store = NULL; /* the site's */
	clock_set(1700000000000);
	assert_ok(preset_apply(site, &arena, folder, &err), &err);
	assert_ok(preset_demo(site, &arena, folder, no_refusal, &err), &err);
	clock_set(0);
}

static struct search_result search(const char *text)
{
	struct err err = { 0 };
	struct db *db;
	struct search_result result;
	const struct model *model = site_model(site);
	struct search_options options = { .text = text, .limit = 20 };
	assert_ok(store_read_begin(site_store(site), &db, &err), &err);
	assert_ok(search_run(db, &arena, model, &actor_visitor, &options, &result, &err), &err);
	store_read_end(site_store(site));
	model_release(model);
	return result;
}

/* Each finds what its words name in the data, at this place or better; `corrected` as told. */
static const struct {
	const char *text, *title;
	int place;
	const char *corrected;
} expected[] = {
	{ "rabatrie", "La Rabâterie", 1, "rabaterie" },
	{ "Rabâterie", "La Rabâterie", 1, NULL },
	{ "galboiserie", "La Galboisière", 1, NULL },
	{ "galboisiere", "La Galboisière", 1, NULL },
	{ "bergeronnerie", "La Bergeonnerie", 1, NULL },
	{ "EPN rabiere", "EPN de Résoudre", 2, NULL },
	{ "EPN de la Rabière", "EPN de Résoudre", 2, NULL },
	{ "espace informatique rabiere", "Espace informatique adultes de la Rabière", 1, NULL },
	{ "epn", "EPN", 1, NULL },
	{ "espaces publics numériques", "EPN", 1, NULL },
	{ "antennes emploi", "Antenne emploi", 1, NULL },
	{ "agora numerique", "Agora numérique de la Rabière", 2, NULL },
	{ "fablab", "Fablab", 1, NULL },
	{ "rabaterie aubriere", "EPN de la Maison de l'Aubrière", 1, NULL },
	{ "resoudre", "Résoudre", 1, NULL },
	{ "resoudr", "Résoudre", 1, NULL },
	{ "patronage laique", "Patronage laïque", 1, NULL },
	{ "mision locale", "Mission locale", 1, "mission locale" },
	{ "mouvants débats", "Débat mouvant", 1, NULL },
	{ "reparer ordinateurs", "Une matinée pour réveiller les vieux ordinateurs (exemple inventé)", 1, NULL },
	{ "sanitass", "Sanitas", 1, "sanitas" },
	{ "courteline", "EPN de Courteline", 2, NULL },
};

enum { ANSWER_SIZE = 4000 };
static char answers[COUNT(expected)][ANSWER_SIZE]; /* of the engine before, to compare */

static void test_demo(void **state)
{
	arena_init(&arena);
	field_types_use(field_table);
	open_demo(state);
	for (size_t i = 0; i < COUNT(expected); i++) {
		struct search_result result = search(expected[i].text);
		char answer[ANSWER_SIZE] = "";
		int place = 0;
		for (int h = 0; h < result.n; h++) {
			const struct search_hit *hit = &result.hits[h];
			size_t len = strlen(answer);
			snprintf(answer + len, sizeof(answer) - len, "%s | %s\n", hit->record->title, hit->extract);
			if (place == 0 && strcmp(hit->record->title, expected[i].title) == 0) place = h + 1;
		}
		if (place == 0 || place > expected[i].place)
			fail_msg("“%s”: “%s” is not among the first %d of\n%s", expected[i].text, expected[i].title,
			         expected[i].place, answer);
		if (expected[i].corrected) assert_string_equal(result.corrected, expected[i].corrected);
		else if (result.corrected) fail_msg("“%s” was corrected as “%s”", expected[i].text, result.corrected);
		if (answers[i][0]) assert_string_equal(answer, answers[i]);
		snprintf(answers[i], sizeof(answers[i]), "%s", answer);
	}
	site_close(site);
	arena_release(&arena);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PICTURE_COMMAND) == 0) return picture_child();
	const struct CMUnitTest tests[] = { BOTH_ENGINES(test_demo) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

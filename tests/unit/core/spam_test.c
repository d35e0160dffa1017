/* Advertisements are held, neighbours are not: samples as people and robots write them. */
#include "core/spam.h"

#include <dirent.h>
#include <string.h>

#include "base/clock.h"
#include "store/disk.h"
#include "support/site/site.h"
#include "support/store.h"

static struct arena arena;

static int score(const struct spam_facts *facts)
{
	struct spam_verdict verdict;
	spam_judge(&arena, facts, &verdict);
	return verdict.score;
}

/* Of somebody who came a minute ago, without an account: the hardest case. */
static int score_new(const char *text)
{
	return score(&(struct spam_facts){ .text = text, .guest = true, .age = 60000 });
}

/* Written for this test, after what portals receive. */
static const char *const advertisements[] = {
	"Meilleur casino en ligne !!! Bonus 500 euros https://casino-bonus.example/fr",
	"PRÊT ENTRE PARTICULIERS SÉRIEUX ET RAPIDE, TAUX DE 2 %, CONTACTEZ-MOI SUR WHATSAPP +229 00 00 00 00",
	"Grand marabout voyant, retour affectif en 24 h, désenvoûtement, travail sérieux.",
	"https://pas-cher.example/montres replica",
	("Voir ici https://a.example https://b.example https://c.example https://d.example https://e.example "
	 "https://f.example"),
	"Gagnez de l’argent facile depuis chez vous avec le bitcoin, cliquez : http://argent.example",
	"Buy now cheap viagra cialis [url=http://pills.example]here[/url]",
	"Votrе bаnque vous informe : vоtre соmpte est blоqué, https://banque.example/connexion",
	"Bonjour, voici ma page [.](https://seo.example) [ ](https://seo2.example) avec de bons backlink",
	"ESCORT PARIS TOUTES LES NUITS DISCRÉTION ASSURÉE http://escort.example",
};

static const char *const neighbours[] = {
	"Atelier vélo samedi 14 h place des Halles. Apportez vos chambres à air, on a les outils. Entrée libre.",
	("Bonjour, je cherche quelqu’un pour m’aider à remplir un dossier en ligne à la médiathèque, le mardi si "
	 "possible. Merci !"),
	("LOTO DES ANCIENS dimanche à la salle Jacques-Villeret, ouverture des portes à 13 h. Crêpes, cidre et "
	 "bonne humeur garantis."),
	("Le Bocal, café associatif : https://lebocal.example – programme du mois, adhésion à prix libre, "
	 "ateliers "
	 "cuisine le jeudi."),
	"Don de livres pour enfants, à venir chercher au 12 rue des Lilas. Appeler le 02 47 00 00 00 après 18 h.",
	("Compte rendu de la réunion : 12 personnes, on a parlé du jardin partagé, du compost et de la fête des "
	 "voisins. "
	 "Photos sur https://photos.example/fete et recettes sur https://recettes.example."),
	("Repair café : venez avec ce qui est cassé, on répare ensemble. La prochaine fois, on s’occupe des "
	 "grille-pain."),
	"Permanence CAF, CPAM et impôts le lundi. Prenez RDV à la MFS du quartier.",
	"Je propose des cours de guitare contre des cours de portugais. Écrire à luis@example.org",
	"Ça serait bien de planter des arbres sur la place, non ?",
	"Κώστας et Маша vous invitent à goûter les plats de chez eux, à la maison de quartier.",
};

static void test_advertisements(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(advertisements); i++)
		if (score_new(advertisements[i]) < SPAM_THRESHOLD)
			fail_msg("%d: %s", score_new(advertisements[i]), advertisements[i]);
}

static void test_neighbours(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(neighbours); i++)
		if (score_new(neighbours[i]) >= SPAM_THRESHOLD)
			fail_msg("%d: %s", score_new(neighbours[i]), neighbours[i]);
}

/* Nothing of what both presets bring is taken for an advertisement, whoever writes it. */
static int judge_folder(const char *folder)
{
	char **names;
	struct err err;
	int n, judged = 0;
	assert_ok(disk_list(&arena, folder, ".json", &names, &n, &err), &err);
	for (int i = 0; i < n; i++) {
		char *text;
		size_t len;
		json_t *all, *record;
		size_t r;
		assert_ok(
		        disk_read(&arena, arena_printf(&arena, "%s/%s", folder, names[i]), 16 << 20, &text, &len, &err),
		        &err);
		assert_ok(json_parse(&arena, text, len, &all, &err), &err);
		const json_t *rows = json_is_array(all) ? all : json_object_get(all, "records");
		json_array_foreach (rows, r, record) {
			const char *words = spam_text(&arena, record);
			if (score_new(words) >= SPAM_THRESHOLD) fail_msg("%s, %zu: %d", names[i], r, score_new(words));
			judged++;
		}
	}
	return judged;
}

static int judge_lines(const char *folder, const char *suffix)
{
	char **names;
	struct err err;
	int n, judged = 0;
	assert_ok(disk_list(&arena, folder, suffix, &names, &n, &err), &err);
	for (int i = 0; i < n; i++) {
		char *text, *save = NULL;
		size_t len;
		assert_ok(
		        disk_read(&arena, arena_printf(&arena, "%s/%s", folder, names[i]), 16 << 20, &text, &len, &err),
		        &err);
		for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
			if (score_new(line) >= SPAM_THRESHOLD) fail_msg("%s: %d: %s", names[i], score_new(line), line);
			judged++;
		}
	}
	return judged;
}

static void test_presets(void **state)
{
	static const char *const presets[] = { "agora-de-quartier", "espace-ressource" };
	int judged = 0;
	(void)state;
	for (size_t i = 0; i < COUNT(presets); i++) {
		const char *preset = arena_printf(&arena, SOURCE_DIR "/presets/%s", presets[i]);
		judged += judge_folder(arena_printf(&arena, "%s/demo", preset));
		judged += judge_lines(arena_printf(&arena, "%s/demo", preset), ".csv");
		judged += judge_lines(arena_printf(&arena, "%s/demo", preset), ".md");
		judged += judge_lines(arena_printf(&arena, "%s/pages", preset), ".md");
	}
	if (judged < 200) fail_msg("only %d texts were judged", judged);
}

/* Haste and repetition count; own words replace the usual ones. */
static void test_signals(void **state)
{
	struct spam_verdict verdict;
	json_t *words = json_pack("[s]", "Tupperware");
	(void)state;
	assert_int_equal(score(&(struct spam_facts){ .text = "Bonjour", .age = 1LL << 40 }), 0);
	assert_true(score(&(struct spam_facts){ .text = "Bonjour", .guest = true, .lately = 9 }) >= SPAM_THRESHOLD);
	assert_true(score(&(struct spam_facts){ .text = "Bonjour", .guest = true, .same = 2 }) >= SPAM_THRESHOLD);
	spam_judge(&arena,
	           &(struct spam_facts){ .text = "Vente TUPPERWARE et casino", .words = words, .age = 1LL << 40 },
	           &verdict);
	assert_int_equal(verdict.score, 2);
	assert_string_equal(verdict.reasons[0], "words of advertisements");
	assert_null(verdict.reasons[1]);
	/* Whole words only: a “casinotier” is nobody's advertisement. */
	assert_int_equal(score(&(struct spam_facts){ .text = "casinotier", .age = 1LL << 40 }), 0);
	assert_string_equal(spam_link(&arena, "voir (https://www.a.example/b) et http://c.example?d", 0), "a.example");
	assert_string_equal(spam_link(&arena, "voir (https://www.a.example/b) et http://c.example?d", 1), "c.example");
	assert_null(spam_link(&arena, "rien", 0));
	json_decref(words);
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_advertisements),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_presets),
		cmocka_unit_test(test_signals),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/stem.h"

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

/* All words of a line are one word to the person who searches. */
static void test_kin(void **state)
{
	(void)state;
	static const char *const families[] = {
		"Rabière rabiere RABIERE rabière",
		"Rabâterie rabaterie",
		"association associations associatif associatives",
		"activité activités activites actif actives",
		"organisé organisées organiser organisation organisateurs organisatrice organisees",
		"atelier ateliers",
		"lieu lieux",
		"travail travaux",
		"jeu jeux",
		"vélo vélos velos",
		"emploi emplois",
		"élu élus élue élues elues",
		"petit petite petits petites",
		"nouveau nouvelle nouveaux",
		"école écoles ecole",
		"journée journées journees",
		"animateur animatrice animation animer",
		"habitant habitants habitantes",
		"Œuvre oeuvres",
		"EPN epn",
		"cheval chevaux",
	};
	for (size_t i = 0; i < COUNT(families); i++) {
		size_t count;
		struct stem_word *words = stem_words(&arena, families[i], &count);
		assert_true(count >= 2);
		for (size_t j = 1; j < count; j++)
			if (strcmp(words[0].stem, words[j].stem) != 0)
				fail_msg("%s: %s, %s: %s", words[0].word, words[0].stem, words[j].word, words[j].stem);
	}
	static const char *const strangers[] = { "rabière rabâterie", "cheval chevelure", "pain pins",
		                                 "poste postier" };
	for (size_t i = 0; i < COUNT(strangers); i++) {
		size_t count;
		struct stem_word *words = stem_words(&arena, strangers[i], &count);
		assert_string_not_equal(words[0].stem, words[1].stem);
	}
}

static void test_words(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "L’école d'été, qu’on aime", "ecole ete aime" },
		{ "Saint-Pierre-des-Corps", "saint pierre corps" },
		{ "EPN de la Rabière, 3 rue X", "epn rabiere 3 rue x" },
		{ "le, la — les ; À au !", "" },
		{ "Les petits pas de 2026 : 14h30", "petits pas 2026 14h30" },
		{ "", "" },
		{ "lorsqu’il", "lorsqu" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t count;
		struct stem_word *words = stem_words(&arena, cases[i][0], &count);
		char got[200] = "";
		for (size_t j = 0; j < count; j++) {
			size_t len = strlen(got);
			snprintf(got + len, sizeof(got) - len, "%s%s", j ? " " : "", words[j].word);
			/* The place is that of the word in the text. */
			char *original = arena_strndup(&arena, cases[i][0] + words[j].start, words[j].len);
			assert_string_equal(text_fold(&arena, original), words[j].word);
		}
		assert_string_equal(got, cases[i][1]);
	}
	assert_string_equal(stem_text(&arena, "Les ateliers de l’EPN"), stem_text(&arena, "atelier EPN"));
	assert_string_equal(stem_text(&arena, ""), "");
	size_t count;
	struct stem_word *words = stem_query(&arena, "vélo EPN vélos 1 2 3 4 5 6 7 8 9 10 11 12", &count);
	assert_int_equal(count, STEM_QUERY_MAX);
	assert_string_equal(words[0].stem, "velo");
	assert_string_equal(words[2].stem, "1");
}

/* Hostile words: long, not UTF-8, other scripts; stems are valid text of bounded size. */
static void test_hostile(void **state)
{
	(void)state;
	random_seed(9);
	for (int i = 0; i < 3000; i++) {
		char s[400];
		size_t len = 0;
		while (len < 300)
			len += random_below(5)
			               ? text_encode(1 + random_below(random_below(2) ? 0x17F : 0xD7FF), s + len)
			               : (s[len] = (char)(1 + random_below(255)), 1u);
		s[len] = '\0';
		if (random_below(3) == 0) memset(s, 'a' + (int)random_below(26), 350), s[350] = '\0';
		size_t count;
		struct stem_word *words = stem_words(&arena, s, &count);
		for (size_t j = 0; j < count; j++) {
			assert_true(strlen(words[j].word) < STEM_SIZE && strlen(words[j].stem) < STEM_SIZE);
			assert_true(*words[j].stem && text_valid(words[j].stem, strlen(words[j].stem)));
			assert_null(strchr(words[j].stem, ' '));
			size_t trigrams;
			stem_trigrams(&arena, words[j].word, &trigrams);
		}
		arena_reset(&arena);
	}
}

static void test_trigrams(void **state)
{
	(void)state;
	static const char *const epn[] = { "  e", " ep", "epn", "pn " };
	size_t count;
	const char **list = stem_trigrams(&arena, "epn", &count);
	assert_int_equal(count, 4);
	for (size_t i = 0; i < count; i++) assert_string_equal(list[i], epn[i]);
	stem_trigrams(&arena, "aaaaaa", &count);
	assert_int_equal(count, 4); /* "  a", " aa", "aaa", "aa " */
	stem_trigrams(&arena, "", &count);
	assert_int_equal(count, 0);
	list = stem_trigrams(&arena, "αβ", &count);
	assert_int_equal(count, 3);
	assert_string_equal(list[2], "αβ ");
}

static void test_distance(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		int distance; /* exact, over 2 is 3 */
	} cases[] = {
		{ "", "", 0 },
		{ "a", "", 1 },
		{ "abc", "", 3 },
		{ "rabatrie", "rabaterie", 1 },
		{ "rabaterie", "rabaterie", 0 },
		{ "rabateire", "rabaterie", 1 }, /* neighbours swapped */
		{ "raberie", "rabaterie", 2 },
		{ "galboiserie", "rabaterie", 3 }, /* an alias, not a mistake */
		{ "kitten", "sitting", 3 },
		{ "ca", "abc", 3 }, /* optimal string alignment, not full Damerau */
		{ "numerique", "numeriuqe", 1 },
		{ "velo", "vleo", 1 },
		{ "ελ", "ελα", 1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int max = 0; max <= 2; max++) {
			int want = MIN(cases[i].distance, max + 1);
			assert_int_equal(edit_distance_bounded(cases[i].a, cases[i].b, max), want);
			assert_int_equal(edit_distance_bounded(cases[i].b, cases[i].a, max), want);
		}
	}
	assert_int_equal(stem_tolerance("epn"), 0);
	assert_int_equal(stem_tolerance("velo"), 1);
	assert_int_equal(stem_tolerance("rabatrie"), 2);
	assert_int_equal(stem_tolerance("37200"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kin),      cmocka_unit_test(test_words),    cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_trigrams), cmocka_unit_test(test_distance),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

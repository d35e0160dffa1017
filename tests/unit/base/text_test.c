#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/text.h"

#define N "\xE2\x80\xAF" /* U+202F narrow no-break space */
#define B "\xC2\xA0"     /* U+00A0 no-break space */

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

/* Unicode 15, table 3-7: well-formed UTF-8. */
static void test_utf8(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		bool valid;
	} cases[] = {
		{ "", true },
		{ "abc", true },
		{ "été", true },
		{ "\xED\x9F\xBF", true },
		{ "\xEE\x80\x80", true },
		{ "\xF4\x8F\xBF\xBF", true },
		{ "\xF0\x9F\x8E\x89", true },
		{ "\x80", false },
		{ "\xC0\x80", false },         /* overlong NUL */
		{ "\xC1\xBF", false },         /* overlong */
		{ "\xE0\x9F\xBF", false },     /* overlong */
		{ "\xF0\x8F\xBF\xBF", false }, /* overlong */
		{ "\xED\xA0\x80", false },     /* surrogate */
		{ "\xF4\x90\x80\x80", false }, /* over U+10FFFF */
		{ "\xF5\x80\x80\x80", false },
		{ "a\xC3", false }, /* cut */
		{ "\xE2\x82", false },
		{ "\xFF", false },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_valid(cases[i].s, strlen(cases[i].s)), cases[i].valid);
	assert_false(text_valid("a\0b", 3));
	assert_int_equal(text_length("Rabière"), 7);
	assert_string_equal(text_repair(&arena, "a\xFF\0b\xC3", 5), "a\uFFFD\uFFFDb\uFFFD");
	for (uint32_t c = 1; c < 0x110000; c++) {
		if (c >= 0xD800 && c < 0xE000) continue;
		char bytes[4];
		uint32_t back;
		size_t len = text_encode(c, bytes);
		assert_int_equal(text_decode(bytes, len, &back), len);
		assert_int_equal(back, c);
	}
}

static void test_clean(void **state)
{
	(void)state;
	static const struct {
		const char *in, *line, *block;
	} cases[] = {
		{ "Fête", "Fête", "Fête" },
		{ "e\xCC\x81te\xCC\x81", "été", "été" }, /* NFC */
		{ "  a \t b\r\n c ", "a b c", "  a \t b\n c " },
		{ "a\rb\xE2\x80\xA8"
		  "c",
		  "a b c", "a\nb\nc" },
		{ "a\x01\x1B[31m\x7F\xC2\x9B"
		  "b",
		  "a[31mb", "a[31mb" },
		{ "\xEF\xBB\xBFtitre", "titre", "titre" },                                  /* BOM */
		{ "admin\xE2\x80\xAEgpj.exe\xE2\x80\xAC", "admingpj.exe", "admingpj.exe" }, /* override */
		{ "", "", "" },
	};
	char *out;
	struct err err;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(text_clean(&arena, cases[i].in, strlen(cases[i].in), TEXT_LINE, &out, &err), OK);
		assert_string_equal(out, cases[i].line);
		assert_int_equal(text_clean(&arena, cases[i].in, strlen(cases[i].in), TEXT_BLOCK, &out, &err), OK);
		assert_string_equal(out, cases[i].block);
	}
	out = NULL;
	assert_int_equal(text_clean(&arena, "a\0b", 3, TEXT_LINE, &out, &err), E_INPUT);
	assert_int_equal(text_clean(&arena, "\xE9t\xE9", 3, TEXT_LINE, &out, &err), E_INPUT); /* Latin-1 */
	assert_null(out);
}

static void test_blank_trim(void **state)
{
	(void)state;
	assert_true(text_is_blank(NULL));
	assert_true(text_is_blank(""));
	assert_true(text_is_blank(" \t\n" N B "\xE2\x80\x8B\xE2\xA0\x80"));
	assert_false(text_is_blank(" . "));
	assert_string_equal(text_trim(&arena, " " N "\n a b \xE3\x80\x80"), "a b");
	assert_string_equal(text_trim(&arena, "  "), "");
	assert_string_equal(text_inside(&arena, "Écoles de Tours"), "écoles de Tours");
	assert_string_equal(text_inside(&arena, "EPN du quartier"), "EPN du quartier");
	assert_string_equal(text_inside(&arena, "À"), "à");
	assert_string_equal(text_inside(&arena, ""), "");
}

static void test_fold(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "L’Europe", "l europe" },
		{ "L'EUROPE", "l europe" },
		{ "l europe", "l europe" },
		{ "Rabière", "rabiere" },
		{ "RABÂTERIE", "rabaterie" },
		{ "Œuvre", "oeuvre" },
		{ "ex æquo", "ex aequo" },
		{ "Saint-Pierre-des-Corps", "saint pierre des corps" },
		{ "Porte‑à–porte — fin", "porte a porte fin" },
		{ "  « Été »" B "! ", "ete !" },
		{ "Straße", "strasse" },
		{ "Łódź, Ørsted", "lodz, orsted" },
		{ "e\xCC\x81"
		  "te\xCC\x81",
		  "ete" }, /* decomposed */
		{ "ﬁn", "fin" },
		{ "C++", "c++" },
		{ "ΑΘΗΝΑ", "αθηνα" },
		{ "--", "" },
		{ "", "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) assert_string_equal(text_fold(&arena, cases[i][0]), cases[i][1]);
	/* Folding twice changes nothing, whatever the character. */
	for (uint32_t c = 1; c < 0x30000; c++) {
		if (c >= 0xD800 && c < 0xE000) continue;
		char s[8] = "a";
		s[1 + text_encode(c, s + 1)] = 'b';
		char *once = text_fold(&arena, s);
		assert_string_equal(text_fold(&arena, once), once);
		if (c % 512 == 0) arena_reset(&arena);
	}
}

static void test_sort_key(void **state)
{
	(void)state;
	/* CLDR order for fr: word by word, accents from left to right. */
	static const char *const order[] = {
		"",     "2 rue",    "à la carte", "cote",  "coté", "côte",  "côté",        "Cote 2", "coteau", "élan",
		"Elbe", "L’Europe", "Le Mans",    "œdème", "off",  "péché", "pêche melba", "zébu",   "Ελλάδα",
	};
	for (size_t i = 0; i + 1 < COUNT(order); i++) {
		const char *a = text_sort_key(&arena, order[i], 64), *b = text_sort_key(&arena, order[i + 1], 64);
		if (strcmp(a, b) >= 0) fail_msg("\"%s\" should sort before \"%s\"", order[i], order[i + 1]);
	}
	assert_string_equal(text_sort_key(&arena, "Fête", 64), "fete\1\x7D\x05");
	assert_string_equal(text_sort_key(&arena, "Fe\xCC\x82te", 64), text_sort_key(&arena, "Fête", 64));
	for (int i = 0; i < 2000; i++) {
		char s[200];
		size_t len = 0;
		while (len < 150) len += text_encode(1 + random_below(random_below(2) ? 0x2FF : 0xD000), s + len);
		s[len] = '\0';
		const char *key = text_sort_key(&arena, s, 64);
		assert_true(strlen(key) <= 64);
		assert_true(text_valid(key, strlen(key)));
	}
}

static void test_slug(void **state)
{
	(void)state;
	assert_string_equal(text_slug(&arena, "Fête de l’été !", 64), "fete-de-l-ete");
	assert_string_equal(text_slug(&arena, "  L'œuvre & C° -- n°5_bis/", 64), "l-oeuvre-c-n-5-bis");
	assert_string_equal(text_slug(&arena, "日本", 64), "");
	assert_string_equal(text_slug(&arena, "!!!", 64), "");
	assert_string_equal(text_slug(&arena, "un deux trois", 9), "un-deux");
	assert_string_equal(text_slug(&arena, "un deux trois", 13), "un-deux-trois");
	assert_string_equal(text_slug(&arena, "un deux trois", 7), "un-deux");
	assert_string_equal(text_slug(&arena, "anticonstitutionnellement", 8), "anticons");
}

static void test_cut(void **state)
{
	(void)state;
	assert_string_equal(text_cut(&arena, "Fête", 4), "Fête");
	assert_string_equal(text_cut(&arena, "Fêtes", 4), "Fêt…");
	assert_string_equal(text_cut(&arena, "Un atelier de couture", 13), "Un atelier…");
	assert_string_equal(text_cut(&arena, "Un atelier de couture", 14), "Un atelier de…");
	assert_string_equal(text_cut(&arena, "abc", 0), "");
	assert_string_equal(text_cut(&arena, "abc", 1), "…");
	assert_string_equal(text_cut(&arena, "", 5), "");
	/* A family emoji is five characters and one group. */
	assert_string_equal(text_cut(&arena, "a👨‍👩‍👧bcdef", 5), "a…");
	assert_string_equal(text_cut(&arena, "ae\xCC\x81\xCC\x81z", 4), "a…");
}

static void test_words(void **state)
{
	(void)state;
	const char *s = "L’Europe, c’est (14h30) Saint-Pierre_x — été😀EPN";
	static const char *const words[] = { "L", "Europe", "c", "est", "14h30", "Saint", "Pierre", "x", "été", "EPN" };
	struct text_words w = { s, strlen(s), 0 };
	struct text_word word;
	for (size_t i = 0; i < COUNT(words); i++) {
		assert_true(text_words_next(&w, &word));
		assert_int_equal(word.len, strlen(words[i]));
		assert_memory_equal(s + word.start, words[i], word.len);
	}
	assert_false(text_words_next(&w, &word));
	assert_false(text_words_next(&w, &word));
}

static void test_typography(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "Bonjour !", "Bonjour" N "!" },
		{ "Bonjour!", "Bonjour" N "!" },
		{ "Quoi ?! Non...", "Quoi" N "?! Non…" },
		{ "l'été, c'est aujourd'hui", "l’été, c’est aujourd’hui" },
		{ "« Le Crieur »", "«" N "Le Crieur" N "»" },
		{ "«Le Crieur!»", "«" N "Le Crieur" N "!" N "»" },
		{ "Horaires : 14:30", "Horaires" B ": 14:30" },
		{ "Horaires: lundi", "Horaires" B ": lundi" },
		{ "voir http://a.fr/?x=1;y! et www.b.fr/c:d; fin", "voir http://a.fr/?x=1;y! et www.b.fr/c:d; fin" },
		{ "http://a.fr ?", "http://a.fr" N "?" },
		{ "écrire à l'adresse a'b@c.fr", "écrire à l’adresse a'b@c.fr" },
		{ "merci :) ;-) :-D", "merci :) ;-) :-D" },
		{ "10 % de 5 € ; oui", "10" N "% de 5" N "€" N "; oui" },
		{ "a!=b; x", "a!=b" N "; x" },
		{ "le 'tit' 5' 30''", "le 'tit' 5' 30''" },
		{ "(ah !) \"oui\" ?", "(ah" N "!) \"oui\"" N "?" },
		{ "déjà" N "! dit" B ": «" B "non" B "»", "déjà" N "! dit" B ": «" N "non" N "»" },
		{ "....", "...." },
		{ "l'", "l’" },
		{ "! ", "! " },
		{ "", "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *once = text_typography_fr(&arena, cases[i][0]);
		assert_string_equal(once, cases[i][1]);
		assert_string_equal(text_typography_fr(&arena, once), once);
	}
	static const char *const pieces[] = { "a", "l", "1", " ", "'",  "\"", ".",  "...",  ";",
		                              ":", "!", "?", "«", "»",  "…",  "’",  "%",    "€",
		                              ")", "(", N,   B,   "\n", "@",  "//", "www.", "qu" };
	for (int i = 0; i < 200000; i++) {
		char s[64] = "";
		size_t len = 0;
		for (int n = (int)random_below(10); n > 0; n--) {
			const char *piece = pieces[random_below(COUNT(pieces))];
			memcpy(s + len, piece, strlen(piece) + 1);
			len += strlen(piece);
		}
		char *once = text_typography_fr(&arena, s);
		char *twice = text_typography_fr(&arena, once);
		if (strcmp(once, twice) != 0) fail_msg("not idempotent: [%s] [%s] [%s]", s, once, twice);
		arena_reset(&arena);
	}
}

int main(void)
{
	random_seed(7);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8), cmocka_unit_test(test_clean),    cmocka_unit_test(test_blank_trim),
		cmocka_unit_test(test_fold), cmocka_unit_test(test_sort_key), cmocka_unit_test(test_slug),
		cmocka_unit_test(test_cut),  cmocka_unit_test(test_words),    cmocka_unit_test(test_typography),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

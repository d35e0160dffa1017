/* Sheets, read again with poppler and qpdf: other programs say whether they are right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/macros.h"
#include "paper/paper.h"
#include "paper/roll.h"

static struct arena arena;

static const char *run(const char *command)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	FILE *f = popen(command, "r");
	assert_non_null(f);
	for (int c; (c = fgetc(f)) != EOF;) buf_putc(&out, (char)c);
	buf_printf(&out, "[%d]", pclose(f));
	return buf_str(&out);
}

static const char *without_hyphens(const char *text)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	for (; *text; text++)
		if (strncmp(text, "\u00AD", 2) == 0) text++;
		else buf_putc(&out, *text);
	return buf_str(&out);
}

/* Keeps it in build/screenshots, gives its address. */
static const char *keep(const struct buf *out, const char *name)
{
	run("mkdir -p " SOURCE_DIR "/build/screenshots");
	char *path = arena_printf(&arena, SOURCE_DIR "/build/screenshots/%s.pdf", name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(out->data, 1, out->len, f), out->len);
	fclose(f);
	run(arena_printf(&arena, "pdftoppm -r 70 -l 2 -png %s %.*s", path, (int)strlen(path) - 4, path));
	return path;
}

static const char *make(const struct paper *paper, const char *name, struct paper_made *made)
{
	struct buf out;
	buf_init(&out, &arena, 0);
	assert_int_equal(paper_make(&arena, paper, &out, made, NULL), OK);
	return keep(&out, name);
}

static const struct paper_entry cafe = {
	.title = "Repair café de Monconseil : on répare ensemble",
	.when = "samedi 12 décembre 2026, de 14\u202fh à 18\u202fh",
	.where = "Maison de quartier, 2 rue du Docteur-Bretonneau, Tours",
	.text = "Apportez ce qui ne marche plus : grille-pain, vélo, pantalon, ordinateur. Des bénévoles expérimentés "
	        "vous montrent comment faire, gratuitement. Qui n’a rien à réparer vient prendre un café\u202f! "
	        "L’anticonstitutionnellement célèbre atelier de couture sera de la partie.",
	.url = "https://parvis.example/f/0123456789abcdefghjkmnpqrs",
};

static struct paper paper_of(enum paper_kind kind, const struct paper_entry *entries, int n)
{
	return (struct paper){ .kind = kind,
		               .size = PAPER_A4,
		               .lang = "fr",
		               .title = "Les rendez-vous de décembre",
		               .site = "L’agora du quartier",
		               .footer = "Ne pas jeter sur la voie publique.",
		               .more = "La suite est en ligne.",
		               .url = "https://parvis.example/agenda",
		               .colour = "#12523f",
		               .entries = entries,
		               .n = n };
}

static void test_poster(void **state)
{
	(void)state;
	static const char *const sizes[] = { "a3", "a4", "a5" };
	for (int size = 0; size < PAPER_SIZES; size++) {
		struct paper paper = paper_of(PAPER_POSTER, &cafe, 1);
		struct paper_made made;
		paper.size = (enum paper_size)size;
		paper.title = cafe.title;
		const char *path = make(&paper, arena_printf(&arena, "poster-%s", sizes[size]), &made);
		const char *info = run(arena_printf(&arena, "pdfinfo %s", path));
		assert_int_equal(made.pages, 1);
		assert_non_null(strstr(info, "Repair café de Monconseil : on répare ensemble"));
		assert_non_null(strstr(info, "Tagged:          yes"));
		assert_non_null(strstr(info, "Pages:           1"));
		assert_non_null(strstr(run(arena_printf(&arena, "qpdf --check %s 2>&1", path)), "[0]"));
		const char *json = run(
		        arena_printf(&arena, "qpdf --qdf --object-streams=disable %s - | strings", path));
		assert_non_null(strstr(json, "/Lang (fr)"));
		assert_non_null(strstr(json, "/DisplayDocTitle true"));
		assert_non_null(strstr(json, "/Alt (https://parvis.example/agenda)"));
		assert_null(
		        strstr(run(arena_printf(&arena, "pdffonts %s | tail -n +3 | grep ' no '", path)), "Lato no"));
		const char *text = without_hyphens(run(arena_printf(&arena, "pdftotext -raw %s -", path)));
		assert_non_null(strstr(text, "de 14 h à 18 h"));
		assert_non_null(strstr(text, "parvis.example/f/"));
	}
}

static void test_lying(void **state)
{
	(void)state;
	struct paper paper = paper_of(PAPER_POSTER, &cafe, 1);
	struct paper_made made;
	paper.landscape = true;
	const char *info = run(arena_printf(&arena, "pdfinfo %s", make(&paper, "poster-lying", &made)));
	assert_non_null(strstr(info, "841.89 x 595.28"));
}

static struct paper_entry *many(int n)
{
	struct paper_entry *entries = arena_array(&arena, struct paper_entry, (size_t)n);
	for (int i = 0; i < n; i++) {
		entries[i] = cafe;
		entries[i].title = arena_printf(&arena, "Rencontre repère%04dfin", i);
		entries[i].heading = arena_printf(&arena, "Jour %d", i / 3);
	}
	return entries;
}

static void test_lists(void **state)
{
	(void)state;
	static const char *const names[] = { "", "programme", "crier", "leaflet" };
	for (int kind = PAPER_PROGRAMME; kind <= PAPER_LEAFLET; kind++)
		for (int size = 0; size < PAPER_SIZES; size++) {
			struct paper paper = paper_of((enum paper_kind)kind, many(40), 40);
			struct paper_made made;
			paper.size = (enum paper_size)size;
			paper.landscape = kind == PAPER_LEAFLET;
			const char *path = make(&paper, arena_printf(&arena, "%s-a%d", names[kind], 3 + size), &made);
			const char *text = run(arena_printf(&arena, "pdftotext -raw %s -", path));
			assert_int_equal(made.entries, 40);
			for (int i = 0; i < 40; i++) {
				const char *title = arena_printf(&arena, "repère%04dfin", i), *at = strstr(text, title);
				assert_non_null(at);
				assert_null(strstr(at + 1, title)); /* once */
			}
			assert_non_null(strstr(run(arena_printf(&arena, "pdfinfo %s", path)),
			                       arena_printf(&arena, "Pages:           %d\n", made.pages)));
		}
}

static void test_limits(void **state)
{
	(void)state;
	struct buf word;
	buf_init(&word, &arena, 0);
	for (int i = 0; i < 20000; i++) buf_puts(&word, "Ẑ̷");
	struct paper_entry long_one = cafe;
	struct paper_made made;
	long_one.title = long_one.text = long_one.where = buf_str(&word);
	struct paper paper = paper_of(PAPER_POSTER, &long_one, 1);
	const char *text = run(arena_printf(&arena, "pdftotext -raw %s -", make(&paper, "poster-long", &made)));
	assert_int_equal(made.pages, 1);
	assert_true(made.cut);
	assert_non_null(strstr(text, "La suite est en ligne."));

	paper = paper_of(PAPER_PROGRAMME, many(1000), 1000);
	paper.size = PAPER_A5;
	make(&paper, "programme-long", &made);
	assert_true(made.pages <= PAPER_PAGES);

	paper.n = 0;
	struct buf out = { .arena = &arena };
	assert_int_equal(paper_make(&arena, &paper, &out, &made, NULL), E_INPUT);
}

static int count_of(const char *text, const char *word)
{
	int n = 0;
	for (const char *at = text; (at = strstr(at, word)); at += strlen(word)) n++;
	return n;
}

/* Forty people and eight empty lines: two pages, a table on each with its own head, a cell for each signature. */
static void test_roll(void **state)
{
	(void)state;
	enum { PEOPLE = 40, BLANK = 8 };
	struct roll_row rows[PEOPLE];
	struct paper_made made;
	struct buf out;
	for (int i = 0; i < PEOPLE; i++)
		rows[i] = (struct roll_row){ arena_printf(&arena, "Personne %d", i + 1),
			                     i % 3 ? "" : "2 adultes et 1 enfant" };
	const struct roll roll = { .paper = paper_of(PAPER_POSTER, NULL, 0),
		                   .heading = "Fiche d’émargement",
		                   .when = "samedi 12 décembre 2026, de 14\u202fh à 18\u202fh",
		                   .where = "La halle",
		                   .heads = { "Nom", "Combien", "Signature" },
		                   .rows = rows,
		                   .n = PEOPLE,
		                   .blank = BLANK,
		                   .total = "Inscrits : 66",
		                   .notice = "Ces noms quittent le site." };
	buf_init(&out, &arena, 0);
	assert_int_equal(roll_make(&arena, &roll, &out, &made, NULL), OK);
	const char *path = keep(&out, "roll");
	assert_int_equal(made.entries, PEOPLE);
	assert_int_equal(made.pages, 2);
	assert_false(made.cut);
	assert_non_null(strstr(run(arena_printf(&arena, "pdfinfo %s", path)), "Tagged:          yes"));
	const char *tags = run(arena_printf(&arena, "pdfinfo -struct %s 2>/dev/null", path));
	assert_int_equal(count_of(tags, "Table"), made.pages);
	assert_int_equal(count_of(tags, "    TH"), 4 * made.pages);
	assert_int_equal(count_of(tags, "    TD"), 4 * (PEOPLE + BLANK));
	const char *text = run(arena_printf(&arena, "pdftotext -layout %s -", path));
	assert_int_equal(count_of(text, "Signature"), made.pages);
	assert_int_equal(count_of(text, "Fiche d’émargement"), 1);
	assert_non_null(strstr(text, "Personne 40"));
	assert_non_null(strstr(text, "48\n"));
	assert_non_null(strstr(text, "Inscrits : 66"));
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_poster), cmocka_unit_test(test_lying),
		                            cmocka_unit_test(test_lists), cmocka_unit_test(test_limits),
		                            cmocka_unit_test(test_roll) };
	return cmocka_run_group_tests(tests, setup, NULL);
}

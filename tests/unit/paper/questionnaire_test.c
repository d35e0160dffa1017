/* Questionnaires on paper, looked at by other programs: poppler draws the page at 254 dots an inch, so that a dot is a tenth of a
 * millimetre, the unit of the marks; and reads its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/macros.h"
#include "paper/questionnaire.h"

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

/* ---- A questionnaire with all there is ---- */

static const struct ask_option kinds[] = { { "asso", "Association", 0, false },
	                                   { "centre", "Centre social", 0, false },
	                                   { "ecole", "École ou collège", 0, false },
	                                   { "other", "Autre, laquelle\u00a0:", 0, true } };
static const struct ask_option tools[] = {
	{ "mail", "La messagerie électronique", 0, false },
	{ "wiki", "Un wiki", 0, false },
	{ "agenda", "Un agenda partagé", 0, false },
	{ "site", "Un site où chacun peut écrire sans demander la permission à personne, ce qui fait une longue ligne",
	  0, false },
	{ "rien", "Rien de tout cela", 0, false },
};
static const struct ask_option often[] = { { "jamais", "Jamais", 0, false },
	                                   { "parfois", "Parfois", 0, false },
	                                   { "souvent", "Souvent", 0, false },
	                                   { "toujours", "Toujours", 0, false } };
static const struct ask_option rows[] = {
	{ "voisins", "Avec les voisins", 0, false },
	{ "asso", "Avec les autres associations du quartier, des environs et d’ailleurs", 0, false },
	{ "mairie", "Avec la mairie", 0, false }
};
static const struct ask_option wide[] = {
	{ "a", "Tout à fait d’accord", 0, false },
	{ "b", "Plutôt d’accord", 0, false },
	{ "c", "Ni d’accord ni pas d’accord", 0, false },
	{ "d", "Plutôt pas d’accord", 0, false },
	{ "e", "Pas du tout d’accord", 0, false },
	{ "f", "Sans opinion", 0, false },
	{ "g", "Ne sait pas", 0, false },
	{ "h", "Incompréhensiblement", 0, false },
	{ "i", "Autrement", 0, false },
};
static const struct ask_option steps[] = { { "0", "0", 0, false }, { "1", "1", 0, false },  { "2", "2", 0, false },
	                                   { "3", "3", 0, false }, { "4", "4", 0, false },  { "5", "5", 0, false },
	                                   { "6", "6", 0, false }, { "7", "7", 0, false },  { "8", "8", 0, false },
	                                   { "9", "9", 0, false }, { "10", "10", 0, false } };
static const struct ask_option unknown[] = { { "unknown", "Je ne sais pas", 0, false } };

#define NOTHING .help = "", .condition = "", .rule = "", .unit = ""

static const struct ask asks[] = {
	{ .kind = ASK_BOXES,
	  .key = "type",
	  .number = 1,
	  .label = "Qui êtes-vous\u202f?",
	  .help = "La structure, pas vous.",
	  .condition = "",
	  .rule = "Une seule case.",
	  .unit = "",
	  .options = kinds,
	  .noptions = 4 },
	{ .kind = ASK_BOXES,
	  .key = "outils",
	  .number = 2,
	  .label = "Quels outils utilisez-vous pour coopérer\u202f?",
	  .help = "",
	  .condition = "",
	  .rule = "Plusieurs cases possibles.",
	  .unit = "",
	  .options = tools,
	  .noptions = 5,
	  .comment = "Précisions\u00a0:" },
	{ .kind = ASK_CELLS,
	  .key = "salaries",
	  .number = 3,
	  .label = "Combien de personnes salariées\u202f?",
	  NOTHING,
	  .cells = "####" },
	{ .kind = ASK_CELLS,
	  .key = "date",
	  .number = 4,
	  .label = "Depuis quand\u202f?",
	  .help = "Jour, mois, année.",
	  .condition =
	          "→ Répondez à cette question si vous avez coché «\u202fUn wiki\u202f» à la question 2, sinon passez à la "
	          "question 5.",
	  .rule = "",
	  .unit = "",
	  .cells = "##/##/####" },
	{ .kind = ASK_SCALE,
	  .key = "note",
	  .number = 5,
	  .label = "Quelle note donnez-vous\u202f?",
	  NOTHING,
	  .options = steps,
	  .noptions = 11,
	  .low = "pas du tout utile",
	  .high = "tout à fait indispensable",
	  .aside = unknown,
	  .naside = 1 },
	{ .kind = ASK_SCALE,
	  .key = "frequence",
	  .number = 6,
	  .label = "À quelle fréquence\u202f?",
	  NOTHING,
	  .options = often,
	  .noptions = 4 },
	{ .kind = ASK_LINES, .key = "nom", .number = 7, .label = "Le nom de la structure\u202f?", NOTHING, .lines = 1 },
	{ .kind = ASK_LINES,
	  .key = "mot",
	  .number = 8,
	  .label = "Un exemple qui a bien marché\u202f?",
	  NOTHING,
	  .lines = 5 },
	{ .kind = ASK_TABLE,
	  .key = "avec",
	  .number = 9,
	  .label = "Coopérez-vous\u202f?",
	  NOTHING,
	  .options = often,
	  .noptions = 4,
	  .rows = rows,
	  .nrows = 3 },
	{ .kind = ASK_TABLE,
	  .key = "deux",
	  .number = 10,
	  .label = "Aujourd’hui et demain\u202f?",
	  NOTHING,
	  .options = often,
	  .noptions = 2,
	  .second = often,
	  .nsecond = 3,
	  .scales = { "Aujourd’hui", "Dans un an" },
	  .rows = rows,
	  .nrows = 3 },
	{ .kind = ASK_TABLE,
	  .key = "large",
	  .number = 11,
	  .label = "Êtes-vous d’accord\u202f?",
	  NOTHING,
	  .options = wide,
	  .noptions = 9,
	  .rows = rows,
	  .nrows = 3 },
	{ .kind = ASK_TABLE,
	  .key = "heures",
	  .number = 12,
	  .label = "Combien d’heures\u202f?",
	  .help = "",
	  .condition = "",
	  .rule = "",
	  .unit = "heures",
	  .rows = rows,
	  .nrows = 3,
	  .written = true },
	{ .kind = ASK_RANK,
	  .key = "ordre",
	  .number = 13,
	  .label = "Dans quel ordre\u202f?",
	  .help = "",
	  .condition = "",
	  .rule = "Écrivez 1 devant ce qui vient d’abord, puis 2, 3…",
	  .unit = "",
	  .options = tools,
	  .noptions = 5 },
	{ .kind = ASK_CELLS,
	  .key = "parts",
	  .number = 14,
	  .label = "Quelles parts\u202f?",
	  .help = "",
	  .condition = "",
	  .rule = "",
	  .unit = "%",
	  .cells = "###",
	  .rows = rows,
	  .nrows = 3 },
};
static const struct ask_section sections[] = {
	{ "Votre structure", "", "", asks, 4 },
	{ "Les usages", "Tout ce que vous faites avec le numérique.", "", asks + 4, 10 },
};

static const char *code_of(struct arena *a, void *context, int page, const struct questionnaire_copy *copy)
{
	(void)context;
	return arena_printf(a, "https://parvis.example/-/paper/essai/3.1/%d%s%s", page, copy->code ? "/" : "",
	                    copy->code ? copy->code : "");
}

static const struct questionnaire_copy copies[] = { { NULL, "" }, { "7kq2-xm0d-9rtw-h3pf", "Régie de quartier" } };

static struct questionnaire essai(int ncopies)
{
	return (struct questionnaire){
		.paper = { .kind = PAPER_PROGRAMME,
		           .size = PAPER_A4,
		           .lang = "fr",
		           .title = "Coopérer avec le numérique\u00a0: diagnostic partagé",
		           .site = "L’agora du quartier",
		           .colour = "#12523f",
		           .url = "Code QR de la page" },
		.lang = LANG_FR,
		.asker = "Agora de quartier – Tours",
		.welcome = "Ce questionnaire s’adresse aux structures des quartiers.\n\nUne réponse par structure.",
		.promise = "Confidentiel\u00a0: vos réponses sont gardées à part de votre nom.",
		.back = "À la maison de quartier, 2 rue du Docteur-Bretonneau, avant le 15 décembre.",
		.online = "",
		.name = "essai 3.1",
		.sections = sections,
		.nsections = 2,
		.copies = copies,
		.ncopies = ncopies,
		.code = code_of
	};
}

static const char *make(const struct questionnaire *q, const char *name, struct questionnaire_made *made)
{
	struct buf out;
	struct err err = { 0 };
	buf_init(&out, &arena, 0);
	enum code code = questionnaire_make(&arena, q, &out, made, &err);
	if (code != OK) {
		char text[500];
		fail_msg("%s", err_text(&err, LANG_EN, text, sizeof(text)));
	}
	run("mkdir -p " SOURCE_DIR "/build/screenshots");
	char *path = arena_printf(&arena, SOURCE_DIR "/build/screenshots/%s.pdf", name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(out.data, 1, out.len, f), out.len);
	fclose(f);
	return path;
}

/* ---- What poppler draws ---- */

struct picture {
	int width, height;
	const unsigned char *dots;
};

static struct picture draw(const char *path, int page)
{
	struct picture ret;
	int most;
	char *root = arena_printf(&arena, "%.*s-dots", (int)strlen(path) - 4, path);
	run(arena_printf(&arena, "pdftoppm -r 254 -gray -singlefile -f %d -l %d %s %s", page, page, path, root));
	FILE *f = fopen(arena_printf(&arena, "%s.pgm", root), "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "P5 %d %d %d", &ret.width, &ret.height, &most), 3);
	fgetc(f);
	size_t n = (size_t)ret.width * (size_t)ret.height;
	unsigned char *dots = arena_alloc(&arena, n);
	assert_int_equal(fread(dots, 1, n, f), n);
	fclose(f);
	unlink(arena_printf(&arena, "%s.pgm", root));
	ret.dots = dots;
	return ret;
}

static int dot(const struct picture *p, int x, int y)
{
	assert_in_range(x, 0, p->width - 1);
	assert_in_range(y, 0, p->height - 1);
	return p->dots[y * p->width + x];
}

/* Is there ink within two tenths of a millimetre of this line? Share of it, in hundredths. */
static int inked(const struct picture *p, int x, int y, int dx, int dy, int n)
{
	int found = 0;
	for (int i = 0; i < n; i++) {
		bool dark = false;
		for (int by = -2; by <= 2; by++) dark |= dot(p, x + i * dx + by * dy, y + i * dy + by * dx) < 150;
		found += dark;
	}
	return n ? found * 100 / n : 0;
}

static int darkness(const struct picture *p, int x, int y, int width, int height)
{
	int64_t dark = 0;
	for (int j = 0; j < height; j++)
		for (int i = 0; i < width; i++) dark += dot(p, x + i, y + j) < 128;
	return (int)(dark * 100 / (width * (int64_t)height));
}

static void check_outline(const struct picture *p, const struct paper_mark *m)
{
	assert_in_range(inked(p, m->x, m->y, 1, 0, m->width), 90, 100);
	assert_in_range(inked(p, m->x, m->y + m->height, 1, 0, m->width), 90, 100);
	assert_in_range(inked(p, m->x, m->y, 0, 1, m->height), 90, 100);
	assert_in_range(inked(p, m->x + m->width, m->y, 0, 1, m->height), 90, 100);
	assert_int_equal(darkness(p, m->x + 4, m->y + 4, m->width - 8, m->height - 8), 0); /* nothing inside */
}

static void check_mark(const struct picture *p, const struct paper_mark *m)
{
	switch (m->kind) {
	case MARK_CORNER:
		assert_in_range(darkness(p, m->x + 1, m->y + 1, m->width - 2, m->height - 2), 99, 100);
		assert_int_equal(darkness(p, m->x - 20, m->y - 20, 17, m->height + 40), 0);
		assert_int_equal(darkness(p, m->x - 20, m->y - 20, m->width + 40, 17), 0);
		break;
	case MARK_CODE: assert_in_range(darkness(p, m->x, m->y, m->width, m->height), 25, 60); break;
	case MARK_LINE:
		if (m->ask->written) check_outline(p, m);
		else assert_in_range(inked(p, m->x, m->y + m->height - 1, 1, 0, m->width), 90, 100);
		break;
	default: check_outline(p, m);
	}
}

static void test_marks(void **state)
{
	(void)state;
	struct questionnaire q = essai(2);
	struct questionnaire_made made;
	const char *path = make(&q, "questionnaire", &made);
	assert_in_range(made.pages, 3, 8);
	assert_non_null(strstr(run(arena_printf(&arena, "pdfinfo %s", path)),
	                       arena_printf(&arena, "Pages:           %d", 2 * made.pages)));
	for (int page = 1; page <= made.pages; page++) {
		struct picture p = draw(path, page);
		int corners = 0, codes = 0;
		assert_in_range(p.width, 2099, 2101);
		for (int i = 0; i < made.nmarks; i++) {
			if (made.marks[i].page != page) continue;
			check_mark(&p, &made.marks[i]);
			corners += made.marks[i].kind == MARK_CORNER;
			codes += made.marks[i].kind == MARK_CODE;
		}
		assert_int_equal(corners, 4);
		assert_int_equal(codes, 1);
	}
}

/* Every box that is asked for is there, once. */
static void test_all_there(void **state)
{
	(void)state;
	struct questionnaire q = essai(1);
	struct questionnaire_made made;
	assert_int_equal(questionnaire_plan(&arena, &q, &made, NULL), OK);
	static const struct {
		const char *key;
		int boxes, cells, lines;
	} expected[] = { { "type", 4, 0, 1 },  { "outils", 5, 0, 1 },    { "salaries", 0, 4, 0 }, { "date", 0, 8, 0 },
		         { "note", 12, 0, 0 }, { "frequence", 4, 0, 0 }, { "nom", 0, 0, 1 },      { "mot", 0, 0, 5 },
		         { "avec", 12, 0, 0 }, { "deux", 15, 0, 0 },     { "large", 27, 0, 0 },   { "heures", 0, 0, 3 },
		         { "ordre", 0, 5, 0 }, { "parts", 0, 9, 0 } };
	for (size_t e = 0; e < COUNT(expected); e++) {
		int n[MARKS] = { 0 }, page = 0;
		for (int i = 0; i < made.nmarks; i++) {
			const struct paper_mark *m = &made.marks[i];
			if (m->ask == NULL || strcmp(m->ask->key, expected[e].key) != 0) continue;
			n[m->kind]++;
			assert_true(page == 0 || page == m->page); /* never parted */
			page = m->page;
			for (int j = 0; j < i; j++)
				assert_false(made.marks[j].page == m->page && made.marks[j].x == m->x &&
				             made.marks[j].y == m->y && made.marks[j].kind == m->kind);
		}
		assert_int_equal(n[MARK_BOX], expected[e].boxes);
		assert_int_equal(n[MARK_CELL], expected[e].cells);
		assert_int_equal(n[MARK_LINE], expected[e].lines);
		assert_int_equal(page, made.page_of[e]);
	}
}

/* The same questions give the same marks, whoever the copy is for; the words stand at the same places each time. */
static void test_same(void **state)
{
	(void)state;
	struct questionnaire q = essai(1), other = essai(1);
	struct questionnaire_made one, two;
	other.copies = &copies[1];
	assert_int_equal(questionnaire_plan(&arena, &q, &one, NULL), OK);
	make(&other, "questionnaire-coded", &two);
	int n = 0;
	for (int i = 0; i < one.nmarks; i++) {
		if (one.marks[i].kind == MARK_SHEET) continue;
		while (two.marks[n].kind == MARK_SHEET) n++;
		assert_int_equal(one.marks[i].x, two.marks[n].x);
		assert_int_equal(one.marks[i].y, two.marks[n].y);
		n++;
	}
	const char *first = run("pdftotext -bbox " SOURCE_DIR
	                        "/build/screenshots/questionnaire-coded.pdf - | grep word");
	make(&other, "questionnaire-coded", &two);
	assert_string_equal(
	        run("pdftotext -bbox " SOURCE_DIR "/build/screenshots/questionnaire-coded.pdf - | grep word"), first);
}

static void test_words(void **state)
{
	(void)state;
	struct questionnaire q = essai(2);
	struct questionnaire_made made;
	const char *path = make(&q, "questionnaire", &made);
	assert_non_null(strstr(run(arena_printf(&arena, "pdfinfo %s", path)), "Tagged:          yes"));
	assert_non_null(strstr(run(arena_printf(&arena, "qpdf --check %s 2>&1", path)), "[0]"));
	const char *text = run(arena_printf(&arena, "pdftotext -raw %s -", path));
	assert_non_null(strstr(text, "7kq2-xm0d-9rtw-h3pf – Régie de quartier"));
	assert_non_null(strstr(text, arena_printf(&arena, "essai 3.1 – page %d sur %d", made.pages, made.pages)));
	assert_non_null(strstr(text, "Une seule case."));
	assert_non_null(strstr(text, "sinon passez à la"));
}

/* Where the program is there: a picture of the page is read as a telephone does. */
static void test_codes(void **state)
{
	(void)state;
	if (strstr(run("command -v zbarimg >/dev/null && echo yes"), "yes") == NULL) skip();
	struct questionnaire q = essai(2);
	struct questionnaire_made made;
	const char *path = make(&q, "questionnaire", &made);
	char *root = arena_printf(&arena, "%.*s-codes", (int)strlen(path) - 4, path);
	run(arena_printf(&arena, "pdftoppm -r 150 -png -f %d -l %d -singlefile %s %s", made.pages + 2, made.pages + 2,
	                 path, root));
	const char *read = run(arena_printf(&arena, "zbarimg -q --raw %s.png", root));
	assert_non_null(strstr(read, "https://parvis.example/-/paper/essai/3.1/2/7kq2-xm0d-9rtw-h3pf"));
}

/* A question longer than a page goes on, and its table has its head again. */
static void test_long(void **state)
{
	(void)state;
	static struct ask_option many[60];
	for (int i = 0; i < 60; i++)
		many[i] = (struct ask_option){ arena_printf(&arena, "l%d", i), "Une ligne du tableau", 0, false };
	const struct ask table = { .kind = ASK_TABLE,
		                   .key = "long",
		                   .number = 1,
		                   .label = "Long\u202f?",
		                   NOTHING,
		                   .options = often,
		                   .noptions = 4,
		                   .rows = many,
		                   .nrows = 60 };
	const struct ask_section section = { "Tout", "", "", &table, 1 };
	struct questionnaire q = essai(1);
	struct questionnaire_made made;
	q.sections = &section;
	q.nsections = 1;
	const char *path = make(&q, "questionnaire-long", &made);
	const char *text = run(arena_printf(&arena, "pdftotext -layout %s - | grep -c 'Jamais *Parfois'", path));
	assert_in_range(made.pages, 3, 4);
	assert_in_range(strtol(text, NULL, 10), 2, 3);
	struct paper_mark last = made.marks[made.nmarks - 1];
	assert_true(last.y + last.height <= 2780);
}

static void test_too_many(void **state)
{
	(void)state;
	struct questionnaire q = essai(1);
	struct questionnaire_made made;
	struct buf out;
	q.ncopies = QUESTIONNAIRE_SHEETS;
	buf_init(&out, &arena, 0);
	assert_int_equal(questionnaire_make(&arena, &q, &out, &made, NULL), E_LIMIT);
}

int main(void)
{
	arena_init(&arena);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),    cmocka_unit_test(test_all_there), cmocka_unit_test(test_same),
		cmocka_unit_test(test_words),    cmocka_unit_test(test_codes),     cmocka_unit_test(test_long),
		cmocka_unit_test(test_too_many),
	};
	int failed = cmocka_run_group_tests_name("questionnaire on paper", tests, NULL, NULL);
	arena_release(&arena);
	return failed;
}

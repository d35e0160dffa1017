/* Reports: what a text says in braces, its blocks and numbers, figures kept and compared, where comments stand after an edit. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "core/response.h"
#include "features/restitution/compare_file.h"
#include "features/restitution/restitution.h"
#include "features/restitution/restitution_anchor.h"
#include "features/restitution/restitution_text.h"
#include "features/restitution/screen.h"
#include "statistics/interval.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static struct page page_of(const struct actor *actor)
{
	return (struct page){ .arena = &site.arena,
		              .lang = LANG_FR,
		              .model = site.model,
		              .actor = actor,
		              .path = "/",
		              .now = clock_now() };
}

/* ---- What a text says in braces ---- */

static void test_directives(void **state)
{
	static const char text[] =
	        "Un {{chiffre diagnostic postes de_1_a_5}} ici.\n\n{{tableau diagnostic postes titre=Le parc, en 2013}}\n"
	        "```\n{{tableau diagnostic dans_du_code}}\n```\navant {{tableau diagnostic pas_seul}}\n"
	        "{{croise diagnostic type postes pour=colonne}}\n{{vue annuaire}} {{\n";
	struct arena a;
	struct directive d;
	size_t at = 0;
	(void)state;
	arena_init(&a);
	assert_true(directive_next(&a, text, &at, &d));
	assert_int_equal(d.kind, DIRECTIVE_NUMBER);
	assert_false(d.alone);
	assert_int_equal(d.nwords, 3);
	assert_string_equal(d.words[2], "de_1_a_5");
	assert_true(directive_next(&a, text, &at, &d));
	assert_int_equal(d.kind, DIRECTIVE_TABLE);
	assert_string_equal(d.title, "Le parc, en 2013");
	assert_int_equal(d.nwords, 2);
	struct id id;
	assert_true(id_parse("00000000000000000000000001", &id));
	assert_string_equal(directive_write(&a, text, &d, id),
	                    "{{tableau diagnostic postes fige=00000000000000000000000001 titre=Le parc, en 2013}}");
	assert_true(directive_next(&a, text, &at, &d));
	assert_int_equal(d.kind, DIRECTIVE_CROSS);
	assert_string_equal(d.share, "colonne");
	assert_false(directive_next(&a, text, &at, &d));
	arena_release(&a);
}

/* ---- Blocks ---- */

static void test_blocks(void **state)
{
	static const char text[] =
	        "{{sommaire numerote}}\n\n## Équipement\nUn paragraphe\nsur deux lignes.\n\n### Les postes\n\n"
	        "{{tableau carte genre}}\n{{graphique carte genre}}\n\nComme le dit {{voir genre}}.\n\n## Suite\n\n"
	        "- un\n- deux\n\n[^1]: une note\n";
	struct restitution_text read;
	site_fixture_init(&site, test_store(state));
	struct page p = page_of(&site.facilitator);
	restitution_text_read(&p, text, false, &read);
	static const enum block_kind kinds[] = { BLOCK_CONTENTS, BLOCK_HEADING, BLOCK_TEXT, BLOCK_HEADING,
		                                 BLOCK_FIGURE,   BLOCK_FIGURE,  BLOCK_TEXT, BLOCK_HEADING,
		                                 BLOCK_TEXT,     BLOCK_NOTE };
	assert_int_equal(read.n, COUNT(kinds));
	for (int i = 0; i < read.n; i++) assert_int_equal(read.blocks[i].kind, kinds[i]);
	assert_string_equal(read.blocks[1].number, "1");
	assert_string_equal(read.blocks[3].number, "1.1");
	assert_string_equal(read.blocks[7].number, "2");
	assert_string_equal(read.blocks[2].plain, "Un paragraphe sur deux lignes.");
	assert_string_equal(spot_name(&p, &read.figures.spots[0]), "Tableau 1");
	assert_string_equal(spot_name(&p, &read.figures.spots[1]), "Graphique 1");
	assert_string_equal(read.blocks[6].shown, "Comme le dit [tableau 1](#tableau-1).");
	int first[8];
	/* Heading, words and heading, table; chart; words; heading and list. */
	assert_int_equal(restitution_screens(&read, first, 8), 5);
	/* A text without anything of ours is left as it is. */
	static const char plain[] = "Un texte {{fiche accueil}}.\n\n{{sommaire}}\n";
	assert_ptr_equal(restitution_prepare(&p, plain), plain);
}

/* ---- Where comments stand ---- */

static void test_anchors(void **state)
{
	struct restitution_text before, after;
	site_fixture_init(&site, test_store(state));
	struct page p = page_of(&site.facilitator);
	restitution_text_read(
	        &p,
	        "Les associations ont peu de temps pour apprendre de nouveaux outils.\n\nElles manquent de locaux.\n",
	        false, &before);
	restitution_text_read(
	        &p,
	        "Un paragraphe nouveau.\n\nElles manquent de locaux.\n\nLes associations ont peu de temps pour apprendre à se "
	        "servir de nouveaux outils.\n",
	        false, &after);
	const struct block *time = &before.blocks[0], *rooms = &before.blocks[1];
	assert_int_equal(restitution_anchor_find(&site.arena, &after, rooms->anchor, rooms->plain), 1);
	assert_int_equal(restitution_anchor_find(&site.arena, &after, time->anchor, time->plain), 2);
	assert_int_equal(restitution_anchor_find(&site.arena, &after, "rien", "Tout autre chose, dit autrement."), -1);
	/* Formatting is not words: the anchor stays. */
	restitution_text_read(&p, "Elles **manquent** de locaux.\n", false, &after);
	assert_string_equal(after.blocks[0].anchor, rooms->anchor);
	/* By hand: {a b, b c, c d} and {a b, b c, c e}: two pairs of three are common, 2 × 2 / 6. */
	assert_int_equal(words_likeness(&site.arena, "a b c d", "A, b c e"), 66);
}

/* ---- Figures ---- */

static struct figure make_figure(const struct page *p, const char *question)
{
	struct results results;
	struct figure figure;
	struct err err = { 0 };
	struct figure_spec spec = { .kind = FIGURE_TABLE, .form = site.card, .questions = { question, "" } };
	assert_ok(figure_results(p, site.card, &results, &err), &err);
	assert_ok(figure_make(p, &spec, &results, &figure, &err), &err);
	return figure;
}

/* Kept, a figure reads back the same; what becomes of the answers is told. */
static void test_kept(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	struct page p = page_of(&site.facilitator);
	site_card(&site, &site.facilitator, "{\"nom\":\"Un\",\"genre\":\"asso\"}");
	site_card(&site, &site.facilitator, "{\"nom\":\"Deux\",\"genre\":\"asso\"}");
	site_card(&site, &site.facilitator, "{\"nom\":\"Trois\",\"genre\":\"lieu\"}");
	assert_ok(store_read_begin(site.store, &p.db, &err), &err);
	struct figure then = make_figure(&p, "genre"), read, now;
	store_read_end(site.store);
	assert_ok(figure_read(&site.arena, figure_json(&site.arena, &then), &read, &err), &err);
	assert_int_equal(read.answers, 3);
	assert_int_equal(read.nlines, then.nlines);
	const struct figure_line *line = figure_line_named(&p, &read, "asso");
	assert_non_null(line);
	assert_int_equal(line->cells[0].n, 2);
	assert_true(fabs(line->cells[0].share - 2.0 / 3) < 1e-9);
	const char *changes[8];
	assert_int_equal(figure_changes(&p, &then, &read, changes, 8), 0);
	site_card(&site, &site.facilitator, "{\"nom\":\"Quatre\",\"genre\":\"lieu\"}");
	assert_ok(store_read_begin(site.store, &p.db, &err), &err);
	now = make_figure(&p, "genre");
	store_read_end(site.store);
	/* 3 answers and 4; "lieu" 1 (33 %) and 2 (50 %). The number of "asso" is the same. */
	assert_int_equal(figure_changes(&p, &read, &now, changes, 8), 2);
	assert_string_equal(changes[0], "3 réponses avant, 4 maintenant");
}

/* What is read may be anything. */
static void test_read_anything(void **state)
{
	static const char *const texts[] = { "{}", "{\"lines\":[1,{\"cells\":[[\"x\"]]}],\"columns\":[[1]]}",
		                             "{\"lines\":[{\"key\":\"a\"}],\"answers\":-7,\"numbers\":[]}" };
	struct arena a;
	struct figure f;
	struct err err;
	json_t *json;
	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_int_equal(json_parse(&a, texts[i], strlen(texts[i]), &json, &err), OK);
		assert_int_equal(figure_read(&a, json, &f, &err), OK);
	}
	assert_int_equal(f.answers, -1);
	assert_int_equal(json_parse(&a, "[1]", 3, &json, &err), OK);
	assert_int_equal(figure_read(&a, json, &f, &err), E_INPUT);
	arena_release(&a);
}

/* ---- Comparison ---- */

/* R. G. Newcombe 1998, table II, method 10: 56/70 − 48/80 is 0.2, from 0.0524 to 0.3339; 9/10 − 3/10 is 0.6, from 0.1705 to
 * 0.8090. */
static void test_difference(void **state)
{
	static const struct {
		double a, m, b, n, low, high;
	} known[] = { { 56, 70, 48, 80, 0.0524, 0.3339 }, { 9, 10, 3, 10, 0.1705, 0.8090 } };
	(void)state;
	for (size_t i = 0; i < COUNT(known); i++) {
		double p1 = known[i].a / known[i].m, p2 = known[i].b / known[i].n;
		struct interval d = interval_difference(p1, interval_proportion(p1, known[i].m, 0), p2,
		                                        interval_proportion(p2, known[i].n, 0));
		assert_true(fabs(d.low - known[i].low) < 5e-5);
		assert_true(fabs(d.high - known[i].high) < 5e-5);
	}
}

static enum code add_file(const struct page *p, const char *text, struct comparison *c, struct err *err)
{
	struct results *results = arena_new(&site.arena, struct results);
	assert_ok(figure_results(p, site.card, results, err), err);
	*c = (struct comparison){ .form = site.card };
	assert_true(compare_add_form(p, results, site.card, c));
	TRY(compare_add_file(p, results, "Ailleurs", text, strlen(text), c, err));
	compare_fill(p, results, c);
	return OK;
}

static void test_files(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	struct page p = page_of(&site.facilitator);
	struct comparison c;
	for (int i = 0; i < 20; i++)
		site_card(&site, &site.facilitator,
		          arena_printf(&site.arena, "{\"nom\":\"Fiche %d\",\"genre\":\"%s\"}", i,
		                       i < 15 ? "asso" : "lieu"));
	assert_ok(store_read_begin(site.store, &p.db, &err), &err);
	/* As our tables of results are exported. Two lines cannot be taken. */
	static const char counts[] =
	        "Question;Réponse donnée;Nombre;Part des personnes, en %\nGenre;asso;6;20\nGenre;lieu;24;80\nGenre;rien;3;1\n"
	        "Inconnue;oui;3;1\n";
	assert_ok(add_file(&p, counts, &c, &err), &err);
	assert_int_equal(c.taken, 2);
	assert_int_equal(c.nrefusals, 2);
	assert_int_equal(c.refusals[0].line, 4);
	assert_int_equal(c.refusals[1].line, 5);
	const struct compare_question *q = NULL;
	for (int i = 0; i < c.n; i++)
		if (strcmp(c.questions[i].key, "genre") == 0) q = &c.questions[i];
	assert_non_null(q);
	assert_int_equal(q->bases[1], 30);
	/* 15 of 20 and 6 of 30: 55 points less; method 10 from Wilson's intervals. */
	const struct compare_cell *cell = &q->lines[0].cells[1];
	assert_true(fabs(cell->difference + 0.55) < 1e-9);
	assert_int_equal(compare_sign(cell), -1);
	assert_non_null(q->words[0]);
	/* Answers, a line each: in codes or in words; under 5 they are hidden. */
	static const char answers[] = "genre,autre chose\nasso,x\nasso,x\nlieu,\nfaux,x\n";
	assert_ok(add_file(&p, answers, &c, &err), &err);
	assert_int_equal(c.taken, 3);
	assert_int_equal(c.nrefusals, 3); /* a column, an answer, a line with nothing else */
	/* None of ours. */
	assert_int_equal(add_file(&p, "a,b\n1,2\n", &c, &err), E_INPUT);
	assert_int_equal(add_file(&p, "", &c, &err), E_INPUT);
	store_read_end(site.store);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_read_anything),
		cmocka_unit_test(test_difference),
		BOTH(test_blocks),
		BOTH(test_anchors),
		BOTH(test_kept),
		BOTH(test_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

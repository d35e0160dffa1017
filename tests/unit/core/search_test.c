#include "core/search.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "support/seeds.h"
#include "support/site.h"

static const char definitions[] =
        "{'spaces': [{'key': 'tours', 'name': 'Tours'},"
        "            {'key': 'equipe', 'name': 'Équipe', 'visibility': 'members', 'publication': 'members'}],"
        " 'forms': [{'key': 'quartier', 'title': 'nom', 'fields': ["
        "   {'key': 'nom', 'type': 'text'},"
        "   {'key': 'autres_noms', 'type': 'tags'},"
        "   {'key': 'texte', 'type': 'longtext'},"
        "   {'key': 'membres', 'type': 'longtext', 'audience': 'members'},"
        "   {'key': 'suivi', 'type': 'longtext', 'audience': 'facilitators'}]},"
        "  {'key': 'espace', 'title': 'nom', 'fields': ["
        "   {'key': 'nom', 'type': 'text'},"
        "   {'key': 'genre', 'type': 'choice', 'choices': [{'key': 'epn', 'label': 'EPN'}]},"
        "   {'key': 'texte', 'type': 'longtext'},"
        "   {'key': 'quartier', 'type': 'relation', 'form': 'quartier'},"
        "   {'key': 'secret', 'type': 'relation', 'form': 'quartier', 'audience': 'members'}]}]}";

static struct test_model m;

static struct id add(const char *form, const char *space, const char *values)
{
	return test_save(&m, &actor_program, (struct id){ 0 }, form, space, test_json(&m.arena, values));
}

static void change(struct id id, const char *form, const char *space, const char *values)
{
	test_save(&m, &actor_program, id, form, space, test_json(&m.arena, values));
}

static struct search_result search_with(const struct actor *actor, const struct search_options *options)
{
	struct err err = { 0 };
	struct db *db;
	struct search_result result;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(search_run(db, &m.arena, m.model, actor, options, &result, &err), &err);
	store_read_end(m.store);
	return result;
}

static struct search_result search(const struct actor *actor, const char *text)
{
	return search_with(actor, &(struct search_options){ .text = text, .limit = SEARCH_PAGE_MAX });
}

/* The titles found, one after the other. */
static const char *titles(const struct search_result *result)
{
	struct buf out;
	buf_init(&out, &m.arena, 0);
	for (int i = 0; i < result->n; i++) buf_printf(&out, "%s%s", i ? ", " : "", result->hits[i].record->title);
	return buf_str(&out);
}

static void assert_found(const struct actor *actor, const char *text, const char *expected)
{
	struct search_result result = search(actor, text);
	assert_string_equal(titles(&result), expected);
}

static void setup(void **state)
{
	test_model_init(&m, test_store(state), definitions);
}

static char *id_text(struct id id)
{
	return id_format(id, arena_alloc(&m.arena, ID_TEXT + 1));
}

/* Accents, plurals, mistakes, other names, beginnings */

static void test_words(void **state)
{
	setup(state);
	add("quartier", "tours",
	    "{'nom': 'La Rabâterie', 'autres_noms': ['La Rabaterie'], 'texte': 'Au bord du Cher'}");
	add("quartier", "tours", "{'nom': 'La Galboisière', 'autres_noms': ['La Galboiserie']}");
	add("quartier", "tours", "{'nom': 'Sanitas', 'texte': 'Des ateliers de réparation de vélos'}");
	assert_found(&actor_visitor, "rabaterie", "La Rabâterie");
	assert_found(&actor_visitor, "RABÂTERIE", "La Rabâterie");
	assert_found(&actor_visitor, "galboiserie", "La Galboisière");
	assert_found(&actor_visitor, "galboisiere", "La Galboisière");
	assert_found(&actor_visitor, "l’atelier vélo", "Sanitas");
	assert_found(&actor_visitor, "atel", "Sanitas");
	assert_found(&actor_visitor, "cher", "La Rabâterie");
	assert_found(&actor_visitor, "", "");
	assert_found(&actor_visitor, "de la", "");
	assert_found(&actor_visitor, "\" OR title:* ' & | ! :* \\", "");
	struct search_result result = search(&actor_visitor, "Rabatrie");
	assert_string_equal(titles(&result), "La Rabâterie");
	assert_string_equal(result.corrected, "rabaterie");
	result = search(&actor_visitor, "les velso du santas");
	assert_string_equal(titles(&result), "Sanitas");
	assert_string_equal(result.corrected, "les velos du sanitas");
	result = search(&actor_visitor, "xyzzyx rabaterie");
	assert_string_equal(titles(&result), "La Rabâterie");
	assert_string_equal(result.corrected, "rabaterie");
	result = search(&actor_visitor, "rabaterie");
	assert_null(result.corrected);
	result = search(&actor_visitor, "xyzzyx");
	assert_int_equal(result.total, 0);
	assert_null(result.corrected);
	test_model_release(&m);
}

/* Names before texts, the name that is the query before longer ones, then what says it more */
static void test_order(void **state)
{
	setup(state);
	add("quartier", "tours", "{'nom': 'Le Sanitas', 'texte': 'Un EPN'}");
	add("espace", "tours", "{'nom': 'EPN du Sanitas', 'genre': 'epn'}");
	add("espace", "tours",
	    "{'nom': 'Bibliothèque', 'texte': 'Entre autres choses, à deux pas du Sanitas, on y lit.'}");
	add("espace", "tours", "{'nom': 'Gymnase', 'texte': 'Sanitas sport. Le sport au Sanitas pour le Sanitas.'}");
	assert_found(&actor_visitor, "sanitas", "Le Sanitas, EPN du Sanitas, Gymnase, Bibliothèque");
	assert_found(&actor_visitor, "epn sanitas", "EPN du Sanitas, Le Sanitas");
	struct search_result result = search(&actor_visitor, "sanitas");
	assert_int_equal(result.total, 4);
	assert_int_equal(result.nkinds, 2);
	assert_string_equal(result.kinds[0].form->key, "espace");
	assert_int_equal(result.kinds[0].count, 3);
	assert_int_equal(result.kinds[1].count, 1);
	struct search_options options = { .text = "sanitas", .form = test_form(&m, "espace"), .limit = 2 };
	result = search_with(&actor_visitor, &options);
	assert_string_equal(titles(&result), "EPN du Sanitas, Gymnase");
	assert_int_equal(result.total, 3);
	assert_int_equal(result.nkinds, 2);
	options.offset = 2;
	result = search_with(&actor_visitor, &options);
	assert_string_equal(titles(&result), "Bibliothèque");
	options = (struct search_options){ .text = "sanitas", .space = test_space(&m, "equipe"), .limit = 5 };
	assert_int_equal(search_with(&actor_program, &options).total, 0);
	test_model_release(&m);
}

/* A record is found by the names of those it points to, as they are now */
static void test_related(void **state)
{
	setup(state);
	struct id rabiere = add("quartier", "tours", "{'nom': 'La Rabière'}");
	struct id hidden = add("quartier", "equipe", "{'nom': 'Zanzibar'}");
	add("espace", "tours",
	    arena_printf(&m.arena, "{'nom': 'EPN de Résoudre', 'quartier': ['%s', '%s']}", id_text(rabiere),
	                 id_text(hidden)));
	add("espace", "tours", arena_printf(&m.arena, "{'nom': 'Ailleurs', 'secret': ['%s']}", id_text(rabiere)));
	struct actor member = test_person(&m, "tours", LEVEL_MEMBER);
	assert_found(&actor_visitor, "EPN rabiere", "EPN de Résoudre");
	assert_found(&actor_visitor, "rabiere", "La Rabière, EPN de Résoudre");
	assert_found(&member, "rabiere ailleurs", "Ailleurs");
	assert_found(&actor_visitor, "rabiere ailleurs", "");
	assert_found(&member, "zanzibar", "");
	assert_found(&actor_program, "zanzibar", "Zanzibar");
	change(rabiere, "quartier", "tours", "{'nom': 'Morier'}");
	assert_found(&actor_visitor, "epn morier", "EPN de Résoudre");
	assert_found(&member, "ailleurs morier", "Ailleurs");
	assert_int_equal(search(&actor_program, "rabiere").total, 0);
	test_set_state(&m, rabiere, STATE_TRASH);
	assert_int_equal(search(&actor_program, "morier").total, 0);
	test_set_state(&m, rabiere, STATE_PUBLISHED);
	assert_found(&actor_visitor, "epn morier", "EPN de Résoudre");
	test_model_release(&m);
}

/* What some may not read finds nothing for them, is not proposed, stands in no extract */

static bool says(const struct search_result *result, const char *word)
{
	bool said = result->corrected && strstr(result->corrected, word);
	for (int i = 0; i < result->n; i++) said |= strstr(result->hits[i].extract, word) != NULL;
	return said;
}

static void test_private(void **state)
{
	setup(state);
	add("quartier", "tours",
	    "{'nom': 'Sanitas', 'texte': 'Le jardin partagé', 'membres': 'Le jardin : code kanariv',"
	    "'suivi': 'Le jardin : conflit zorglub'}");
	add("quartier", "equipe", "{'nom': 'Bureau', 'texte': 'Le jardin blurzup'}");
	add("quartier", "tours", "{'nom': 'Kanaris'}");
	struct actor contributor = test_person(&m, NULL, LEVEL_CONTRIBUTOR);
	struct actor member = test_person(&m, "tours", LEVEL_MEMBER);
	struct actor facilitator = test_person(&m, "tours", LEVEL_FACILITATOR);
	struct actor team = test_person(&m, "equipe", LEVEL_MEMBER);
	const struct {
		const struct actor *actor;
		bool kanariv, zorglub, blurzup;
	} readers[] = {
		{ &actor_visitor, false, false, false }, { &contributor, false, false, false },
		{ &member, true, false, false },         { &facilitator, true, true, false },
		{ &team, false, false, true },           { &actor_program, true, true, true },
	};
	for (size_t i = 0; i < COUNT(readers); i++) {
		const struct actor *actor = readers[i].actor;
		assert_found(actor, "zorglub", readers[i].zorglub ? "Sanitas" : "");
		assert_found(actor, "blurzup", readers[i].blurzup ? "Bureau" : "");
		assert_found(actor, "kanariv", readers[i].kanariv ? "Sanitas" : "Kanaris");
		/* Nearly them: a correction names public words only. */
		static const char *const near[] = { "zorglubb", "blurzip", "kanarif", "zorgl", "blurz" };
		for (size_t j = 0; j < COUNT(near); j++) {
			struct search_result result = search(actor, near[j]);
			if (result.corrected) assert_string_equal(result.corrected, "kanaris");
			assert_false(!readers[i].zorglub && says(&result, "zorglub"));
			assert_false(!readers[i].kanariv && says(&result, "kanariv"));
			assert_false(!readers[i].zorglub && strstr(titles(&result), "Sanitas"));
			assert_false(!readers[i].blurzup && strstr(titles(&result), "Bureau"));
		}
		struct search_result result = search(actor, "jardin");
		assert_int_equal(says(&result, "kanariv"), readers[i].kanariv);
		assert_int_equal(says(&result, "zorglub"), readers[i].zorglub);
		assert_int_equal(says(&result, "blurzup"), readers[i].blurzup);
		assert_int_equal(result.total, readers[i].blurzup ? 2 : 1);
	}
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM word WHERE word IN ('kanariv', 'zorglub', 'blurzup')"), 0);
	assert_int_equal(test_int(&m, "SELECT n FROM word WHERE word = 'jardin'"), 1);
	test_model_release(&m);
}

static void test_gone(void **state)
{
	setup(state);
	struct id id = add("quartier", "tours", "{'nom': 'Sanitas', 'texte': 'Un jardin', 'suivi': 'zorglub'}");
	struct id other = add("quartier", "tours", "{'nom': 'Europe', 'texte': 'Un jardin'}");
	assert_int_equal(test_int(&m, "SELECT n FROM word WHERE word = 'jardin'"), 2);
	test_set_state(&m, id, STATE_TRASH);
	assert_int_equal(search(&actor_program, "sanitas").total, 0);
	assert_int_equal(search(&actor_program, "zorglub").total, 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM search_doc"), 1);
	assert_int_equal(test_int(&m, "SELECT n FROM word WHERE word = 'jardin'"), 1);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM trigram WHERE word = 'sanitas'"), 0);
	test_set_state(&m, other, STATE_ARCHIVED);
	assert_found(&actor_visitor, "jardin", "Europe");
	test_set_state(&m, other, STATE_TRASH);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM word"), 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM trigram"), 0);
	test_set_state(&m, id, STATE_PUBLISHED);
	assert_found(&actor_visitor, "jardin", "Sanitas");
	change(id, "quartier", "tours", "{'texte': null}");
	assert_found(&actor_visitor, "jardin", "");
	test_model_release(&m);
}

/* Extracts and marks */

static void add_mark(void *arg, size_t start, size_t len)
{
	buf_printf(arg, "[%zu,%zu]", start, len);
}

static void test_extracts(void **state)
{
	setup(state);
	struct buf text;
	buf_init(&text, &m.arena, 0);
	buf_puts(&text, "{'nom': 'Long', 'autres_noms': ['Autre nom', 'Surnom'], 'texte': 'Début. ");
	for (int i = 0; i < 300; i++) buf_puts(&text, "du remplissage été ; ");
	buf_puts(&text, "voici des vélos réparés ici. ");
	for (int i = 0; i < 300; i++) buf_puts(&text, "encore du texte à côté, ");
	buf_puts(&text, "fin.'}");
	add("quartier", "tours", buf_str(&text));
	struct search_result result = search(&actor_visitor, "velo reparation");
	assert_int_equal(result.n, 1);
	const char *extract = result.hits[0].extract;
	assert_non_null(strstr(extract, "voici des vélos réparés ici."));
	assert_true(text_valid(extract, strlen(extract)));
	assert_true(text_length(extract) >= 150 && text_length(extract) <= 205);
	assert_int_equal(strncmp(extract, "…", 3), 0);
	assert_string_equal(extract + strlen(extract) - 3, "…");
	result = search(&actor_visitor, "long");
	assert_int_equal(strncmp(result.hits[0].extract, "Début. du remplissage", 21), 0);
	result = search(&actor_visitor, "fin"); /* in the end: as much before it */
	assert_true(text_length(result.hits[0].extract) >= 150);
	result = search(&actor_visitor, "surnom");
	assert_non_null(strstr(result.hits[0].extract, "Autre nom, Surnom"));
	static const char *const cases[][3] = {
		{ "velo", "Des vélos, un Vélo", "[4,6][15,5]" },
		{ "rabat", "La Rabâterie", "[3,10]" },
		{ "epn rabiere", "EPN de la Rabière", "[0,3][10,8]" },
		{ "la", "La Rabière", "" },
		{ "art", "art, artiste", "[0,3]" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf marks;
		buf_init(&marks, &m.arena, 0);
		search_marks(&m.arena, cases[i][0], cases[i][1], add_mark, &marks);
		assert_string_equal(buf_str(&marks), cases[i][2]);
	}
	test_model_release(&m);
}

/* Any reader finds the records whose readable text holds the words, and no other */

enum { RECORDS = 40 };

static const char *random_words(int max)
{
	static const char *const words[] = { "jardin", "atelier", "vélo",    "marché", "école", "pont",    "gare",
		                             "loire",  "fête",    "sanitas", "EPN",    "2013",  "zorglub", "kanariv" };
	struct buf out;
	buf_init(&out, &m.arena, 0);
	for (int n = 1 + (int)random_below((uint32_t)max); n; n--)
		buf_printf(&out, "%s%s", words[random_below(COUNT(words))], n > 1 ? " " : "");
	return buf_str(&out);
}

static void random_record(struct id *id)
{
	static const char *const fields[] = { "nom", "texte", "membres", "suivi" };
	json_t *values = json_keep(&m.arena, json_object());
	for (size_t i = 0; i < COUNT(fields); i++)
		if (id_is_zero(*id) || random_below(2))
			json_object_set_new(values, fields[i],
			                    random_below(5) ? json_string(random_words(3)) : json_null());
	*id = test_save(&m, &actor_program, *id, "quartier", random_below(3) ? "tours" : "equipe", values);
	if (random_below(6) == 0) test_set_state(&m, *id, random_below(2) ? STATE_ARCHIVED : STATE_TRASH);
}

static bool is_hit(const struct search_result *result, struct id id)
{
	for (int i = 0; i < result->n; i++)
		if (id_equal(result->hits[i].record->id, id)) return true;
	return false;
}

static void check_search(const struct actor *actor, const struct id *ids, const char *text)
{
	struct search_result result = search(actor, text);
	int64_t expected = 0;
	const char *wanted = result.corrected ? result.corrected : text;
	for (int i = 0; i < RECORDS; i++) {
		struct err err = { 0 };
		struct db *db;
		struct record *record;
		assert_ok(store_read_begin(m.store, &db, &err), &err);
		enum code code = record_load(db, &m.arena, m.model, actor, ids[i], &record, &err);
		store_read_end(m.store);
		bool found = code == OK && record->state != STATE_TRASH &&
		             test_holds_words(&m.arena, record, wanted, false);
		expected += found;
		assert_int_equal(is_hit(&result, ids[i]), found);
	}
	assert_int_equal(result.total, expected);
	assert_int_equal(result.n, expected);
}

static void test_readers(void **state)
{
	setup(state);
	struct actor readers[] = { actor_visitor,
		                   actor_program,
		                   test_person(&m, NULL, LEVEL_CONTRIBUTOR),
		                   test_person(&m, "tours", LEVEL_MEMBER),
		                   test_person(&m, "tours", LEVEL_FACILITATOR),
		                   test_person(&m, "equipe", LEVEL_MEMBER),
		                   test_person(&m, "equipe", LEVEL_FACILITATOR) };
	struct id ids[RECORDS] = { 0 };
	seeds_begin(5);
	while (seeds_next()) {
		for (int i = 0; i < RECORDS; i++) random_record(&ids[i]);
		for (int i = 0; i < 30; i++) check_search(&readers[random_below(COUNT(readers))], ids, random_words(2));
	}
	test_model_release(&m);
}

/* More than can be ranked: names first all the same, then newest first, each once over the pages */
static enum code add_many(struct tx *tx, void *arg, struct err *err)
{
	struct arena *a = &m.arena;
	int n = *(int *)arg;
	for (int i = 0; i < n; i++) {
		struct issues issues;
		issues_init(&issues, a);
		char text[100];
		snprintf(text, sizeof(text),
		         i % 100 == 7 ? "{'nom': 'Sanitas %d', 'texte': 'x'}"
		                      : "{'nom': 'Lieu %d', 'texte': 'sanitas'}",
		         i);
		struct save save = { .actor = &actor_program,
			             .form = test_form(&m, i % 2 ? "quartier" : "espace"),
			             .space = test_space(&m, "tours"),
			             .values = test_json(a, text),
			             .state = STATE_PUBLISHED };
		TRY(record_save(tx, a, m.model, &save, &issues, err));
	}
	return OK;
}

static void test_many(void **state)
{
	struct err err = { 0 };
	int n = 1203;
	setup(state);
	assert_ok(store_write(m.store, add_many, &n, &err), &err);
	struct search_options options = { .text = "sanitas", .limit = 5 };
	struct search_result result = search_with(&actor_visitor, &options);
	assert_int_equal(result.total, SEARCH_TOTAL_MAX + 1);
	assert_string_equal(titles(&result), "Sanitas 1107, Sanitas 1007, Sanitas 907, Sanitas 807, Sanitas 707");
	assert_int_equal(result.nkinds, 2);
	assert_int_equal(result.kinds[0].count, -1);
	options.offset = 10;
	result = search_with(&actor_visitor, &options);
	assert_string_equal(titles(&result), "Sanitas 107, Sanitas 7, Lieu 1202, Lieu 1201, Lieu 1200");
	options.offset = 15;
	result = search_with(&actor_visitor, &options);
	assert_string_equal(titles(&result), "Lieu 1199, Lieu 1198, Lieu 1197, Lieu 1196, Lieu 1195");
	options.form = test_form(&m, "espace");
	options.offset = 0;
	result = search_with(&actor_visitor, &options);
	assert_int_equal(result.total, 602);
	assert_int_equal(result.nkinds, 2);
	assert_string_equal(titles(&result), "Lieu 1202, Lieu 1200, Lieu 1198, Lieu 1196, Lieu 1194");
	test_model_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_words),   BOTH_ENGINES(test_order), BOTH_ENGINES(test_related),
		BOTH_ENGINES(test_private), BOTH_ENGINES(test_gone),  BOTH_ENGINES(test_extracts),
		BOTH_ENGINES(test_readers), BOTH_ENGINES(test_many),
	};
	return cmocka_run_group_tests(tests, NULL, seeds_teardown);
}

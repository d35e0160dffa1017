/* Where the links, tags and embeds of a text lead, on a site with records; related records. */
#include "fields/rich_text.h"

#include <string.h>

#include "base/text.h"
#include "core/index.h"
#include "fields/fields.h"
#include "fields/relation.h"
#include "support/site.h"

static const char definitions[] =
        "{'spaces': [{'key': 'tours', 'name': 'Tours'}, {'key': 'atelier', 'name': 'Atelier'},"
        "            {'key': 'equipe', 'name': 'Équipe', 'visibility': 'members', 'publication': 'members'}],"
        " 'forms': [{'key': 'page', 'title': 'titre', 'fields': ["
        "   {'key': 'titre', 'type': 'text'},"
        "   {'key': 'texte', 'type': 'longtext'},"
        "   {'key': 'note', 'type': 'longtext', 'audience': 'members'}]},"
        "  {'key': 'quartier', 'title': 'nom', 'fields': ["
        "   {'key': 'nom', 'type': 'text'},"
        "   {'key': 'autres_noms', 'type': 'tags'},"
        "   {'key': 'voisins', 'type': 'relation', 'form': 'quartier', 'many': true}]}]}";

static struct test_model m;
static struct db *db;

static void setup(void **state)
{
	test_model_init(&m, test_store(state), definitions);
}

static struct id add(const char *form, const char *space, const char *values)
{
	return test_save(&m, &actor_program, (struct id){ 0 }, form, space, test_json(&m.arena, values));
}

static const char *id_text(struct id id)
{
	return id_format(id, arena_alloc(&m.arena, ID_TEXT + 1));
}

static struct page page_for(const struct actor *actor, const char *space)
{
	return (struct page){ .arena = &m.arena,
		              .lang = LANG_FR,
		              .model = m.model,
		              .actor = actor,
		              .db = db,
		              .space = space ? test_space(&m, space) : NULL };
}

static const char *shown(const struct actor *actor, const char *space, const char *text)
{
	struct err err;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	struct page p = page_for(actor, space);
	struct html_safe html = rich_text_html(&p, text);
	store_read_end(m.store);
	return html.ptr;
}

#define assert_shown(actor, space, text, html) assert_string_equal(shown((actor), (space), (text)), "<p>" html "</p>\n")

/* By title in any writing, by another name, by address, by id. */
static void test_links(void **state)
{
	setup(state);
	add("page", "tours", "{'titre': 'Licence et réutilisation'}");
	add("quartier", "tours", "{'nom': 'La Galboisière', 'autres_noms': ['La Galboiserie']}");
	struct id id = add("quartier", "tours", "{'nom': 'La Rabière'}");
	assert_shown(&actor_visitor, NULL, "[[Licence et réutilisation]]",
	             "<a href=\"/licence-et-reutilisation\">Licence et réutilisation</a>");
	assert_shown(&actor_visitor, NULL, "[[LICENCE  et reutilisation|ce que vous pouvez]]",
	             "<a href=\"/licence-et-reutilisation\">ce que vous pouvez</a>");
	assert_shown(&actor_visitor, NULL, "[[la galboiserie]]", "<a href=\"/la-galboisiere\">la galboiserie</a>");
	/* An address says nothing to people: the title does. */
	assert_shown(&actor_visitor, NULL, "[[la-galboisiere]]", "<a href=\"/la-galboisiere\">La Galboisière</a>");
	assert_shown(&actor_visitor, NULL, "la [[rabière]]",
	             "la <a class=\"missing\" href=\"/-/new/page?titre=rabi%C3%A8re\">rabière <span>(à "
	             "écrire)</span></a>");
	assert_string_equal(shown(&actor_visitor, NULL, arena_printf(&m.arena, "[[%s]]", id_text(id))),
	                    "<p><a href=\"/la-rabiere\">La Rabière</a></p>\n");
	test_model_release(&m);
}

/* Who wrote a link under the former title leads to the same record, and shows what it is called now; words
 * of one's own, other names and the present title stay as they were typed. */
static void test_renamed(void **state)
{
	setup(state);
	struct id id = add("quartier", "tours", "{'nom': 'Rabière', 'autres_noms': ['EPN-sud']}");
	const char *text = "[[Rabière]] [[rabiere|là-bas]] [[EPN-sud]]";
	assert_shown(
	        &actor_visitor, NULL, text,
	        "<a href=\"/rabiere\">Rabière</a> <a href=\"/rabiere\">là-bas</a> <a href=\"/rabiere\">EPN-sud</a>");
	test_save(&m, &actor_program, id, "quartier", "tours",
	          test_json(&m.arena, "{'nom': 'Quartier de la Rabière'}"));
	assert_shown(
	        &actor_visitor, NULL, text,
	        "<a href=\"/rabiere\">Quartier de la Rabière</a> <a href=\"/rabiere\">là-bas</a> <a href=\"/rabiere\">EPN-sud</a>");
	assert_shown(&actor_visitor, NULL, "[[quartier de la RABIERE]]",
	             "<a href=\"/rabiere\">quartier de la RABIERE</a>");
	test_model_release(&m);
}

static void test_missing(void **state)
{
	setup(state);
	struct id id = add("page", "equipe", "{'titre': 'Secret'}");
	assert_shown(&actor_visitor, NULL, "[[Agora & co]]",
	             "<a class=\"missing\" href=\"/-/new/page?titre=Agora%20%26%20co\">Agora &amp; co <span>(à "
	             "écrire)</span></a>");
	assert_shown(&actor_visitor, "atelier", "[[x]]",
	             "<a class=\"missing\" href=\"/-/new/page?titre=x&amp;espace=atelier\">x <span>(à "
	             "écrire)</span></a>");
	/* What one may not read is as if it were not there. */
	assert_shown(&actor_visitor, NULL, "[[Secret]]",
	             "<a class=\"missing\" href=\"/-/new/page?titre=Secret\">Secret <span>(à écrire)</span></a>");
	struct actor member = test_person(&m, "equipe", LEVEL_MEMBER);
	assert_shown(&member, NULL, "[[Secret]]", "<a href=\"/e/equipe/secret\">Secret</a>");
	/* Written, then thrown away. */
	add("page", "tours", "{'titre': 'Agora & co'}");
	assert_shown(&actor_visitor, NULL, "[[Agora & co]]", "<a href=\"/agora-co\">Agora &amp; co</a>");
	test_set_state(&m, id, STATE_TRASH);
	assert_non_null(strstr(shown(&actor_visitor, "equipe", "[[Secret]]"), "class=\"missing\""));
	test_model_release(&m);
}

/* The space of the text first, then the others. */
static void test_spaces(void **state)
{
	setup(state);
	add("page", "tours", "{'titre': 'Bilan'}");
	add("page", "atelier", "{'titre': 'Bilan'}");
	add("page", "atelier", "{'titre': 'Outils'}");
	assert_shown(&actor_visitor, NULL, "le [[bilan]]", "le <a href=\"/bilan\">bilan</a>");
	assert_shown(&actor_visitor, NULL, "[[Bilan]]", "<a href=\"/bilan\">Bilan</a>");
	assert_shown(&actor_visitor, "atelier", "[[Bilan]]", "<a href=\"/e/atelier/bilan\">Bilan</a>");
	assert_shown(&actor_visitor, NULL, "[[Outils]]", "<a href=\"/e/atelier/outils\">Outils</a>");
	test_model_release(&m);
}

static int count_backlinks(struct id id)
{
	struct err err = { 0 };
	struct record *record;
	struct backlink *links;
	int n;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(record_load(db, &m.arena, m.model, &actor_visitor, id, &record, &err), &err);
	assert_ok(index_backlinks(db, &m.arena, m.model, &actor_visitor, record, 10, &links, &n, &err), &err);
	store_read_end(m.store);
	return n;
}

/* A page knows who cites it by its address or by its title, written before it or after. */
static void test_backlinks(void **state)
{
	setup(state);
	add("page", "tours", "{'titre': 'Un', 'texte': 'Voir [[Écrire une page]].'}");
	struct id id = add("page", "tours", "{'titre': 'Écrire une page'}");
	assert_int_equal(count_backlinks(id), 1);
	add("page", "tours", "{'titre': 'Deux', 'texte': '[[ecrire-une-page|ici]] et [[ECRIRE une page]]'}");
	add("page", "tours",
	    "{'titre': 'Trois', 'note': '[[Écrire une page]]'}"); /* a part that visitors do not read */
	assert_int_equal(count_backlinks(id), 2);
	test_model_release(&m);
}

/* Its address stays when its title changes. */
static void test_backlinks_renamed(void **state)
{
	setup(state);
	struct id id = add("page", "tours", "{'titre': 'Aide'}");
	add("page", "tours", "{'titre': 'Un', 'texte': '[[Mode d’emploi]]'}");
	assert_int_equal(count_backlinks(id), 0);
	test_save(&m, &actor_program, id, "page", "tours", test_json(&m.arena, "{'titre': 'Mode d’emploi'}"));
	assert_shown(&actor_visitor, NULL, "[[Mode d’emploi]]", "<a href=\"/aide\">Mode d’emploi</a>");
	assert_int_equal(count_backlinks(id), 1);
	/* Another page that takes this address is the one that is meant. */
	struct id other = add("page", "tours", "{'titre': 'Mode d’emploi'}");
	assert_shown(&actor_visitor, NULL, "[[Mode d’emploi]]", "<a href=\"/mode-d-emploi\">Mode d’emploi</a>");
	assert_int_equal(count_backlinks(id), 0);
	assert_int_equal(count_backlinks(other), 1);
	test_model_release(&m);
}

static int draws;

static void draw(struct buf *out, const struct page *p, const char *name, const char *arguments)
{
	draws++;
	buf_printf(out, "<b>%s %s</b>", name, arguments);
	rich_text_show(out, p, "{{vue encore}}");
}

static void test_embeds_and_tags(void **state)
{
	setup(state);
	struct page p = page_for(&actor_visitor, NULL);
	p.db = NULL;
	p.embed = draw;
	draws = 0;
	assert_string_equal(rich_text_html(&p, "{{vue annuaire taille=3}}").ptr, "<b>vue annuaire taille=3</b>");
	assert_int_equal(draws, 1);
	assert_string_equal(rich_text_html(&p, "#fête").ptr,
	                    "<p><a rel=\"tag\" href=\"/-/search?q=f%C3%AAte\">#fête</a></p>\n");
	assert_string_equal(rich_text_html(&p, "[[x]]").ptr, "<p>x</p>\n"); /* no snapshot to look in */
	p.embed = NULL;
	assert_string_equal(rich_text_html(&p, "{{vue annuaire}}").ptr, "");
	test_model_release(&m);
}

/* ---- Related records: their ids are kept, their titles are shown, those that may be read only. ---- */

static void test_relation(void **state)
{
	setup(state);
	struct issues issues;
	struct err err = { 0 };
	char said[500];
	issues_init(&issues, &m.arena);
	const char *a = id_text(add("quartier", "tours", "{'nom': 'Les <Sables>'}"));
	const char *b = id_text(add("quartier", "equipe", "{'nom': 'Caché'}"));
	const struct field *field = form_field(test_form(&m, "quartier"), "voisins");
	const json_t *value = test_json(&m.arena, arena_printf(&m.arena, "['%s','%s']", a, b));
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	struct page p = page_for(&actor_visitor, NULL);
	struct buf out;
	buf_init(&out, &m.arena, 0);
	field_relation.show(&out, &p, field, value);
	assert_string_equal(text_trim(&m.arena, buf_str(&out)), "<a href=\"/les-sables\">Les &lt;Sables&gt;</a>");
	/* Editing shows what may be read and loses nothing. */
	buf_reset(&out);
	field_relation.edit(&out, &p, field, value);
	assert_non_null(strstr(buf_str(&out), arena_printf(&m.arena, "value=\"%s\"", a)));
	assert_non_null(
	        strstr(buf_str(&out), arena_printf(&m.arena, "type=\"hidden\" name=\"voisins\" value=\"%s\"", b)));
	assert_null(strstr(buf_str(&out), "Caché"));
	assert_string_equal(field_relation.key_label(field, a, &p), "Les <Sables>");
	assert_string_equal(field_relation.key_label(field, b, &p), "(non disponible)");
	buf_reset(&out);
	field_relation.plain(&out, &p, field, value);
	assert_string_equal(buf_str(&out), "Les <Sables>\n(non disponible)");
	store_read_end(m.store);

	field_relation.check(field, value, &issues);
	assert_int_equal(issues.count, 0);
	static const char *const refused[][2] = {
		{ "{}", "This should be a list of records." },
		{ "['tours']", "“tours” is not the address of a record." },
		{ "[3]", "“” is not the address of a record." },
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		issues_init(&issues, &m.arena);
		field_relation.check(field, test_json(&m.arena, refused[i][0]), &issues);
		assert_int_equal(issues.count, 1);
		assert_string_equal(err_text(&issues.first->err, LANG_EN, said, sizeof(said)), refused[i][1]);
	}
	/* Ids are read in any writing, kept in one. */
	char *upper = arena_strdup(&m.arena, a);
	for (char *c = upper; *c; c++)
		if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 32);
	issues_init(&issues, &m.arena);
	json_t *imported = field_relation.import(field, upper, &issues);
	assert_string_equal(json_string_value(json_array_get(imported, 0)), a);
	assert_string_equal(field_relation.key(field, upper, &m.arena), a);
	assert_null(field_relation.import(field, "Les Sables", &issues));
	assert_int_equal(issues.count, 1);
	test_model_release(&m);
}

struct posting {
	const char *id, *name;
};

static const char *get(const void *context, const char *name, int i)
{
	const struct posting *posting = context;
	if (i > 0) return NULL;
	return strcmp(name, "voisins") == 0 ? posting->id : strcmp(name, "voisins.name") == 0 ? posting->name : NULL;
}

/* A name that the list did not show: found as links find it, else said. */
static void test_relation_named(void **state)
{
	setup(state);
	struct issues issues;
	struct err err = { 0 };
	issues_init(&issues, &m.arena);
	const char *a = id_text(add("quartier", "tours", "{'nom': 'Rochepinard'}"));
	const char *b = id_text(add("quartier", "tours", "{'nom': 'Sanitas'}"));
	const struct field *field = form_field(test_form(&m, "quartier"), "voisins");
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	struct posting posting = { a, "SANITAS" };
	struct field_post post = {
		.get = get, .context = &posting, .db = db, .model = m.model, .actor = &actor_visitor
	};
	json_t *value = field_relation.read(field, &post, &issues);
	assert_int_equal(json_array_size(value), 2);
	assert_string_equal(json_string_value(json_array_get(value, 0)), a);
	assert_string_equal(json_string_value(json_array_get(value, 1)), b);
	assert_int_equal(issues.count, 0);
	posting = (struct posting){ NULL, "Nulle part" };
	assert_null(field_relation.read(field, &post, &issues));
	assert_int_equal(issues.count, 1);
	store_read_end(m.store);
	test_model_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_links),          BOTH_ENGINES(test_renamed),   BOTH_ENGINES(test_missing),
		BOTH_ENGINES(test_spaces),         BOTH_ENGINES(test_backlinks), BOTH_ENGINES(test_backlinks_renamed),
		ONLY_SQLITE(test_embeds_and_tags), BOTH_ENGINES(test_relation),  BOTH_ENGINES(test_relation_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

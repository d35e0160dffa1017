/* A record called otherwise: the links to it in the texts of others. */
#include <string.h>

#include "core/index.h"
#include "support/site/site.h"

static struct site_fixture site;

#define SITE(state) site_fixture_init(&site, test_store(state))

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static struct id save_in(const struct actor *actor, const struct form *form, const struct space *space,
                         const char *values)
{
	struct err err = { 0 };
	struct save save = { .actor = actor,
		             .form = form,
		             .space = space,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, values) };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	return save.saved;
}

static struct id card(const char *name)
{
	return save_in(&site.facilitator, site.card, site.open, arena_printf(&site.arena, "{\"nom\":\"%s\"}", name));
}

/* A word whose sense is the text. */
static struct id text_in(const struct space *space, const char *text)
{
	return save_in(&site.administrator, site.term, space,
	               arena_printf(&site.arena, "{\"mot\":\"m\",\"sens\":\"%s\"}", text));
}

static const char *sense(struct id id)
{
	return json_str_or(site_load(&site, &site.administrator, id)->values, "sens", "");
}

static void rename_to(const struct actor *actor, struct id id, const char *name)
{
	struct save save = site_change(&site, actor, id, arena_printf(&site.arena, "{\"nom\":\"%s\"}", name));
	assert_true(save.renamed);
}

static void readdress(struct id id, const char *slug)
{
	struct err err = { 0 };
	struct save save = { .actor = &site.facilitator, .record = id, .slug = slug, .values = site_json(&site, "{}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_string_equal(save.final_slug, slug);
}

static int backlinks(struct id id)
{
	struct db *db;
	struct err err = { 0 };
	struct backlink *links;
	int n;
	const struct record *record = site_load(&site, &site.visitor, id);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(index_backlinks(db, &site.arena, site.model, &site.visitor, record, 100, &links, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

/* Title, whatever its case and accents; words stay; ids, addresses that still lead to it and code are left. */
static void test_title(void **state)
{
	SITE(state);
	struct id id = card("Fête d’été"), other = card("Bal");
	struct id text = text_in(site.open,
	                         "[[Fête d’été]] [[FETE D’ETE|la fête]] [[fete-d-ete]] `[[Fête d’été]]` [[Bal]]");
	rename_to(&site.facilitator, id, "Carnaval");
	assert_string_equal(sense(text), "[[Carnaval]] [[Carnaval|la fête]] [[fete-d-ete]] `[[Fête d’été]]` [[Bal]]");
	assert_int_equal(backlinks(id), 1);
	assert_int_equal(backlinks(other), 1);
	rename_to(&site.facilitator, id, "Mardi gras"); /* its address is that of the first title still */
	assert_string_equal(sense(text),
	                    "[[Mardi gras]] [[Mardi gras|la fête]] [[fete-d-ete]] `[[Fête d’été]]` [[Bal]]");
	assert_int_equal(backlinks(id), 1);
	assert_int_equal(site_rebuild(&site), 0);
}

static void test_address(void **state)
{
	SITE(state);
	struct id id = card("La fête");
	struct id text = text_in(site.open, "[[la-fete]] [[la-fete|ici]] [[La fête]]");
	readdress(id, "carnaval");
	assert_string_equal(sense(text), "[[carnaval]] [[carnaval|ici]] [[La fête]]");
	assert_int_equal(backlinks(id), 1);
	assert_int_equal(site_rebuild(&site), 0);
}

/* Of two with one title, a link by title leads to the first one: it is hers that is mended, and where the
 * new title is another's, the link gets the address. */
static void test_same_title(void **state)
{
	SITE(state);
	struct id first = card("Atelier"), second = card("Atelier"), third = card("Fournil");
	struct id text = text_in(site.open, "[[Atelier]] [[atelier-2]]");
	rename_to(&site.facilitator, second, "Cuisine");
	assert_string_equal(sense(text), "[[Atelier]] [[atelier-2]]");
	rename_to(&site.facilitator, first, "Fournil");
	assert_string_equal(sense(text), "[[atelier]] [[atelier-2]]");
	assert_int_equal(backlinks(third), 0);
	rename_to(&site.facilitator, first, "Le [grand] fournil");
	assert_string_equal(sense(text), "[[atelier]] [[atelier-2]]");
}

/* The renamer may write none of them; archived ones are mended and stay archived; the trash is left. */
static void test_states_and_rights(void **state)
{
	SITE(state);
	struct id id = save_in(&site.contributor, site.card, site.open, "{\"nom\":\"Jardin\"}");
	struct id archived = text_in(site.open, "[[Jardin]]"), trashed = text_in(site.open, "[[Jardin]]"),
	          elsewhere = text_in(site.closed, "[[Jardin]]");
	assert_int_equal(site_set_state(&site, &site.administrator, archived, STATE_ARCHIVED), OK);
	assert_int_equal(site_set_state(&site, &site.administrator, trashed, STATE_TRASH), OK);
	rename_to(&site.contributor, id, "Potager");
	assert_string_equal(sense(archived), "[[Potager]]");
	assert_int_equal(site_load(&site, &site.visitor, archived)->state, STATE_ARCHIVED);
	assert_string_equal(sense(trashed), "[[Jardin]]");
	assert_int_equal(site_load(&site, &site.administrator, trashed)->state, STATE_TRASH);
	assert_string_equal(sense(elsewhere), "[[Potager]]");
	assert_null(site_load(&site, &site.contributor, elsewhere));
	assert_int_equal(site_rebuild(&site), 0);
}

/* A name that only members read does not get into a text that everybody reads. */
static void test_confidential(void **state)
{
	SITE(state);
	struct id id = save_in(&site.administrator, site.card, site.closed, "{\"nom\":\"Bilan\"}");
	struct id open = text_in(site.open, "[[Bilan]]"), closed = text_in(site.closed, "[[Bilan]]");
	rename_to(&site.administrator, id, "Licenciement de Paul");
	assert_string_equal(sense(open), "[[Bilan]]");
	assert_string_equal(sense(closed), "[[Licenciement de Paul]]");
}

static void test_many(void **state)
{
	enum { LINKING = 500 };
	static struct id texts[LINKING];
	SITE(state);
	struct id id = card("Gare");
	for (int i = 0; i < LINKING; i++) texts[i] = text_in(site.open, "[[Gare]]");
	rename_to(&site.facilitator, id, "Station");
	for (int i = 0; i < LINKING; i++) assert_string_equal(sense(texts[i]), "[[Station]]");
}

#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_title),        BOTH(test_address), BOTH(test_same_title), BOTH(test_states_and_rights),
		BOTH(test_confidential), BOTH(test_many),
	};
	return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}

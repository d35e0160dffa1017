/* Confidential records: read by those named, through a door where it is noted, and found nowhere by anybody else. */
#include "core/reader.h"

#include <string.h>

#include "base/clock.h"
#include "core/comment.h"
#include "core/definition.h"
#include "core/erasure.h"
#include "core/index.h"
#include "core/query.h"
#include "core/reading.h"
#include "core/retention.h"
#include "core/search.h"
#include "support/site/site.h"

#define DAY (24LL * 3600 * 1000)

static struct site_fixture site;
static const struct form *dossier;

static const char form_text[] =
        "{\"key\":\"dossier\",\"label\":\"Dossier\",\"plural\":\"Dossiers\",\"add\":\"Ouvrir un dossier\","
        "\"title\":\"nom\",\"confidential\":{\"journal\":6},"
        "\"retention\":{\"months\":3,\"from\":\"changed\",\"then\":\"erase\"},\"fields\":["
        "{\"key\":\"nom\",\"type\":\"text\",\"label\":\"Nom\",\"required\":true},"
        "{\"key\":\"etape\",\"type\":\"choice\",\"label\":\"Étape\",\"choices\":[{\"key\":\"debut\",\"label\":\"Début\"},"
        "{\"key\":\"fin\",\"label\":\"Fin\"}]},"
        "{\"key\":\"texte\",\"type\":\"longtext\",\"label\":\"Texte\"},"
        "{\"key\":\"fiche\",\"type\":\"relation\",\"label\":\"Fiche\",\"form\":\"fiche\"}]}";

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static void begin(void **state)
{
	site_fixture_init(&site, test_store(state));
	site_fixture_form(&site, form_text);
	dossier = model_form(site.model, "dossier");
	assert_int_equal(dossier->confidential, 6);
}

/* ---- People ---- */

struct naming {
	int64_t circle, person, until;
	const struct record *record;
	bool own, remove;
};

static enum code write_name(struct tx *tx, void *arg, struct err *err)
{
	const struct naming *n = arg;
	if (n->record) return reader_narrow(tx, n->record, n->own, err);
	if (n->remove) return reader_remove(tx, n->circle, n->person, err);
	return reader_name(tx, &site.administrator, dossier, n->circle, n->person, n->until, err);
}

static void write_naming(struct naming naming)
{
	struct err err = { 0 };
	assert_ok(store_write(site.store, write_name, &naming, &err), &err);
}

static struct readings door;

/* As the request of hers: with the circles she is in now, through this door. */
static struct actor through(const struct actor *actor, enum way way)
{
	struct actor here = *actor;
	struct actor_circle *circles;
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(reader_circles(db, &site.arena, actor->person, &circles, &here.ncircles, &err), &err);
	store_read_end(site.store);
	here.circles = circles;
	door = (struct readings){ .way = way, .arena = &site.arena };
	here.readings = &door;
	return here;
}

static void name(const struct actor *actor, int64_t until)
{
	write_naming((struct naming){ .circle = circle_of_form(dossier), .person = actor->person, .until = until });
}

/* A dossier, by somebody named. */
static struct id open_dossier(const struct actor *actor, const char *values)
{
	struct actor here = through(actor, WAY_PAGE);
	struct issues issues;
	struct err err = { 0 };
	struct save save = { .actor = &here,
		             .form = dossier,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, values) };
	assert_ok(site_save(&site, &save, &issues, &err), &err);
	return save.saved;
}

static bool reads(const struct actor *actor, struct id id)
{
	struct actor here = through(actor, WAY_PAGE);
	return site_load(&site, &here, id) != NULL;
}

static int64_t number(const char *sql)
{
	struct db *db;
	struct err err = { 0 };
	int64_t n = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int_values(db, &n, 0, &err, sql, NULL, 0), &err);
	store_read_end(site.store);
	return n;
}

/* ---- Who reads ---- */

static void test_only_those_named(void **state)
{
	begin(state);
	name(&site.contributor, 0);
	struct id id = open_dossier(&site.contributor, "{\"nom\":\"Personne suivie\",\"texte\":\"Zibeline\"}");
	assert_true(reads(&site.contributor, id));
	const struct actor *const others[] = { &site.visitor, &site.other, &site.member, &site.facilitator,
		                               &site.administrator };
	for (size_t i = 0; i < COUNT(others); i++) assert_false(reads(others[i], id));
	/* By no other door, not even hers. */
	struct actor here = through(&site.contributor, WAY_PAGE);
	here.readings = NULL;
	assert_null(site_load(&site, &here, id));
	/* Nobody else adds one, whatever her level. */
	struct issues issues;
	struct err err = { 0 };
	struct actor facilitator = through(&site.facilitator, WAY_PAGE);
	struct save save = { .actor = &facilitator,
		             .form = dossier,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, "{\"nom\":\"Autre\"}") };
	assert_int_equal(site_save(&site, &save, &issues, &err), E_NOT_FOUND);
	/* Until a day; and who wrote it reads it no more. */
	name(&site.contributor, clock_now() + DAY);
	assert_true(reads(&site.contributor, id));
	clock_set(clock_now() + 2 * DAY);
	assert_false(reads(&site.contributor, id));
	/* Its address says nothing. */
	assert_null(strstr(site_load(&site, &actor_program, id)->slug, "personne"));
}

static void test_fewer_for_one_record(void **state)
{
	begin(state);
	name(&site.contributor, 0);
	name(&site.member, 0);
	struct id id = open_dossier(&site.contributor, "{\"nom\":\"Personne\"}");
	struct id other = open_dossier(&site.contributor, "{\"nom\":\"Autre personne\"}");
	const struct record *record = site_load(&site, &actor_program, id);
	write_naming((struct naming){ .record = record, .own = true });
	assert_true(reads(&site.member, id)); /* it begins with all of them */
	write_naming(
	        (struct naming){ .circle = circle_of_record(record), .person = site.member.person, .remove = true });
	assert_false(reads(&site.member, id));
	assert_true(reads(&site.member, other));
	assert_true(reads(&site.contributor, id));
	/* Who comes later for the form is not one of its readers; who goes from the form goes from it. */
	name(&site.other, 0);
	assert_false(reads(&site.other, id));
	write_naming((struct naming){
	        .circle = circle_of_form(dossier), .person = site.contributor.person, .remove = true });
	assert_false(reads(&site.contributor, id));
	write_naming((struct naming){ .record = record, .own = false });
	assert_true(reads(&site.member, id));
	assert_int_equal(number("SELECT COUNT(*) FROM reader WHERE circle < 0"), 0);
}

/* ---- Nowhere else ---- */

static struct search_result search(const struct actor *actor, const char *text)
{
	struct search_result result;
	struct search_options options = { .text = text, .limit = 10 };
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(search_run(db, &site.arena, site.model, actor, &options, &result, &err), &err);
	store_read_end(site.store);
	return result;
}

static struct result list(const struct actor *actor)
{
	struct result result;
	const struct field *facet = form_field(dossier, "etape");
	struct query query = { .form = dossier, .size = 10, .facets = &facet, .nfacets = 1 };
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(query_run(db, &site.arena, site.model, actor, &query, &result, &err), &err);
	store_read_end(site.store);
	return result;
}

static int backlinks(const struct actor *actor, struct id id)
{
	struct backlink *links;
	struct db *db;
	struct err err = { 0 };
	int n;
	const struct record *record = site_load(&site, &actor_program, id);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(index_backlinks(db, &site.arena, site.model, actor, record, 10, &links, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void test_found_nowhere(void **state)
{
	char id[ID_TEXT + 1];
	begin(state);
	name(&site.contributor, 0);
	struct id card = site_card(&site, &site.member, "{\"nom\":\"Association\"}");
	struct id secret = open_dossier(
	        &site.contributor,
	        arena_printf(&site.arena,
	                     "{\"nom\":\"Zibeline Quetsche\",\"etape\":\"debut\",\"texte\":\"Sarbacane\","
	                     "\"fiche\":[\"%s\"]}",
	                     id_format(card, id)));
	struct id own = open_dossier(&site.contributor, "{\"nom\":\"Mandragore\",\"etape\":\"fin\"}");
	write_naming((struct naming){ .record = site_load(&site, &actor_program, own), .own = true });
	name(&site.other, 0);
	const struct actor *const others[] = { &site.visitor, &site.member, &site.facilitator, &site.administrator };
	for (size_t i = 0; i < COUNT(others); i++) {
		struct actor here = through(others[i], WAY_LIST);
		struct result listed = list(&here);
		assert_int_equal(listed.n, 0);
		assert_int_equal(listed.total, 0);
		assert_int_equal(listed.facets[0].nvalues, 0);
		struct search_result found = search(&here, "Zibeline");
		assert_int_equal(found.n, 0);
		assert_int_equal(found.total, 0);
		assert_int_equal(found.nkinds, 0);
		found = search(&here, "Sarbacanne"); /* no word of it corrects another */
		assert_null(found.corrected);
		assert_int_equal(backlinks(&here, card), 0);
	}
	/* Who reads one finds it, and counts what she reads. */
	struct actor reader = through(&site.contributor, WAY_SEARCH);
	assert_int_equal(search(&reader, "Zibeline").n, 1);
	assert_int_equal(list(&reader).total, 2);
	assert_int_equal(backlinks(&reader, card), 1);
	struct actor other = through(&site.other, WAY_LIST);
	struct result listed = list(&other);
	assert_int_equal(listed.total, 1);
	assert_int_equal(listed.facets[0].nvalues, 1);
	assert_string_equal(listed.facets[0].values[0].key, "debut");
	/* A page that names it is not found by its name. */
	site_fixture_form(
	        &site, "{\"key\":\"mot\",\"label\":\"Mot\",\"plural\":\"Mots\",\"add\":\"Ajouter\",\"title\":\"mot\","
	               "\"fields\":[{\"key\":\"mot\",\"type\":\"text\",\"label\":\"Mot\",\"required\":true},"
	               "{\"key\":\"dossier\",\"type\":\"relation\",\"label\":\"Dossier\",\"form\":\"dossier\"}]}");
	dossier = model_form(site.model, "dossier");
	struct issues issues;
	struct err err = { 0 };
	struct actor here = through(&site.contributor, WAY_PAGE);
	struct save save = { .actor = &here,
		             .form = site.term,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site,
		                                 arena_printf(&site.arena, "{\"mot\":\"Public\",\"dossier\":[\"%s\"]}",
		                                              id_format(secret, id))) };
	assert_ok(site_save(&site, &save, &issues, &err), &err);
	assert_int_equal(search(&site.visitor, "Zibeline").n, 0);
	assert_int_equal(search(&site.visitor, "Public").n, 1);
}

/* ---- From one to the other ---- */

static enum code add_comment(struct tx *tx, void *arg, struct err *err)
{
	struct issues issues;
	issues_init(&issues, &site.arena);
	return comment_add(tx, &site.arena, site.model, arg, &issues, err);
}

static enum code save_plain(struct tx *tx, void *arg, struct err *err)
{
	json_t *body = site_json(&site, form_text);
	(void)arg;
	json_object_del(body, "confidential");
	return definition_save(tx, &site.arena, DEFINITION_FORM, "dossier", body, &actor_program, NULL, err);
}

static void test_what_was_there_before(void **state)
{
	struct err err = { 0 };
	begin(state);
	struct id card = site_card(&site, &site.member, "{\"nom\":\"Zibeline\"}");
	struct comment_new comment = { .actor = &site.member, .about = card, .text = "Une remarque" };
	assert_ok(store_write(site.store, add_comment, &comment, &err), &err);
	json_t *form = site_json(&site, json_text(&site.arena, site.card->definition));
	json_object_set_new(form, "confidential", json_pack("{s:i}", "journal", 12));
	json_object_set(form, "retention", site_json(&site, "{\"months\":3,\"from\":\"changed\",\"then\":\"erase\"}"));
	site_fixture_form(&site, json_text(&site.arena, form));
	dossier = model_form(site.model, "dossier");
	assert_null(site_load(&site, &site.visitor, card));
	assert_null(site_load(&site, &site.administrator, card));
	assert_null(site_load(&site, &site.administrator, comment.saved));
	assert_null(strstr(site_load(&site, &actor_program, card)->slug, "zibeline"));
	/* Nobody makes them everybody's by a click. */
	name(&site.contributor, 0);
	struct id id = open_dossier(&site.contributor, "{\"nom\":\"Personne\"}");
	assert_int_equal(store_write(site.store, save_plain, NULL, &err), E_INPUT);
	(void)id;
}

/* ---- The journal ---- */

static enum code write_door(struct tx *tx, void *arg, struct err *err)
{
	return reading_write(tx, arg, ((const struct actor *)arg)->readings, err);
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return reading_purge(tx, site.model, clock_now(), err);
}

static void test_each_reading_is_noted(void **state)
{
	struct err err = { 0 };
	struct db *db;
	struct reading_row *rows;
	int n;
	begin(state);
	name(&site.contributor, 0);
	struct id first = open_dossier(&site.contributor, "{\"nom\":\"Une\"}");
	struct id second = open_dossier(&site.contributor, "{\"nom\":\"Deux\"}");
	struct actor here = through(&site.contributor, WAY_EXPORT);
	assert_non_null(site_load(&site, &here, first));
	assert_non_null(site_load(&site, &here, second));
	assert_non_null(site_load(&site, &here, first)); /* once in one request */
	assert_ok(store_write(site.store, write_door, &here, &err), &err);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(reading_list(db, &site.arena, dossier, (struct id){ { 0 } }, 0, 10, &rows, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].person, site.contributor.name);
	assert_int_equal(rows[0].way, WAY_EXPORT);
	assert_int_equal(rows[0].at, clock_now());
	assert_ok(reading_list(db, &site.arena, dossier, second, 0, 10, &rows, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_true(id_equal(rows[0].record, second));
	store_read_end(site.store);
	/* Where nothing of it is shown, nothing is read. */
	struct actor told = through(&site.contributor, WAY_NOTICE);
	const struct record *unread = site_load(&site, &told, first);
	assert_non_null(unread);
	assert_null(strstr(unread->title, "Une"));
	assert_int_equal(json_object_size(unread->values), 0);
	assert_int_equal(door.n, 0);
	/* Kept as long as the form says: six months. */
	clock_set(clock_now() + 170 * DAY);
	assert_ok(store_write(site.store, purge, NULL, &err), &err);
	assert_int_equal(number("SELECT COUNT(*) FROM reading"), 2);
	clock_set(clock_now() + 20 * DAY);
	assert_ok(store_write(site.store, purge, NULL, &err), &err);
	assert_int_equal(number("SELECT COUNT(*) FROM reading"), 0);
}

/* ---- The end ---- */

struct applying {
	struct retention rule;
	int64_t num;
	bool told;
};

static enum code apply(struct tx *tx, void *arg, struct err *err)
{
	struct applying *x = arg;
	return retention_apply(tx, &site.arena, site.model, &x->rule, x->num, &x->told, err);
}

static int age(void)
{
	struct issues issues;
	struct db *db;
	struct err err = { 0 };
	int64_t *nums, all;
	int n, told = 0;
	issues_init(&issues, &site.arena);
	struct applying x = { .rule = retention_read(dossier, &issues) };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(retention_due(db, &site.arena, dossier, &x.rule, clock_now(), 20, &nums, &n, &all, &err), &err);
	store_read_end(site.store);
	for (int i = 0; i < n; i++) {
		x.num = nums[i];
		assert_ok(store_write(site.store, apply, &x, &err), &err);
		told += x.told;
	}
	return told;
}

static void test_erased_when_its_time_has_come(void **state)
{
	struct err err = { 0 };
	begin(state);
	name(&site.contributor, 0);
	name(&site.member, 0);
	name(&site.other, clock_now() + DAY);
	struct id id = open_dossier(&site.contributor, "{\"nom\":\"Zibeline\"}");
	write_naming((struct naming){ .record = site_load(&site, &actor_program, id), .own = true });
	struct actor here = through(&site.member, WAY_PAGE);
	assert_non_null(site_load(&site, &here, id));
	assert_ok(store_write(site.store, write_door, &here, &err), &err);
	clock_set(clock_now() + 80 * DAY);
	assert_int_equal(age(), 0);
	clock_set(clock_now() + 20 * DAY);
	assert_int_equal(age(), 1);
	/* Those who read it are told, in words that say nothing of it; not who reads it no more. */
	assert_int_equal(number("SELECT COUNT(*) FROM letter"), 2);
	assert_int_equal(
	        number("SELECT COUNT(*) FROM letter WHERE body LIKE '%Zibeline%' OR subject LIKE '%Zibeline%'"), 0);
	assert_non_null(site_load(&site, &actor_program, id));
	clock_set(clock_now() + 31 * DAY);
	assert_int_equal(age(), 0);
	assert_null(site_load(&site, &actor_program, id));
	assert_int_equal(number("SELECT COUNT(*) FROM body"), number("SELECT COUNT(*) FROM obj"));
	assert_int_equal(number("SELECT COUNT(*) FROM reader WHERE circle < 0"), 0);
	assert_int_equal(number("SELECT COUNT(*) FROM reading"), 1); /* who read it stays known */
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_only_those_named),      BOTH(test_fewer_for_one_record),
		BOTH(test_found_nowhere),         BOTH(test_what_was_there_before),
		BOTH(test_each_reading_is_noted), BOTH(test_erased_when_its_time_has_come)
	};
	return cmocka_run_group_tests_name("readers", tests, NULL, NULL);
}

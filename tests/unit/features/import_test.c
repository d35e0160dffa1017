/*
 * Imports that can be run again: the real preset twice, a row that changed, what people corrected
 * meanwhile, rows that are refused. Counts of rows are those of Python's csv module.
 */
#include "features/import/import.h"

#include <string.h>

#include "base/clock.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "media/picture.h"
#include "store/disk.h"
#include "support/site/site.h"

static struct site_fixture fixture;
static struct site *site;
static struct import_report report;

static int teardown(void **state)
{
	if (site) {
		test_site(state)->store = NULL; /* the site took it over */
		site_close(site);
	}
	site = NULL;
	if (fixture.store) site_fixture_release(&fixture);
	fixture.store = NULL;
	return test_store_teardown(state);
}

static int64_t count(const char *text)
{
	struct db *db;
	int64_t n = -1;
	struct err err = { 0 };
	assert_ok(store_read_begin(site_store(site), &db, &err), &err);
	assert_ok(db_int_values(db, &n, -1, &err, text, NULL, 0), &err);
	store_read_end(site_store(site));
	return n;
}

#define OBJECTS "SELECT COUNT(*) FROM obj"
#define RECORDS "SELECT COUNT(*) FROM record"

/* ---- The preset ---- */

static const struct {
	const char *file;
	int rows;
} demo[] = {
	{ "quartiers.csv", 13 },    { "structures.csv", 30 }, { "spaces.csv", 16 },
	{ "projects.csv", 11 },     { "groups.csv", 4 },      { "figures.csv", 11 },
	{ "observations.csv", 32 }, { "glossaire.csv", 34 },  { "outils.csv", 28 },
	{ "actions.csv", 4 },       { "evenements.csv", 20 }, { "inscriptions.csv", 20 },
	{ "annonces.csv", 10 },     { "portraits.csv", 4 },   { "projets_inventes.csv", 2 },
	{ "series.csv", 1 },        { "recits.csv", 15 },     { "coevaluations.csv", 3 },
	{ "reunions.csv", 2 },      { "points.csv", 5 },      { "decisions.csv", 1 },
	{ "taches.csv", 1 },        { "sondages.csv", 1 },    { "entretiens.csv", 3 },
	{ "diagnostic.json", 60 },
};

static int heard, created, unchanged, changed;

static void hear(const char *file, const struct import_report *r)
{
	if (r->refused) print_error("%s: line %d, %s\n", file, r->refusals->line, r->refusals->field);
	assert_int_equal(r->refused, 0);
	assert_true(heard < (int)COUNT(demo));
	assert_string_equal(file, demo[heard].file);
	assert_int_equal(r->created + r->changed + r->unchanged, demo[heard].rows);
	heard++;
	created += r->created;
	changed += r->changed;
	unchanged += r->unchanged;
}

static void run_preset(const char *folder)
{
	struct arena a;
	struct err err = { 0 };
	arena_init(&a);
	heard = created = changed = unchanged = 0;
	assert_ok(preset_apply(site, &a, folder, &err), &err);
	assert_ok(preset_demo(site, &a, folder, hear, &err), &err);
	assert_int_equal(heard, COUNT(demo));
	arena_release(&a);
}

static void test_preset_twice(void **state)
{
	struct err err = { 0 };
	int total = 0;
	for (size_t i = 0; i < COUNT(demo); i++) total += demo[i].rows;
	field_types_use(field_table);
	assert_ok(site_open(test_store(state), &site, &err), &err);
	const char *folder = SOURCE_DIR "/presets/agora-de-quartier";
	run_preset(folder);
	assert_int_equal(created, total);
	int64_t objects = count(OBJECTS), records = count(RECORDS),
	        versions = count("SELECT COUNT(*) FROM definition_version");
	char **pages;
	int npages;
	struct arena a;
	arena_init(&a);
	assert_ok(disk_list(&a, arena_printf(&a, "%s/pages", folder), ".md", &pages, &npages, &err), &err);
	arena_release(&a);
	int64_t signups = count("SELECT COUNT(*) FROM signup"); /* rows about records, not records */
	assert_int_equal(signups, 20);
	int64_t answers = count("SELECT COUNT(*) FROM response"); /* nor are these */
	assert_int_equal(answers, 60);
	assert_int_equal(records + signups + answers, total + npages);
	uint64_t generation = store_generation(site_store(site));
	run_preset(folder);
	assert_int_equal(unchanged, total);
	assert_int_equal(count(OBJECTS), objects);
	assert_int_equal(count(RECORDS), records);
	assert_int_equal(count("SELECT COUNT(*) FROM definition_version"), versions);
	assert_true(store_generation(site_store(site)) == generation); /* the page cache stays warm */
}

/* ---- Small files ---- */

static const char mapping[] =
        "{\"form\":\"fiche\",\"space\":\"quartier\",\"key\":[\"nom\"],\"ignore\":[\"rien\"],\"fields\":{"
        "\"nom\":{\"column\":\"name\"},\"genre\":{\"column\":\"kind\",\"values\":{\"club\":\"asso\",\"place\":\"lieu\"}},"
        "\"prix\":{\"column\":\"price\"},\"themes\":{\"column\":\"topics\",\"split\":\";\"}}}";

static const char first[] = "name,kind,price,topics,rien\n"
                            "Régie Plus,club,12.5,vélo; santé,x\n"
                            "La Rabière,place,,,\n"
                            "Café,,3,,\n";

static void begin(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&fixture, test_store(state));
	assert_ok(site_open(fixture.store, &site, &err), &err);
}

static enum code run(const char *text, bool keep_good, bool dry_run)
{
	struct import_csv import = { .text = text,
		                     .len = strlen(text),
		                     .name = "file.csv",
		                     .mapping = site_json(&fixture, mapping),
		                     .keep_good = keep_good,
		                     .dry_run = dry_run };
	clock_set(clock_now() + 1000);
	return import_csv(site, &fixture.arena, &import, &report, NULL);
}

static void expect(int n_created, int n_changed, int n_unchanged, int n_refused)
{
	assert_int_equal(report.created, n_created);
	assert_int_equal(report.changed, n_changed);
	assert_int_equal(report.unchanged, n_unchanged);
	assert_int_equal(report.refused, n_refused);
}

static struct id find(const char *slug)
{
	struct db *db;
	struct record *record;
	struct err err = { 0 };
	assert_ok(store_read_begin(fixture.store, &db, &err), &err);
	assert_ok(
	        record_load_slug(db, &fixture.arena, fixture.model, &actor_program, fixture.open, slug, &record, &err),
	        &err);
	store_read_end(fixture.store);
	return record->id;
}

static const char *values_of(const char *slug)
{
	return site_values(&fixture, &fixture.visitor, find(slug));
}

static const char *replaced(const char *text, const char *old, const char *now)
{
	const char *at = strstr(text, old);
	assert_non_null(at);
	return arena_printf(&fixture.arena, "%.*s%s%s", (int)(at - text), text, now, at + strlen(old));
}

static void test_again(void **state)
{
	begin(state);
	assert_int_equal(run(first, false, false), OK);
	expect(3, 0, 0, 0);
	assert_string_equal(
	        values_of("regie-plus"),
	        "{\"genre\":\"asso\",\"nom\":\"Régie Plus\",\"prix\":\"12.5\",\"themes\":[\"vélo\",\"santé\"]}");
	int64_t objects = count(OBJECTS);
	assert_int_equal(run(first, false, false), OK);
	expect(0, 0, 3, 0);
	/* Other order, other columns' order, other line ends: the same rows. */
	assert_int_equal(
	        run("topics,rien,price,kind,name\r\n,,3,,Café\r\n,,,place,La Rabière\r\nvélo;santé,x,\"12.5\",club,Régie Plus\r\n",
	            false, false),
	        OK);
	expect(0, 0, 3, 0);
	assert_int_equal(count(OBJECTS), objects);
}

/* A changed row writes what it changed, once; what people corrected here meanwhile stays. */
static void test_changed(void **state)
{
	begin(state);
	assert_int_equal(run(first, false, false), OK);
	struct id id = find("regie-plus");
	site_change(&fixture, &fixture.contributor, id, "{\"themes\":[\"corrigé\"],\"histoire\":\"écrite ici\"}");
	int64_t objects = count(OBJECTS);
	const char *second = replaced(first, "12.5", "14");
	assert_int_equal(run(second, false, false), OK);
	expect(0, 1, 2, 0);
	assert_int_equal(count(OBJECTS), objects + 1);
	assert_string_equal(values_of("regie-plus"),
	                    "{\"genre\":\"asso\",\"histoire\":\"écrite ici\",\"nom\":\"Régie Plus\","
	                    "\"prix\":\"14\",\"themes\":[\"corrigé\"]}");
	assert_int_equal(run(second, false, false), OK);
	expect(0, 0, 3, 0);
	/* An emptied cell clears what it had brought, and nothing else. */
	assert_int_equal(run(replaced(second, "club", ""), false, false), OK);
	expect(0, 1, 2, 0);
	assert_string_equal(
	        values_of("regie-plus"),
	        "{\"histoire\":\"écrite ici\",\"nom\":\"Régie Plus\",\"prix\":\"14\",\"themes\":[\"corrigé\"]}");
	assert_int_equal(count(OBJECTS), objects + 2);
	/* A row that is there no more takes nothing away. */
	assert_int_equal(run("name,kind,price,topics\nCafé,,3,\n", false, false), OK);
	expect(0, 0, 1, 0);
	assert_int_equal(count(RECORDS), 3);
	/* A new address given here is kept. */
	struct save save = {
		.actor = &fixture.contributor, .record = id, .slug = "la-regie", .values = site_json(&fixture, "{}")
	};
	struct err err = { 0 };
	assert_ok(site_save(&fixture, &save, NULL, &err), &err);
	assert_int_equal(run(replaced(second, "14", "15"), false, false), OK);
	assert_string_equal(site_load(&fixture, &fixture.visitor, id)->slug, "la-regie");
}

/* Every refused row is listed with its line, the field and the reason. */
static const char bad[] = "name,kind,price,topics\n"
                          "Bonne,club,1,\n"
                          ",club,2,\n"
                          "\"Sur deux\nlignes\",,,\n"
                          "Mauvaise,secte,cher,\n"
                          "Bonne aussi,,,\n";

static void expect_refusals(void)
{
	static const struct {
		int line;
		const char *field;
	} expected[] = { { 3, "nom" }, { 6, "genre" }, { 6, "prix" } };
	const struct import_refusal *r = report.refusals;
	for (size_t i = 0; i < COUNT(expected); i++, r = r->next) {
		assert_non_null(r);
		if (r->line != expected[i].line || strcmp(r->field, expected[i].field) != 0)
			fail_msg("line %d, %s instead of line %d, %s", r->line, r->field, expected[i].line,
			         expected[i].field);
		assert_non_null(r->err.msg);
	}
	assert_null(r);
}

static void test_refused(void **state)
{
	begin(state);
	/* One refused row and nothing is kept… */
	assert_int_equal(run(bad, false, false), E_INPUT);
	expect(3, 0, 0, 2);
	expect_refusals();
	assert_int_equal(count(RECORDS), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM import_row"), 0);
	/* …or the good ones are, if asked. */
	assert_int_equal(run(bad, true, false), OK);
	expect(3, 0, 0, 2);
	expect_refusals();
	assert_int_equal(count(RECORDS), 3);
	assert_int_equal(run(bad, true, false), OK);
	expect(0, 0, 3, 2);
}

static void test_rehearsal(void **state)
{
	begin(state);
	assert_int_equal(run(first, false, true), OK);
	expect(3, 0, 0, 0);
	assert_int_equal(count(RECORDS), 0);
	assert_int_equal(count(OBJECTS), 0);
	assert_int_equal(run(bad, true, true), OK);
	expect(3, 0, 0, 2);
	expect_refusals();
	assert_int_equal(count(RECORDS), 0);
}

/* Two rows of the same key: the second is refused, else each import would change them in turn. */
static void test_same_key(void **state)
{
	begin(state);
	const char *twice = "name,kind,price,topics\nA,club,1,\nB,,,\nA,club,2,\n";
	assert_int_equal(run(twice, true, false), OK);
	expect(2, 0, 0, 1);
	assert_int_equal(report.refusals->line, 4);
	assert_string_equal(values_of("a"), "{\"genre\":\"asso\",\"nom\":\"A\",\"prix\":\"1\"}");
	int64_t objects = count(OBJECTS);
	assert_int_equal(run(twice, true, false), OK);
	expect(0, 0, 2, 1);
	assert_int_equal(count(OBJECTS), objects);
}

static void test_columns(void **state)
{
	begin(state);
	assert_int_equal(run("name,kind,price,topics,colour\nA,,,,\n", true, false), E_INPUT);
	assert_int_equal(report.refusals->line, 1);
	assert_string_equal(report.refusals->field, "colour");
	assert_int_equal(run("name,kind,topics\nA,,\n", true, false), E_INPUT);
	assert_string_equal(report.refusals->field, "prix");
	assert_int_equal(run("", true, false), E_INPUT);
	assert_int_equal(count(RECORDS), 0);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PICTURE_COMMAND) == 0) return picture_child();
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_preset_twice), BOTH(test_again),    BOTH(test_changed), BOTH(test_refused),
		BOTH(test_rehearsal),    BOTH(test_same_key), BOTH(test_columns),
	};
	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}

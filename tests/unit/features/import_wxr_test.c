/*
 * A WordPress export brought in (tests/unit/features/wxr, in the shape of WordPress' own): what becomes of each entry,
 * again, rehearsed, taken back; nothing of people but the names that stood on the page.
 */
#include "features/import/import.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/clock.h"
#include "core/comment.h"
#include "fields/fields.h"
#include "media/picture.h"
#include "store/disk.h"
#include "support/site/site.h"

static const char story[] =
        "{\"key\":\"recit\",\"label\":\"Récit\",\"plural\":\"Récits\",\"add\":\"Raconter\",\"title\":\"titre\",\"fields\":["
        "{\"key\":\"titre\",\"type\":\"text\",\"label\":\"Titre\",\"required\":true},"
        "{\"key\":\"jour\",\"type\":\"date\",\"label\":\"Jour\"},"
        "{\"key\":\"chapeau\",\"type\":\"text\",\"label\":\"Chapeau\"},"
        "{\"key\":\"texte\",\"type\":\"longtext\",\"label\":\"Texte\"},"
        "{\"key\":\"photos\",\"type\":\"images\",\"label\":\"Photos\"},"
        "{\"key\":\"mots\",\"type\":\"tags\",\"label\":\"Mots-clés\"},"
        "{\"key\":\"avec\",\"type\":\"text\",\"label\":\"Par et avec\"}]}";

#define FOLDER SOURCE_DIR "/tests/unit/features/wxr"

static struct site_fixture fixture;
static struct site *site;
static struct import_report report;
static char *text;
static size_t len;

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

static void begin(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&fixture, test_store(state));
	site_fixture_form(&fixture, story);
	assert_ok(site_open(fixture.store, &site, &err), &err);
	assert_ok(disk_read(&fixture.arena, FOLDER "/journal.xml", 1 << 20, &text, &len, &err), &err);
}

static struct import_wxr usual(void)
{
	return (struct import_wxr){ .text = text, .len = len, .space = "quartier", .page = "recit", .media = FOLDER };
}

static enum code run(const struct import_wxr *import)
{
	struct err err = { 0 };
	clock_set(clock_now() + 1000);
	return import_wxr(site, &fixture.arena, import, &report, &err);
}

static int64_t count(const char *sql)
{
	struct db *db;
	int64_t n = -1;
	struct err err = { 0 };
	assert_ok(store_read_begin(site_store(site), &db, &err), &err);
	assert_ok(db_int_values(db, &n, -1, &err, sql, NULL, 0), &err);
	store_read_end(site_store(site));
	return n;
}

static const struct record *find(const struct actor *actor, const char *slug)
{
	struct db *db;
	struct record *record = NULL;
	struct err err = { 0 };
	assert_ok(store_read_begin(fixture.store, &db, &err), &err);
	enum code code = record_load_slug(db, &fixture.arena, fixture.model, actor, fixture.open, slug, &record, &err);
	store_read_end(fixture.store);
	return code == OK ? record : NULL;
}

static bool refused(int line, const char *what)
{
	char said[1024];
	for (const struct import_refusal *r = report.refusals; r; r = r->next)
		if (r->line == line && strstr(err_text(&r->err, LANG_EN, said, sizeof(said)), what)) return true;
	return false;
}

static const char *value(const struct record *record, const char *key)
{
	return json_text(&fixture.arena, json_object_get(record->values, key));
}

static void test_brought(void **state)
{
	begin(state);
	struct import_wxr import = usual();
	assert_int_equal(run(&import), OK);
	assert_int_equal(report.created, 3);
	assert_int_equal(report.refused, 0);
	assert_int_equal(report.left, 3); /* the menu, what was thrown away, the advertisement */
	assert_int_equal(report.comments, 2);
	assert_int_equal(report.pictures, 2);
	/* the words, the day, the key words, who wrote, the pictures in their order with their words */
	const struct record *garden = find(&fixture.visitor, "jardin-ouvre");
	assert_non_null(garden);
	assert_string_equal(value(garden, "titre"), "\"Le jardin ouvre\"");
	assert_string_equal(value(garden, "jour"), "\"2024-03-09\"");
	assert_string_equal(value(garden, "chapeau"), "\"Le portail s’ouvre.\"");
	assert_string_equal(value(garden, "mots"), "[\"Jardins\",\"samedi\"]");
	assert_string_equal(value(garden, "avec"), "\"Nadia B.\"");
	assert_non_null(strstr(value(garden, "texte"), "**Venez tous**\\\\\\nsamedi au *jardin*."));
	assert_non_null(strstr(value(garden, "texte"), "- une bêche\\n- des bottes"));
	const json_t *photos = json_object_get(garden->values, "photos");
	assert_int_equal(json_array_size(photos), 2);
	assert_string_equal(json_str_or(json_array_get(photos, 0), "alt", ""), "portail");
	assert_string_equal(json_str_or(json_array_get(photos, 1), "alt", ""), "Le portail du jardin");
	assert_int_equal(json_integer_value(json_object_get(json_array_get(photos, 1), "w")),
	                 60); /* not the smaller one's name */
	assert_non_null(find(&fixture.visitor, "qui-sommes-nous"));
	/* what was a draft there is one here */
	assert_null(find(&fixture.visitor, "pas-encore-dit"));
	assert_int_equal(count("SELECT COUNT(*) FROM record WHERE state = 0"), 1);
	/* each thing that does not come is told with its line */
	assert_true(refused(12, "[contact-form]"));
	assert_true(refused(58, "advertisement"));
	assert_true(refused(94, "nav_menu_item"));
	assert_true(refused(100, "trash"));
	int last = 0;
	for (const struct import_refusal *r = report.refusals; r; r = r->next) {
		assert_true(r->line >= last);
		last = r->line;
	}
	/* nothing of persons but the names that stood on the page */
	assert_int_equal(count("SELECT COUNT(*) FROM person WHERE name LIKE '%Luc%' OR name LIKE '%Nadia%'"), 0);
	const char *dump = site_dump(&fixture);
	assert_null(strstr(dump, "private.example"));
	assert_null(strstr(dump, "192.0.2.7"));
	assert_null(strstr(dump, "nadia@regie"));
}

/* A thread as it stood, its names as words. */
static void test_thread(void **state)
{
	begin(state);
	struct import_wxr import = usual();
	struct db *db;
	struct thread thread;
	struct err err = { 0 };
	assert_int_equal(run(&import), OK);
	const struct record *garden = find(&fixture.visitor, "jardin-ouvre");
	assert_ok(store_read_begin(fixture.store, &db, &err), &err);
	assert_ok(comment_list(db, &fixture.arena, fixture.model, &fixture.visitor, garden, 0, &thread, &err), &err);
	store_read_end(fixture.store);
	assert_int_equal(thread.n, 2);
	assert_string_equal(comment_text(thread.comments[0].record), "**Luc \\***, 10 mars 2024\n\nJ’y serai !");
	assert_int_equal(thread.comments[1].depth, 1);
}

static void test_again(void **state)
{
	begin(state);
	struct import_wxr import = usual();
	assert_int_equal(run(&import), OK);
	int64_t objects = count("SELECT COUNT(*) FROM obj");
	assert_int_equal(run(&import), OK);
	assert_int_equal(report.unchanged, 3);
	assert_int_equal(report.created + report.changed + report.comments, 0);
	assert_int_equal(count("SELECT COUNT(*) FROM obj"), objects);
}

/* A rehearsal writes nothing, and says what there is. */
static void test_rehearsal(void **state)
{
	begin(state);
	struct import_wxr import = usual();
	import.dry_run = true;
	assert_int_equal(run(&import), OK);
	assert_int_equal(report.created, 3);
	assert_int_equal(report.nentries, 3);
	assert_string_equal(report.entries->title, "Le jardin ouvre");
	assert_string_equal(report.entries->day, "2024-03-09");
	assert_int_equal(report.entries->comments, 2);
	assert_int_equal(report.entries->pictures, 2);
	assert_false(report.entries->draft);
	assert_true(report.entries->next->next->draft);
	assert_string_equal(report.entries->next->next->day, "");
	assert_int_equal(count("SELECT COUNT(*) FROM record"), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM file"), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM import_row"), 0);
}

static void test_undo(void **state)
{
	begin(state);
	struct import_wxr import = usual();
	struct import_undone undone;
	struct import_source *sources;
	const char *source;
	struct db *db;
	int n;
	struct err err = { 0 };
	assert_int_equal(run(&import), OK);
	assert_ok(store_read_begin(fixture.store, &db, &err), &err);
	assert_ok(import_sources(db, &fixture.arena, "wxr:", &sources, &n, &err), &err);
	store_read_end(fixture.store);
	assert_int_equal(n, 1);
	assert_string_equal(sources[0].name, "wxr:https://regie.example");
	assert_int_equal(sources[0].records, 3);
	assert_ok(import_wxr_source(&fixture.arena, text, len, &source, &err), &err);
	assert_string_equal(source, sources[0].name);
	/* what somebody has corrected since stays */
	const struct record *page = find(&fixture.visitor, "qui-sommes-nous");
	site_change(&fixture, &fixture.member, page->id, "{\"texte\":\"Depuis 1991.\"}");
	assert_ok(import_undo(site, &fixture.arena, source, &undone, &err), &err);
	assert_int_equal(undone.gone, 2);
	assert_int_equal(undone.left, 1);
	assert_null(find(&fixture.visitor, "jardin-ouvre"));
	assert_non_null(find(&fixture.visitor, "qui-sommes-nous"));
	assert_int_equal(count("SELECT COUNT(*) FROM record"), 1); /* their comments went with them */
}

/* The same pictures, in a ZIP of the folder. */
static void test_zip(void **state)
{
	begin(state);
	struct import_wxr import = usual();
	char path[] = "/tmp/parvis-wxr-XXXXXX";
	close(mkstemp(path));
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	assert_non_null(zip);
	zip_file_add(zip, "wp-content/uploads/2024/03/jardin.png",
	             zip_source_file(zip, FOLDER "/2024/03/jardin.png", 0, -1), 0);
	zip_file_add(zip, "../../portail.png", zip_source_file(zip, FOLDER "/2024/03/portail.png", 0, -1), 0);
	assert_int_equal(zip_close(zip), 0);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	import.media = NULL;
	import.zip = &fd;
	assert_int_equal(run(&import), OK);
	assert_int_equal(report.pictures, 2); /* a name alone is enough; no path is followed */
	close(fd);
	unlink(path);
	fd = open(FOLDER "/journal.xml", O_RDONLY | O_CLOEXEC);
	assert_int_equal(run(&import), E_INPUT); /* no ZIP */
	close(fd);
	import.zip = NULL;
	import.dry_run = true;
	assert_int_equal(run(&import), OK);
	assert_true(refused(12, "pictures (2)"));
}

/* One refused entry and nothing is kept; or the others are, if asked. */
static void test_refused(void **state)
{
	begin(state);
	static const char bad[] =
	        "<rss xmlns:wp=\"w\" xmlns:content=\"c\"><channel><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://b.example</wp:base_blog_url>"
	        "<item><title>Bon</title><wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
	        "<item><title></title><wp:post_id>2</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
	        "</channel></rss>";
	struct import_wxr import = { .text = bad, .len = sizeof(bad) - 1, .space = "quartier", .page = "recit" };
	assert_int_equal(run(&import), E_INPUT);
	assert_int_equal(report.refused, 1);
	assert_int_equal(report.refusals->line, 2);
	assert_int_equal(count("SELECT COUNT(*) FROM record"), 0);
	import.keep_good = true;
	assert_int_equal(run(&import), OK);
	assert_int_equal(report.created, 1);
	import.space = "ailleurs";
	assert_int_equal(run(&import), E_INPUT);
	import.space = "quartier";
	import.post = "rien";
	assert_int_equal(run(&import), E_INPUT);
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
		BOTH(test_brought), BOTH(test_thread), BOTH(test_again),   BOTH(test_rehearsal),
		BOTH(test_undo),    BOTH(test_zip),    BOTH(test_refused),
	};
	return cmocka_run_group_tests_name("import_wxr", tests, NULL, NULL);
}

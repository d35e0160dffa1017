/*
 * A long import, as both engines keep it: looked at without a trace, brought in, stopped, gone on with, taken back; hers
 * alone; what cannot be read is said to her. Its numbers are those of the same file brought in at once (import_wxr_test.c).
 */
#include "features/import/import_run.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/file_ref.h"
#include "features/import/wxr_run.h"
#include "features/spreadsheet/sheet_run.h"
#include "store/disk.h"
#include "store/file.h"
#include "support/site/site.h"

static const char story[] =
        "{\"key\":\"recit\",\"label\":\"Récit\",\"plural\":\"Récits\",\"add\":\"Raconter\",\"title\":\"titre\",\"fields\":["
        "{\"key\":\"titre\",\"type\":\"text\",\"label\":\"Titre\",\"required\":true},"
        "{\"key\":\"texte\",\"type\":\"longtext\",\"label\":\"Texte\"},"
        "{\"key\":\"mots\",\"type\":\"tags\",\"label\":\"Mots-clés\"}]}";

static const struct job_kind kinds[] = { { "import", import_job, 0 }, { 0 } };

static struct site_fixture fixture;
static struct site *site;
static struct import_run loaded;

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

static int64_t count(const char *sql)
{
	struct db *db;
	int64_t n = -1;
	struct err err = { 0 };
	assert_ok(store_read_begin(fixture.store, &db, &err), &err);
	assert_ok(db_int_values(db, &n, -1, &err, sql, NULL, 0), &err);
	store_read_end(fixture.store);
	return n;
}

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	return file_note_upload(tx, fixture.administrator.person, arg, err);
}

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	return run_add(tx, &fixture.arena, arg, err);
}

static void open_site(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&fixture, test_store(state));
	site_fixture_form(&fixture, story);
	assert_ok(site_open(fixture.store, &site, &err), &err);
}

/* Sends the file, and asks for it to be looked at. */
static void begin(void **state, const char *file)
{
	struct err err = { 0 };
	struct hash hash;
	char hex[HASH_HEX + 1];
	int64_t size;
	open_site(state);
	int fd = open(SOURCE_DIR "/tests/unit/features/wxr/journal.xml", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_ok(file_keep(fixture.store, fd, 1 << 20, WXR_RUN_TYPE, note, &hash, &hash, &size, &err), &err);
	close(fd);
	loaded = (struct import_run){
		.person = fixture.administrator.person, .kind = "wordpress", .title = "", .state = RUN_LOOKING
	};
	loaded.choices = json_keep(&fixture.arena,
	                           json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "file",
	                                     file ? file : hash_hex(&hash, hex), "images", "", "post", "recit", "page",
	                                     "recit", "space", "quartier", "lang", "en"));
	assert_ok(store_write(fixture.store, add, &loaded, &err), &err);
}

static void load(void)
{
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(fixture.store, &db, &err), &err);
	assert_ok(run_find(db, &fixture.arena, loaded.id, fixture.administrator.person, &loaded, &err), &err);
	store_read_end(fixture.store);
}

/* Until nothing is due any more. */
static void work(void)
{
	struct err err = { 0 };
	int ran = 1;
	while (ran) {
		clock_set(clock_now() + 1000);
		assert_ok(job_run_due(fixture.store, kinds, site, &ran, &err), &err);
	}
	load();
}

static enum code brings(struct tx *tx, void *arg, struct err *err)
{
	return run_begin(tx, &fixture.arena, arg, RUN_BRINGING, err);
}

static enum code undoes(struct tx *tx, void *arg, struct err *err)
{
	return run_begin(tx, &fixture.arena, arg, RUN_UNDOING, err);
}

static enum code stops(struct tx *tx, void *arg, struct err *err)
{
	return run_stop(tx, arg, "", err);
}

static enum code resumes(struct tx *tx, void *arg, struct err *err)
{
	return run_resume(tx, arg, err);
}

static void does(store_fn *what)
{
	struct err err = { 0 };
	assert_ok(store_write(fixture.store, what, &loaded, &err), &err);
}

static int told(bool comes, struct import_line **ret)
{
	struct db *db;
	struct err err = { 0 };
	int n, all;
	assert_ok(store_read_begin(fixture.store, &db, &err), &err);
	assert_ok(run_lines(db, &fixture.arena, &loaded, comes, 0, ret, &n, &all, &err), &err);
	store_read_end(fixture.store);
	assert_int_equal(n, all);
	return n;
}

static void test_there_and_back(void **state)
{
	struct import_line *lines;
	begin(state, NULL);
	work();
	assert_int_equal(loaded.state, RUN_LOOKED);
	assert_string_equal(loaded.title, "https://regie.example");
	assert_int_equal(loaded.total, 3);
	assert_int_equal(loaded.done, 3);
	assert_int_equal(run_count(&loaded, COUNT_CREATED), 3);
	assert_int_equal(run_count(&loaded, COUNT_COMMENTS), 2);
	assert_int_equal(count("SELECT COUNT(*) FROM record"), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM import_row"), 0);
	assert_int_equal(told(true, &lines), 3);
	assert_string_equal(lines[0].title, "Le jardin ouvre");
	assert_int_equal(lines[0].line, 12);
	assert_true(told(false, &lines) >= 3);
	bool menu = false, contact = false;
	for (int i = 0; i < told(false, &lines); i++) {
		menu |= lines[i].line == 94 && strstr(lines[i].said, "nav_menu_item");
		contact |= lines[i].line == 12 && strstr(lines[i].said, "[contact-form]");
	}
	assert_true(menu && contact);
	int stays = told(false, &lines);
	does(brings);
	work();
	assert_int_equal(loaded.state, RUN_BROUGHT);
	assert_int_equal(run_count(&loaded, COUNT_CREATED), 3);
	assert_int_equal(told(true, &lines), 3); /* not those of the look besides */
	assert_int_equal(told(false, &lines), stays);
	assert_int_equal(count("SELECT COUNT(*) FROM record WHERE about IS NULL"), 3);
	assert_int_equal(count("SELECT COUNT(*) FROM record WHERE about IS NOT NULL"), 2);
	does(undoes);
	work();
	assert_int_equal(loaded.state, RUN_UNDONE);
	assert_int_equal(run_count(&loaded, COUNT_GONE), 3);
	assert_int_equal(run_count(&loaded, COUNT_LEFT), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM record"), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM job"), 0);
}

static void test_stopped(void **state)
{
	begin(state, NULL);
	does(stops);
	work();
	assert_true(loaded.stopped);
	assert_int_equal(loaded.state, RUN_LOOKING);
	assert_int_equal(loaded.done, 0);
	does(resumes);
	work();
	assert_int_equal(loaded.state, RUN_LOOKED);
	/* Two jobs for one turn: it is done once. */
	does(brings);
	does(resumes);
	work();
	assert_int_equal(run_count(&loaded, COUNT_CREATED), 3);
	assert_int_equal(count("SELECT COUNT(*) FROM record WHERE about IS NULL"), 3);
}

static void test_hers(void **state)
{
	struct db *db;
	struct import_run other;
	struct err err = { 0 };
	begin(state, NULL);
	assert_ok(store_read_begin(fixture.store, &db, &err), &err);
	assert_int_equal(run_find(db, &fixture.arena, loaded.id, fixture.member.person, &other, &err), E_NOT_FOUND);
	store_read_end(fixture.store);
}

static void test_gone(void **state)
{
	begin(state, "0000000000000000000000000000000000000000000000000000000000000000");
	work();
	assert_true(loaded.stopped);
	assert_non_null(strstr(loaded.error, "send it again"));
	assert_int_equal(count("SELECT COUNT(*) FROM job"), 0);
}

/* ---- The rows of a spreadsheet: their form is made as they begin to come ---- */

enum { SHEET_ROWS = 60 };

/* The 30th has a price that is none, where `wrong`. */
static const char *sheet(bool wrong)
{
	struct buf out;
	buf_init(&out, &fixture.arena, 0);
	buf_puts(&out, "Nom,Prix\n");
	for (int i = 1; i <= SHEET_ROWS; i++) buf_printf(&out, "Outil %d,%s\n", i, i == 30 && wrong ? "quinze" : "12");
	return buf_str(&out);
}

static void begin_sheet(void **state, bool wrong)
{
	struct err err = { 0 };
	struct hash hash;
	char hex[HASH_HEX + 1];
	int64_t size;
	json_t *definition, *columns;
	static const char form[] =
	        "{\"label\":\"Outil\",\"plural\":\"Outils\",\"add\":\"Ajouter\",\"title\":\"nom\",\"fields\":["
	        "{\"key\":\"nom\",\"type\":\"text\",\"label\":\"Nom\",\"required\":true},"
	        "{\"key\":\"prix\",\"type\":\"number\",\"label\":\"Prix\"}]}";
	static const char kept[] = "[{\"name\":\"Nom\",\"kind\":\"text\",\"key\":\"nom\"},"
	                           "{\"name\":\"Prix\",\"kind\":\"number\",\"key\":\"prix\"}]";
	open_site(state);
	const char *text = sheet(wrong);
	int fd = memfd_create("sheet", MFD_CLOEXEC);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_ok(file_keep(fixture.store, fd, 1 << 20, SHEET_TYPE, note, &hash, &hash, &size, &err), &err);
	close(fd);
	assert_ok(json_parse(&fixture.arena, form, strlen(form), &definition, &err), &err);
	assert_ok(json_parse(&fixture.arena, kept, strlen(kept), &columns, &err), &err);
	loaded = (struct import_run){
		.person = fixture.administrator.person, .kind = "spreadsheet", .title = "Outils", .state = RUN_LOOKING
	};
	loaded.choices = json_keep(&fixture.arena, json_pack("{s:s, s:s, s:b, s:O, s:O, s:i, s:b, s:b, s:s}", "file",
	                                                     hash_hex(&hash, hex), "lang", "en", "straight", 1,
	                                                     "definition", definition, "columns", columns, "title", 0,
	                                                     "menu", 1, "offered", 1, "space", "quartier"));
	assert_ok(store_write(fixture.store, add, &loaded, &err), &err);
}

#define FORMS "SELECT COUNT(*) FROM definition WHERE kind = 1 AND body LIKE '%\"Outils\"%'"
#define LISTS "SELECT COUNT(*) FROM definition WHERE kind = 2 AND body <> ''"

static void test_sheet_straight(void **state)
{
	struct import_line *lines;
	begin_sheet(state, false);
	int64_t lists = count(LISTS);
	work();
	assert_int_equal(loaded.state, RUN_BROUGHT); /* nothing stays out: nobody is asked */
	assert_int_equal(run_count(&loaded, COUNT_CREATED), SHEET_ROWS);
	assert_int_equal(count("SELECT COUNT(*) FROM record"), SHEET_ROWS);
	assert_int_equal(count(FORMS), 1);
	assert_int_equal(count(LISTS), lists + 1);
	assert_int_equal(told(true, &lines), SHEET_ROWS);
	assert_string_equal(lines[0].title, "Outil 1");
	assert_string_equal(lines[0].said, "12");
	assert_int_equal(lines[0].line, 2);
	does(undoes);
	work();
	assert_int_equal(loaded.state, RUN_UNDONE);
	assert_int_equal(run_count(&loaded, COUNT_GONE), SHEET_ROWS);
	assert_int_equal(count("SELECT COUNT(*) FROM record"), 0);
	assert_int_equal(count(FORMS), 0);
	assert_int_equal(count(LISTS), lists);
	assert_int_equal(count("SELECT COUNT(*) FROM job WHERE kind = 'import'"), 0);
}

static void test_sheet_refused(void **state)
{
	struct import_line *lines;
	begin_sheet(state, true);
	work();
	assert_int_equal(loaded.state, RUN_LOOKED);
	assert_int_equal(run_count(&loaded, COUNT_CREATED), SHEET_ROWS - 1);
	assert_int_equal(run_count(&loaded, COUNT_REFUSED), 1);
	assert_int_equal(told(false, &lines), 1);
	assert_int_equal(lines[0].line, 31);
	assert_string_equal(lines[0].title, "Outil 30");
	assert_non_null(strstr(lines[0].said, "Prix: "));
	assert_int_equal(count("SELECT COUNT(*) FROM record"), 0);
	assert_int_equal(count("SELECT COUNT(*) FROM definition WHERE key IN ('outil', 'rehearsal')"), 0);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = { BOTH(test_there_and_back), BOTH(test_stopped),
		                            BOTH(test_hers),           BOTH(test_gone),
		                            BOTH(test_sheet_straight), BOTH(test_sheet_refused) };
	return cmocka_run_group_tests_name("import_run", tests, NULL, NULL);
}

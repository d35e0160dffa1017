/* Settings: which of their places counts, what a browser may change, what is refused. */
#include "features/setting/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/disk.h"
#include "support/store.h"

static struct arena arena;
static const char *dir;

static void put(const char *name, const char *text)
{
	struct err err;
	assert_ok(disk_write(arena_printf(&arena, "%s/%s", dir, name), text, &err), &err);
}

static struct config load(void)
{
	struct config config;
	struct err err;
	assert_ok(config_load(&arena, dir, &config, &err), &err);
	return config;
}

static void test_places(void **state)
{
	(void)state;
	put("settings.conf", "backups = weekly\nbackups_kept = 3\nbase_url = https://a.example/\n");
	put("parvis.conf", "# the operator\nbackups = never\nworkers = 4\n");
	assert_int_equal(setenv("PARVIS_WORKERS", "5", 1), 0);
	struct config c = load();
	unsetenv("PARVIS_WORKERS");
	assert_string_equal(c.values[SETTING_BACKUPS], "never");
	assert_int_equal(c.sources[SETTING_BACKUPS], SOURCE_FILE);
	assert_false(config_is_open(&c, SETTING_BACKUPS));
	assert_string_equal(c.values[SETTING_BACKUPS_KEPT], "3");
	assert_true(config_is_open(&c, SETTING_BACKUPS_KEPT));
	assert_string_equal(c.values[SETTING_BASE_URL], "https://a.example");
	assert_string_equal(c.values[SETTING_WORKERS], "5");
	assert_int_equal(c.sources[SETTING_WORKERS], SOURCE_ENVIRONMENT);
	/* Never from a browser, wherever it comes from. */
	assert_false(config_is_open(&c, SETTING_LISTEN));
	assert_false(config_is_open(&c, SETTING_POSTGRES));
}

/* Whoever may name the mail server must not be shown the operator's password. */
static void test_mail_together(void **state)
{
	(void)state;
	put("settings.conf", "base_url = https://a.example\nmail = smtp://mechant.example\nmail_from = a@a.example\n");
	put("parvis.conf", "mail_password = secret\n");
	struct config c = load();
	assert_string_equal(c.values[SETTING_MAIL], "");
	assert_false(config_is_open(&c, SETTING_MAIL));
	assert_false(config_is_open(&c, SETTING_MAIL_FROM));
	put("parvis.conf", "");
	c = load();
	assert_string_equal(c.values[SETTING_MAIL], "smtp://mechant.example");
	assert_true(config_is_open(&c, SETTING_MAIL));
}

static void test_refused(void **state)
{
	static const struct {
		const char *file, *text;
	} bad[] = {
		{ "settings.conf", "listen = 0.0.0.0:80\n" },
		{ "settings.conf", "postgres = host=x\n" },
		{ "settings.conf", "no equals\n" },
		{ "parvis.conf", "colour = red\n" },
		{ "parvis.conf", "backups_kept = 0\n" },
		{ "parvis.conf", "backups = hourly\n" },
		{ "parvis.conf", "base_url = parvis.example\n" },
		{ "parvis.conf", "base_url = https://parvis.example/path\n" },
		{ "parvis.conf", "base_url = https://\n" },
		{ "parvis.conf", "base_url = javascript://x\n" },
		{ "parvis.conf", "base_url = https://a b\n" },
		{ "parvis.conf", "mail = http://x\nmail_from = a@b.c\nbase_url = https://a.b\n" },
		{ "parvis.conf", "mail = smtp://x\nbase_url = https://a.b\n" },
		{ "parvis.conf", "mail = smtp://x\nmail_from = a@b.c\n" },
		{ "parvis.conf", "mail_from = a\n" },
	};
	struct config config;
	struct err err;
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		put("settings.conf", "");
		put("parvis.conf", "");
		put(bad[i].file, bad[i].text);
		if (config_load(&arena, dir, &config, &err) != E_INPUT) fail_msg("%s is accepted", bad[i].text);
	}
	put("settings.conf", "");
	put("parvis.conf", "");
}

/* All the mistakes at once, each under its name. */
static void test_every_mistake(void **state)
{
	struct issues issues;
	struct config c = load();
	(void)state;
	issues_init(&issues, &arena);
	c.values[SETTING_BACKUPS] = "often";
	c.values[SETTING_MAIL] = "ftp://x";
	config_check(&c, &issues);
	assert_int_equal(issues.count, 4);
	assert_non_null(issues_of(&issues, "backups"));
	assert_non_null(issues_of(&issues, "mail"));
	assert_non_null(issues_of(&issues, "mail_from"));
	assert_non_null(issues_of(&issues, "base_url"));
}

/* Only what comes from a browser goes back into its file, for nobody else to read. */
static void test_saved(void **state)
{
	struct stat st;
	struct err err;
	const char *file, *browser;
	(void)state;
	put("parvis.conf", "workers = 4\npostgres = host=x password=y\n  postgres=z\n");
	struct config c = load();
	c.values[SETTING_BACKUPS_KEPT] = "9";
	c.sources[SETTING_BACKUPS_KEPT] = SOURCE_BROWSER;
	assert_ok(config_save(&arena, dir, &c, &err), &err);
	assert_int_equal(stat(arena_printf(&arena, "%s/settings.conf", dir), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_ok(config_texts(&arena, dir, &file, &browser, &err), &err);
	assert_non_null(strstr(browser, "\nbackups_kept = 9\n"));
	assert_null(strstr(browser, "workers"));
	assert_string_equal(file, "workers = 4\n"); /* how PostgreSQL is reached stays here */
	assert_string_equal(load().values[SETTING_BACKUPS_KEPT], "9");
}

static int setup(void **state)
{
	static char place[] = "/tmp/parvis-config-XXXXXX";
	(void)state;
	arena_init(&arena);
	dir = mkdtemp(place);
	return dir == NULL;
}

static int teardown(void **state)
{
	struct err err;
	(void)state;
	enum code code = disk_remove(dir, &err);
	arena_release(&arena);
	return code != OK;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),  cmocka_unit_test(test_mail_together),
		cmocka_unit_test(test_refused), cmocka_unit_test(test_every_mistake),
		cmocka_unit_test(test_saved),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

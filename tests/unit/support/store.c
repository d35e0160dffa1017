#include "support/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void test_assert_ok(enum code code, const struct err *err, const char *file, int line)
{
	char text[1024];
	if (code == OK) return;
	print_error("%s: %s\n", code_name(code),
	            err->msg ? err_format(err, err->msg, text, sizeof(text)) : "(no message)");
	_fail(file, line);
}

/* Deletes a folder and what is in it; follows no link. */
static void remove_folder(int parent, const char *name)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (dir == NULL) return;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
		if (unlinkat(fd, entry->d_name, 0) != 0) remove_folder(fd, entry->d_name);
	}
	closedir(dir);
	unlinkat(parent, name, AT_REMOVEDIR);
}

/* PostgreSQL */

static const char *server(const char *source_dir)
{
	static char where[256];
	if (where[0]) return where;
	char command[512];
	snprintf(command, sizeof(command), "'%s/tests/support/postgres.sh'", source_dir);
	FILE *pipe = popen(command, "r");
	if (pipe == NULL || fgets(where, sizeof(where), pipe) == NULL || pclose(pipe) != 0)
		die("the PostgreSQL of the tests does not start (PARVIS_TEST_POSTGRES=none does without)");
	where[strcspn(where, "\n")] = '\0';
	return where;
}

void test_postgres_run(const struct test_site *site, const char *sql)
{
	PGconn *conn = PQconnectdb(site->postgres);
	PGresult *result = PQexec(conn, sql);
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) die("%s: %s", sql, PQerrorMessage(conn));
	PQclear(result);
	PQfinish(conn);
}

bool test_site_postgres(struct test_site *site, const char *source_dir)
{
	static unsigned count;
	const char *where = server(source_dir);
	if (strcmp(where, "none") == 0) return false;
	char sql[160];
	snprintf(site->schema, sizeof(site->schema), "test_%d_%u", (int)getpid(), ++count);
	snprintf(site->postgres, sizeof(site->postgres),
	         "%s options='-c search_path=%s -c client_min_messages=warning'", where, site->schema);
	/* A process of the same number may have been killed before. */
	snprintf(sql, sizeof(sql), "DROP SCHEMA IF EXISTS %s CASCADE; CREATE SCHEMA %s", site->schema, site->schema);
	test_postgres_run(site, sql);
	site->options.postgres = site->postgres;
	return true;
}

/* Sites */

void test_site_init(struct test_site *site)
{
	const char *tmp = getenv("TMPDIR");
	*site = (struct test_site){ 0 };
	snprintf(site->dir, sizeof(site->dir), "%s/parvis-test-XXXXXX", tmp ? tmp : "/tmp");
	if (mkdtemp(site->dir) == NULL) die("no temporary folder");
	site->options = (struct store_options){ .dir = site->dir, .create = true, .reserve = 64 * 1024 };
}

void test_site_open(struct test_site *site)
{
	struct err err = { .msg = "" };
	char text[1024];
	if (store_open(&site->options, &site->store, &err) != OK)
		die("the store does not open: %s", err_format(&err, err.msg, text, sizeof(text)));
}

void test_site_release(struct test_site *site)
{
	store_close(site->store);
	site->store = NULL;
	if (site->schema[0]) {
		char sql[96];
		snprintf(sql, sizeof(sql), "DROP SCHEMA %s CASCADE", site->schema);
		test_postgres_run(site, sql);
	}
	remove_folder(AT_FDCWD, site->dir);
}

/* cmocka */

static struct test_site *site_new(void **state)
{
	struct test_site *site = calloc(1, sizeof(*site));
	if (site == NULL) die("out of memory");
	test_site_init(site);
	*state = site;
	return site;
}

int test_sqlite_setup(void **state)
{
	test_site_open(site_new(state));
	return 0;
}

int test_postgres_setup_at(void **state, const char *source_dir)
{
	struct test_site *site = site_new(state);
	if (test_site_postgres(site, source_dir)) test_site_open(site);
	return 0;
}

int test_store_teardown(void **state)
{
	test_site_release(*state);
	free(*state);
	return 0;
}

struct test_site *test_site(void **state)
{
	return *state;
}

struct store *test_store(void **state)
{
	struct test_site *site = *state;
	if (site->store == NULL) skip();
	return site->store;
}

struct store *test_store_reopen(void **state)
{
	struct test_site *site = *state;
	store_close(site->store);
	test_site_open(site);
	return site->store;
}

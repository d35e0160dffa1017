/*
 * A fresh store for each test, on both engines. A test file writes each test once:
 *
 *	static void test_x(void **state)
 *	{
 *		struct store *store = test_store(state);
 *		…
 *	}
 *	const struct CMUnitTest tests[] = { BOTH_ENGINES(test_x), … };
 *
 * SQLite: a temporary folder. PostgreSQL: a schema of its own on the server that
 * tests/support/postgres.sh starts (or PARVIS_TEST_POSTGRES names; "none" skips these tests).
 */
#ifndef PARVIS_TEST_STORE_H
#define PARVIS_TEST_STORE_H

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/store.h"

struct test_site {
	struct store *store; /* NULL: on PostgreSQL and there is none */
	struct store_options options;
	char dir[128];
	char postgres[512];
	char schema[48]; /* of PostgreSQL */
};

#define BOTH_ENGINES(test)                                                                    \
	{ #test " (SQLite)", (test), test_sqlite_setup, test_store_teardown, NULL },          \
	{                                                                                     \
#test " (PostgreSQL)", (test), test_postgres_setup, test_store_teardown, NULL \
	}
#define ONLY_SQLITE(test)                                                   \
	{                                                                   \
#test, (test), test_sqlite_setup, test_store_teardown, NULL \
	}
#define ONLY_POSTGRES(test)                                                   \
	{                                                                     \
#test, (test), test_postgres_setup, test_store_teardown, NULL \
	}

int test_sqlite_setup(void **state);
int test_postgres_setup_at(void **state, const char *source_dir);
int test_store_teardown(void **state);

/* The script is found from the source folder, which test programs know. */
static inline __attribute__((unused)) int test_postgres_setup(void **state)
{
	return test_postgres_setup_at(state, SOURCE_DIR);
}

struct test_site *test_site(void **state);
/* The open store; skips the test when there is none. */
struct store *test_store(void **state);
/* Closes and opens again, with the site's options. */
struct store *test_store_reopen(void **state);

/* For sites outside cmocka's setup: a temporary folder; an empty schema (false: no PostgreSQL). */
void test_site_init(struct test_site *site);
bool test_site_postgres(struct test_site *site, const char *source_dir);
void test_site_open(struct test_site *site);
/* Closes and deletes everything. */
void test_site_release(struct test_site *site);

/* Runs one statement on the site's own PostgreSQL connection, outside the store. */
void test_postgres_run(const struct test_site *site, const char *sql);

/* Fails the test with the error's message unless `code` is OK. */
#define assert_ok(code, err) test_assert_ok((code), (err), __FILE__, __LINE__)
void test_assert_ok(enum code code, const struct err *err, const char *file, int line);

#endif

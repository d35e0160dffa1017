/* A PostgreSQL server that goes away and comes back. */
#include <string.h>

#include "support/store.h"

static enum code make_table(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return db_run(tx_db(tx), err, "CREATE TABLE t (n BIGINT PRIMARY KEY)");
}

static enum code insert(struct tx *tx, void *arg, struct err *err)
{
	return db_run(tx_db(tx), err, "INSERT INTO t (n) VALUES ($1)", *(const int *)arg);
}

/* Ends all connections of the store: those that wait on the schema of this test. */
static void cut(const struct test_site *site)
{
	char sql[512];
	snprintf(sql, sizeof(sql),
	         "SELECT pg_terminate_backend(a.pid, 5000) FROM pg_stat_activity a"
	         " WHERE a.application_name = 'parvis %s'",
	         site->schema);
	test_postgres_run(site, sql);
}

/* Names its connections, so that cut finds them and nobody else's. */
static struct store *named_store(void **state)
{
	test_store(state);
	struct test_site *site = test_site(state);
	size_t len = strlen(site->postgres);
	snprintf(site->postgres + len, sizeof(site->postgres) - len, " application_name='parvis %s'", site->schema);
	return test_store_reopen(state);
}

struct cutting {
	const struct test_site *site;
	int n;
};

static enum code cut_then_insert(struct tx *tx, void *arg, struct err *err)
{
	struct cutting *c = arg;
	int again = c->n + 1;
	TRY(insert(tx, &c->n, err));
	/* From a connection of another name, so that it does not cut itself. */
	struct test_site other = *c->site;
	*strstr(other.postgres, " application_name") = '\0';
	cut(&other);
	return insert(tx, &again, err);
}

static int64_t count(struct store *store)
{
	struct err err = { 0 };
	struct db *db;
	int64_t n = -1;
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(db_int(db, &n, -1, &err, "SELECT count(*) FROM t"), &err);
	store_read_end(store);
	return n;
}

static void cut_all(const struct test_site *site)
{
	struct test_site other = *site;
	*strstr(other.postgres, " application_name") = '\0';
	cut(&other);
}

static void test_lost_while_idle(void **state)
{
	struct store *store = named_store(state);
	struct err err = { 0 };
	assert_ok(store_write(store, make_table, NULL, &err), &err);
	assert_int_equal(count(store), 0);
	cut_all(test_site(state));
	assert_ok(store_write(store, insert, &(int){ 1 }, &err), &err);
	assert_int_equal(count(store), 1);
}

static void test_lost_during_a_write(void **state)
{
	struct store *store = named_store(state);
	struct err err = { 0 };
	assert_ok(store_write(store, make_table, NULL, &err), &err);
	struct cutting c = { test_site(state), 10 };
	assert_int_equal(store_write(store, cut_then_insert, &c, &err), E_IO);
	assert_ok(store_write(store, insert, &(int){ 1 }, &err), &err);
	assert_int_equal(count(store), 1);
}

static void test_lost_during_a_read(void **state)
{
	struct store *store = named_store(state);
	struct err err = { 0 };
	struct db *db;
	int64_t n;
	assert_ok(store_write(store, make_table, NULL, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	cut_all(test_site(state));
	assert_int_equal(db_int(db, &n, 0, &err, "SELECT count(*) FROM t"), E_IO);
	store_read_end(store);
	assert_int_equal(count(store), 0);
}

static void test_unreachable(void **state)
{
	test_store(state);
	struct test_site *site = test_site(state);
	struct err err = { 0 };
	struct store *store = NULL;
	struct test_site other;
	test_site_init(&other);
	struct store_options options = site->options;
	options.dir = other.dir;
	options.postgres = "host=/nowhere dbname=none";
	assert_int_equal(store_open(&options, &store, &err), E_BUSY);
	assert_null(store);
	test_site_release(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ONLY_POSTGRES(test_lost_while_idle),
		ONLY_POSTGRES(test_lost_during_a_write),
		ONLY_POSTGRES(test_lost_during_a_read),
		ONLY_POSTGRES(test_unreachable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Texts that people accept: versions that stay as they were read, who is asked again, proofs that go with the person. */
#include "core/terms.h"

#include "base/clock.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static enum code write_terms(struct tx *tx, void *arg, struct err *err)
{
	return terms_publish(tx, &site.administrator, arg, err);
}

static enum code publish(const char *key, int present, const char *text, int whom, bool needed, bool again)
{
	struct err err = { 0 };
	struct terms terms = { .key = key,
		               .version = present,
		               .title = key,
		               .text = text,
		               .whom = whom,
		               .needed = needed,
		               .again = again };
	clock_set(clock_now() + 60000);
	return store_write(site.store, write_terms, &terms, &err);
}

struct answer {
	int64_t person;
	const char *key;
	int version;
	bool yes;
};

static enum code write_answer(struct tx *tx, void *arg, struct err *err)
{
	const struct answer *x = arg;
	return terms_answer(tx, x->person, x->key, x->version, x->yes, TERMS_COMING_IN, err);
}

static enum code answer(const struct actor *actor, const char *key, int version, bool yes)
{
	struct err err = { 0 };
	struct answer x = { actor->person, key, version, yes };
	clock_set(clock_now() + 60000);
	return store_write(site.store, write_answer, &x, &err);
}

/* "charte 2/1 mail 1/0": the version asked, and the one she answered to. */
static const char *due(const struct actor *actor)
{
	struct db *db;
	struct err err = { 0 };
	struct person person;
	struct terms *list;
	struct buf out;
	int n;
	buf_init(&out, &site.arena, 0);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(person_load(db, &site.arena, actor->person, &person, &err), &err);
	assert_ok(terms_due(db, &site.arena, &person, &list, &n, &err), &err);
	store_read_end(site.store);
	for (int i = 0; i < n; i++)
		buf_printf(&out, "%s%s %d/%d", i ? " " : "", list[i].key, list[i].version, list[i].had);
	return buf_str(&out);
}

static struct terms find(const char *key, int version)
{
	struct db *db;
	struct err err = { 0 };
	struct terms terms;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(terms_find(db, &site.arena, key, version, &terms, &err), &err);
	store_read_end(site.store);
	return terms;
}

static void test_versions(void **state)
{
	site_fixture_init(&site, test_store(state));
	assert_string_equal(due(&site.member), "");
	assert_int_equal(publish("charte", 0, "Un", TERMS_ACCOUNTS, true, true), OK);
	assert_int_equal(publish("charte", 0, "Encore", TERMS_ACCOUNTS, true, true),
	                 E_CONFLICT); /* the name is taken */
	assert_string_equal(due(&site.member), "charte 1/0");
	assert_int_equal(answer(&site.member, "charte", 1, true), OK);
	assert_int_equal(answer(&site.member, "charte", 2, true), E_NOT_FOUND); /* nobody accepts what nobody wrote */
	assert_string_equal(due(&site.member), "");
	/* A small correction binds her; who never answered is asked the present one. */
	assert_int_equal(publish("charte", 1, "Un, sans faute", TERMS_ACCOUNTS, true, false), OK);
	assert_string_equal(due(&site.member), "");
	assert_string_equal(due(&site.other), "charte 2/0");
	/* A version to ask again, then a small one: she is asked the last, about what changed since hers. */
	assert_int_equal(publish("charte", 2, "Deux", TERMS_ACCOUNTS, true, true), OK);
	assert_int_equal(publish("charte", 2, "Le mien", TERMS_ACCOUNTS, true, true),
	                 E_CONFLICT); /* somebody was faster */
	assert_int_equal(publish("charte", 3, "Deux, sans faute", TERMS_ACCOUNTS, true, false), OK);
	assert_string_equal(due(&site.member), "charte 4/1");
	assert_int_equal(answer(&site.member, "charte", 4, true), OK);
	assert_string_equal(due(&site.member), "");
	assert_string_equal(find("charte", 1).text, "Un");
	assert_string_equal(find("charte", 0).text, "Deux, sans faute");
	assert_int_equal(find("charte", 1).accepted, 1);
	assert_int_equal(find("charte", 2).accepted, 0);
	/* Asked of nobody any more. */
	assert_int_equal(publish("charte", 4, "Fini", 0, true, true), OK);
	assert_string_equal(due(&site.other), "");
}

static void test_wish(void **state)
{
	struct db *db;
	struct err err = { 0 };
	struct acceptance *all;
	int n;
	site_fixture_init(&site, test_store(state));
	assert_int_equal(publish("photos", 0, "Mes photos", TERMS_ACCOUNTS | TERMS_GUESTS, false, true), OK);
	assert_int_equal(publish("charte", 0, "Charte", TERMS_ACCOUNTS, true, true), OK);
	assert_string_equal(due(&site.member), "photos 1/0 charte 1/0");
	/* A no is an answer where it is not needed, and only there. */
	assert_int_equal(answer(&site.member, "photos", 1, false), OK);
	assert_int_equal(answer(&site.member, "charte", 1, false), OK);
	assert_string_equal(due(&site.member), "charte 1/0");
	assert_int_equal(find("photos", 0).accepted, 0);
	assert_int_equal(answer(&site.member, "photos", 1, true), OK);
	assert_int_equal(find("photos", 0).accepted, 1);
	int64_t before = clock_now();
	assert_int_equal(answer(&site.member, "photos", 1, false), OK);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(terms_answers(db, &site.arena, site.member.person, &all, &n, &err), &err);
	store_read_end(site.store);
	assert_int_equal(n, 2);
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].terms.key, "photos") == 0) assert_int_equal(all[i].ended, before + 60000);
}

static enum code erase(struct tx *tx, void *arg, struct err *err)
{
	return person_delete(tx, *(int64_t *)arg, err);
}

static void test_goes(void **state)
{
	struct db *db;
	struct err err = { 0 };
	int64_t left = -1;
	site_fixture_init(&site, test_store(state));
	assert_int_equal(publish("charte", 0, "Charte", TERMS_ACCOUNTS, true, true), OK);
	assert_int_equal(answer(&site.member, "charte", 1, true), OK);
	assert_int_equal(find("charte", 0).accepted, 1);
	assert_ok(store_write(site.store, erase, &site.member.person, &err), &err);
	assert_int_equal(find("charte", 0).accepted, 0);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int(db, &left, -1, &err, "SELECT COUNT(*) FROM acceptance"), &err);
	store_read_end(site.store);
	assert_int_equal(left, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_versions),
		TEST(test_wish),
		TEST(test_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

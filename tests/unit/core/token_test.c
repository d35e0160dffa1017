/* Secrets that let somebody in: known by their hash only, for a time, so many times. */
#include "core/token.h"

#include <string.h>

#include "base/clock.h"
#include "core/person.h"
#include "support/site/site.h"

static struct site_fixture site;
static struct token wanted;
static char text[TOKEN_TEXT + 1];

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static void begin(void **state)
{
	site_fixture_init(&site, test_store(state));
	token_draw(text);
}

static enum code create(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return token_create(tx, &site.arena, text, &wanted, err);
}

static enum code spend(struct tx *tx, void *arg, struct err *err)
{
	return token_spend(tx, arg, err);
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return token_purge(tx, err);
}

static enum code end_other_space(struct tx *tx, void *arg, struct err *err)
{
	const struct token *token = arg;
	return token_end(tx, token->kind, site.closed->num, token->num, err);
}

static enum code end(struct tx *tx, void *arg, struct err *err)
{
	const struct token *token = arg;
	return token_end(tx, token->kind, site.open->num, token->num, err);
}

static void make(enum token_kind kind, int uses, int64_t life)
{
	struct err err = { 0 };
	wanted = (struct token){ .kind = kind,
		                 .person = site.member.person,
		                 .space = site.open->num,
		                 .level = LEVEL_MEMBER,
		                 .creator = site.facilitator.person,
		                 .body = site_json(&site, "{\"email\": \"é@x.example\"}"),
		                 .uses = uses,
		                 .expires = clock_now() + life };
	assert_ok(store_write(site.store, create, NULL, &err), &err);
}

static enum code find(enum token_kind kind, const char *typed, struct token *ret)
{
	struct db *db;
	struct err err;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = token_find(db, &site.arena, kind, typed, ret, &err);
	store_read_end(site.store);
	return code;
}

static void test_found_by_its_text(void **state)
{
	struct token token;
	begin(state);
	make(TOKEN_INVITATION, 1, 1000);
	assert_int_equal(strlen(text), TOKEN_TEXT);
	assert_int_equal(find(TOKEN_INVITATION, text, &token), OK);
	assert_int_equal(token.person, site.member.person);
	assert_int_equal(token.space, site.open->num);
	assert_int_equal(token.level, LEVEL_MEMBER);
	assert_int_equal(token.creator, site.facilitator.person);
	assert_string_equal(json_str(token.body, "email"), "é@x.example");
	assert_int_equal(find(TOKEN_CARD, text, &token), E_NOT_FOUND); /* of another kind */
	assert_int_equal(find(TOKEN_INVITATION, "", &token), E_NOT_FOUND);
	text[0] ^= 1;
	assert_int_equal(find(TOKEN_INVITATION, text, &token), E_NOT_FOUND);
}

/* Who reads a copy of the database cannot use what is in it. */
static void test_text_is_not_kept(void **state)
{
	struct db *db;
	struct err err = { 0 };
	int64_t held = 0;
	begin(state);
	make(TOKEN_INVITATION, 1, 1000);
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(db_int(db, &held, 0, &err, "SELECT COUNT(*) FROM token WHERE hash = $1 OR body LIKE $2",
	                 blob_of(text, strlen(text)), arena_printf(&site.arena, "%%%s%%", text)),
	          &err);
	store_read_end(site.store);
	assert_int_equal(held, 0);
}

static void test_spent(void **state)
{
	struct token token, card;
	struct err err = { 0 };
	begin(state);
	make(TOKEN_SIGN_IN, 2, 1000);
	assert_int_equal(find(TOKEN_SIGN_IN, text, &token), OK);
	assert_ok(store_write(site.store, spend, &token, &err), &err);
	assert_ok(store_write(site.store, spend, &token, &err), &err);
	/* Found before it was spent, as by two requests at once: the third gets nothing. */
	assert_int_equal(store_write(site.store, spend, &token, &err), E_NOT_FOUND);
	assert_int_equal(find(TOKEN_SIGN_IN, text, &token), E_NOT_FOUND);
	token_draw(text);
	make(TOKEN_CARD, TOKEN_NO_END, 1000);
	assert_int_equal(find(TOKEN_CARD, text, &card), OK);
	for (int i = 0; i < 5; i++) assert_ok(store_write(site.store, spend, &card, &err), &err);
	assert_int_equal(find(TOKEN_CARD, text, &card), OK);
}

static void test_expires(void **state)
{
	struct token token;
	struct err err = { 0 };
	begin(state);
	make(TOKEN_SIGN_IN, 1, 1000);
	int64_t now = clock_now();
	clock_set(now + 999);
	assert_int_equal(find(TOKEN_SIGN_IN, text, &token), OK);
	clock_set(now + 1000);
	struct token late;
	assert_int_equal(find(TOKEN_SIGN_IN, text, &late), E_NOT_FOUND);
	assert_int_equal(store_write(site.store, spend, &token, &err), E_NOT_FOUND);
	assert_ok(store_write(site.store, purge, NULL, &err), &err);
	clock_set(now);
	assert_int_equal(find(TOKEN_SIGN_IN, text, &late), E_NOT_FOUND); /* gone */
}

static int open_ones(int64_t space)
{
	struct db *db;
	struct err err = { 0 };
	struct token *all;
	int n = -1;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(token_list_space(db, &site.arena, TOKEN_INVITATION, space, &all, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void test_ended_by_its_space_only(void **state)
{
	struct token token;
	struct err err = { 0 };
	begin(state);
	make(TOKEN_INVITATION, 5, 1000);
	assert_int_equal(find(TOKEN_INVITATION, text, &token), OK);
	assert_int_equal(open_ones(site.open->num), 1);
	assert_int_equal(open_ones(site.closed->num), 0);
	assert_ok(store_write(site.store, end_other_space, &token, &err), &err);
	assert_int_equal(open_ones(site.open->num), 1);
	assert_ok(store_write(site.store, end, &token, &err), &err);
	assert_int_equal(open_ones(site.open->num), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_found_by_its_text), TEST(test_text_is_not_kept),        TEST(test_spent),
		TEST(test_expires),           TEST(test_ended_by_its_space_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Sessions by the clock: how long they last, what is kept of a token, who they sign in. */
#include "core/session.h"

#include <string.h>

#include "base/clock.h"
#include "core/person.h"
#include "support/site/site.h"

enum { HOUR = 3600 * 1000 };

static struct site_fixture site;
static char token[SESSION_TOKEN + 1];
static struct hash named;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static enum code open_session(struct tx *tx, void *arg, struct err *err)
{
	return session_create(tx, site.member.person, arg, SESSION_LIFE_MS, false, token, err);
}

static enum code touch(struct tx *tx, void *arg, struct err *err)
{
	return session_touch(tx, arg, err);
}

static enum code end(struct tx *tx, void *arg, struct err *err)
{
	return session_end(tx, arg, err);
}

static enum code purge(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return session_purge(tx, err);
}

static void write_fn(store_fn *fn, const void *arg)
{
	struct err err = { 0 };
	assert_ok(store_write(site.store, fn, (void *)arg, &err), &err);
}

static void begin(void **state, const char *agent)
{
	site_fixture_init(&site, test_store(state));
	write_fn(open_session, agent);
	named = session_hash(token);
}

static enum code find(const char *of, struct session *ret)
{
	struct db *db;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = session_find(db, &site.arena, of, ret, NULL);
	store_read_end(site.store);
	return code;
}

static int64_t rows(void)
{
	struct db *db;
	int64_t n = -1;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_int_equal(db_int(db, &n, -1, NULL, "SELECT COUNT(*) FROM session"), OK);
	store_read_end(site.store);
	return n;
}

static void test_token(void **state)
{
	begin(state, "Firefox");
	struct session s;
	assert_int_equal(strlen(token), 43);
	assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
	assert_int_equal(find(token, &s), OK);
	assert_int_equal(s.person, site.member.person);
	assert_int_equal(s.created, SITE_START);
	assert_int_equal(s.seen, SITE_START);
	assert_int_equal(s.expires, SITE_START + 90LL * 24 * HOUR);
	assert_string_equal(s.agent, "Firefox");
	assert_memory_equal(&s.hash, &named, 32);
	/* Nothing else opens it, what the database holds least of all. */
	char wrong[64], hex[HASH_HEX + 1];
	memcpy(wrong, token, sizeof(token));
	wrong[42] = wrong[42] == 'A' ? 'E' : 'A';
	assert_int_equal(find(wrong, &s), E_NOT_FOUND);
	assert_int_equal(find("", &s), E_NOT_FOUND);
	assert_int_equal(find(arena_printf(&site.arena, "%sA", token), &s), E_NOT_FOUND);
	assert_int_equal(find(hash_hex(&named, hex), &s), E_NOT_FOUND);
	char first[SESSION_TOKEN + 1];
	memcpy(first, token, sizeof(first));
	write_fn(open_session, "");
	assert_string_not_equal(first, token);
	/* A form's token comes from the cookie's and does not tell it. */
	const char *form = session_form_token(&site.arena, first);
	assert_string_equal(form, session_form_token(&site.arena, first));
	assert_string_not_equal(form, session_form_token(&site.arena, token));
	assert_null(strstr(first, form));
	assert_int_equal(strlen(form), 32);
	assert_null(strstr(hash_hex(&named, hex), form));
}

static enum code renew(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return session_renew(tx, &named, token, err);
}

/* Shown again who she is: another token, as if she had just come in, for as long as before and in the same browser. */
static void test_renew(void **state)
{
	begin(state, "Firefox");
	struct session s;
	char before[SESSION_TOKEN + 1];
	memcpy(before, token, sizeof(before));
	clock_set(SITE_START + HOUR);
	write_fn(renew, NULL);
	assert_string_not_equal(before, token);
	assert_int_equal(find(before, &s), E_NOT_FOUND);
	assert_int_equal(find(token, &s), OK);
	assert_int_equal(s.person, site.member.person);
	assert_int_equal(s.created, SITE_START + HOUR);
	assert_int_equal(s.expires, SITE_START + 90LL * 24 * HOUR);
	assert_string_equal(s.agent, "Firefox");
	assert_false(s.stay);
	assert_int_equal(rows(), 1);
}

static void test_idle(void **state)
{
	begin(state, NULL);
	struct session s;
	clock_set(SITE_START + 14LL * 24 * HOUR - 1);
	assert_int_equal(find(token, &s), OK);
	assert_string_equal(s.agent, "");
	clock_set(SITE_START + 14LL * 24 * HOUR);
	assert_int_equal(find(token, &s), E_NOT_FOUND);
	/* Used meanwhile, it lasts longer. */
	clock_set(SITE_START + 13LL * 24 * HOUR);
	write_fn(touch, &named);
	clock_set(SITE_START + 27LL * 24 * HOUR - 1);
	assert_int_equal(find(token, &s), OK);
	clock_set(SITE_START + 27LL * 24 * HOUR);
	assert_int_equal(find(token, &s), E_NOT_FOUND);
}

static void test_life(void **state)
{
	begin(state, NULL);
	struct session s;
	for (int day = 1; day < 90; day++) {
		clock_set(SITE_START + day * 24LL * HOUR);
		write_fn(touch, &named);
	}
	clock_set(SITE_START + 90LL * 24 * HOUR - 1);
	assert_int_equal(find(token, &s), OK);
	clock_set(SITE_START + 90LL * 24 * HOUR); /* however much it was used */
	assert_int_equal(find(token, &s), E_NOT_FOUND);
}

static void test_stale(void **state)
{
	begin(state, NULL);
	struct session s;
	assert_int_equal(find(token, &s), OK);
	assert_false(session_is_stale(&s));
	clock_set(SITE_START + HOUR);
	assert_false(session_is_stale(&s));
	clock_set(SITE_START + HOUR + 1);
	assert_true(session_is_stale(&s));
	write_fn(touch, &named);
	assert_int_equal(find(token, &s), OK);
	assert_false(session_is_stale(&s));
}

static void test_end(void **state)
{
	begin(state, NULL);
	struct session s;
	char first[SESSION_TOKEN + 1];
	memcpy(first, token, sizeof(first));
	write_fn(open_session, NULL);
	write_fn(end, &named);
	assert_int_equal(find(first, &s), E_NOT_FOUND);
	assert_int_equal(find(token, &s), OK);
	/* Purged when past its life or idle too long, not a moment before. */
	clock_set(SITE_START + 14LL * 24 * HOUR - 1);
	write_fn(purge, NULL);
	assert_int_equal(rows(), 1);
	clock_set(SITE_START + 14LL * 24 * HOUR);
	write_fn(purge, NULL);
	assert_int_equal(rows(), 0);
}

/* Names of browsers are cut at 200 bytes, between two characters. */
static void test_agent(void **state)
{
	struct session s;
	char agent[400] = "";
	while (strlen(agent) < 399) memcpy(agent + strlen(agent), "aé", strlen(agent) < 397 ? 4 : 2);
	begin(state, agent);
	assert_int_equal(find(token, &s), OK);
	assert_in_range(strlen(s.agent), 198, 200);
	assert_memory_equal(s.agent, agent, strlen(s.agent));
	assert_int_equal(strlen(s.agent) % 3 == 1 || strlen(s.agent) % 3 == 0, true);
}

static enum code set_hash(struct tx *tx, void *arg, struct err *err)
{
	return person_set_password(tx, site.member.person, arg, err);
}

/* A new password ends what was opened with the old one. */
static void test_password(void **state)
{
	begin(state, NULL);
	struct session s;
	char hash[] = "another";
	write_fn(set_hash, hash);
	assert_int_equal(find(token, &s), E_NOT_FOUND);
}

/* Levels follow memberships at once. */
static void test_actor(void **state)
{
	begin(state, NULL);
	struct db *db;
	struct actor actor;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(actor_load(db, &site.arena, site.facilitator.person, &actor, &err), &err);
	assert_string_equal(actor.name, "Farida");
	assert_int_equal(actor.site, LEVEL_CONTRIBUTOR);
	assert_int_equal(actor_level(&actor, site.open), LEVEL_FACILITATOR);
	assert_ok(actor_load(db, &site.arena, site.administrator.person, &actor, &err), &err);
	assert_int_equal(actor_level(&actor, site.closed), LEVEL_ADMINISTRATOR);
	assert_ok(actor_load(db, &site.arena, site.contributor.person, &actor, &err), &err);
	assert_int_equal(actor_level(&actor, site.open), LEVEL_CONTRIBUTOR);
	assert_int_equal(actor_level(&actor, site.closed), LEVEL_VISITOR);
	assert_int_equal(actor_load(db, &site.arena, 999, &actor, &err), E_NOT_FOUND);
	store_read_end(site.store);
	assert_int_equal(actor_level(&actor_visitor, site.open), LEVEL_VISITOR);
	assert_int_equal(actor_level(&actor_program, site.closed), LEVEL_ADMINISTRATOR);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_token), BOTH(test_renew), BOTH(test_idle),     BOTH(test_life),  BOTH(test_stale),
		BOTH(test_end),   BOTH(test_agent), BOTH(test_password), BOTH(test_actor),
	};
	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}

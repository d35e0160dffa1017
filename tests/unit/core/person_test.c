/* Accounts, roles, sessions, members: what the pages rely on. */
#include "core/person.h"

#include <string.h>

#include "base/clock.h"
#include "core/session.h"
#include "core/space.h"
#include "support/store.h"

static const int64_t start = 1700000000000;

static struct arena arena;

/* Each test's writes: a function of its own reads like a story. */
struct step {
	enum code (*run)(struct tx *tx, struct step *step, struct err *err);
	const char *email, *text;
	int64_t person, space;
	enum level level;
	enum person_state state;
	struct hash hash;
	char token[SESSION_TOKEN + 1];
};

static enum code run(struct tx *tx, void *arg, struct err *err)
{
	struct step *step = arg;
	return step->run(tx, step, err);
}

static enum code write_step(struct store *store, struct step *step, struct err *err)
{
	return store_write(store, run, step, err);
}

static enum code create(struct tx *tx, struct step *s, struct err *err)
{
	return person_create(tx, &arena, s->text, s->email, "hash", s->level, &s->person, err);
}

static int64_t person(struct store *store, const char *name, const char *email, enum level level)
{
	struct step step = { .run = create, .text = name, .email = email, .level = level };
	struct err err;
	assert_ok(write_step(store, &step, &err), &err);
	return step.person;
}

static enum code do_level(struct tx *tx, struct step *s, struct err *err)
{
	return person_set_level(tx, s->person, s->level, err);
}

static enum code do_state(struct tx *tx, struct step *s, struct err *err)
{
	return person_set_state(tx, s->person, s->state, err);
}

static enum code set_level(struct store *store, int64_t who, enum level level)
{
	struct err err;
	return write_step(store, &(struct step){ .run = do_level, .person = who, .level = level }, &err);
}

static enum code set_state(struct store *store, int64_t who, enum person_state state)
{
	struct err err;
	return write_step(store, &(struct step){ .run = do_state, .person = who, .state = state }, &err);
}

static struct person load(struct store *store, int64_t who)
{
	struct db *db;
	struct err err;
	struct person found;
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(person_load(db, &arena, who, &found, &err), &err);
	store_read_end(store);
	return found;
}

/* The site always keeps somebody who can put things right. */
static void test_last_administrator(void **state)
{
	struct store *store = test_store(state);
	int64_t ana = person(store, "Ana", "ana@example.org", LEVEL_ADMINISTRATOR);
	int64_t bea = person(store, "Béa", "bea@example.org", LEVEL_CONTRIBUTOR);
	assert_int_equal(set_level(store, ana, LEVEL_CONTRIBUTOR), E_CONFLICT);
	assert_int_equal(set_state(store, ana, PERSON_BLOCKED), E_CONFLICT);
	assert_int_equal(load(store, ana).level, LEVEL_ADMINISTRATOR);
	assert_int_equal(set_state(store, bea, PERSON_BLOCKED), OK);
	assert_int_equal(set_level(store, bea, LEVEL_ADMINISTRATOR), OK);
	/* blocked, she is of no help */
	assert_int_equal(set_level(store, ana, LEVEL_CONTRIBUTOR), E_CONFLICT);
	assert_int_equal(set_state(store, bea, PERSON_ACTIVE), OK);
	assert_int_equal(set_level(store, ana, LEVEL_CONTRIBUTOR), OK);
	assert_int_equal(set_state(store, bea, PERSON_BLOCKED), E_CONFLICT);
}

static enum code do_email(struct tx *tx, struct step *s, struct err *err)
{
	return person_set_email(tx, &arena, s->person, s->email, err);
}

static void test_email(void **state)
{
	struct store *store = test_store(state);
	struct db *db;
	struct err err;
	struct person found;
	int64_t ana = person(store, "Ana", "Ana@Example.org", LEVEL_CONTRIBUTOR);
	int64_t bea = person(store, "Béa", "bea@example.org", LEVEL_CONTRIBUTOR);
	struct step taken = { .run = create, .text = "X", .email = " ana@EXAMPLE.org " };
	assert_int_equal(write_step(store, &taken, &err), E_CONFLICT);
	struct step theft = { .run = do_email, .person = bea, .email = "ANA@example.org" };
	assert_int_equal(write_step(store, &theft, &err), E_CONFLICT);
	struct step own = { .run = do_email, .person = ana, .email = "ana@example.org" };
	assert_int_equal(write_step(store, &own, &err), OK);
	struct step moved = { .run = do_email, .person = bea, .email = "Bea@Ailleurs.example" };
	assert_int_equal(write_step(store, &moved, &err), OK);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(person_by_email(db, &arena, "bea@ailleurs.example", &found, &err), &err);
	assert_int_equal(found.num, bea);
	assert_string_equal(found.email, "Bea@Ailleurs.example");
	assert_int_equal(person_by_email(db, &arena, "bea@example.org", &found, &err), E_NOT_FOUND);
	store_read_end(store);
}

/* Unknown and blocked look the same: a hash that no password has, as dear as the others. */
static void test_credential(void **state)
{
	struct store *store = test_store(state);
	struct db *db;
	struct err err;
	const char *hash = NULL, *real;
	int64_t num = -1;
	int64_t ana = person(store, "Ana", "ana@example.org", LEVEL_CONTRIBUTOR);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(person_credential(db, &arena, "nobody@example.org", &num, &hash, &err), &err);
	assert_int_equal(num, 0);
	assert_ok(person_credential(db, &arena, " ANA@example.org", &num, &real, &err), &err);
	assert_int_equal(num, ana);
	assert_string_equal(real, "hash");
	store_read_end(store);
	assert_int_equal(set_state(store, ana, PERSON_BLOCKED), OK);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(person_credential(db, &arena, "ana@example.org", &num, &hash, &err), &err);
	assert_int_equal(num, 0);
	assert_string_equal(hash, password_nobody());
	store_read_end(store);
}

/* Same algorithm, memory and passes as a real one at each cost: so the same time. */
static void test_nobody(void **state)
{
	static const enum password_cost costs[] = { PASSWORD_TEST, PASSWORD_BOX };
	struct err err;
	(void)state;
	for (size_t i = 0; i < COUNT(costs); i++) {
		const char *hash = NULL, *nobody;
		password_cost_use(costs[i]);
		assert_ok(password_hash(&arena, "correct horse battery", &hash, &err), &err);
		nobody = password_nobody();
		size_t settings = (size_t)(strstr(hash, "p=1$") + 4 - hash);
		assert_int_equal(strlen(nobody), strlen(hash));
		assert_memory_equal(nobody, hash, settings);
		assert_true(password_matches(hash, "correct horse battery"));
		assert_false(password_matches(hash, "correct horse batterx"));
		assert_false(password_matches(nobody, ""));
		assert_false(password_matches(nobody, "correct horse battery"));
	}
	password_cost_use(PASSWORD_TEST);
}

static enum code open_session(struct tx *tx, struct step *s, struct err *err)
{
	return session_create(tx, s->person, "test", SESSION_LIFE_MS, false, s->token, err);
}

static enum code end_own(struct tx *tx, struct step *s, struct err *err)
{
	return session_end_own(tx, s->person, &s->hash, err);
}

static enum code end_others(struct tx *tx, struct step *s, struct err *err)
{
	return session_end_others(tx, s->person, &s->hash, err);
}

static int sessions_of(struct store *store, int64_t who)
{
	struct db *db;
	struct err err;
	struct session *all;
	int n = -1;
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(session_list(db, &arena, who, &all, &n, &err), &err);
	store_read_end(store);
	return n;
}

static struct hash opened(struct store *store, int64_t who)
{
	struct step step = { .run = open_session, .person = who };
	struct err err;
	assert_ok(write_step(store, &step, &err), &err);
	return session_hash(step.token);
}

static void test_sessions(void **state)
{
	struct store *store = test_store(state);
	struct err err;
	clock_set(start);
	int64_t ana = person(store, "Ana", "ana@example.org", LEVEL_CONTRIBUTOR);
	int64_t bea = person(store, "Béa", "bea@example.org", LEVEL_CONTRIBUTOR);
	struct hash first = opened(store, ana), hers = opened(store, bea);
	clock_set(start + SESSION_IDLE_MS - 1);
	assert_int_equal(sessions_of(store, ana), 1);
	struct hash second = opened(store, ana);
	opened(store, ana);
	assert_int_equal(sessions_of(store, ana), 3);
	/* nobody closes somebody else's */
	assert_ok(write_step(store, &(struct step){ .run = end_own, .person = ana, .hash = hers }, &err), &err);
	assert_int_equal(sessions_of(store, bea), 1);
	assert_ok(write_step(store, &(struct step){ .run = end_own, .person = ana, .hash = second }, &err), &err);
	assert_int_equal(sessions_of(store, ana), 2);
	assert_ok(write_step(store, &(struct step){ .run = end_others, .person = ana, .hash = first }, &err), &err);
	assert_int_equal(sessions_of(store, ana), 1);
	assert_int_equal(sessions_of(store, bea), 1);
	/* idle for 14 days: gone from the list too */
	clock_set(start + SESSION_IDLE_MS);
	assert_int_equal(sessions_of(store, ana), 0);
	opened(store, bea);
	assert_int_equal(set_state(store, bea, PERSON_BLOCKED), OK);
	assert_int_equal(sessions_of(store, bea), 0);
	clock_set(0);
}

static enum code do_space(struct tx *tx, struct step *s, struct err *err)
{
	TRY(space_save(tx, &arena, json_keep(&arena, json_pack("{s:s, s:s}", "key", s->text, "name", s->text)), err));
	return db_int(tx_db(tx), &s->space, 0, err, "SELECT num FROM space WHERE slug = $1", s->text);
}

static enum code do_member(struct tx *tx, struct step *s, struct err *err)
{
	return membership_set(tx, s->person, s->space, s->level, err);
}

static void set_member(struct store *store, int64_t who, int64_t space, enum level level)
{
	struct err err;
	struct step step = { .run = do_member, .person = who, .space = space, .level = level };
	assert_ok(write_step(store, &step, &err), &err);
}

static void test_members(void **state)
{
	struct store *store = test_store(state);
	struct step north = { .run = do_space, .text = "nord" }, south = { .run = do_space, .text = "sud" };
	struct membership *all;
	struct db *db;
	struct err err;
	int n;
	assert_ok(write_step(store, &north, &err), &err);
	assert_ok(write_step(store, &south, &err), &err);
	int64_t ana = person(store, "Ana", "ana@example.org", LEVEL_CONTRIBUTOR);
	int64_t bea = person(store, "Béa", "bea@example.org", LEVEL_CONTRIBUTOR);
	set_member(store, ana, north.space, LEVEL_MEMBER);
	set_member(store, bea, north.space, LEVEL_FACILITATOR);
	set_member(store, ana, south.space, LEVEL_MEMBER);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(membership_of_space(db, &arena, north.space, &all, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_int_equal(all[0].person, bea); /* those who look after it first */
	assert_ok(membership_list(db, &arena, 0, &all, &n, &err), &err);
	assert_int_equal(n, 3);
	assert_ok(membership_list(db, &arena, ana, &all, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_int_equal(all[0].person, ana);
	store_read_end(store);
	set_member(store, ana, north.space, LEVEL_VISITOR);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(membership_list(db, &arena, ana, &all, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_int_equal(all[0].space, south.space);
	store_read_end(store);
}

/* As in a French directory. */
static void test_order(void **state)
{
	static const char *const names[] = { "Zoé", "élodie", "Ève", "Alice", "Edgar" };
	static const char *const sorted[] = { "Alice", "Edgar", "élodie", "Ève", "Zoé" };
	struct store *store = test_store(state);
	struct person *people;
	struct db *db;
	struct err err;
	int n;
	for (size_t i = 0; i < COUNT(names); i++)
		person(store, names[i], arena_printf(&arena, "p%zu@example.org", i), LEVEL_CONTRIBUTOR);
	assert_ok(store_read_begin(store, &db, &err), &err);
	assert_ok(person_list(db, &arena, &people, &n, &err), &err);
	store_read_end(store);
	assert_int_equal(n, COUNT(sorted));
	for (int i = 0; i < n; i++) assert_string_equal(people[i].name, sorted[i]);
}

static void test_check(void **state)
{
	struct issues issues;
	(void)state;
	issues_init(&issues, &arena);
	person_check("Ana", "ana@example.org", "dix lettres", &issues);
	person_check(NULL, NULL, NULL, &issues);
	assert_int_equal(issues.count, 0);
	person_check(" ", "ana", "éèêëàâîïô", &issues); /* nine characters, whatever their bytes */
	assert_non_null(issues_of(&issues, "name"));
	assert_non_null(issues_of(&issues, "email"));
	assert_non_null(issues_of(&issues, "password"));
}

static int begin(void **state)
{
	(void)state;
	arena_init(&arena);
	password_cost_use(PASSWORD_TEST);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_last_administrator), BOTH_ENGINES(test_email),     BOTH_ENGINES(test_credential),
		BOTH_ENGINES(test_sessions),           BOTH_ENGINES(test_members),   BOTH_ENGINES(test_order),
		cmocka_unit_test(test_nobody),         cmocka_unit_test(test_check),
	};
	return cmocka_run_group_tests(tests, begin, end);
}

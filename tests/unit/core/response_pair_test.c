/* Which answers to two questionnaires are of the same person, and of whom nothing is said. */
#include "core/response_pair.h"

#include <stdio.h>

#include "core/form.h"
#include "core/survey_target.h"
#include "support/site.h"

static struct test_model m;

static int teardown(void **state)
{
	if (m.store) test_model_release(&m);
	m = (struct test_model){ 0 };
	return test_store_teardown(state);
}

static void set_up(void **state, const char *anonymity)
{
	char text[1024];
	snprintf(
	        text, sizeof(text),
	        "{'spaces': [{'key': 'quartier'}], 'forms': [{'key': 'avant', 'survey': {'anonymity': '%s'}, 'fields': [{'key': "
	        "'n', 'type': 'number'}]}, {'key': 'apres', 'survey': {'anonymity': '%s', 'after': 'avant'}, 'fields': "
	        "[{'key': 'n', 'type': 'number'}]}]}",
	        anonymity, anonymity);
	test_model_init(&m, test_store(state), text);
}

struct answering {
	const char *form, *name, *email, *code;
	int64_t person, num;
};

static enum code do_answer(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	struct survey_target target = { .id = id_new(),
		                        .form = test_form(&m, x->form),
		                        .name = x->name,
		                        .email = x->email,
		                        .phone = "",
		                        .place = "",
		                        .call_at = "",
		                        .note = "",
		                        .language = "",
		                        .address = "" };
	struct response response;
	bool added, full;
	if (*x->name) {
		TRY(survey_target_add(tx, &target, x->code, &added, err));
		TRY(survey_target_by_code(tx_db(tx), &m.arena, m.model, x->code, &target, err));
	}
	const struct response_new new = { .form = test_form(&m, x->form),
		                          .code = x->code,
		                          .person = x->person,
		                          .target = *x->name ? target.num : 0 };
	TRY(response_begin(tx, &new, err));
	TRY(response_find(tx_db(tx), &m.arena, m.model, x->code, &response, err));
	x->num = response.num;
	return response_complete(tx, &m.arena, &response, test_json(&m.arena, "{'n': '1'}"), x->person, &full, err);
}

static int64_t answer(const char *form, const char *name, const char *email, int64_t person)
{
	static int number;
	struct err err = { 0 };
	struct answering x = { .form = form, .name = name, .email = email, .person = person };
	x.code = arena_printf(&m.arena, "code-%d", ++number);
	assert_ok(store_write(m.store, do_answer, &x, &err), &err);
	return x.num;
}

static int pairs(const struct actor *actor, struct response_pair **ret, enum code expected)
{
	struct response_walk before = { .model = m.model, .form = test_form(&m, "avant"), .actor = actor };
	struct response_walk after = before;
	struct db *db;
	struct err err = { 0 };
	int n = 0;
	after.form = test_form(&m, "apres");
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_int_equal(response_pairs(db, &m.arena, &before, &after, ret, &n, &err), expected);
	store_read_end(m.store);
	return n;
}

static bool are_paired(const struct response_pair *all, int n, int64_t before, int64_t after)
{
	for (int i = 0; i < n; i++)
		if (all[i].before == before && all[i].after == after) return true;
	return false;
}

static void test_same_person(void **state)
{
	struct response_pair *all;
	set_up(state, "confidential");
	const struct actor person = test_person(&m, "quartier", LEVEL_MEMBER);
	int64_t mail[] = { answer("avant", "Ana", "ana@example.org", 0),
		           answer("apres", "A. B.", "Ana@Example.org", 0) };
	int64_t name[] = { answer("avant", "La régie", "", 0), answer("apres", "La Régie", "", 0) };
	int64_t account[] = { answer("avant", "", "", person.person), answer("apres", "", "", person.person) };
	/* Two of one name are not told apart; other addresses are other persons; nobody's answers are nobody's. */
	answer("avant", "Jo", "jo@example.org", 0), answer("apres", "Jo", "jo@example.net", 0);
	answer("avant", "", "", 0), answer("apres", "", "", 0);
	answer("apres", "Seule", "", 0);
	int n = pairs(&actor_program, &all, OK);
	assert_int_equal(n, 3);
	assert_true(are_paired(all, n, mail[0], mail[1]));
	assert_true(are_paired(all, n, name[0], name[1]));
	assert_true(are_paired(all, n, account[0], account[1]));
	pairs(&person, &all, E_NOT_FOUND);
}

static void test_anonymous(void **state)
{
	struct response_pair *all;
	set_up(state, "anonymous");
	answer("avant", "Ana", "ana@example.org", 0), answer("apres", "Ana", "ana@example.org", 0);
	assert_int_equal(pairs(&actor_program, &all, OK), 0);
}

#define TEST(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_same_person), TEST(test_anonymous) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* How long records are kept: which ones a rule touches, whom it tells first, what it does. */
#include "core/retention.h"

#include <string.h>

#include "base/clock.h"
#include "support/site/site.h"

#define DAY (24LL * 3600 * 1000)

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static int64_t number(const char *sql)
{
	struct db *db;
	struct err err = { 0 };
	int64_t n = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int_values(db, &n, 0, &err, sql, NULL, 0), &err);
	store_read_end(site.store);
	return n;
}

/* The card with a rule, and a question that asks a date. */
static struct retention set_rule(const char *rule)
{
	struct issues issues;
	json_t *form = site_json(&site, json_text(&site.arena, site.card->definition));
	json_array_append(json_object_get(form, "fields"),
	                  site_json(&site, "{\"key\":\"jour\",\"type\":\"date\",\"label\":\"Jour\"}"));
	json_object_set(form, "retention", site_json(&site, rule));
	site_fixture_form(&site, json_text(&site.arena, form));
	issues_init(&issues, &site.arena);
	struct retention read = retention_read(site.card, &issues);
	assert_int_equal(issues.count, 0);
	return read;
}

struct due {
	int64_t nums[20], all;
	int n;
};

static struct due due(const struct retention *rule)
{
	struct db *db;
	struct err err = { 0 };
	struct due found = { .n = 0 };
	int64_t *nums;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(retention_due(db, &site.arena, site.card, rule, clock_now(), 20, &nums, &found.n, &found.all, &err),
	          &err);
	store_read_end(site.store);
	memcpy(found.nums, nums, (size_t)found.n * sizeof(*nums));
	return found;
}

struct applying {
	const struct retention *rule;
	int64_t num;
	bool told;
};

static enum code apply(struct tx *tx, void *arg, struct err *err)
{
	struct applying *x = arg;
	return retention_apply(tx, &site.arena, site.model, x->rule, x->num, &x->told, err);
}

/* As the daily job does. How many were told of. */
static int run(const struct retention *rule)
{
	struct err err = { 0 };
	struct due found = due(rule);
	int told = 0;
	for (int i = 0; i < found.n; i++) {
		struct applying x = { .rule = rule, .num = found.nums[i] };
		assert_ok(store_write(site.store, apply, &x, &err), &err);
		told += x.told;
	}
	return told;
}

static void later(int days)
{
	clock_set(clock_now() + days * DAY);
}

static void test_archived_after_the_last_change(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct retention rule = set_rule("{\"months\":12,\"from\":\"changed\",\"then\":\"archive\"}");
	struct id card = site_card(&site, &site.other, "{\"nom\":\"Une\"}");
	struct id corrected = site_card(&site, &site.other, "{\"nom\":\"Deux\"}");
	later(364);
	assert_int_equal(due(&rule).all, 0);
	later(3);
	assert_int_equal(due(&rule).all, 2);
	assert_int_equal(run(&rule), 2); /* told first */
	assert_int_equal(number("SELECT COUNT(*) FROM letter WHERE recipient = 'Odile@example.org'"), 2);
	later(1);
	assert_int_equal(run(&rule), 2);
	assert_int_equal(number("SELECT COUNT(*) FROM letter"), 2); /* once */
	(void)site_change(&site, &site.other, corrected, "{\"nom\":\"Deux, encore utile\"}");
	later(30);
	assert_int_equal(run(&rule), 0);
	assert_int_equal(site_load(&site, &site.other, card)->state, STATE_ARCHIVED);
	assert_int_equal(site_load(&site, &site.other, corrected)->state, STATE_PUBLISHED);
	assert_int_equal(due(&rule).all, 0);
	/* A year later it is told again: the first letter was about another time. */
	later(370);
	assert_int_equal(run(&rule), 1);
	assert_int_equal(number("SELECT COUNT(*) FROM letter"), 3);
}

static void test_trashed_after_a_date(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct retention rule = set_rule("{\"months\":1,\"from\":\"jour\",\"then\":\"trash\"}");
	struct id past = site_card(&site, &actor_program, "{\"nom\":\"Passée\",\"jour\":\"2013-10-20\"}");
	struct id soon = site_card(&site, &actor_program, "{\"nom\":\"Proche\",\"jour\":\"2013-10-30\"}");
	struct id none = site_card(&site, &actor_program, "{\"nom\":\"Sans date\"}");
	assert_int_equal(due(&rule).all, 1);
	assert_int_equal(run(&rule), 0); /* nobody to tell */
	assert_int_equal(site_load(&site, &site.administrator, past)->state, STATE_TRASH);
	assert_int_equal(site_load(&site, &site.administrator, soon)->state, STATE_PUBLISHED);
	assert_int_equal(site_load(&site, &site.administrator, none)->state, STATE_PUBLISHED);
}

static void test_made_nobodys(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	struct retention rule = set_rule("{\"months\":12,\"from\":\"changed\",\"then\":\"anonymise\"}");
	struct id card = site_card(&site, &site.member,
	                           "{\"nom\":\"Une\",\"genre\":\"asso\",\"tel\":\"0102030405\",\"contact\":\"Malik\"}");
	(void)site_change(&site, &site.other, card, "{\"genre\":\"lieu\"}");
	const char *slug = site_load(&site, &site.visitor, card)->slug;
	later(400);
	assert_int_equal(run(&rule), 1);
	later(30);
	assert_int_equal(run(&rule), 0);
	const struct record *after = site_load(&site, &site.member, card); /* its former id leads to it */
	assert_non_null(after);
	assert_int_equal(after->author, 0);
	assert_string_equal(after->slug, slug);
	assert_string_equal(site_values(&site, &site.member, card),
	                    "{\"contact\":\"Malik\",\"genre\":\"lieu\",\"nom\":\"Une\"}");
	assert_int_equal(number("SELECT COUNT(*) FROM obj WHERE actor IS NOT NULL"), 0);
	assert_int_equal(number("SELECT COUNT(*) FROM body WHERE data LIKE '%0102030405%'"), 0);
	assert_int_equal(site_rebuild(&site), 0);
	later(800);
	assert_int_equal(due(&rule).all, 0); /* it is nobody's already */
	(void)err;
}

static int mistakes(const char *rule)
{
	struct issues issues;
	struct form form = *site.card;
	json_t *definition = json_keep(&site.arena, json_copy((json_t *)site.card->definition));
	json_object_set(definition, "retention", site_json(&site, rule));
	form.definition = definition;
	issues_init(&issues, &site.arena);
	(void)retention_read(&form, &issues);
	return issues.count;
}

static void test_rules_that_are_none(void **state)
{
	site_fixture_init(&site, test_store(state));
	assert_int_equal(mistakes("{\"months\":1,\"from\":\"changed\",\"then\":\"trash\"}"), 0);
	assert_int_equal(mistakes("{\"months\":600,\"from\":\"changed\",\"then\":\"trash\"}"), 0);
	assert_int_equal(mistakes("{\"months\":601,\"from\":\"changed\",\"then\":\"trash\"}"), 1);
	assert_int_equal(mistakes("{\"months\":0,\"from\":\"changed\",\"then\":\"trash\"}"), 1);
	assert_int_equal(mistakes("{\"months\":1,\"from\":\"nom\",\"then\":\"trash\"}"), 1);
	assert_int_equal(mistakes("{\"months\":1,\"from\":\"absent\",\"then\":\"trash\"}"), 1);
	assert_int_equal(mistakes("{\"months\":1,\"from\":\"changed\",\"then\":\"burn\"}"), 1);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = { BOTH(test_archived_after_the_last_change), BOTH(test_trashed_after_a_date),
		                            BOTH(test_made_nobodys), BOTH(test_rules_that_are_none) };
	return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}

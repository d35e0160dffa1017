/* Looking after a form or a page: who does, what is said of it, and what that does to what is found dormant. */
#include "core/care.h"

#include <string.h>

#include "base/clock.h"
#include "core/definition.h"
#include "core/record.h"
#include "support/site/site.h"

#define MONTH (2629746LL * 1000)

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

struct caring {
	struct care care;
	int64_t add, remove;
};

static enum code write_care(struct tx *tx, void *arg, struct err *err)
{
	const struct caring *c = arg;
	if (c->add) TRY(keeper_add(tx, c->care.kind, c->care.num, c->add, err));
	if (c->remove) TRY(keeper_remove(tx, c->care.kind, c->care.num, c->remove, err));
	return c->care.story ? care_save(tx, &c->care, err) : OK;
}

static void write_it(struct caring caring)
{
	struct err err = { 0 };
	assert_ok(store_write(site.store, write_care, &caring, &err), &err);
}

static struct care load(enum dormant_kind kind, int64_t num)
{
	struct care care;
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(care_load(db, &site.arena, kind, num, &care, &err), &err);
	store_read_end(site.store);
	return care;
}

static enum code find(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return dormant_find(tx, site.model, clock_now(), err);
}

/* "ffr": what the administrator is shown, by kind; spaces left out. */
static const char *dormant(void)
{
	struct dormant *all;
	struct db *db;
	struct err err = { 0 };
	struct buf out;
	int n;
	assert_ok(store_write(site.store, find, NULL, &err), &err);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(dormant_list(db, &site.arena, site.model, &site.administrator, &all, &n, &err), &err);
	store_read_end(site.store);
	buf_init(&out, &site.arena, 0);
	for (int i = 0; i < n; i++)
		if (all[i].kind != DORMANT_SPACE) buf_putc(&out, "sfr"[all[i].kind]);
	return buf_str(&out);
}

static enum code set_rule(struct tx *tx, void *arg, struct err *err)
{
	return definition_save(tx, &site.arena, DEFINITION_SETTING, "dormant", site_json(&site, arg), &actor_program,
	                       NULL, err);
}

static void test_what_goes_on_is_dormant_no_more(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	assert_ok(store_write(site.store, set_rule, (void *)"{\"months\": 12, \"forms\": [\"fiche\"]}", &err), &err);
	site_fixture_form(&site, json_text(&site.arena, site.card->definition)); /* loads the setting */
	struct id id = site_card(&site, &site.member, "{\"nom\":\"Un projet\"}");
	int64_t num = site_load(&site, &actor_program, id)->num, form = site.term->num;
	clock_set(clock_now() + 13 * MONTH);
	assert_string_equal(dormant(), "ffr");
	/* Somebody says that the page goes on: that counts as a touch. */
	write_it((struct caring){ .care = { DORMANT_RECORD, num, true, false, clock_now(), "", { { 0 } }, 0 } });
	assert_true(load(DORMANT_RECORD, num).offered);
	assert_string_equal(dormant(), "ff");
	/* A form that sleeps is no longer flagged. */
	write_it((struct caring){ .care = { DORMANT_FORM, form, false, true, 1, "Son histoire", { { 0 } }, 0 } });
	assert_string_equal(load(DORMANT_FORM, form).story, "Son histoire");
	assert_string_equal(dormant(), "f");
	/* Until a year later. */
	clock_set(clock_now() + 13 * MONTH);
	assert_string_equal(dormant(), "fr");
}

static void test_keepers_come_and_go(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id id = site_card(&site, &site.member, "{\"nom\":\"Un projet\"}");
	int64_t num = site_load(&site, &actor_program, id)->num;
	assert_int_equal(load(DORMANT_RECORD, num).nkeepers, 0);
	const struct care none = { .kind = DORMANT_RECORD, .num = num };
	write_it((struct caring){ .care = none, .add = site.other.person });
	write_it((struct caring){ .care = none, .add = site.other.person }); /* once */
	write_it((struct caring){ .care = none, .add = site.contributor.person });
	struct care care = load(DORMANT_RECORD, num);
	assert_int_equal(care.nkeepers, 2);
	write_it((struct caring){ .care = none, .remove = site.other.person });
	care = load(DORMANT_RECORD, num);
	assert_int_equal(care.nkeepers, 1);
	assert_int_equal(care.keepers[0].person, site.contributor.person);
	/* A form of the same number is another thing. */
	assert_int_equal(load(DORMANT_FORM, num).nkeepers, 0);
}

static enum code erase(struct tx *tx, void *arg, struct err *err)
{
	return record_erase(tx, &site.arena, site.model, arg, err);
}

static void test_goes_with_the_page(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	struct id id = site_card(&site, &site.member, "{\"nom\":\"Un projet\"}");
	struct record record = *site_load(&site, &actor_program, id);
	write_it((struct caring){ .care = { DORMANT_RECORD, record.num, true, false, 1, "Histoire", { { 0 } }, 0 },
	                          .add = site.other.person });
	assert_ok(store_write(site.store, erase, &record, &err), &err);
	struct care care = load(DORMANT_RECORD, record.num);
	assert_int_equal(care.nkeepers, 0);
	assert_false(care.offered);
	assert_string_equal(care.story, "");
}

static void test_nothing_is_added_with_a_form_that_sleeps(void **state)
{
	struct issues issues;
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	struct id before = site_card(&site, &site.member, "{\"nom\":\"Avant\"}");
	json_t *form = site_json(&site, json_text(&site.arena, site.card->definition));
	json_object_set_new(form, "asleep", json_true());
	site_fixture_form(&site, json_text(&site.arena, form));
	struct save save = { .actor = &site.administrator,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, "{\"nom\":\"Après\"}") };
	assert_int_equal(site_save(&site, &save, &issues, &err), E_FORBIDDEN);
	(void)site_change(&site, &site.member, before,
	                  "{\"nom\":\"Corrigée\"}"); /* what is there is corrected as before */
	assert_string_equal(site_load(&site, &site.visitor, before)->title, "Corrigée");
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = { BOTH(test_what_goes_on_is_dormant_no_more), BOTH(test_keepers_come_and_go),
		                            BOTH(test_goes_with_the_page),
		                            BOTH(test_nothing_is_added_with_a_form_that_sleeps) };
	return cmocka_run_group_tests_name("care", tests, NULL, NULL);
}

/* What a change of a question would do, counted on real records; choices replaced in their answers. */
#include "features/form_edit/effect.h"

#include <string.h>

#include "core/form.h"
#include "core/form_change.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static struct effect count(const char *key, const char *change)
{
	struct form after;
	struct issues issues;
	struct effect effect;
	struct db *db;
	struct err err = { 0 };
	issues_init(&issues, &site.arena);
	json_t *field = json_keep(&site.arena, json_copy((json_t *)form_definition_field(site.card->definition, key)));
	json_object_update(field, site_json(&site, change));
	const json_t *definition = form_with_field(&site.arena, site.card->definition, field);
	assert_ok(form_parse(&site.arena, definition, NULL, 0, &after, &issues, &err), &err);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(effect_count(db, &site.arena, site.card, &after, key, &effect, &err), &err);
	store_read_end(site.store);
	return effect;
}

static void test_counts(void **state)
{
	site_fixture_init(&site, test_store(state));
	site_card(&site, &site.facilitator, "{\"nom\":\"Un\",\"genre\":\"asso\",\"prix\":\"5\",\"contact\":\"Zoé\"}");
	site_card(&site, &site.facilitator,
	          "{\"nom\":\"Deux\",\"genre\":\"asso\",\"ouvert\":true,\"horaires\":\"Le soir\"}");
	struct id trashed = site_card(&site, &site.facilitator, "{\"nom\":\"Trois\",\"prix\":\"50\"}");
	struct err err = { 0 };
	assert_ok(site_set_state(&site, &site.facilitator, trashed, STATE_TRASH), &err);
	struct effect effect = count("prix", "{\"required\":true,\"max\":\"10\"}");
	assert_int_equal(effect.records, 3);
	assert_int_equal(effect.filled, 2);
	assert_int_equal(effect.missing, 1);
	assert_int_equal(effect.refused, 1);
	/* Needed only where it is asked; the answer to the other question is in another part. */
	effect = count("prix", "{\"required\":true,\"show_if\":[\"contact\",\"notempty\"]}");
	assert_int_equal(effect.missing, 0);
	effect = count("prix", "{\"required\":true,\"show_if\":[\"ouvert\",\"=\",\"true\"]}");
	assert_int_equal(effect.missing, 1);
	effect = count("contact", "{}");
	assert_int_equal(effect.filled, 1);
	assert_int_equal(effect.refused, 0);
	effect = count("genre", "{}");
	assert_string_equal(json_text(&site.arena, effect.used), "{\"asso\":2}");
}

struct replacing {
	const char *instead;
	struct id batch;
	int done;
};

static enum code replace(struct tx *tx, void *arg, struct err *err)
{
	struct replacing *x = arg;
	return effect_replace(tx, &site.arena, site.model, &site.facilitator, site.card, form_field(site.card, "genre"),
	                      site_json(&site, x->instead), x->batch, &x->done, err);
}

static void test_replaces(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id one = site_card(&site, &site.facilitator, "{\"nom\":\"Un\",\"genre\":\"asso\"}");
	struct id two = site_card(&site, &site.facilitator, "{\"nom\":\"Deux\",\"genre\":\"lieu\"}");
	struct id archived = site_card(&site, &site.facilitator, "{\"nom\":\"Trois\",\"genre\":\"asso\"}");
	struct err err = { 0 };
	assert_ok(site_set_state(&site, &site.facilitator, archived, STATE_ARCHIVED), &err);
	struct replacing x = { "{\"asso\":\"service\"}", id_new(), 0 };
	assert_ok(store_write(site.store, replace, &x, &err), &err);
	assert_int_equal(x.done, 2);
	assert_string_equal(site_values(&site, &site.visitor, one), "{\"genre\":\"service\",\"nom\":\"Un\"}");
	assert_string_equal(site_values(&site, &site.visitor, two), "{\"genre\":\"lieu\",\"nom\":\"Deux\"}");
	assert_int_equal(site_load(&site, &site.facilitator, archived)->state, STATE_ARCHIVED);
	assert_int_equal(site_rebuild(&site), 0);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = { BOTH(test_counts), BOTH(test_replaces) };
	return cmocka_run_group_tests_name("effect", tests, NULL, NULL);
}

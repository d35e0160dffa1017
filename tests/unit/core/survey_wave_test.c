/* Targets of a questionnaire: who is called by whom, planned letters that leave once and to those who have not answered. */
#include "core/survey_wave.h"

#include "base/clock.h"
#include "core/survey_population.h"
#include "support/site.h"

static struct test_model m;
static struct survey_wave wave;
static struct survey_target *targets;
static int ntargets;

static int teardown(void **state)
{
	if (m.store) test_model_release(&m);
	m = (struct test_model){ 0 };
	return test_store_teardown(state);
}

static const struct form *form(void)
{
	return test_form(&m, "diagnostic");
}

static enum code add_targets(struct tx *tx, void *arg, struct err *err)
{
	static const char *const names[] = { "Régie", "Centre", "Café", "Foyer" };
	bool added;
	(void)arg;
	for (int i = 0; i < 4; i++) {
		struct survey_target target = { .id = id_random(),
			                        .form = form(),
			                        .name = names[i],
			                        .email = i < 2 ? arena_printf(&m.arena, "%d@exemple.org", i) : "",
			                        .phone = i == 2 ? "02" : "",
			                        .place = "Sanitas",
			                        .address = "1 rue A",
			                        .language = "en",
			                        .attributes = json_keep(&m.arena,
			                                                json_pack("{s:s}", "Genre", "régie")) };
		TRY(survey_target_add(tx, &target, names[i], &added, err));
		assert_true(added);
	}
	struct survey_target again = {
		.id = id_random(), .form = form(), .name = "Café", .email = "", .phone = "", .place = ""
	};
	TRY(survey_target_add(tx, &again, "autre", &added, err));
	assert_false(added);
	return OK;
}

static enum code add_wave(struct tx *tx, void *arg, struct err *err)
{
	wave = (struct survey_wave){ .id = id_random(),
		                     .form = form(),
		                     .due = *(int64_t *)arg,
		                     .subject = { "Objet", "" },
		                     .text = { "Texte {lien}", "" } };
	return survey_wave_add(tx, &wave, err);
}

/* Reads all again. */
static void look(void)
{
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(survey_target_list_by_num(db, &m.arena, form(), &targets, &ntargets, &err), &err);
	assert_ok(survey_wave_find(db, &m.arena, m.model, wave.id, &wave, &err), &err);
	store_read_end(m.store);
}

static int waiting(enum target_channel channel)
{
	struct db *db;
	struct err err = { 0 };
	struct survey_target *all;
	int n;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(survey_wave_waiting(db, &m.arena, &wave, channel, 100, &all, &n, &err), &err);
	store_read_end(m.store);
	return n;
}

static void set_up(void **state)
{
	int64_t due = clock_now() - 1000;
	struct err err = { 0 };
	test_model_init(
	        &m, test_store(state),
	        "{'spaces': [{'key': 'quartier'}], 'forms': [{'key': 'diagnostic', 'survey': {'anonymity': 'anonymous'}, 'fields': [{'key': 'postes', 'type': 'number'}]}]}");
	assert_ok(store_write(m.store, add_targets, NULL, &err), &err);
	assert_ok(store_write(m.store, add_wave, &due, &err), &err);
	look();
}

struct doing {
	int target;
	struct actor actor;
	enum call_outcome outcome;
	bool first;
};

static enum code do_note(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	const struct target_noted noted = { d->outcome, "dit", "mardi", 1234 };
	return survey_target_note(tx, &targets[d->target], &d->actor, &noted, err);
}

static enum code do_hold(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return survey_target_hold(tx, &targets[d->target], &d->actor, err);
}

static enum code do_sent(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return survey_wave_sent(tx, &wave, &targets[d->target], TARGET_BY_EMAIL, &d->first, err);
}

static enum code do_cancel(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return survey_wave_cancel(tx, &wave, err);
}

static enum code do_change(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return survey_wave_change(tx, &wave, err);
}

static void do_it(store_fn *fn, struct doing *d)
{
	struct err err = { 0 };
	assert_ok(store_write(m.store, fn, d, &err), &err);
	look();
}

static void test_kept(void **state)
{
	set_up(state);
	assert_int_equal(ntargets, 4);
	assert_string_equal(targets[0].language, "en");
	assert_string_equal(target_attribute(&targets[0], "Genre"), "régie");
	assert_string_equal(target_attribute(&targets[0], "place"), "Sanitas");
	assert_int_equal(target_reached_by(&targets[1]), TARGET_BY_EMAIL);
	assert_int_equal(target_reached_by(&targets[2]), TARGET_BY_PHONE);
	assert_int_equal(target_reached_by(&targets[3]), TARGET_BY_LETTER);
}

static void test_sent_once_to_who_has_not_answered(void **state)
{
	struct doing d = { .target = 0 };
	struct target_had *had;
	struct db *db;
	struct err err = { 0 };
	int n;
	set_up(state);
	assert_int_equal(waiting(TARGET_BY_ANY), 4);
	assert_int_equal(waiting(TARGET_BY_EMAIL), 2);
	do_it(do_sent, &d);
	assert_true(d.first);
	do_it(do_sent, &d);
	assert_false(d.first);
	assert_int_equal(targets[0].state, TARGET_CONTACTED);
	assert_int_equal(targets[0].reminders, 0);
	assert_int_equal(wave.sent, 1);
	assert_int_equal(waiting(TARGET_BY_EMAIL), 1);
	d = (struct doing){ .target = 1, .outcome = CALL_REFUSED };
	do_it(do_note, &d);
	assert_int_equal(waiting(TARGET_BY_EMAIL), 0);
	assert_int_equal(waiting(TARGET_BY_ANY), 2);
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(survey_target_had(db, &m.arena, &targets[0], &had, &n, &err), &err);
	store_read_end(m.store);
	assert_int_equal(n, 1);
	assert_string_equal(had[0].subject[LANG_FR], "Objet");
}

static void test_called_off(void **state)
{
	struct err err = { 0 };
	struct survey_wave *due;
	struct db *db;
	int n;
	set_up(state);
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(survey_wave_due(db, &m.arena, m.model, clock_now(), &due, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_ok(survey_wave_due(db, &m.arena, m.model, wave.due - 1, &due, &n, &err), &err);
	assert_int_equal(n, 0);
	store_read_end(m.store);
	assert_ok(store_write(m.store, do_change, NULL, &err), &err);
	do_it(do_cancel, NULL);
	assert_int_equal(wave.state, WAVE_CANCELLED);
	assert_int_equal(store_write(m.store, do_change, NULL, &err), E_CONFLICT);
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(survey_wave_due(db, &m.arena, m.model, clock_now(), &due, &n, &err), &err);
	store_read_end(m.store);
	assert_int_equal(n, 0);
}

static void test_called_by_one_at_a_time(void **state)
{
	struct err err = { 0 };
	set_up(state);
	struct doing one = { .target = 2, .actor = test_person(&m, "quartier", LEVEL_FACILITATOR) },
	             other = { .target = 2, .actor = test_person(&m, "quartier", LEVEL_FACILITATOR) };
	do_it(do_hold, &one);
	assert_int_equal(targets[2].held_by, one.actor.person);
	do_it(do_hold, &one);
	assert_int_equal(store_write(m.store, do_hold, &other, &err), E_CONFLICT);
	one.outcome = CALL_NOBODY;
	do_it(do_note, &one); /* noted, it is free again, and stands as before */
	assert_int_equal(targets[2].state, TARGET_NEW);
	assert_int_equal(targets[2].held_until, 0);
	assert_int_equal(targets[2].call_due, 1234);
	do_it(do_hold, &other);
	assert_int_equal(targets[2].held_by, other.actor.person);
}

static enum code do_population(struct tx *tx, void *arg, struct err *err)
{
	const struct population_class classes[] = { { "B", 5 }, { "A", 2 }, { "B", 1 } };
	return survey_population_set(tx, form(), "place", classes, *(int *)arg, err);
}

static void test_population(void **state)
{
	struct err err = { 0 };
	struct population_class *classes;
	struct db *db;
	int n = 3;
	set_up(state);
	assert_ok(store_write(m.store, do_population, &n, &err), &err);
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(survey_population(db, &m.arena, form(), "place", &classes, &n, &err), &err);
	store_read_end(m.store);
	assert_int_equal(n, 2);
	assert_string_equal(classes[0].name, "A");
	assert_int_equal(classes[1].n, 6);
	n = 0;
	assert_ok(store_write(m.store, do_population, &n, &err), &err);
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(survey_population(db, &m.arena, form(), "place", &classes, &n, &err), &err);
	store_read_end(m.store);
	assert_int_equal(n, 0);
}

#define TEST(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_kept),       TEST(test_sent_once_to_who_has_not_answered), TEST(test_called_off),
		TEST(test_population), TEST(test_called_by_one_at_a_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

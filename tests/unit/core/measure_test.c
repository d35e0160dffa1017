/* Reports and measures: who sees them, what they hold, how they end. */
#include "core/measure.h"

#include "base/clock.h"
#include "core/person.h"
#include "core/report.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static void begin(void **state)
{
	site_fixture_init(&site, test_store(state));
}

/* ---- Reports ---- */

static enum code add_report(struct tx *tx, void *arg, struct err *err)
{
	return report_add(tx, arg, err);
}

static enum code close_report(struct tx *tx, void *arg, struct err *err)
{
	return report_close(tx, *(int64_t *)arg, err);
}

static void report(int64_t record, int64_t person, const char *text)
{
	struct err err = { 0 };
	struct report made = { .record = record, .person = person, .reason = REPORT_PRIVACY, .text = text };
	assert_ok(store_write(site.store, add_report, &made, &err), &err);
}

static int reports(const struct actor *actor, struct report **all)
{
	struct db *db;
	struct err err = { 0 };
	int n = -1;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(report_list(db, &site.arena, site.model, actor, 0, 100, all, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static int64_t num(struct id id)
{
	return site_load(&site, &site.administrator, id)->num;
}

static void test_one_open_report_each(void **state)
{
	struct report *all;
	struct err err = { 0 };
	begin(state);
	int64_t a = num(site_card(&site, &site.contributor, "{\"nom\":\"A\"}"));
	int64_t b = num(site_card(&site, &site.contributor, "{\"nom\":\"B\"}"));
	report(a, site.member.person, "un");
	report(b, site.other.person, "autre");
	report(a, site.member.person, "deux");
	report(a, 0, "passante");
	assert_int_equal(reports(&site.facilitator, &all), 3);
	assert_int_equal(all[0].record, a);
	assert_string_equal(all[0].text, "deux");
	assert_int_equal(all[0].person, site.member.person);
	assert_int_equal(all[1].record, a); /* those of one page together */
	assert_int_equal(all[1].person, 0);
	assert_int_equal(all[2].record, b);
	for (int i = 0; i < 2 * REPORT_VISITORS_MAX; i++) report(b, 0, "encore");
	assert_int_equal(reports(&site.facilitator, &all), 3 + REPORT_VISITORS_MAX);
	assert_ok(store_write(site.store, close_report, &b, &err), &err);
	assert_int_equal(reports(&site.facilitator, &all), 2);
	report(b, site.other.person, "de nouveau");
	assert_int_equal(reports(&site.facilitator, &all), 3);
}

static void test_reports_are_for_who_looks_after_the_space(void **state)
{
	struct report *all;
	struct err err = { 0 };
	begin(state);
	struct id open = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	struct save inside = { .actor = &site.member,
		               .form = site.term,
		               .space = site.closed,
		               .state = STATE_PUBLISHED,
		               .values = site_json(&site, "{\"mot\":\"m\"}") };
	assert_ok(site_save(&site, &inside, NULL, &err), &err);
	report(num(open), site.other.person, "ici");
	report(num(inside.saved), site.member.person, "là");
	struct actor_space quarter = { site.open->num, LEVEL_FACILITATOR };
	struct actor host = site.other;
	host.spaces = &quarter;
	host.nspaces = 1;
	assert_int_equal(reports(&host, &all), 1);
	assert_string_equal(all[0].text, "ici");
	assert_int_equal(reports(&site.administrator, &all), 2);
	assert_int_equal(reports(&site.visitor, &all), 0);
	assert_int_equal(reports(&site.contributor, &all), 0);
	assert_int_equal(reports(&site.member, &all), 0);
}

/* ---- Measures ---- */

struct adding {
	struct measure measure;
	int64_t num;
};

static enum code add_measure(struct tx *tx, void *arg, struct err *err)
{
	struct adding *adding = arg;
	return measure_add(tx, &adding->measure, &adding->num, err);
}

static int64_t measure(const struct measure *m)
{
	struct err err = { 0 };
	struct adding adding = { .measure = *m };
	assert_ok(store_write(site.store, add_measure, &adding, &err), &err);
	return adding.num;
}

static struct measure load(int64_t which)
{
	struct db *db;
	struct err err = { 0 };
	struct measure m;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(measure_load(db, &site.arena, which, &m, &err), &err);
	store_read_end(site.store);
	return m;
}

static enum code trash_in_batch(struct tx *tx, void *arg, struct err *err)
{
	struct measure *m = arg;
	struct record *record;
	TRY(record_load_num(tx_db(tx), &site.arena, site.model, &site.facilitator, m->record, &record, err));
	return record_set_state(tx, &site.arena, site.model, &site.facilitator, record->id, STATE_TRASH, m->batch, err);
}

static int64_t hide(struct id record)
{
	struct err err = { 0 };
	struct measure m = { .kind = MEASURE_HIDE,
		             .record = num(record),
		             .title = "A",
		             .person = site.contributor.person,
		             .space = site.open->num,
		             .rule = "respect",
		             .reason = "Une insulte.",
		             .decider = site.facilitator.person,
		             .level = LEVEL_FACILITATOR,
		             .batch = id_new() };
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, trash_in_batch, &m, &err), &err);
	return measure(&m);
}

struct stating {
	const struct actor *actor;
	struct id id;
	enum record_state state;
};

static enum code change_state(struct tx *tx, void *arg, struct err *err)
{
	const struct stating *s = arg;
	return record_set_state(tx, &site.arena, site.model, s->actor, s->id, s->state, (struct id){ 0 }, err);
}

static enum code set_state(const struct actor *actor, struct id id, enum record_state state)
{
	struct err err;
	clock_set(clock_now() + 1000);
	return store_write(site.store, change_state, &(struct stating){ actor, id, state }, &err);
}

/* Its author may take a page out of the trash, or write in it – not one that a measure hid. */
static void test_hidden_stays_hidden(void **state)
{
	struct err err = { 0 };
	begin(state);
	struct id own = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	assert_int_equal(set_state(&site.contributor, own, STATE_TRASH), OK);
	assert_int_equal(set_state(&site.contributor, own, STATE_PUBLISHED), OK);
	int64_t which = hide(own);
	assert_int_equal(set_state(&site.contributor, own, STATE_PUBLISHED), E_FORBIDDEN);
	assert_int_equal(set_state(&site.contributor, own, STATE_ARCHIVED), E_FORBIDDEN);
	struct save save = { .actor = &site.contributor, .record = own, .values = site_json(&site, "{\"nom\":\"B\"}") };
	assert_int_equal(site_save(&site, &save, NULL, &err), E_FORBIDDEN);
	assert_int_equal(site_load(&site, &site.facilitator, own)->state, STATE_TRASH);
	assert_int_equal(load(which).ended, 0);
	assert_int_equal(set_state(&site.facilitator, own, STATE_PUBLISHED), OK);
	assert_int_equal(load(which).ended, clock_now());
	/* And then it is hers again. */
	assert_int_equal(set_state(&site.contributor, own, STATE_TRASH), OK);
	assert_int_equal(set_state(&site.contributor, own, STATE_PUBLISHED), OK);
}

static int logged(const struct actor *actor)
{
	struct db *db;
	struct err err = { 0 };
	struct measure *all;
	int n = -1;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(measure_list(db, &site.arena, site.model, actor, 0, 100, &all, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void test_log(void **state)
{
	begin(state);
	struct measure m = { .kind = MEASURE_WARN,
		             .title = "A",
		             .person = site.member.person,
		             .space = site.open->num,
		             .rule = "spam",
		             .reason = "r",
		             .decider = site.facilitator.person,
		             .level = LEVEL_FACILITATOR };
	measure(&m);
	m.space = site.closed->num;
	measure(&m);
	assert_int_equal(logged(&site.visitor), 1);
	assert_int_equal(logged(&site.contributor), 1);
	assert_int_equal(logged(&site.member), 2);
	assert_int_equal(logged(&site.administrator), 2);
}

struct saying {
	int64_t num;
	const char *text;
};

static enum code say_appeal(struct tx *tx, void *arg, struct err *err)
{
	const struct saying *s = arg;
	return measure_appeal(tx, s->num, s->text, err);
}

static enum code say_answer(struct tx *tx, void *arg, struct err *err)
{
	const struct saying *s = arg;
	return measure_answer(tx, s->num, s->text, err);
}

static int appeals(const struct actor *actor)
{
	struct db *db;
	struct err err = { 0 };
	struct measure *all;
	int n = -1;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	assert_ok(measure_appeals(db, &site.arena, site.model, actor, &all, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static void test_appeal_once_and_answered_by_another(void **state)
{
	struct err err = { 0 };
	begin(state);
	struct saying s = { hide(site_card(&site, &site.contributor, "{\"nom\":\"A\"}")), "Je ne suis pas d’accord." };
	assert_int_equal(appeals(&site.administrator), 0);
	assert_int_equal(store_write(site.store, say_answer, &s, &err), E_CONFLICT);
	assert_ok(store_write(site.store, say_appeal, &s, &err), &err);
	assert_int_equal(store_write(site.store, say_appeal, &s, &err), E_CONFLICT);
	assert_int_equal(appeals(&site.facilitator), 0); /* she decided; there is somebody else */
	assert_int_equal(appeals(&site.administrator), 1);
	assert_int_equal(appeals(&site.contributor), 0);
	assert_ok(store_write(site.store, say_answer, &s, &err), &err);
	assert_int_equal(store_write(site.store, say_answer, &s, &err), E_CONFLICT);
	assert_int_equal(appeals(&site.administrator), 0);
	assert_string_equal(load(s.num).appeal, "Je ne suis pas d’accord.");
}

static enum code block_administrator(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	/* Another one first: a site keeps its last. Whom the decision is about does not count either. */
	TRY(person_set_level(tx, site.contributor.person, LEVEL_ADMINISTRATOR, err));
	return person_set_state(tx, site.administrator.person, PERSON_BLOCKED, err);
}

/* Where nobody else could, who decided answers herself: an appeal is never left lying. */
static void test_appeal_where_one_is_alone(void **state)
{
	struct err err = { 0 };
	begin(state);
	struct saying s = { hide(site_card(&site, &site.contributor, "{\"nom\":\"A\"}")), "Non." };
	assert_ok(store_write(site.store, say_appeal, &s, &err), &err);
	assert_int_equal(appeals(&site.facilitator), 0);
	assert_ok(store_write(site.store, block_administrator, NULL, &err), &err);
	assert_int_equal(appeals(&site.facilitator), 1);
}

static enum code list_trashed(struct id *first, int *n)
{
	struct db *db;
	struct err err = { 0 };
	struct id *ids;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = record_list_trashed(db, &site.arena, clock_now() + 1, 10, &ids, n, &err);
	if (*n) *first = ids[0];
	store_read_end(site.store);
	return code;
}

/* A page in the trash that an appeal is about is not deleted while it waits. */
static void test_trash_waits_for_the_appeal(void **state)
{
	struct err err = { 0 };
	struct id first;
	int n;
	begin(state);
	struct saying s = { hide(site_card(&site, &site.contributor, "{\"nom\":\"A\"}")), "Non." };
	assert_int_equal(list_trashed(&first, &n), OK);
	assert_int_equal(n, 1);
	assert_ok(store_write(site.store, say_appeal, &s, &err), &err);
	assert_int_equal(list_trashed(&first, &n), OK);
	assert_int_equal(n, 0);
	assert_ok(store_write(site.store, say_answer, &s, &err), &err);
	assert_int_equal(list_trashed(&first, &n), OK);
	assert_int_equal(n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_one_open_report_each),
		TEST(test_reports_are_for_who_looks_after_the_space),
		TEST(test_hidden_stays_hidden),
		TEST(test_log),
		TEST(test_appeal_once_and_answered_by_another),
		TEST(test_appeal_where_one_is_alone),
		TEST(test_trash_waits_for_the_appeal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

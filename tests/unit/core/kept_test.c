/* What a child says about persons: in the members' part, whoever saves later, until somebody says yes. */
#include "core/kept.h"

#include "base/clock.h"
#include "core/proposal.h"
#include "support/site/site.h"

static struct site_fixture site;
static struct actor child;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

/* A telephone that everybody reads, of the card. */
static void begin(void **state)
{
	site_fixture_init(&site, test_store(state));
	site_fixture_form(&site,
	                  "{\"key\":\"fiche\",\"label\":\"Fiche\",\"plural\":\"Fiches\",\"add\":\"Ajouter une fiche\","
	                  "\"title\":\"nom\",\"fields\":["
	                  "{\"key\":\"nom\",\"type\":\"text\",\"label\":\"Nom\",\"required\":true},"
	                  "{\"key\":\"texte\",\"type\":\"longtext\",\"label\":\"Texte\"},"
	                  "{\"key\":\"tel\",\"type\":\"phone\",\"label\":\"Téléphone\"}]}");
	child = site.contributor;
	child.minor = true;
}

static bool waits(struct id record)
{
	struct db *db;
	struct proposal proposal;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = proposal_find(db, &site.arena, record, &proposal, NULL);
	store_read_end(site.store);
	return code == OK;
}

static bool change(const struct actor *actor, struct id record, const char *values)
{
	return site_change(&site, actor, record, values).kept;
}

struct deciding {
	struct id record;
	enum kept_choice choice;
};

static enum code decide(struct tx *tx, void *arg, struct err *err)
{
	const struct deciding *x = arg;
	return kept_decide(tx, &site.arena, site.model, &site.facilitator, x->record, x->choice, err);
}

static void say(struct id record, enum kept_choice choice)
{
	struct err err = { 0 };
	struct deciding x = { record, choice };
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, decide, &x, &err), &err);
	assert_int_equal(site_rebuild(&site), 0);
}

#define READS(actor, id, values) assert_string_equal(site_values(&site, &site.actor, id), values)

static void test_kept_for_members_then_for_everybody(void **state)
{
	begin(state);
	struct id id = site_card(&site, &child, "{\"nom\": \"Le club\", \"tel\": \"+33247000001\"}");
	READS(visitor, id, "{\"nom\":\"Le club\"}");
	READS(other, id, "{\"nom\":\"Le club\"}");
	READS(member, id, "{\"nom\":\"Le club\",\"tel\":\"+33247000001\"}");
	assert_true(waits(id));
	/* Saved again by who reads it and by who does not, changed by who reads it. */
	assert_false(change(&site.other, id, "{\"texte\": \"On joue.\", \"tel\": null}"));
	assert_true(change(&site.member, id, "{\"tel\": \"+33247000002\"}"));
	READS(visitor, id, "{\"nom\":\"Le club\",\"texte\":\"On joue.\"}");
	READS(member, id, "{\"nom\":\"Le club\",\"tel\":\"+33247000002\",\"texte\":\"On joue.\"}");
	assert_int_equal(site_rebuild(&site), 0);
	say(id, KEPT_MEMBERS);
	assert_false(waits(id));
	READS(visitor, id, "{\"nom\":\"Le club\",\"texte\":\"On joue.\"}");
	say(id, KEPT_EVERYBODY);
	READS(visitor, id, "{\"nom\":\"Le club\",\"tel\":\"+33247000002\",\"texte\":\"On joue.\"}");
	READS(member, id, "{\"nom\":\"Le club\",\"tel\":\"+33247000002\",\"texte\":\"On joue.\"}");
	/* An answer like others from then on. */
	assert_false(change(&site.member, id, "{\"tel\": \"+33247000003\"}"));
	READS(visitor, id, "{\"nom\":\"Le club\",\"tel\":\"+33247000003\",\"texte\":\"On joue.\"}");
}

static void test_a_correction_waits_beside(void **state)
{
	begin(state);
	struct id id = site_card(&site, &site.member, "{\"nom\": \"La régie\", \"tel\": \"+33247000001\"}");
	assert_false(waits(id));
	assert_false(change(&child, id, "{\"texte\": \"On répare.\"}")); /* nothing about a person */
	assert_true(change(&child, id, "{\"tel\": \"+33247000009\"}"));
	READS(visitor, id, "{\"nom\":\"La régie\",\"tel\":\"+33247000001\",\"texte\":\"On répare.\"}");
	READS(member, id, "{\"nom\":\"La régie\",\"tel\":\"+33247000001\",\"texte\":\"On répare.\"}");
	assert_true(waits(id));
	say(id, KEPT_MEMBERS);
	assert_false(waits(id));
	say(id, KEPT_EVERYBODY); /* nothing is left to show */
	READS(visitor, id, "{\"nom\":\"La régie\",\"tel\":\"+33247000001\",\"texte\":\"On répare.\"}");
	assert_true(change(&child, id, "{\"tel\": \"+33247000009\"}"));
	say(id, KEPT_EVERYBODY);
	READS(visitor, id, "{\"nom\":\"La régie\",\"tel\":\"+33247000009\",\"texte\":\"On répare.\"}");
}

struct moving {
	struct id record;
	const struct space *to;
};

static enum code move(struct tx *tx, void *arg, struct err *err)
{
	struct moving *x = arg;
	struct save result;
	struct issues issues;
	issues_init(&issues, &site.arena);
	TRY(record_move(tx, &site.arena, site.model, &site.facilitator, x->record, x->to, &result, &issues, err));
	x->record = result.saved;
	return OK;
}

/* In another space and back: what was kept still is. */
static void test_moved(void **state)
{
	struct err err = { 0 };
	begin(state);
	struct moving x = { site_card(&site, &child, "{\"nom\": \"Le club\", \"tel\": \"+33247000001\"}"),
		            site.closed };
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, move, &x, &err), &err);
	READS(visitor, x.record, "");
	READS(member, x.record, "{\"nom\":\"Le club\",\"tel\":\"+33247000001\"}");
	assert_false(waits(x.record)); /* members alone read all of it */
	x.to = site.open;
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, move, &x, &err), &err);
	READS(visitor, x.record, "{\"nom\":\"Le club\"}");
	READS(member, x.record, "{\"nom\":\"Le club\",\"tel\":\"+33247000001\"}");
	assert_true(waits(x.record));
}

static void test_taken_back_and_drafts(void **state)
{
	struct err err = { 0 };
	begin(state);
	struct id id = site_card(&site, &child, "{\"nom\": \"Les roues\", \"tel\": \"+33247000001\"}");
	assert_true(change(&child, id,
	                   "{\"tel\": \"+33247000002\"}")); /* her own, though she cannot read it: no two versions */
	assert_false(site_load(&site, &site.member, id)->conflict);
	READS(member, id, "{\"nom\":\"Les roues\",\"tel\":\"+33247000002\"}");
	say(id, KEPT_NOBODY);
	READS(member, id, "{\"nom\":\"Les roues\"}");
	assert_false(waits(id));
	/* In a draft nobody reads, nothing is sorted yet; published, it is. */
	struct save save = { .actor = &child,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_DRAFT,
		             .values = site_json(&site, "{\"nom\": \"Plus tard\", \"tel\": \"+33247000005\"}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_false(save.kept);
	struct save publish = {
		.actor = &child, .record = save.saved, .state = STATE_PUBLISHED, .values = site_json(&site, "{}")
	};
	assert_ok(site_save(&site, &publish, NULL, &err), &err);
	assert_true(publish.kept);
	READS(visitor, save.saved, "{\"nom\":\"Plus tard\"}");
	READS(member, save.saved, "{\"nom\":\"Plus tard\",\"tel\":\"+33247000005\"}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_kept_for_members_then_for_everybody),
		TEST(test_a_correction_waits_beside),
		TEST(test_moved),
		TEST(test_taken_back_and_drafts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

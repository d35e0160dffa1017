/*
 * Erasures (core/erasure.h): what goes, what goes back, what stays; nothing of it is left in any file of the site
 * after the physical pass; the ledger does it again.
 */
#include "core/erasure.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "core/audit.h"
#include "core/history.h"
#include "core/person.h"
#include "core/report.h"
#include "core/search.h"
#include "core/token.h"
#include "store/ledger.h"
#include "support/site/site.h"

#define BLANK "Contenu retiré"
#define CANARY "zorglubiner"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

struct erasing {
	const struct actor *who;
	enum erasure_mode mode;
	struct id id;
	const json_t *lines;
	int64_t done;
};

static enum code erase(struct tx *tx, void *arg, struct err *err)
{
	struct erasing *e = arg;
	return erasure_person(tx, &site.arena, site.model, e->who->person, e->mode, err);
}

static void erase_person(const struct actor *who, enum erasure_mode mode)
{
	struct err err = { 0 };
	assert_ok(store_write(site.store, erase, &(struct erasing){ .who = who, .mode = mode }, &err), &err);
}

static struct erasure_plan plan_of(const struct actor *who)
{
	struct erasure_plan plan;
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(erasure_plan(db, &site.arena, site.model, who->person, &plan, &err), &err);
	store_read_end(site.store);
	return plan;
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

static json_t *ledger(void)
{
	json_t *lines;
	bool found;
	struct err err = { 0 };
	assert_ok(ledger_read(&site.arena, ledger_path(&site.arena, site.store), &lines, &found, &err), &err);
	return lines;
}

static void change(const struct actor *who, struct id record, const char *values)
{
	(void)site_change(&site, who, record, values);
}

static void test_her_name_goes_and_her_texts_stay(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id card = site_card(&site, &site.contributor, "{\"nom\":\"Un\",\"genre\":\"asso\"}");
	erase_person(&site.contributor, ERASE_NAME);
	assert_string_equal(site_values(&site, &site.visitor, card), "{\"genre\":\"asso\",\"nom\":\"Un\"}");
	assert_int_equal(site_load(&site, &site.administrator, card)->author, 0);
	assert_int_equal(number("SELECT COUNT(*) FROM person WHERE name = 'Camille'"), 0);
	assert_int_equal(number("SELECT COUNT(*) FROM membership m WHERE NOT EXISTS (SELECT 1 FROM person p WHERE "
	                        "p.num = m.person)"),
	                 0);
	assert_int_equal(site_rebuild(&site), 0);
}

static void test_all_she_wrote(void **state)
{
	site_fixture_init(&site, test_store(state));
	const struct actor *her = &site.contributor;
	struct id alone = site_card(&site, her, "{\"nom\":\"Seule\",\"histoire\":\"" CANARY "\"}");
	struct id others = site_card(&site, &site.other, "{\"nom\":\"Odile\",\"prix\":\"5\",\"genre\":\"asso\"}");
	change(her, others, "{\"prix\":\"7\",\"histoire\":\"" CANARY "\",\"nom\":\"Renommée " CANARY "\"}");
	change(&site.other, others, "{\"prix\":\"9\"}");
	struct id built = site_card(&site, her, "{\"nom\":\"Titre " CANARY "\",\"genre\":\"lieu\",\"prix\":\"3\"}");
	change(&site.member, built, "{\"prix\":\"4\",\"contact\":\"Malik\"}");

	struct erasure_plan plan = plan_of(her);
	assert_int_equal(plan.n, 3);
	assert_int_equal(plan.fates[FATE_GOES], 1);
	assert_int_equal(plan.fates[FATE_STAYS], 1);
	assert_int_equal(plan.fates[FATE_BACK], 1);
	assert_int_equal(plan.revisions, 3);
	assert_false(plan.mass);

	erase_person(her, ERASE_ALL);
	assert_null(site_load(&site, &site.administrator, alone));
	/* What the other set since stands; the rest is as she found it. */
	assert_string_equal(site_values(&site, &site.visitor, others),
	                    "{\"genre\":\"asso\",\"nom\":\"Odile\",\"prix\":\"9\"}");
	assert_string_equal(site_values(&site, &site.member, built),
	                    "{\"contact\":\"Malik\",\"nom\":\"" BLANK "\",\"prix\":\"4\"}");
	assert_null(strstr(site_load(&site, &site.administrator, built)->slug, CANARY));
	assert_int_equal(site_load(&site, &site.administrator, built)->author, 0);
	assert_int_equal(number("SELECT COUNT(*) FROM record_slug"), 0);
	assert_int_equal(number("SELECT COUNT(*) FROM body WHERE data LIKE '%" CANARY "%'"), 0);
	assert_int_equal(number("SELECT COUNT(*) FROM part WHERE content LIKE '%" CANARY "%'"), 0);
	assert_null(strstr(site_dump(&site), "zorglub"));
	assert_int_equal(site_rebuild(&site), 0);
}

/* Two versions at once, one of them hers: the other is the only one. A text merged from both goes back to the
 * other's. */
static void test_what_was_merged_with_hers(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id card = site_card(&site, &site.other,
	                           "{\"nom\":\"Odile\",\"prix\":\"1\",\"histoire\":\"un\\n\\ndeux\\n\\ntrois\"}");
	const struct record *opened = site_load(&site, &site.other, card);
	(void)site_change_opened(&site, &site.contributor, opened,
	                         "{\"prix\":\"2\",\"histoire\":\"un\\n\\ndeux\\n\\n" CANARY "\"}");
	(void)site_change_opened(&site, &site.other, opened,
	                         "{\"prix\":\"3\",\"histoire\":\"UN\\n\\ndeux\\n\\ntrois\"}");
	assert_true(site_load(&site, &site.other, card)->conflict);
	assert_non_null(strstr(site_values(&site, &site.visitor, card), CANARY));
	erase_person(&site.contributor, ERASE_ALL);
	assert_false(site_load(&site, &site.other, card)->conflict);
	assert_string_equal(site_values(&site, &site.visitor, card),
	                    "{\"histoire\":\"UN\\n\\ndeux\\n\\ntrois\",\"nom\":\"Odile\",\"prix\":\"3\"}");
	assert_int_equal(site_rebuild(&site), 0);
}

static enum code give_secrets(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	char text[TOKEN_TEXT + 1];
	struct token token = {
		.kind = TOKEN_SIGN_IN, .person = site.contributor.person, .uses = 1, .expires = SITE_START * 2
	};
	struct token invitation = { .kind = TOKEN_INVITATION,
		                    .space = site.open->num,
		                    .creator = site.facilitator.person,
		                    .uses = 1,
		                    .body = site_json(&site, "{\"email\":\"camille@example.org\"}"),
		                    .expires = SITE_START * 2 };
	token_draw(text);
	TRY(token_create(tx, &site.arena, text, &token, err));
	token_draw(text);
	TRY(token_create(tx, &site.arena, text, &invitation, err));
	TRY(db_run(tx_db(tx), err,
	           "INSERT INTO letter (recipient, subject, body, created) VALUES ('Camille@example.org', 'a', "
	           "'b', 1)"));
	return db_run(tx_db(tx), err,
	              "INSERT INTO letter (recipient, subject, body, created) VALUES ('odile@example.org', 'a', "
	              "'b', 1)");
}

static void test_account(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	assert_ok(store_write(site.store, give_secrets, NULL, &err), &err);
	struct save draft = { .actor = &site.contributor,
		              .form = site.card,
		              .space = site.open,
		              .state = STATE_DRAFT,
		              .values = site_json(&site, "{\"nom\":\"Brouillon\"}") };
	struct issues issues;
	assert_ok(site_save(&site, &draft, &issues, &err), &err);
	assert_int_equal(plan_of(&site.contributor).drafts, 1);
	erase_person(&site.contributor, ERASE_NAME);
	assert_int_equal(number("SELECT COUNT(*) FROM record"), 0);
	assert_int_equal(number("SELECT COUNT(*) FROM token"), 0);
	assert_int_equal(number("SELECT COUNT(*) FROM letter"), 1);
	assert_int_equal(number("SELECT COUNT(*) FROM credential"), 4);
}

static void test_last_administrator(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	assert_int_equal(store_write(site.store, erase,
	                             &(struct erasing){ .who = &site.administrator, .mode = ERASE_ALL }, &err),
	                 E_CONFLICT);
	assert_int_equal(number("SELECT COUNT(*) FROM person"), 5);
	assert_int_equal(json_array_size(ledger()), 0);
}

static void test_mass(void **state)
{
	site_fixture_init(&site, test_store(state));
	for (int i = 0; i < ERASURE_MASS; i++) site_card(&site, &site.other, "{\"nom\":\"Une\"}");
	assert_true(plan_of(&site.other).mass); /* all there is in the space */
	for (int i = 0; i < ERASURE_MASS_FLOOR - 1; i++) site_card(&site, &site.contributor, "{\"nom\":\"Une\"}");
	assert_false(plan_of(&site.contributor).mass);
	site_card(&site, &site.contributor, "{\"nom\":\"Une\"}");
	assert_true(plan_of(&site.contributor).mass); /* 10 of 60 */
}

static bool any_file_holds(const char *dir, const char *word)
{
	bool found = false;
	DIR *folder = opendir(dir);
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		struct buf all = { 0 };
		char path[512], chunk[4096];
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		FILE *file = entry->d_type == DT_REG ? fopen(path, "r") : NULL;
		for (size_t n; file && (n = fread(chunk, 1, sizeof(chunk), file)) > 0;) buf_add(&all, chunk, n);
		if (file) fclose(file);
		found |= all.len && memmem(all.data, all.len, word, strlen(word)) != NULL;
		buf_release(&all);
	}
	closedir(folder);
	return found;
}

/* Words of a title, of a text, of an address, of a tag; of what was corrected long ago. The stem is what search
 * keeps. */
static void test_canary(void **state)
{
	static const char stem[] = "zorglub";
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	for (int i = 0; i < 30; i++) {
		struct id card = site_card(&site, &site.contributor,
		                           "{\"nom\":\"" CANARY "\",\"histoire\":\"Un texte, " CANARY
		                           "\",\"themes\":[\"" CANARY "\"]}");
		if (i % 3 == 0)
			change(&site.contributor, card, "{\"nom\":\"Autre\",\"histoire\":\"Encore " CANARY "\"}");
		site_card(&site, &site.other, "{\"nom\":\"Mot ordinaire\",\"histoire\":\"Du remplissage\"}");
	}
	assert_true(any_file_holds(store_dir(site.store), stem));
	erase_person(&site.contributor, ERASE_ALL);
	assert_ok(erasure_settle(site.store, &err), &err);
	assert_false(any_file_holds(store_dir(site.store), stem));
	assert_false(any_file_holds(store_dir(site.store), "Camille"));
	assert_int_equal(site_rebuild(&site), 0);
}

static enum code replay(struct tx *tx, void *arg, struct err *err)
{
	struct erasing *e = arg;
	return erasure_replay(tx, &site.arena, e->lines, &e->done, err);
}

/* As after a restore: the ledger knows of what the database does not. */
static void test_ledger(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	char id[ID_TEXT + 1];
	struct id card = site_card(&site, &site.contributor, "{\"nom\":\"Une\",\"histoire\":\"" CANARY "\"}");
	struct id other = site_card(&site, &site.other, "{\"nom\":\"Deux\",\"histoire\":\"Bonjour\"}");
	change(&site.contributor, other, "{\"histoire\":\"" CANARY "\"}");
	json_t *line = json_keep(&site.arena,
	                         json_pack("{s:s, s:s}", "person", id_format(site.contributor.id, id), "mode", "all"));
	json_t *lines = json_keep(&site.arena, json_pack("[O, {s:s}]", line, "person", "00000000000000000000000000"));
	struct erasing e = { .lines = lines };
	assert_ok(store_write(site.store, replay, &e, &err), &err);
	assert_int_equal(e.done, 1);
	assert_null(site_load(&site, &site.administrator, card));
	assert_string_equal(site_values(&site, &site.visitor, other), "{\"histoire\":\"Bonjour\",\"nom\":\"Deux\"}");
	assert_ok(store_write(site.store, replay, &e, &err), &err);
	assert_int_equal(e.done, 0);
	/* Its own deeds are not noted again. */
	assert_int_equal(json_array_size(ledger()), 0);
	erase_person(&site.other, ERASE_NAME);
	assert_int_equal(json_array_size(ledger()), 1);
	assert_string_equal(json_str(json_array_get(ledger(), 0), "mode"), "name");
	/* A line that a crash cut short. */
	FILE *file = fopen(ledger_path(&site.arena, site.store), "a");
	fputs("{\"person\":\"00", file);
	fclose(file);
	assert_int_equal(json_array_size(ledger()), 1);
	erase_person(&site.member, ERASE_NAME);
	assert_int_equal(json_array_size(ledger()), 2);
}

static struct id last_save(struct id record)
{
	struct history_entry *entries;
	struct db *db;
	struct err err = { 0 };
	int n;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(history_list(db, &site.arena, site.model, &site.administrator, record, (struct id){ 0 }, 1, &entries,
	                       &n, &err),
	          &err);
	store_read_end(site.store);
	return entries[0].save;
}

struct versions {
	struct id page, saves[2];
	int n;
};

static enum code erase_versions(struct tx *tx, void *arg, struct err *err)
{
	const struct versions *v = arg;
	return erasure_versions(tx, &site.arena, site.model, v->page, v->saves, v->n, err);
}

static enum code erase_record(struct tx *tx, void *arg, struct err *err)
{
	struct erasing *e = arg;
	return erasure_record(tx, &site.arena, site.model, e->id, err);
}

static void test_one_version_one_page(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	struct id card = site_card(&site, &site.facilitator, "{\"nom\":\"Une\",\"tel\":\"0102030405\"}");
	change(&site.member, card, "{\"histoire\":\"" CANARY "\",\"tel\":\"0605040302\",\"prix\":\"3\"}");
	struct id save = last_save(card);
	change(&site.other, card, "{\"prix\":\"4\"}");
	assert_ok(store_write(site.store, erase_versions, &(struct versions){ card, { save }, 1 }, &err), &err);
	assert_string_equal(site_values(&site, &site.administrator, card),
	                    "{\"nom\":\"Une\",\"prix\":\"4\",\"tel\":\"0102030405\"}");
	assert_int_equal(number("SELECT COUNT(*) FROM body WHERE data LIKE '%" CANARY "%' OR data LIKE '%0605040302%'"),
	                 0);
	assert_int_equal(site_rebuild(&site), 0);
	assert_ok(store_write(site.store, erase_record, &(struct erasing){ .id = card }, &err), &err);
	assert_null(site_load(&site, &site.administrator, card));
	assert_int_equal(json_array_size(ledger()), 2);
}

/* A title that should never have been: its address, the links to it, letters that told of it go too; a page that the
 * same batch touched stays as it is. */
static enum code tell(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO letter (recipient, subject, body, state, created) VALUES ('a@example.org', 'Du nouveau : Une " CANARY
	        "', '', 1, 1), ('a@example.org', 'Autre', 'b', 1, 1)");
}

static struct id save_together(const struct actor *who, const struct id *records, int n, const char *values)
{
	struct id batch = id_new();
	struct err err = { 0 };
	struct issues issues;
	for (int i = 0; i < n; i++) {
		struct save save = {
			.actor = who, .record = records[i], .values = site_json(&site, values), .batch = batch
		};
		assert_ok(site_save(&site, &save, &issues, &err), &err);
	}
	return batch;
}

static void test_versions_and_what_they_mended(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	char text[ID_TEXT + 1];
	struct id card = site_card(&site, &site.facilitator, "{\"nom\":\"Une\"}");
	struct id other = site_card(&site, &site.other, "{\"nom\":\"Autre\",\"histoire\":\"Voir [[Une]].\"}");
	change(&site.member, card, "{\"nom\":\"Une " CANARY "\"}");
	struct versions v = { card, { last_save(card) }, 1 };
	assert_non_null(strstr(site_values(&site, &site.visitor, other), CANARY));
	assert_ok(store_write(site.store, tell, NULL, &err), &err);
	const struct id both[] = { card, other };
	v.saves[v.n++] = save_together(&site.facilitator, both, 2, "{\"prix\":\"7\"}");
	assert_ok(store_write(site.store, erase_versions, &v, &err), &err);
	assert_string_equal(site_values(&site, &site.visitor, card), "{\"nom\":\"Une\"}");
	assert_string_equal(site_values(&site, &site.visitor, other),
	                    "{\"histoire\":\"Voir [[Une]].\",\"nom\":\"Autre\",\"prix\":\"7\"}");
	assert_string_equal(site_load(&site, &site.visitor, card)->slug, "une");
	assert_int_equal(number("SELECT COUNT(*) FROM letter"), 1);
	assert_null(strstr(site_dump(&site), "zorglub"));
	assert_ok(erasure_settle(site.store, &err), &err);
	assert_false(any_file_holds(store_dir(site.store), "zorglub"));
	assert_int_equal(site_rebuild(&site), 0);
	/* Said once for each version, and found done. */
	json_t *lines = ledger();
	assert_int_equal(json_array_size(lines), 2);
	assert_string_equal(json_str(json_array_get(lines, 0), "page"), id_format(card, text));
	struct erasing e = { .lines = lines };
	assert_ok(store_write(site.store, replay, &e, &err), &err);
	assert_int_equal(e.done, 0);
}

static struct erasure_extent extent_of(struct id record)
{
	struct erasure_extent extent;
	struct db *db;
	struct err err = { 0 };
	const struct record *loaded = site_load(&site, &site.administrator, record);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(erasure_weigh(db, &site.arena, site.model, &site.administrator, loaded, &extent, &err), &err);
	store_read_end(site.store);
	return extent;
}

static void test_what_goes_with_a_page(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct id card = site_card(&site, &site.facilitator, "{\"nom\":\"Une\"}");
	change(&site.member, card, "{\"prix\":\"3\"}");
	site_card(&site, &site.other, "{\"nom\":\"Autre\",\"histoire\":\"Voir [[Une]].\"}");
	const struct erasure_extent extent = extent_of(card);
	assert_int_equal(extent.versions, 2);
	assert_int_equal(extent.people, 2);
	assert_int_equal(extent.links, 1);
	assert_int_equal(extent.comments, 0);
	assert_int_equal(extent.files, 0);
	assert_false(extent.contested);
	assert_true(id_is_zero(extent.copy));
}

struct narrowing {
	int64_t done;
};

static enum code narrow(struct tx *tx, void *arg, struct err *err)
{
	struct narrowing *n = arg;
	return erasure_narrow(tx, &site.arena, site.model, site.card, "histoire", &n->done, err);
}

static void set_audience(const char *audience)
{
	char *text = json_text(&site.arena, site.card->definition);
	json_t *form = site_json(&site, text), *field;
	size_t i;
	json_array_foreach (json_object_get(form, "fields"), i, field)
		if (strcmp(json_str(field, "key"), "histoire") == 0)
			json_object_set_new(field, "audience", json_string(audience));
	site_fixture_form(&site, json_text(&site.arena, form));
}

static void test_fewer_readers(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	struct narrowing n = { 0 };
	struct id one = site_card(&site, &site.other,
	                          "{\"nom\":\"Une\",\"histoire\":\"Avant " CANARY "\",\"genre\":\"asso\"}");
	change(&site.other, one, "{\"histoire\":\"Ensuite " CANARY "\",\"prix\":\"3\"}");
	change(&site.other, one, "{\"genre\":\"lieu\"}");
	struct id bare = site_card(&site, &site.other, "{\"nom\":\"Deux\"}");
	struct id trashed = site_card(&site, &site.other, "{\"nom\":\"Trois\",\"histoire\":\"" CANARY "\"}");
	assert_ok(site_set_state(&site, &site.facilitator, trashed, STATE_TRASH), &err);
	struct save draft = { .actor = &site.other,
		              .form = site.card,
		              .space = site.open,
		              .state = STATE_DRAFT,
		              .values = site_json(&site, "{\"nom\":\"Quatre\",\"histoire\":\"" CANARY "\"}") };
	struct issues issues;
	assert_ok(site_save(&site, &draft, &issues, &err), &err);
	set_audience("members");
	assert_ok(store_write(site.store, narrow, &n, &err), &err);
	assert_int_equal(n.done, 3);
	assert_string_equal(site_values(&site, &site.visitor, one),
	                    "{\"genre\":\"lieu\",\"nom\":\"Une\",\"prix\":\"3\"}");
	assert_string_equal(site_values(&site, &site.member, one),
	                    "{\"genre\":\"lieu\",\"histoire\":\"Ensuite " CANARY "\",\"nom\":\"Une\",\"prix\":\"3\"}");
	assert_string_equal(site_values(&site, &site.visitor, bare), "{\"nom\":\"Deux\"}");
	assert_int_equal(site_load(&site, &site.facilitator, trashed)->state, STATE_TRASH);
	assert_int_equal(number("SELECT COUNT(*) FROM part WHERE audience = 0 AND content LIKE '%" CANARY "%'"), 0);
	assert_int_equal(number("SELECT COUNT(*) FROM part WHERE audience = 1 AND content LIKE '%" CANARY "%'"), 3);
	assert_int_equal(number("SELECT COUNT(*) FROM obj o JOIN body b ON b.id = o.id JOIN space s ON "
	                        "s.compartment_public = o.compartment "
	                        "WHERE b.data LIKE '%" CANARY "%'"),
	                 0);
	assert_int_equal(site_rebuild(&site), 0);
}

/* A backup from before: the question was for everybody. */
static void test_fewer_readers_again(void **state)
{
	site_fixture_init(&site, test_store(state));
	struct err err = { 0 };
	struct id one = site_card(&site, &site.other, "{\"nom\":\"Une\",\"histoire\":\"" CANARY "\"}");
	json_t *lines = site_json(
	        &site, "[{\"readers\":{\"form\":\"fiche\",\"field\":\"prix\",\"audience\":\"members\"}},"
	               "{\"readers\":{\"form\":\"fiche\",\"field\":\"histoire\",\"audience\":\"facilitators\"}},"
	               "{\"readers\":{\"form\":\"fiche\",\"field\":\"histoire\",\"audience\":\"members\"}},"
	               "{\"readers\":{\"form\":\"fiche\",\"field\":\"prix\",\"audience\":\"public\"}}]");
	struct erasing e = { .lines = lines };
	assert_ok(store_write(site.store, replay, &e, &err), &err);
	assert_int_equal(e.done, 1);
	assert_int_equal(number("SELECT COUNT(*) FROM part WHERE audience = 1 AND content LIKE '%" CANARY "%'"), 1);
	assert_int_equal(number("SELECT COUNT(*) FROM part WHERE audience = 0 AND content LIKE '%" CANARY "%'"), 0);
	assert_ok(store_write(site.store, replay, &e, &err), &err);
	assert_int_equal(e.done, 0);
	(void)one;
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_her_name_goes_and_her_texts_stay),
		BOTH(test_all_she_wrote),
		BOTH(test_what_was_merged_with_hers),
		BOTH(test_account),
		BOTH(test_last_administrator),
		BOTH(test_mass),
		BOTH(test_ledger),
		BOTH(test_one_version_one_page),
		BOTH(test_versions_and_what_they_mended),
		BOTH(test_what_goes_with_a_page),
		BOTH(test_fewer_readers),
		BOTH(test_fewer_readers_again),
		{ "test_canary (SQLite)", test_canary, test_sqlite_setup, teardown, NULL },
	};
	return cmocka_run_group_tests_name("erasure", tests, NULL, NULL);
}

/* Records: saved in parts, loaded as far as one may read, two people at once, the trash. */
#include "core/record.h"

#include <string.h>

#include "base/clock.h"
#include "support/site/site.h"

static struct site_fixture site;

#define SITE(state) site_fixture_init(&site, test_store(state))

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static int64_t count(const char *what)
{
	struct db *db;
	struct err err = { 0 };
	int64_t n = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	if (strcmp(what, "obj") == 0) assert_ok(db_int(db, &n, -1, &err, "SELECT COUNT(*) FROM obj"), &err);
	else assert_ok(db_int(db, &n, -1, &err, "SELECT COUNT(*) FROM record"), &err);
	store_read_end(site.store);
	return n;
}

static const struct record *load_slug(const struct actor *actor, const char *slug)
{
	struct db *db;
	struct err err = { 0 };
	struct record *record = NULL;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	enum code code = record_load_slug(db, &site.arena, site.model, actor, site.open, slug, &record, &err);
	store_read_end(site.store);
	if (code != E_NOT_FOUND) assert_ok(code, &err);
	return record;
}

static enum code refused(struct save *save, struct issues *issues)
{
	struct err err = { 0 };
	int64_t objects = count("obj"), records = count("record");
	enum code code = site_save(&site, save, issues, &err);
	assert_int_not_equal(code, OK);
	assert_int_equal(count("obj"), objects);
	assert_int_equal(count("record"), records);
	return code;
}

/* ---- Saving and loading ---- */

static void test_save_and_load(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor,
	                         "{\"nom\":\"Régie Plus\",\"genre\":\"asso\",\"themes\":[\"vélo\"],"
	                         "\"lieu\":{\"lat\":473900000,\"lon\":6880000},\"prix\":\"12.5\"}");
	const struct record *r = site_load(&site, &site.visitor, id);
	assert_non_null(r);
	assert_true(id_equal(r->id, id));
	assert_ptr_equal(r->form, site.card);
	assert_ptr_equal(r->space, site.open);
	assert_string_equal(r->slug, "regie-plus");
	assert_string_equal(r->title, "Régie Plus");
	assert_int_equal(r->state, STATE_PUBLISHED);
	assert_int_equal(r->author, site.contributor.person);
	assert_int_equal(r->created, SITE_START + 1000);
	assert_int_equal(r->changed, SITE_START + 1000);
	assert_false(r->conflict);
	assert_string_equal(json_text(&site.arena, r->values),
	                    "{\"genre\":\"asso\",\"lieu\":{\"lat\":473900000,\"lon\":6880000},\"nom\":\"Régie Plus\","
	                    "\"prix\":\"12.5\",\"themes\":[\"vélo\"]}");
	/* The part alone, on its one head. */
	assert_true(r->parts[AUDIENCE_PUBLIC].present);
	assert_int_equal(r->parts[AUDIENCE_PUBLIC].heads.n, 1);
	assert_false(r->parts[AUDIENCE_MEMBERS].present || r->parts[AUDIENCE_FACILITATORS].present);

	struct save save = site_change(&site, &site.other, id, "{\"prix\":null,\"genre\":\"service\",\"themes\":[]}");
	assert_true(save.changed);
	assert_false(save.merged || save.conflict);
	assert_string_equal(save.final_slug, "regie-plus");
	assert_string_equal(
	        site_values(&site, &site.visitor, id),
	        "{\"genre\":\"service\",\"lieu\":{\"lat\":473900000,\"lon\":6880000},\"nom\":\"Régie Plus\"}");
	r = site_load(&site, &site.visitor, id);
	assert_int_equal(r->changed, SITE_START + 2000);
	assert_int_equal(r->author, site.contributor.person);
}

/* Keys that are not named are not touched; what is the same writes nothing at all. */
static void test_unchanged(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"histoire\":\"un\\n\",\"prix\":\"3\"}");
	int64_t objects = count("obj");
	const char *dump = site_dump(&site);
	uint64_t generation = store_generation(site.store);
	static const char *const same[] = {
		"{}", "{\"nom\":\"A\"}", "{\"histoire\":\"un\\n\",\"prix\":\"3\",\"nom\":\"A\"}",
		"{\"themes\":[],\"genre\":null,\"horaires\":\"\",\"lieu\":{}}", /* empty and absent are the same */
	};
	for (size_t i = 0; i < COUNT(same); i++) {
		struct save save = site_change(&site, &site.other, id, same[i]);
		assert_false(save.changed || save.merged || save.conflict);
		assert_true(id_equal(save.saved, id));
		assert_string_equal(save.final_slug, "a");
	}
	assert_int_equal(count("obj"), objects);
	assert_string_equal(site_dump(&site), dump);
	assert_true(store_generation(site.store) == generation);
	assert_true(site_change(&site, &site.other, id, "{\"nom\":\"B\"}").changed);
	assert_int_equal(count("obj"), objects + 1);
	assert_true(store_generation(site.store) > generation);
}

/* One save writes at most one revision for each part it touches. */
static void test_parts(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator,
	                         "{\"nom\":\"A\",\"tel\":\"02 47 00 00 00\",\"contact\":\"Jo\","
	                         "\"note\":\"n\",\"suivi\":\"vu\"}");
	assert_int_equal(count("obj"), 3);
	site_change(&site, &site.facilitator, id, "{\"contact\":\"Joe\",\"tel\":null}");
	assert_int_equal(count("obj"), 4);
	const struct record *r = site_load(&site, &site.facilitator, id);
	assert_string_equal(json_text(&site.arena, r->parts[AUDIENCE_PUBLIC].values), "{\"nom\":\"A\"}");
	assert_string_equal(json_text(&site.arena, r->parts[AUDIENCE_MEMBERS].values), "{\"contact\":\"Joe\"}");
	assert_string_equal(json_text(&site.arena, r->parts[AUDIENCE_FACILITATORS].values),
	                    "{\"note\":\"n\",\"suivi\":\"vu\"}");
}

/* ---- Audiences ---- */

static bool holds_secret(const struct record *r)
{
	struct arena *a = &site.arena;
	const char *texts[2 + 2 * AUDIENCE_COUNT] = { json_text(a, r->values), r->title };
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		texts[2 + 2 * i] = r->parts[i].values ? json_text(a, r->parts[i].values) : "";
		texts[3 + 2 * i] = r->parts[i].conflict ? json_text(a, r->parts[i].conflict) : "";
	}
	for (size_t i = 0; i < COUNT(texts); i++)
		if (strstr(texts[i], "SECRET")) return true;
	return false;
}

static void test_audiences(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator,
	                         "{\"nom\":\"A\",\"contact\":\"SECRET\",\"note\":\"SECRET\"}");
	const struct actor *const outside[] = { &site.visitor, &site.contributor, &site.other };
	/* Two versions of the secrets, which are kept in the conflict too. */
	const struct record *opened = site_load(&site, &site.facilitator, id);
	site_change_opened(&site, &site.facilitator, opened, "{\"contact\":\"SECRET 1\",\"note\":\"SECRET 1\"}");
	struct save save = site_change_opened(&site, &site.facilitator, opened,
	                                      "{\"contact\":\"SECRET 2\",\"note\":\"SECRET 2\"}");
	assert_true(save.conflict);
	for (size_t i = 0; i < COUNT(outside); i++) {
		const struct record *r = site_load(&site, outside[i], id);
		assert_non_null(r);
		assert_false(holds_secret(r));
		assert_false(r->conflict);
		assert_false(r->parts[AUDIENCE_MEMBERS].present || r->parts[AUDIENCE_FACILITATORS].present);
		assert_int_equal(r->parts[AUDIENCE_MEMBERS].heads.n, 0);
		assert_false(holds_secret(load_slug(outside[i], "a")));
		struct db *db;
		struct record **many;
		int n;
		assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
		assert_int_equal(record_load_many(db, &site.arena, site.model, outside[i], &r->num, 1, &many, &n, NULL),
		                 OK);
		assert_int_equal(n, 1);
		assert_false(holds_secret(many[0]));
		store_read_end(site.store);
	}
	const struct record *r = site_load(&site, &site.member, id);
	assert_true(r->parts[AUDIENCE_MEMBERS].present && !r->parts[AUDIENCE_FACILITATORS].present);
	assert_true(r->conflict);
	assert_string_equal(json_str(r->values, "contact"), "SECRET 2");
	assert_null(json_object_get(r->values, "note"));
	assert_string_equal(json_str(site_load(&site, &site.facilitator, id)->values, "note"), "SECRET 2");
}

/* Nobody writes what she may not read, nor wipes it out by not seeing it. */
static void test_audiences_written(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator, "{\"nom\":\"A\",\"contact\":\"Jo\",\"note\":\"n\"}");
	struct issues issues;
	struct save save = { .actor = &site.contributor,
		             .record = id,
		             .values = site_json(&site, "{\"nom\":\"B\",\"contact\":\"x\",\"note\":null}") };
	assert_int_equal(refused(&save, &issues), E_INPUT);
	assert_non_null(issues_of(&issues, "contact"));
	assert_non_null(issues_of(&issues, "note"));
	assert_null(issues_of(&issues, "nom"));
	site_change(&site, &site.contributor, id, "{\"nom\":\"B\"}");
	assert_string_equal(site_values(&site, &site.facilitator, id),
	                    "{\"contact\":\"Jo\",\"nom\":\"B\",\"note\":\"n\"}");
	/* With what she had opened, which has nothing of the other parts. */
	const struct record *opened = site_load(&site, &site.contributor, id);
	site_change_opened(&site, &site.contributor, opened, "{\"nom\":\"C\"}");
	assert_string_equal(site_values(&site, &site.facilitator, id),
	                    "{\"contact\":\"Jo\",\"nom\":\"C\",\"note\":\"n\"}");
}

/* A field that is narrowed to members keeps its values from everybody else at once. */
static void test_narrowed(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"horaires\":\"SECRET\"}");
	const struct record *r = site_load(&site, &site.visitor, id);
	assert_true(holds_secret(r));
	json_t *form = json_keep(&site.arena, json_deep_copy(site.card->definition)), *field;
	size_t i;
	json_array_foreach (json_object_get(form, "fields"), i, field)
		if (strcmp(json_str(field, "key"), "horaires") == 0)
			json_object_set_new(field, "audience", json_string("members"));
	site_fixture_form(&site, json_text(&site.arena, form));
	assert_false(holds_secret(site_load(&site, &site.visitor, id)));
	assert_false(holds_secret(site_load(&site, &site.contributor, id)));
	assert_string_equal(site_values(&site, &site.member, id), "{\"horaires\":\"SECRET\",\"nom\":\"A\"}");
}

/* ---- Rights ---- */

static void test_rights(void **state)
{
	SITE(state);
	struct save save = { .actor = &site.visitor,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, "{\"nom\":\"A\"}") };
	assert_int_equal(refused(&save, NULL), E_SIGN_IN);
	save.space = site.closed;
	save.actor = &site.contributor;
	assert_int_equal(refused(&save, NULL), E_NOT_FOUND); /* she does not even know of it */
	save.actor = &site.member;
	struct err err = { 0 };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_null(site_load(&site, &site.contributor, save.saved));
	assert_null(site_load(&site, &site.visitor, save.saved));
	assert_non_null(site_load(&site, &site.member, save.saved));
	struct save edit = { .actor = &site.contributor,
		             .record = save.saved,
		             .values = site_json(&site, "{\"nom\":\"B\"}") };
	assert_int_equal(refused(&edit, NULL), E_NOT_FOUND);
	edit.record = id_random();
	assert_int_equal(refused(&edit, NULL), E_NOT_FOUND);
	edit.record = site_card(&site, &site.contributor, "{\"nom\":\"C\"}");
	edit.actor = &site.visitor;
	assert_int_equal(refused(&edit, NULL), E_SIGN_IN);
}

/* Drafts are their author's and the facilitators'. */
static void test_drafts(void **state)
{
	SITE(state);
	struct err err = { 0 };
	struct save save = { .actor = &site.contributor,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_DRAFT,
		             .values = site_json(&site, "{\"nom\":\"A\"}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_non_null(site_load(&site, &site.contributor, save.saved));
	assert_non_null(site_load(&site, &site.facilitator, save.saved));
	assert_null(site_load(&site, &site.other, save.saved));
	assert_null(site_load(&site, &site.visitor, save.saved));
	assert_null(load_slug(&site.visitor, "a"));
	assert_int_equal(site_set_state(&site, &site.other, save.saved, STATE_PUBLISHED), E_NOT_FOUND);
	assert_int_equal(site_set_state(&site, &site.contributor, save.saved, STATE_PUBLISHED), OK);
	assert_non_null(site_load(&site, &site.visitor, save.saved));
	assert_int_equal(site_set_state(&site, &site.contributor, save.saved, STATE_DRAFT), E_INPUT);
	assert_int_equal(site_rebuild(&site), 0);
}

/* ---- Mistakes ---- */

/* All of them at once, each under its field, and nothing is written. */
static void test_mistakes(void **state)
{
	SITE(state);
	struct issues issues;
	struct save save = { .actor = &site.contributor,
		             .form = site.card,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(
		                     &site, "{\"genre\":\"club\",\"prix\":\"cher\",\"ouvert\":true,"
		                            "\"lieu\":{\"lat\":1},\"inconnu\":1,\"suivi\":\"vu\",\"themes\":\"x\"}") };
	assert_int_equal(refused(&save, &issues), E_INPUT);
	static const char *const wrong[] = { "nom", "genre", "prix", "horaires", "lieu", "inconnu", "suivi", "themes" };
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (issues_of(&issues, wrong[i]) == NULL) fail_msg("no mistake for %s", wrong[i]);
	assert_null(issues_of(&issues, "ouvert"));
	/* What is asked on condition only is needed on condition only. */
	save.values = site_json(&site, "{\"nom\":\"A\",\"ouvert\":false}");
	struct err err = { 0 };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	save = (struct save){ .actor = &site.contributor,
		              .record = save.saved,
		              .values = site_json(&site, "{\"ouvert\":true}") };
	assert_int_equal(refused(&save, &issues), E_INPUT);
	assert_int_equal(issues.count, 1);
	assert_non_null(issues_of(&issues, "horaires"));
	save.values = site_json(&site, "{\"nom\":null}");
	assert_int_equal(refused(&save, &issues), E_INPUT);
	assert_non_null(issues_of(&issues, "nom"));
	save.values = site_json(&site, "{\"nom\":\"   \"}");
	assert_int_equal(site_save(&site, &save, &issues, NULL), E_INPUT);
}

struct tolerating {
	struct save save;
	enum code code;
};

/* As an import does, which goes on after a refused row. */
static enum code save_and_go_on(struct tx *tx, void *arg, struct err *err)
{
	struct tolerating *w = arg;
	struct issues issues;
	issues_init(&issues, &site.arena);
	w->code = record_save(tx, &site.arena, site.model, &w->save, &issues, err);
	return OK;
}

/* More than a revision can hold: a mistake, which leaves nothing behind even where others are kept. */
static void test_too_big(void **state)
{
	SITE(state);
	json_t *form = json_keep(&site.arena, json_deep_copy(site.card->definition)),
	       *fields = json_object_get(form, "fields");
	json_t *values = json_keep(&site.arena, json_object());
	for (int i = 0; i < 11; i++) {
		const char *key = arena_printf(&site.arena, "long_%d", i);
		json_array_append_new(fields, json_pack("{s:s,s:s,s:s}", "key", key, "type", "longtext", "label", "L"));
		json_object_set_new(values, key, json_string(arena_printf(&site.arena, "%099999d", 1)));
	}
	json_object_set_new(values, "nom", json_string("A"));
	site_fixture_form(&site, json_text(&site.arena, form));
	struct err err = { 0 };
	struct tolerating w = { .save = { .actor = &site.contributor,
		                          .form = site.card,
		                          .space = site.open,
		                          .state = STATE_PUBLISHED,
		                          .values = values } };
	assert_ok(store_write(site.store, save_and_go_on, &w, &err), &err);
	assert_int_equal(w.code, E_INPUT);
	assert_true(id_is_zero(w.save.saved));
	assert_int_equal(count("record"), 0);
	assert_int_equal(count("obj"), 0);
	/* Ten of them are under 1 MiB. */
	json_object_del(values, "long_10");
	assert_ok(store_write(site.store, save_and_go_on, &w, &err), &err);
	assert_int_equal(w.code, OK);
	assert_int_equal(count("record"), 1);
}

/* ---- Addresses ---- */

static bool rename_to(struct id id, const char *slug)
{
	struct err err = { 0 };
	struct save save = { .actor = &site.contributor, .record = id, .slug = slug, .values = site_json(&site, "{}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	return save.changed;
}

static void test_addresses(void **state)
{
	SITE(state);
	struct id first = site_card(&site, &site.contributor, "{\"nom\":\"Fête\"}");
	struct id second = site_card(&site, &site.contributor, "{\"nom\":\"fête !\"}");
	assert_string_equal(site_load(&site, &site.visitor, first)->slug, "fete");
	assert_string_equal(site_load(&site, &site.visitor, second)->slug, "fete-2");
	/* A name of the engine, or nothing left of the title. */
	assert_string_equal(
	        site_load(&site, &site.visitor, site_card(&site, &site.contributor, "{\"nom\":\"API\"}"))->slug,
	        "api-2");
	assert_string_equal(
	        site_load(&site, &site.visitor, site_card(&site, &site.contributor, "{\"nom\":\"?\"}"))->slug, "fiche");
	/* The title changes, the address stays. */
	site_change(&site, &site.contributor, first, "{\"nom\":\"Fête de l’été\"}");
	assert_string_equal(site_load(&site, &site.visitor, first)->slug, "fete");
	/* A new address; the old one leads to it, and is nobody else's. */
	assert_true(rename_to(first, "fete-de-l-ete"));
	assert_string_equal(site_load(&site, &site.visitor, first)->slug, "fete-de-l-ete");
	const struct record *r = load_slug(&site.visitor, "fete");
	assert_true(id_equal(r->id, first));
	assert_string_equal(r->slug, "fete-de-l-ete");
	struct id third = site_card(&site, &site.contributor, "{\"nom\":\"Fête\"}");
	assert_string_equal(site_load(&site, &site.visitor, third)->slug, "fete-3");
	assert_true(id_equal(load_slug(&site.visitor, "fete")->id, first));
	/* Twice renamed: both lead there; and back again. */
	assert_true(rename_to(first, "grande-fete"));
	assert_true(id_equal(load_slug(&site.visitor, "fete")->id, first));
	assert_true(id_equal(load_slug(&site.visitor, "fete-de-l-ete")->id, first));
	assert_true(rename_to(first, "fete"));
	assert_string_equal(site_load(&site, &site.visitor, first)->slug, "fete");
	assert_true(id_equal(load_slug(&site.visitor, "grande-fete")->id, first));
	/* What somebody else has gets a number: the one it has already. */
	assert_false(rename_to(third, "fete"));
	assert_string_equal(site_load(&site, &site.visitor, third)->slug, "fete-3");
	assert_true(rename_to(third, "Grande fête/../?"));
	assert_string_equal(site_load(&site, &site.visitor, third)->slug, "grande-fete-2");
	assert_null(load_slug(&site.visitor, "nulle-part"));
	assert_int_equal(site_rebuild(&site), 0);
}

/* ---- Two people at once ---- */

static void test_two_fields(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"prix\":\"1\"}");
	const struct record *opened = site_load(&site, &site.other, id);
	assert_false(site_change_opened(&site, &site.contributor, opened, "{\"nom\":\"B\",\"prix\":\"1\"}").merged);
	/* She changed the price only: the form sends both. */
	struct save save = site_change_opened(&site, &site.other, opened, "{\"nom\":\"A\",\"prix\":\"2\"}");
	assert_true(save.changed && save.merged && !save.conflict);
	assert_string_equal(site_values(&site, &site.visitor, id), "{\"nom\":\"B\",\"prix\":\"2\"}");
	assert_false(site_load(&site, &site.visitor, id)->conflict);
	assert_int_equal(site_rebuild(&site), 0);
	/* Nothing changed since, though somebody else did: nothing is written. */
	assert_false(site_change_opened(&site, &site.other, opened, "{\"nom\":\"A\",\"prix\":\"1\"}").changed);
}

static void test_two_lines(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor,
	                         "{\"nom\":\"A\",\"histoire\":\"un\\ndeux\\ntrois\\nquatre\\n\"}");
	const struct record *opened = site_load(&site, &site.other, id);
	site_change_opened(&site, &site.contributor, opened, "{\"histoire\":\"UN\\ndeux\\ntrois\\nquatre\\n\"}");
	struct save save = site_change_opened(&site, &site.other, opened,
	                                      "{\"histoire\":\"un\\ndeux\\ntrois\\nQUATRE\\n\"}");
	assert_true(save.merged && !save.conflict);
	assert_string_equal(json_str(site_load(&site, &site.visitor, id)->values, "histoire"),
	                    "UN\ndeux\ntrois\nQUATRE\n");
	/* A save on top of both, elsewhere: the text stays merged, and its history is one again. */
	site_change(&site, &site.contributor, id, "{\"prix\":\"5\"}");
	const struct record *r = site_load(&site, &site.visitor, id);
	assert_string_equal(json_str(r->values, "histoire"), "UN\ndeux\ntrois\nQUATRE\n");
	assert_int_equal(r->parts[AUDIENCE_PUBLIC].heads.n, 1);
	assert_int_equal(site_rebuild(&site), 0);
	/* And the merged text can be corrected further. */
	site_change(&site, &site.contributor, id, "{\"histoire\":\"UN\\nQUATRE\\n\"}");
	assert_string_equal(json_str(site_load(&site, &site.visitor, id)->values, "histoire"), "UN\nQUATRE\n");
	assert_int_equal(site_rebuild(&site), 0);
}

/* The same place: both are kept and shown, nothing is lost, and somebody decides. */
static void test_conflict(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\",\"histoire\":\"un\\n\"}");
	const struct record *opened = site_load(&site, &site.other, id);
	site_change_opened(&site, &site.contributor, opened, "{\"nom\":\"B\",\"histoire\":\"deux\\n\"}");
	struct save save = site_change_opened(&site, &site.other, opened, "{\"nom\":\"C\",\"histoire\":\"trois\\n\"}");
	assert_true(save.changed && save.merged && save.conflict);
	const struct record *r = site_load(&site, &site.visitor, id);
	assert_true(r->conflict);
	assert_string_equal(json_text(&site.arena, r->values), "{\"histoire\":\"trois\\n\",\"nom\":\"C\"}");
	const json_t *versions = json_object_get(r->parts[AUDIENCE_PUBLIC].conflict, "nom");
	assert_int_equal(json_array_size(versions), 2);
	assert_string_equal(json_str(json_array_get(versions, 0), "value"), "C");
	assert_string_equal(json_str(json_array_get(versions, 1), "value"), "B");
	assert_int_equal(r->parts[AUDIENCE_PUBLIC].heads.n, 2);
	assert_int_equal(site_rebuild(&site), 0);

	/* Keeping what is shown is an answer too, though no value differs. */
	assert_false(site_change(&site, &site.other, id, "{\"nom\":\"C\"}").changed);
	struct err err = { 0 };
	struct save answer = {
		.actor = &site.contributor, .record = id, .settles = true, .values = site_json(&site, "{\"nom\":\"C\"}")
	};
	assert_ok(site_save(&site, &answer, NULL, &err), &err);
	assert_true(answer.changed);
	r = site_load(&site, &site.visitor, id);
	assert_null(json_object_get(r->parts[AUDIENCE_PUBLIC].conflict, "nom"));
	assert_non_null(json_object_get(r->parts[AUDIENCE_PUBLIC].conflict, "histoire")); /* not asked yet */
	assert_int_equal(r->parts[AUDIENCE_PUBLIC].heads.n, 1);
	assert_int_equal(site_rebuild(&site), 0);
	/* A third text answers as well. */
	site_change(&site, &site.contributor, id, "{\"histoire\":\"deux et trois\\n\"}");
	r = site_load(&site, &site.visitor, id);
	assert_false(r->conflict);
	assert_string_equal(json_text(&site.arena, r->values), "{\"histoire\":\"deux et trois\\n\",\"nom\":\"C\"}");
	assert_int_equal(site_rebuild(&site), 0);
}

/* Two people answer the same question in two ways: that is a question again, no answer is dropped. */
static void test_two_answers(void **state)
{
	SITE(state);
	struct err err = { 0 };
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	const struct record *opened = site_load(&site, &site.other, id);
	site_change_opened(&site, &site.contributor, opened, "{\"nom\":\"B\"}");
	site_change_opened(&site, &site.other, opened, "{\"nom\":\"C\"}");
	opened = site_load(&site, &site.other, id);
	assert_string_equal(opened->title, "C");
	site_change(&site, &site.contributor, id, "{\"nom\":\"B\"}");
	assert_false(site_load(&site, &site.visitor, id)->conflict);
	/* She had both before her and keeps what was shown then. */
	struct save answer = { .actor = &site.other,
		               .record = id,
		               .opened = true,
		               .settles = true,
		               .values = site_json(&site, "{\"nom\":\"C\"}") };
	answer.heads[AUDIENCE_PUBLIC] = opened->parts[AUDIENCE_PUBLIC].heads;
	assert_ok(site_save(&site, &answer, NULL, &err), &err);
	assert_true(answer.changed && answer.merged && answer.conflict);
	const struct record *r = site_load(&site, &site.visitor, id);
	const json_t *versions = json_object_get(r->parts[AUDIENCE_PUBLIC].conflict, "nom");
	assert_int_equal(json_array_size(versions), 2);
	assert_string_equal(json_str(json_array_get(versions, 0), "value"), "C");
	assert_string_equal(json_str(json_array_get(versions, 1), "value"), "B");
	assert_int_equal(site_rebuild(&site), 0);
}

/* The same correction by both is none. */
static void test_same_correction(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	const struct record *opened = site_load(&site, &site.other, id);
	site_change_opened(&site, &site.contributor, opened, "{\"nom\":\"B\"}");
	struct save save = site_change_opened(&site, &site.other, opened, "{\"nom\":\"B\"}");
	assert_true(save.merged && !save.conflict);
	assert_false(site_load(&site, &site.visitor, id)->conflict);
	assert_int_equal(site_rebuild(&site), 0);
}

/* A part that did not exist when the form was opened, made by both. */
static void test_two_new_parts(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	const struct record *opened = site_load(&site, &site.member, id);
	site_change_opened(&site, &site.facilitator, opened, "{\"contact\":\"Jo\"}");
	struct save save = site_change_opened(&site, &site.member, opened, "{\"tel\":\"02 47 00 00 00\"}");
	assert_true(save.merged && !save.conflict);
	assert_string_equal(site_values(&site, &site.member, id),
	                    "{\"contact\":\"Jo\",\"nom\":\"A\",\"tel\":\"02 47 00 00 00\"}");
	assert_true(site_change_opened(&site, &site.member, opened, "{\"contact\":\"Joe\"}").conflict);
	assert_int_equal(site_rebuild(&site), 0);
}

/* Heads that are of no such record: somebody made them up, or the form is too old. */
static void test_foreign_heads(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	struct id other = site_card(&site, &site.contributor, "{\"nom\":\"B\"}");
	struct save save = {
		.actor = &site.contributor, .record = id, .opened = true, .values = site_json(&site, "{\"nom\":\"C\"}")
	};
	save.heads[AUDIENCE_PUBLIC] = site_load(&site, &site.visitor, other)->parts[AUDIENCE_PUBLIC].heads;
	assert_int_equal(refused(&save, NULL), E_INPUT);
	random_bytes(&save.heads[AUDIENCE_PUBLIC].ids[0], HASH_SIZE);
	assert_int_equal(refused(&save, NULL), E_INPUT);
}

/* ---- The trash ---- */

static void test_trash(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator, "{\"nom\":\"A\",\"contact\":\"Jo\"}");
	assert_int_equal(site_set_state(&site, &site.visitor, id, STATE_TRASH), E_SIGN_IN);
	assert_int_equal(site_set_state(&site, &site.contributor, id, STATE_TRASH), E_FORBIDDEN);
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_TRASH), OK);
	assert_null(site_load(&site, &site.visitor, id));
	assert_null(site_load(&site, &site.member, id));
	const struct record *r = site_load(&site, &site.facilitator, id);
	assert_int_equal(r->state, STATE_TRASH);
	assert_string_equal(site_values(&site, &site.facilitator, id), "{\"contact\":\"Jo\",\"nom\":\"A\"}");
	assert_null(strstr(site_dump(&site), "value | ")); /* it left the index, and search */
	assert_null(strstr(site_dump(&site), "doc | "));
	assert_int_equal(site_rebuild(&site), 0);
	/* Its address stays taken, and comes back with it. */
	struct id same = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	assert_string_equal(site_load(&site, &site.visitor, same)->slug, "a-2");
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_PUBLISHED), OK);
	assert_int_equal(site_load(&site, &site.visitor, id)->state, STATE_PUBLISHED);
	assert_string_equal(load_slug(&site.visitor, "a")->title, "A");
	assert_string_equal(site_values(&site, &site.member, id), "{\"contact\":\"Jo\",\"nom\":\"A\"}");
	assert_int_equal(site_rebuild(&site), 0);
	/* Twice is once. */
	int64_t objects = count("obj");
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_PUBLISHED), OK);
	assert_int_equal(count("obj"), objects);
	/* Authors put their own there and back. */
	assert_int_equal(site_set_state(&site, &site.contributor, same, STATE_TRASH), OK);
	assert_non_null(site_load(&site, &site.contributor, same));
	assert_null(site_load(&site, &site.other, same));
	assert_int_equal(site_set_state(&site, &site.contributor, same, STATE_PUBLISHED), OK);
	assert_non_null(site_load(&site, &site.other, same));
}

/* Somebody who had it open writes after it was deleted: the edit wins. */
static void test_edit_against_trash(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator, "{\"nom\":\"A\",\"contact\":\"Jo\",\"note\":\"n\"}");
	const struct record *opened = site_load(&site, &site.facilitator, id);
	const struct record *seen = site_load(&site, &site.member, id);
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_TRASH), OK);
	site_change_opened(&site, &site.facilitator, opened, "{\"nom\":\"B\"}");
	assert_int_equal(site_load(&site, &site.visitor, id)->state, STATE_PUBLISHED);
	assert_string_equal(site_values(&site, &site.facilitator, id),
	                    "{\"contact\":\"Jo\",\"nom\":\"B\",\"note\":\"n\"}");
	assert_int_equal(site_rebuild(&site), 0);
	/* By the author, who may not read all its parts. */
	struct id own = site_card(&site, &site.contributor, "{\"nom\":\"C\"}");
	site_change(&site, &site.facilitator, own, "{\"note\":\"n\",\"contact\":\"Jo\"}");
	seen = site_load(&site, &site.contributor, own);
	assert_int_equal(site_set_state(&site, &site.facilitator, own, STATE_TRASH), OK);
	struct heads deleted = site_load(&site, &site.facilitator, own)->parts[AUDIENCE_FACILITATORS].heads;
	site_change_opened(&site, &site.contributor, seen, "{\"nom\":\"D\"}");
	const struct record *r = site_load(&site, &site.facilitator, own);
	assert_int_equal(r->state, STATE_PUBLISHED);
	assert_string_equal(site_values(&site, &site.facilitator, own),
	                    "{\"contact\":\"Jo\",\"nom\":\"D\",\"note\":\"n\"}");
	/* Parts that she did not have open come out of the trash on top of it, not beside it. */
	assert_int_equal(r->parts[AUDIENCE_FACILITATORS].heads.n, 1);
	assert_memory_not_equal(&r->parts[AUDIENCE_FACILITATORS].heads.ids[0], &deleted.ids[0], HASH_SIZE);
	assert_int_equal(site_rebuild(&site), 0);
}

static void test_archive(void **state)
{
	SITE(state);
	struct id id = site_card(&site, &site.facilitator, "{\"nom\":\"A\",\"genre\":\"asso\"}");
	int64_t objects = count("obj");
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_ARCHIVED), OK);
	assert_int_equal(count("obj"), objects + 1); /* a revision says so */
	assert_int_equal(site_load(&site, &site.visitor, id)->state, STATE_ARCHIVED);
	const char *dump = site_dump(&site);
	assert_null(strstr(dump, "value | "));
	assert_non_null(strstr(dump, "doc | "));
	assert_int_equal(site_rebuild(&site), 0);
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_TRASH), OK);
	assert_int_equal(site_rebuild(&site), 0);
	assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_ARCHIVED), OK);
	assert_int_equal(site_load(&site, &site.visitor, id)->state, STATE_ARCHIVED);
	assert_int_equal(site_rebuild(&site), 0);
}

/* ---- Many ---- */

static void test_load_many(void **state)
{
	SITE(state);
	enum { N = 150 };
	int64_t nums[N + 3];
	for (int i = 0; i < N; i++) {
		struct id id = site_card(
		        &site, &site.facilitator,
		        arena_printf(&site.arena, "{\"nom\":\"n%d\",\"note\":\"x\",\"tel\":\"0247000000\"}", i));
		nums[N - 1 - i] = site_load(&site, &actor_program, id)->num;
		if (i % 5 == 0) assert_int_equal(site_set_state(&site, &site.facilitator, id, STATE_TRASH), OK);
	}
	nums[N] = 999999; /* none */
	nums[N + 1] = nums[1];
	nums[N + 2] = nums[1]; /* asked for again */
	struct db *db;
	struct record **records;
	int n;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(record_load_many(db, &site.arena, site.model, &site.visitor, nums, N + 3, &records, &n, &err), &err);
	assert_int_equal(n, N - N / 5 + 2);
	for (int i = 0, at = 0; i < N + 3; i++) {
		if (i < N && (N - 1 - i) % 5 == 0) continue;
		if (i == N) continue;
		assert_int_equal(records[at]->num, nums[i]);
		assert_int_equal(json_object_size(records[at++]->values), 1);
	}
	assert_ok(record_load_many(db, &site.arena, site.model, &site.member, nums, 0, &records, &n, &err), &err);
	assert_int_equal(n, 0);
	store_read_end(site.store);
}

/* Records of a form that was taken away are left alone, and do not hold the others up. */
static enum code forget_form(struct tx *tx, void *arg, struct err *err)
{
	return db_run(tx_db(tx), err, "UPDATE definition SET body = '' WHERE key = $1", (const char *)arg);
}

static void test_form_taken_away(void **state)
{
	SITE(state);
	struct err err = { 0 };
	struct save save = { .actor = &site.contributor,
		             .form = site.term,
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, "{\"mot\":\"agora\"}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	struct id card = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	char name[] = "mot";
	assert_ok(store_write(site.store, forget_form, name, &err), &err);
	site_fixture_form(&site, json_text(&site.arena, site.card->definition));
	assert_null(site_load(&site, &site.administrator, save.saved));
	assert_non_null(site_load(&site, &site.visitor, card));
	assert_int_equal(site_rebuild(&site), 0);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_save_and_load),
		BOTH(test_unchanged),
		BOTH(test_parts),
		BOTH(test_audiences),
		BOTH(test_audiences_written),
		BOTH(test_narrowed),
		BOTH(test_rights),
		BOTH(test_drafts),
		BOTH(test_mistakes),
		BOTH(test_too_big),
		BOTH(test_addresses),
		BOTH(test_two_fields),
		BOTH(test_two_lines),
		BOTH(test_conflict),
		BOTH(test_two_answers),
		BOTH(test_same_correction),
		BOTH(test_two_new_parts),
		BOTH(test_foreign_heads),
		BOTH(test_trash),
		BOTH(test_edit_against_trash),
		BOTH(test_archive),
		BOTH(test_load_many),
		BOTH(test_form_taken_away),
	};
	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}

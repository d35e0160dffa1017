/* Definitions and their versions, spaces, and the model made of them. */
#include "core/definition.h"

#include <string.h>

#include "base/clock.h"
#include "core/form.h"
#include "core/object_store.h"
#include "core/space.h"
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

/* JSON is written with ' here. */
static json_t *tree(const char *text)
{
	char *copy = arena_strdup(&site.arena, text);
	for (char *c = copy; *c; c++)
		if (*c == '\'') *c = '"';
	return site_json(&site, copy);
}

struct saving {
	enum definition_kind kind;
	const char *key;
	const json_t *body;
	const struct actor *actor;
	bool changed;
};

static enum code write_definition(struct tx *tx, void *arg, struct err *err)
{
	struct saving *s = arg;
	return definition_save(tx, &site.arena, s->kind, s->key, s->body, s->actor, &s->changed, err);
}

static bool save(enum definition_kind kind, const char *key, const char *body)
{
	struct saving s = { kind, key, tree(body), &site.facilitator, false };
	struct err err = { 0 };
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, write_definition, &s, &err), &err);
	return s.changed;
}

static enum code delete_definition(struct tx *tx, void *arg, struct err *err)
{
	struct saving *s = arg;
	return definition_delete(tx, s->kind, s->key, &actor_program, err);
}

static enum code load(struct model **ret, struct err *err)
{
	struct db *db;
	assert_int_equal(store_read_begin(site.store, &db, NULL), OK);
	enum code code = model_load(db, ret, err);
	store_read_end(site.store);
	return code;
}

static struct model *loaded(void)
{
	struct model *model;
	struct err err = { 0 };
	assert_ok(load(&model, &err), &err);
	return model;
}

static int64_t integer(const char *text)
{
	struct db *db;
	int64_t n = -1;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int_values(db, &n, -1, &err, text, NULL, 0), &err);
	store_read_end(site.store);
	return n;
}

static const char *version_of(const char *key, int version)
{
	struct db *db;
	struct rows rows = { 0 };
	struct err err = { 0 };
	const char *text = NULL;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_query(db, &rows, &err,
	                   "SELECT v.body FROM definition_version v JOIN definition d ON d.num = v.definition "
	                   "WHERE d.key = $1 AND v.version = $2",
	                   key, version),
	          &err);
	if (rows_next(&rows)) text = arena_strdup(&site.arena, row_text(&rows, 0));
	assert_ok(rows_end(&rows, &err), &err);
	rows_release(&rows);
	store_read_end(site.store);
	return text;
}

/* ---- Versions ---- */

static void test_versions(void **state)
{
	begin(state);
	assert_true(save(DEFINITION_SETTING, "menu", "['a']"));
	uint64_t generation = store_generation(site.store);
	assert_false(save(DEFINITION_SETTING, "menu", " [ 'a' ] "));
	assert_true(store_generation(site.store) == generation);
	assert_true(save(DEFINITION_SETTING, "menu", "{'y':1,'x':2}"));
	assert_false(save(DEFINITION_SETTING, "menu", "{'x':2,'y':1}")); /* the order of keys is none */
	assert_true(save(DEFINITION_SETTING, "menu", "['a']"));          /* as it was before, but later */
	assert_true(store_generation(site.store) > generation);
	assert_string_equal(version_of("menu", 1), "[\"a\"]");
	assert_string_equal(version_of("menu", 2), "{\"x\":2,\"y\":1}");
	assert_string_equal(version_of("menu", 3), "[\"a\"]");
	assert_null(version_of("menu", 4));
	assert_int_equal(integer("SELECT version FROM definition WHERE key = 'menu'"), 3);
	assert_int_equal(integer("SELECT v.actor FROM definition_version v JOIN definition d ON d.num = v.definition "
	                         "WHERE d.key = 'menu' AND v.version = 2"),
	                 site.facilitator.person);
	struct model *model = loaded();
	assert_string_equal(json_text(&site.arena, model_setting(model, "menu")), "[\"a\"]");
	assert_null(model_setting(model, "absent"));
	model_release(model);
	/* The same key of another kind is another thing. */
	assert_true(save(DEFINITION_LIST, "menu", "{'key':'menu','label':'M','choices':[{'key':'a','label':'A'}]}"));
	model = loaded();
	assert_non_null(model_list(model, "menu"));
	assert_string_equal(json_text(&site.arena, model_setting(model, "menu")), "[\"a\"]");
	model_release(model);
}

static void test_delete(void **state)
{
	begin(state);
	struct err err = { 0 };
	struct saving menu = { .kind = DEFINITION_SETTING, .key = "menu" };
	save(DEFINITION_SETTING, "menu", "['a']");
	assert_ok(store_write(site.store, delete_definition, &menu, &err), &err);
	struct model *model = loaded();
	assert_null(model_setting(model, "menu"));
	model_release(model);
	assert_string_equal(version_of("menu", 1), "[\"a\"]");
	/* Brought back: one more version, though the text is that of the last one. */
	assert_true(save(DEFINITION_SETTING, "menu", "['a']"));
	model = loaded();
	assert_non_null(model_setting(model, "menu"));
	model_release(model);
	assert_int_equal(integer("SELECT version FROM definition WHERE key = 'menu'"), 2);
}

static enum code try_delete(enum definition_kind kind, const char *key, struct err *err)
{
	struct saving s = { .kind = kind, .key = key };
	return store_write(site.store, delete_definition, &s, err);
}

/* Not while something is made with it or names it: and it says what. */
static void test_delete_refused(void **state)
{
	begin(state);
	struct err err = { 0 };
	site_card(&site, &site.facilitator, "{\"nom\":\"A\"}");
	assert_int_equal(try_delete(DEFINITION_FORM, "fiche", &err), E_INPUT);
	struct model *model = loaded();
	assert_non_null(model_form(model, "fiche"));
	model_release(model);
	save(DEFINITION_FORM, "bloc",
	     "{'key':'bloc','label':'B','plural':'B','add':'B','title':'t','fields':["
	     "{'key':'t','type':'text','label':'T'},{'key':'voir','type':'relation','form':'bloc','label':'V'}]}");
	save(DEFINITION_VIEW, "blocs", "{'key':'blocs','form':'bloc','title':'Blocs'}");
	assert_int_equal(try_delete(DEFINITION_FORM, "bloc", &err), E_INPUT);
	assert_string_equal(err.args[1], "blocs");
	assert_ok(try_delete(DEFINITION_VIEW, "blocs", &err), &err);
	assert_ok(try_delete(DEFINITION_FORM, "bloc", &err), &err); /* that it names itself is no matter */
	assert_int_equal(try_delete(DEFINITION_FORM, "mot", &err), OK);
}

/* ---- What records are found by follows ---- */

struct reindexing {
	int64_t form, after;
};

static enum code reindex_some(struct tx *tx, void *arg, struct err *err)
{
	struct reindexing *x = arg;
	return record_rebuild_some(tx, site.model, x->form, &x->after, NULL, err);
}

/* As the job does. */
static void reindex(int64_t form)
{
	struct reindexing x = { .form = form };
	struct err err = { 0 };
	assert_ok(store_write(site.store, reindex_some, &x, &err), &err);
	assert_int_equal(x.after, 0);
}

#define JOBS "SELECT COUNT(*) FROM job WHERE kind = 'reindex'"

/* A narrower field: a job in the same write, after which nobody else finds by it. */
static void test_reindex_form(void **state)
{
	begin(state);
	static const char form[] =
	        "{\"key\":\"bloc\",\"label\":\"B\",\"plural\":\"B\",\"add\":\"B\",\"title\":\"t\",\"fields\":["
	        "{\"key\":\"t\",\"type\":\"text\",\"label\":\"T\"},"
	        "{\"key\":\"x\",\"type\":\"text\",\"label\":\"X\",\"audience\":\"%s\"}]}";
	site_fixture_form(&site, arena_printf(&site.arena, form, "public"));
	assert_int_equal(integer(JOBS), 0);
	struct save save = { .actor = &site.facilitator,
		             .form = model_form(site.model, "bloc"),
		             .space = site.open,
		             .state = STATE_PUBLISHED,
		             .values = tree("{'t':'Titre','x':'canari'}") };
	struct err err = { 0 };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_int_equal(integer("SELECT COUNT(*) FROM word WHERE word = 'canari'"), 1);
	site_fixture_form(&site, arena_printf(&site.arena, form, "facilitators"));
	assert_int_equal(integer(JOBS), 1);
	reindex(model_form(site.model, "bloc")->num);
	assert_int_equal(integer("SELECT COUNT(*) FROM word WHERE word = 'canari'"), 0);
	assert_int_equal(integer("SELECT COUNT(*) FROM field_value WHERE key = 'canari' AND audience < 2"), 0);
	const char *dump = site_dump(&site);
	assert_int_equal(site_rebuild(&site), 0);
	assert_string_equal(site_dump(&site), dump);
}

/* Other words, another order, an answer needed: nothing is found otherwise. A choice is called otherwise: it is.
 */
static void test_reindex_words(void **state)
{
	begin(state);
	static const char
	        first[] = "{'key':'f','label':'F','plural':'F','add':'F','title':'a','fields':[{'key':'a','type':'text'"
	                  ",'label':'A'},{'key':'b','type':'choice','label':'B','choices':[{'key':'x','label':'X'}]}]}",
	        words[] = "{'key':'f','label':'Autre','plural':'F','add':'F','title':'a','fields':[{'key':'b','type':'"
	                  "choice','label':'Bé','required':true,'help':'?','choices':[{'key':'x','label':'X'}]},{'key':"
	                  "'a','type':'text','label':'A'}]}",
	        choice[] = "{'key':'f','label':'Autre','plural':'F','add':'F','title':'a','fields':[{'key':'b','type':'"
	                   "choice','label':'Bé','choices':[{'key':'x','label':'Ixe'}]},{'key':'a','type':'text','"
	                   "label':'A'}]}",
	        retired[] = "{'key':'f','label':'Autre','plural':'F','add':'F','title':'a','fields':[{'key':'a','type':"
	                    "'text','label':'A'}],'retired':[{'key':'b','type':'text','label':'Bé'}]}";
	save(DEFINITION_FORM, "f", first);
	save(DEFINITION_FORM, "f", words);
	assert_int_equal(integer(JOBS), 0);
	save(DEFINITION_FORM, "f", choice);
	assert_int_equal(integer(JOBS), 1);
	save(DEFINITION_FORM, "f", retired);
	assert_int_equal(integer(JOBS), 2);
}

static enum code write_space(struct tx *tx, void *arg, struct err *err);

static void test_reindex_space(void **state)
{
	begin(state);
	struct err err = { 0 };
	assert_ok(
	        store_write(site.store, write_space,
	                    (void *)"{'key':'quartier','name':'Autre nom','visibility':'public','publication':'open'}",
	                    &err),
	        &err);
	assert_int_equal(integer(JOBS), 0);
	assert_ok(store_write(site.store, write_space,
	                      (void *)"{'key':'quartier','name':'Autre "
	                              "nom','visibility':'members','publication':'open'}",
	                      &err),
	          &err);
	assert_int_equal(integer(JOBS), 1);
}

/* A field keeps its local number for ever, whatever comes and goes around it. */
static void test_field_numbers(void **state)
{
	begin(state);
	static const char before[] = "{'key':'f','label':'F','plural':'F','add':'F','title':'a','fields':["
	                             "{'key':'a','type':'text','label':'A'},{'key':'b','type':'text','label':'B'}]}";
	static const char after[] = "{'key':'f','label':'F','plural':'F','add':'F','title':'a','fields':["
	                            "{'key':'c','type':'text','label':'C'},{'key':'a','type':'text','label':'A'}]}";
	save(DEFINITION_FORM, "f", before);
	struct model *model = loaded();
	const struct form *form = model_form(model, "f");
	int64_t num = form->num, a = form_field(form, "a")->num, b = form_field(form, "b")->num;
	assert_ptr_equal(model_form_by_num(model, num), form);
	assert_true(a > 0 && b > 0 && a != b);
	for (int i = 0; i < site.card->nfields; i++) assert_true(site.card->fields[i].num != a);
	model_release(model);
	save(DEFINITION_FORM, "f", after);
	model = loaded();
	form = model_form(model, "f");
	assert_int_equal(form->num, num);
	assert_int_equal(form_field(form, "a")->num, a);
	assert_true(form_field(form, "c")->num != b && form_field(form, "c")->num > 0);
	assert_null(form_field(form, "b"));
	model_release(model);
	save(DEFINITION_FORM, "f", before);
	model = loaded();
	assert_int_equal(form_field(model_form(model, "f"), "b")->num, b);
	model_release(model);
}

/* ---- The model ---- */

static void test_model(void **state)
{
	begin(state);
	save(DEFINITION_VIEW, "fiches", "{'key':'fiches','slug':'les-fiches','form':'fiche','title':'Fiches'}");
	struct model *first = loaded(), *second = loaded();
	assert_true(second->version > first->version);
	assert_int_equal(first->nspaces, 2);
	assert_int_equal(first->nforms, 2);
	assert_int_equal(first->nviews, 1);
	assert_ptr_equal(model_view(first, "fiches"), model_view_by_slug(first, "les-fiches"));
	assert_ptr_equal(model_view(first, "fiches")->form, model_form(first, "fiche"));
	assert_null(model_view(first, "x"));
	assert_null(model_view_by_slug(first, "fiches"));
	assert_null(model_form(first, "x"));
	assert_null(model_form_by_num(first, 999));
	assert_null(model_space(first, 999));
	assert_null(model_space_by_slug(first, "x"));
	assert_null(model_list(first, "x"));
	/* Each holder keeps it; what it holds does not move. */
	const struct model *held = model_hold(first);
	model_release(first);
	assert_string_equal(model_form(held, "fiche")->key, "fiche");
	model_release(held);
	model_release(second);
	model_release(NULL);
}

/* What does not fit together is said, and nothing is made of it. */
static void test_model_refuses(void **state)
{
	begin(state);
	struct model *model = NULL;
	struct err err = { 0 };
	save(DEFINITION_VIEW, "v", "{'key':'v','form':'absente','title':'V'}");
	assert_int_equal(load(&model, &err), E_INPUT);
	assert_null(model);
	assert_string_equal(err.args[0], "absente");
}

/* What a person kept, whose form has changed since, is left out until it fits again. */
static void test_model_saved(void **state)
{
	static const char kept[] = "{'key':'v','slug':'la-mienne','form':'%s','title':'V','search':'eau',"
	                           "'saved':{'by':'01m8e4wg8behss11sp9p113nns','space':'equipe'}}";
	begin(state);
	save(DEFINITION_VIEW, "v", arena_printf(&site.arena, kept, "absente"));
	struct model *model = loaded();
	assert_int_equal(model->nviews, 0);
	model_release(model);
	save(DEFINITION_VIEW, "v", arena_printf(&site.arena, kept, "fiche"));
	model = loaded();
	const struct view *view = model_view_by_slug(model, "la-mienne");
	struct id by;
	assert_true(id_parse("01m8e4wg8behss11sp9p113nns", &by));
	assert_true(view && view->saved && id_equal(view->saved_by, by));
	assert_string_equal(view->saved_space, "equipe");
	assert_string_equal(view->search, "eau");
	model_release(model);
}

/* ---- Spaces ---- */

static enum code write_space(struct tx *tx, void *arg, struct err *err)
{
	return space_save(tx, &site.arena, tree(arg), err);
}

static enum code save_space(const char *definition)
{
	clock_set(clock_now() + 1000);
	return store_write(site.store, write_space, (void *)definition, NULL);
}

static void test_spaces(void **state)
{
	begin(state);
	assert_int_equal(save_space("{'key':'nord','name':{'fr':'Nord','en':'North'},'visibility':'listed','"
	                            "publication':'members'}"),
	                 OK);
	struct model *model = loaded();
	struct space s = *model_space_by_slug(model, "nord");
	assert_string_equal(label_text(&s.name, LANG_EN), "North");
	model_release(model);
	assert_int_equal(s.visibility, VISIBILITY_LISTED);
	assert_int_equal(s.publication, PUBLICATION_MEMBERS);
	/* A compartment for each audience, each its own. */
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		assert_false(id_is_zero(s.compartments[i]) || id_equal(s.compartments[i], s.id));
		for (int j = 0; j < i; j++) assert_false(id_equal(s.compartments[i], s.compartments[j]));
		for (int j = 0; j < AUDIENCE_COUNT; j++)
			assert_false(id_equal(s.compartments[i], site.open->compartments[j]));
	}
	/* Said again: nothing; changed: the same space, with its compartments. */
	uint64_t generation = store_generation(site.store);
	assert_int_equal(save_space("{'publication':'members','key':'nord','name':{'fr':'Nord','en':'North'},'"
	                            "visibility':'listed'}"),
	                 OK);
	assert_true(store_generation(site.store) == generation);
	assert_int_equal(save_space("{'key':'nord','name':'Le Nord'}"), OK);
	assert_true(store_generation(site.store) > generation);
	model = loaded();
	const struct space *after = model_space_by_slug(model, "nord");
	assert_int_equal(after->num, s.num);
	assert_true(id_equal(after->id, s.id));
	assert_memory_equal(after->compartments, s.compartments, sizeof(s.compartments));
	assert_string_equal(label_text(&after->name, LANG_FR), "Le Nord");
	assert_int_equal(after->visibility, VISIBILITY_PUBLIC);
	assert_int_equal(after->publication, PUBLICATION_OPEN);
	model_release(model);
}

/* A mistake never opens a space: a word that is not known, or of another type, is refused. */
static void test_spaces_refused(void **state)
{
	begin(state);
	static const char *const wrong[] = {
		"{'name':'N'}",
		"{'key':'Nord','name':'N'}",
		"{'key':'','name':'N'}",
		"{'key':'nord est','name':'N'}",
		"[]",
		"{'key':'n','name':'N','visibility':'privé'}",
		"{'key':'n','name':'N','visibility':true}",
		"{'key':'n','name':'N','visibility':null}",
		"{'key':'n','name':'N','publication':'membres'}",
		"{'key':'n','name':'N','publication':['members']}",
	};
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (save_space(wrong[i]) != E_INPUT) fail_msg("accepted %s", wrong[i]);
	assert_int_equal(integer("SELECT COUNT(*) FROM space"), 2);
}

/* ---- Objects kept ---- */

static struct object object;

static enum code insert_object(struct tx *tx, void *arg, struct err *err)
{
	return object_insert(tx, *(const int64_t *)arg, &object, err);
}

static enum code erase_object(struct tx *tx, void *arg, struct err *err)
{
	return object_erase(tx, arg, err);
}

static void find(int64_t record, struct object *ret)
{
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(object_find(db, &site.arena, record, object.compartment, &object.id, ret, &err), &err);
	assert_ok(object_load_body(db, &site.arena, ret, &err), &err);
	store_read_end(site.store);
}

/* Twice is once; erased stays erased, whoever brings it again; an awaited body comes in. */
static void test_objects(void **state)
{
	begin(state);
	struct err err = { 0 };
	struct object found;
	struct id card = site_card(&site, &site.contributor, "{\"nom\":\"A\"}");
	int64_t record = site_load(&site, &actor_program, card)->num;
	object = (struct object){ .compartment = site.open->compartments[AUDIENCE_PUBLIC],
		                  .record = card,
		                  .save = id_new(),
		                  .type = "fiche",
		                  .depth = 1,
		                  .hlc = 1 };
	assert_ok(object_make(&site.arena, &object, tree("{'prix':'1'}"), "note", &err), &err);
	struct object present = object;
	object.state = BODY_PENDING; /* the header alone */
	assert_ok(store_write(site.store, insert_object, &record, &err), &err);
	find(record, &found);
	assert_int_equal(found.state, BODY_PENDING);
	assert_null(found.set);
	object = present;
	for (int i = 0; i < 2; i++) {
		assert_ok(store_write(site.store, insert_object, &record, &err), &err);
		find(record, &found);
		assert_int_equal(found.state, BODY_PRESENT);
		assert_string_equal(json_text(&site.arena, found.set), "{\"prix\":\"1\"}");
		assert_string_equal(found.note, "note");
		assert_string_equal(found.header, object.header);
		assert_int_equal(integer("SELECT COUNT(*) FROM obj"), 2);
		assert_int_equal(integer("SELECT COUNT(*) FROM body"), 2);
	}
	/* The header stays, so that the graph still verifies; body and salt are gone. */
	assert_ok(store_write(site.store, erase_object, &object.id, &err), &err);
	for (int i = 0; i < 2; i++) {
		find(record, &found);
		assert_int_equal(found.state, BODY_ERASED);
		assert_null(found.set);
		assert_memory_equal(&found.commitment, &object.commitment, HASH_SIZE);
		assert_int_equal(integer("SELECT COUNT(*) FROM body WHERE data IS NULL AND salt IS NULL"), 1);
		assert_ok(store_write(site.store, insert_object, &record, &err), &err);
	}
	/* An erasure that comes before the object. */
	object.save = id_new();
	assert_ok(object_make(&site.arena, &object, tree("{'prix':'2'}"), NULL, &err), &err);
	assert_ok(store_write(site.store, erase_object, &object.id, &err), &err);
	assert_ok(store_write(site.store, insert_object, &record, &err), &err);
	find(record, &found);
	assert_int_equal(found.state, BODY_ERASED);
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		BOTH(test_versions),      BOTH(test_delete),        BOTH(test_delete_refused),
		BOTH(test_reindex_form),  BOTH(test_reindex_words), BOTH(test_reindex_space),
		BOTH(test_field_numbers), BOTH(test_model),         BOTH(test_model_refuses),
		BOTH(test_model_saved),   BOTH(test_spaces),        BOTH(test_spaces_refused),
		BOTH(test_objects),
	};
	return cmocka_run_group_tests_name("definition", tests, NULL, NULL);
}

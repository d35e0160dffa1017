#include "support/site.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/definition.h"
#include "core/field_type.h"
#include "core/index_key.h"
#include "core/person.h"
#include "core/space.h"
#include "core/stem.h"

/* ---- Field types ---- */

static const char *str(const json_t *value)
{
	return json_is_string(value) ? json_string_value(value) : "";
}

static void check_string(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!json_is_string(value)) issues_add(issues, field->key, "not a text");
}

static void check_array(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!json_is_array(value)) issues_add(issues, field->key, "not an array");
}

static void check_object(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!json_is_object(value)) issues_add(issues, field->key, "not an object");
}

static void index_text(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	sink->key(sink, index_key_text(a, str(value)));
	sink->words(sink, str(value));
}

static void index_longtext(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	sink->words(sink, str(value));
	for (const char *at = strstr(str(value), "[["); at; at = strstr(at + 2, "[[")) {
		const char *end = strstr(at, "]]");
		if (end) sink->link(sink, text_slug(a, arena_strndup(a, at + 2, (size_t)(end - at - 2)), 80), "wiki");
	}
}

static const char *key_of_number(const struct field *field, const char *text, struct arena *a)
{
	(void)field;
	if (*text == '\0' || text[strspn(text, "0123456789")]) return NULL;
	return arena_printf(a, "%012lld", strtoll(text, NULL, 10));
}

static void index_number(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	const char *key = key_of_number(field, str(value), a);
	if (key) sink->key(sink, key);
}

static const char *same_key(const struct field *field, const char *text, struct arena *a)
{
	(void)field;
	(void)a;
	return text;
}

static void index_choice(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	const struct choice *choice = field_choice(field, str(value));
	(void)a;
	sink->key(sink, str(value));
	if (choice) sink->words(sink, label_text(&choice->label, LANG_FR));
}

static void index_tags(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	for (size_t i = 0; i < json_array_size(value); i++) index_text(field, json_array_get(value, i), a, sink);
}

static void index_relation(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	for (size_t i = 0; i < json_array_size(value); i++) {
		sink->key(sink, str(json_array_get(value, i)));
		sink->link(sink, str(json_array_get(value, i)), field->key);
	}
}

static void index_place(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	int64_t lat = json_int(value, "lat", 0), lon = json_int(value, "lon", 0);
	sink->place(sink, (struct geo_box){ lon, lon, lat, lat });
}

static void index_date(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	sink->key(sink, str(value));
}

/* A day, "2026-01-01", is all the times that begin so. */
static const char *date_end(const char *key, struct arena *a)
{
	return strlen(key) == strlen("2026-01-01") ? arena_printf(a, "%sT24", key) : key;
}

static const struct field_type types[] = {
	{ .name = "text", .check = check_string, .index = index_text },
	{ .name = "longtext", .check = check_string, .index = index_longtext, .long_text = true },
	{ .name = "number",
	  .means = EXPRESSION_NUMBER,
	  .check = check_string,
	  .index = index_number,
	  .key = key_of_number },
	{ .name = "choice", .check = check_string, .index = index_choice, .key = same_key, .facet = true },
	{ .name = "tags", .check = check_array, .index = index_tags, .facet = true },
	{ .name = "relation", .check = check_array, .index = index_relation, .key = same_key, .facet = true },
	{ .name = "place", .check = check_object, .index = index_place },
	{ .name = "date", .check = check_string, .index = index_date, .key = same_key, .key_end = date_end },
};

static const struct field_type *const table[] = { &types[0], &types[1], &types[2], &types[3], &types[4],
	                                          &types[5], &types[6], &types[7], NULL };

/* ---- The model ---- */

json_t *test_json(struct arena *a, const char *text)
{
	char *quoted = arena_strdup(a, text), message[300];
	json_t *json;
	struct err err = { 0 };
	for (char *c = quoted; *c; c++)
		if (*c == '\'') *c = '"';
	if (json_parse(a, quoted, strlen(quoted), &json, &err) != OK)
		die("%s in %s", err_format(&err, err.msg, message, sizeof(message)), text);
	return json;
}

/* Texts that people read are left out of the tests' forms: the key stands for them. */
static void add_labels(json_t *definition)
{
	static const char *const names[] = { "label", "plural", "add" };
	const char *key = json_str_or(definition, "key", "");
	for (size_t i = 0; i < COUNT(names); i++)
		if (!json_object_get(definition, names[i])) json_object_set_new(definition, names[i], json_string(key));
	size_t i;
	json_t *item;
	json_array_foreach (json_object_get(definition, "fields"), i, item) add_labels(item);
	json_array_foreach (json_object_get(definition, "choices"), i, item) add_labels(item);
}

struct defining {
	struct test_model *m;
	json_t *definitions;
};

static enum code define(struct tx *tx, void *arg, struct err *err)
{
	struct defining *d = arg;
	struct arena *a = &d->m->arena;
	size_t i;
	json_t *item;
	json_array_foreach (json_object_get(d->definitions, "spaces"), i, item) TRY(space_save(tx, a, item, err));
	json_array_foreach (json_object_get(d->definitions, "forms"), i, item) {
		add_labels(item);
		TRY(definition_save(tx, a, DEFINITION_FORM, json_str_or(item, "key", ""), item, &actor_program, NULL,
		                    err));
	}
	return OK;
}

void test_model_init(struct test_model *m, struct store *store, const char *definitions)
{
	struct err err = { 0 };
	struct db *db;
	field_types_use(table);
	*m = (struct test_model){ .store = store };
	arena_init(&m->arena);
	struct defining d = { m, test_json(&m->arena, definitions) };
	assert_ok(store_write(store, define, &d, &err), &err);
	assert_ok(store_read_begin(store, &db, &err), &err);
	struct model *model;
	assert_ok(model_load(db, &model, &err), &err);
	m->model = model;
	store_read_end(store);
}

void test_model_release(struct test_model *m)
{
	model_release(m->model);
	arena_release(&m->arena);
}

const struct form *test_form(const struct test_model *m, const char *key)
{
	const struct form *form = model_form(m->model, key);
	assert_non_null(form);
	return form;
}

const struct space *test_space(const struct test_model *m, const char *slug)
{
	const struct space *space = model_space_by_slug(m->model, slug);
	assert_non_null(space);
	return space;
}

/* ---- People and records ---- */

struct joining {
	struct test_model *m;
	struct actor *actor;
};

static enum code join(struct tx *tx, void *arg, struct err *err)
{
	struct joining *j = arg;
	struct person person;
	struct arena *a = &j->m->arena;
	char id[ID_TEXT + 1];
	const char *name = id_format(id_new(), id), *email = arena_printf(a, "%s@example.org", name);
	TRY(person_create(tx, a, name, email, "", j->actor->site, &j->actor->person, err));
	TRY(person_load(tx_db(tx), a, j->actor->person, &person, err));
	j->actor->id = person.id;
	j->actor->name = person.name;
	if (j->actor->nspaces == 0) return OK;
	return membership_set(tx, j->actor->person, j->actor->spaces[0].space, j->actor->spaces[0].level, err);
}

struct actor test_person(struct test_model *m, const char *space, enum level level)
{
	struct err err = { 0 };
	struct actor actor = { .site = level == LEVEL_ADMINISTRATOR ? level : LEVEL_CONTRIBUTOR };
	struct actor_space *spaces = arena_array(&m->arena, struct actor_space, 1);
	if (space && level != LEVEL_ADMINISTRATOR) {
		spaces[0] = (struct actor_space){ test_space(m, space)->num, level };
		actor.nspaces = 1;
	}
	actor.spaces = spaces;
	struct joining j = { m, &actor };
	assert_ok(store_write(m->store, join, &j, &err), &err);
	return actor;
}

struct saving {
	struct test_model *m;
	struct save save;
	struct issues issues;
	enum record_state state;
};

static enum code save_record(struct tx *tx, void *arg, struct err *err)
{
	struct saving *s = arg;
	return record_save(tx, &s->m->arena, s->m->model, &s->save, &s->issues, err);
}

struct id test_save(struct test_model *m, const struct actor *actor, struct id id, const char *form, const char *space,
                    const json_t *values)
{
	struct err err = { 0 };
	struct saving s = { .m = m,
		            .save = { .actor = actor,
		                      .record = id,
		                      .form = test_form(m, form),
		                      .space = test_space(m, space),
		                      .values = values,
		                      .state = STATE_PUBLISHED } };
	issues_init(&s.issues, &m->arena);
	assert_ok(store_write(m->store, save_record, &s, &err), &err);
	return s.save.saved;
}

static enum code set_state(struct tx *tx, void *arg, struct err *err)
{
	struct saving *s = arg;
	return record_set_state(tx, &s->m->arena, s->m->model, &actor_program, s->save.record, s->state,
	                        (struct id){ 0 }, err);
}

void test_set_state(struct test_model *m, struct id id, enum record_state state)
{
	struct err err = { 0 };
	struct saving s = { .m = m, .save = { .record = id }, .state = state };
	assert_ok(store_write(m->store, set_state, &s, &err), &err);
}

bool test_holds_words(struct arena *a, const struct record *record, const char *words, bool starts)
{
	size_t n, count;
	struct stem_word *typed = stem_query(a, words, &n);
	struct index_value *values;
	int nvalues;
	struct buf text;
	buf_init(&text, a, 0);
	index_values_read(a, NULL, record, &values, &nvalues);
	for (int i = 0; i < nvalues; i++) buf_puts(&text, buf_str(&values[i].entries.words));
	struct stem_word *said = stem_words(a, buf_str(&text), &count);
	for (size_t i = 0; i < n; i++) {
		bool found = false;
		for (size_t j = 0; j < count; j++)
			found |= starts && i + 1 == n ? strncmp(said[j].stem, typed[i].stem, strlen(typed[i].stem)) == 0
			                              : strcmp(said[j].stem, typed[i].stem) == 0;
		if (!found) return false;
	}
	return true;
}

int64_t test_int_values(struct test_model *m, const char *text, const struct value *values, int n)
{
	struct err err = { 0 };
	struct db *db;
	int64_t found = 0;
	assert_ok(store_read_begin(m->store, &db, &err), &err);
	assert_ok(db_int_values(db, &found, 0, &err, text, values, n), &err);
	store_read_end(m->store);
	return found;
}

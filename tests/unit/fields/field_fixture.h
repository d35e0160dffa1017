/*
 * One field of a real type, and what it does with texts, values and forms. JSON is written with ' for ".
 *
 *	static void test_x(void **state)
 *	{
 *		const struct field *field = field_of("'type': 'number', 'min': 0");
 *		…
 *	}
 */
#ifndef PARVIS_FIELD_FIXTURE_H
#define PARVIS_FIELD_FIXTURE_H

#include "support/site.h"

#include <string.h>

#include "base/html.h"
#include "core/form.h"
#include "core/form_part.h"
#include "core/index_key.h"
#include "core/operator.h"
#include "fields/fields.h"
#include "page/page.h"

static struct {
	struct arena a;
	struct issues issues;
	struct form form;
	struct model model;
	struct page page;
} fixture;

static inline int fixture_setup(void **state)
{
	(void)state;
	field_types_use(field_table);
	arena_init(&fixture.a);
	issues_init(&fixture.issues, &fixture.a);
	fixture.model = (struct model){ 0 };
	fixture.page = (struct page){ .arena = &fixture.a,
		                      .lang = LANG_FR,
		                      .model = &fixture.model,
		                      .actor = &actor_visitor,
		                      .path = "/",
		                      .form_token = "",
		                      .base_url = "" };
	return 0;
}

static inline int fixture_teardown(void **state)
{
	(void)state;
	arena_release(&fixture.a);
	return 0;
}

#define FIELD_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

/* The mistakes since the last call, in English, each followed by ";". */
static inline const char *mistakes(void)
{
	struct buf out;
	char sentence[1000];
	buf_init(&out, &fixture.a, 0);
	for (const struct issue *i = fixture.issues.first; i; i = i->next)
		buf_printf(&out, "%s;", err_text(&i->err, LANG_EN, sentence, sizeof(sentence)));
	issues_init(&fixture.issues, &fixture.a);
	return buf_str(&out);
}

/* The field "champ" with these options; NULL, and mistakes(), when its definition is refused. */
static inline const struct field *field_defined(const char *options)
{
	struct err err = { 0 };
	const json_t *definition = test_json(
	        &fixture.a, arena_printf(&fixture.a,
	                                 "{'key': 'fiche', 'label': 'Fiche', 'plural': 'Fiches', 'add': "
	                                 "'Ajouter', 'title': 'titre', 'fields': ["
	                                 "{'key': 'titre', 'type': 'text', 'label': 'Titre'}, "
	                                 "{'key': 'champ', 'label': {'fr': 'Champ', 'en': 'Field'}, %s}]}",
	                                 options));
	if (form_parse(&fixture.a, definition, NULL, 0, &fixture.form, &fixture.issues, &err) != OK) return NULL;
	fixture.model.forms = &fixture.form;
	fixture.model.nforms = 1;
	return form_field(&fixture.form, "champ");
}

static inline const struct field *field_of(const char *options)
{
	const struct field *field = field_defined(options);
	if (field == NULL) print_message("%s\n", mistakes());
	assert_non_null(field);
	return field;
}

/* Inside an array, since a text of JSON is an object or an array. */
static inline json_t *value_of(const char *json)
{
	if (json == NULL) return NULL;
	return json_array_get(test_json(&fixture.a, arena_printf(&fixture.a, "[%s]", json)), 0);
}

/* As the type's value would be written, with ' for "; "-" for no value. */
static inline const char *written(const json_t *value)
{
	if (value == NULL || json_is_null(value)) return "-";
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	char *kept = arena_strdup(&fixture.a, text);
	free(text);
	for (char *c = kept; *c; c++)
		if (*c == '"') *c = '\'';
	return kept;
}

/* What a text becomes, what is said of it ("" nothing). */
struct text_row {
	const char *text, *value, *mistakes;
};

static inline void check_value(const struct field *field, const json_t *value)
{
	if (value && fixture.issues.count == 0) field->type->check(field, value, &fixture.issues);
}

/* import, then check when nothing was said. */
static inline void test_imports(const struct field *field, const struct text_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const json_t *value = field->type->import(field, rows[i].text, &fixture.issues);
		check_value(field, value);
		const char *said = mistakes();
		if (strcmp(written(value), rows[i].value) != 0 || strcmp(said, rows[i].mistakes) != 0)
			print_message("import of “%s”\n", rows[i].text);
		assert_string_equal(written(value), rows[i].value);
		assert_string_equal(said, rows[i].mistakes);
	}
}

struct value_row {
	const char *value, *mistakes;
};

static inline void test_checks(const struct field *field, const struct value_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		field->type->check(field, value_of(rows[i].value), &fixture.issues);
		const char *said = mistakes();
		if (strcmp(said, rows[i].mistakes) != 0) print_message("check of %s\n", rows[i].value);
		assert_string_equal(said, rows[i].mistakes);
	}
}

/* A form as posted: "champ=a", "champ.day=3"; ends with NULL. */
static inline const char *posted_get(const void *context, const char *name, int i)
{
	for (const char *const *pair = context; *pair; pair++) {
		size_t len = strcspn(*pair, "=");
		if (strlen(name) == len && memcmp(*pair, name, len) == 0 && i-- == 0) return *pair + len + 1;
	}
	return NULL;
}

#define posted(field, ...) posted_in((field), LANG_FR, (const char *const[]){ __VA_ARGS__, NULL })
static inline const json_t *posted_in(const struct field *field, enum lang lang, const char *const *pairs)
{
	struct field_post post = {
		.get = posted_get, .context = pairs, .lang = lang, .model = &fixture.model, .actor = &actor_visitor
	};
	const json_t *value = field->type->read(field, &post, &fixture.issues);
	check_value(field, value);
	return value;
}

static inline const char *drawn(void (*draw)(struct buf *, const struct page *, const struct field *, const json_t *),
                                const struct field *field, enum lang lang, const json_t *value)
{
	struct buf out;
	buf_init(&out, &fixture.a, 0);
	fixture.page.lang = lang;
	draw(&out, &fixture.page, field, value);
	return buf_str(&out);
}

#define shown(field, lang, value) drawn((field)->type->show, (field), (lang), value_of(value))
#define edited(field, lang, value) drawn((field)->type->edit, (field), (lang), value_of(value))
#define assert_contains(text, part) assert_contains_at((text), (part), __FILE__, __LINE__)

static inline void assert_contains_at(const char *text, const char *part, const char *file, int line)
{
	if (strstr(text, part)) return;
	print_message("“%s” is not in:\n%s\n", part, text);
	_fail(file, line);
}

static inline const char *plain(const struct field *field, enum lang lang, const json_t *value)
{
	struct buf out;
	buf_init(&out, &fixture.a, 0);
	field->type->text(&out, lang, field, value);
	return buf_str(&out);
}

/* "key;key;" in their order, sorted. */
static inline const char *keys(const struct field *field, const json_t *value)
{
	struct index_entries entries;
	struct buf out;
	buf_init(&out, &fixture.a, 0);
	index_entries_read(&fixture.a, field, value, &entries);
	for (int i = 0; i < entries.nkeys; i++) buf_printf(&out, "%s;", entries.keys[i]);
	return buf_str(&out);
}

static inline const char *words(const struct field *field, const json_t *value)
{
	struct index_entries entries;
	index_entries_read(&fixture.a, field, value, &entries);
	return buf_str(&entries.words);
}

/* Does the record { champ: value } meet [champ, op, wanted]? */
static inline bool meets(const struct field *field, const json_t *value, const char *op, const char *wanted)
{
	struct condition condition = { .field = field->key, .op = operator_find(op) };
	if (condition.op->takes_value) condition.value = json_keep(&fixture.a, json_string(wanted));
	json_t *values = json_keep(&fixture.a, json_object());
	if (value && field->whole) part_set(field, values, (json_t *)value);
	else if (value) json_object_set(values, field->key, (json_t *)value);
	return condition_holds(&condition, &fixture.form, values);
}

#endif

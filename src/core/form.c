#include "core/form.h"

#include <string.h>

#include "core/call.h"
#include "core/debate.h"
#include "core/field_type.h"
#include "core/form_answers.h"
#include "core/form_part.h"
#include "core/meeting.h"
#include "core/operator.h"
#include "core/reading.h"
#include "core/retention.h"
#include "core/survey.h"

static const struct field_type *const *known_types;

void field_types_use(const struct field_type *const *types)
{
	known_types = types;
}

const struct field_type *const *field_types(void)
{
	return known_types;
}

const struct field_type *field_type_find(const char *name)
{
	for (const struct field_type *const *t = known_types; t && *t; t++)
		if (strcmp((*t)->name, name) == 0) return *t;
	return NULL;
}

/* What is being read, so that each mistake says where it is. */
struct reader {
	struct arena *a;
	struct issues *issues;
	const char *path;
};

static const char *at(struct reader *r, const char *key)
{
	return *r->path ? arena_printf(r->a, "%s.%s", r->path, key) : key;
}

static const char *read_key(struct reader *r, const json_t *definition)
{
	const char *key = json_str(definition, "key");
	if (!key_is_valid(key)) {
		issues_add(r->issues, at(r, "key"),
		           N_("“%s” is not a key: small letters, digits and _, starting with a letter, 32 at most"),
		           key ? key : "");
		return "";
	}
	return key;
}

static struct label read_label(struct reader *r, const json_t *definition, const char *name, bool required)
{
	struct label label = label_from_json(r->a, json_object_get(definition, name));
	if (required && *label_text(&label, LANG_FR) == '\0')
		issues_add(r->issues, at(r, name), N_("the text “%s” is missing"), name);
	return label;
}

/* Names of colours and shapes go into class names: letters only. */
static const char *read_class(struct reader *r, const json_t *definition, const char *name)
{
	const char *value = json_str(definition, name);
	if (value && !key_is_valid(value)) {
		issues_add(r->issues, at(r, name), N_("“%s” is not a name"), value);
		return NULL;
	}
	return value;
}

/* Choices and those under them, in all. */
static size_t count_choices(const json_t *array, int depth)
{
	size_t n = json_array_size(array);
	for (size_t i = 0, own = n; i < own && depth < CHOICES_DEPTH; i++)
		n += count_choices(json_object_get(json_array_get(array, i), "choices"), depth + 1);
	return n;
}

static struct choice *read_level(struct reader *r, const json_t *array, const char *name, const struct choice *parent,
                                 int depth, struct choice *first, struct choice *next)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *item = json_array_get(array, i), *under = json_object_get(item, "choices");
		struct reader inside = { r->a, r->issues, at(r, arena_printf(r->a, "%s.%zu", name, i)) };
		struct choice *choice = next++;
		*choice = (struct choice){
			.key = read_key(&inside, item),
			.label = read_label(&inside, item, "label", true),
			.parent = parent,
			.tone = read_class(&inside, item, "colour"),
			.shape = read_class(&inside, item, "shape"),
			.unit = read_label(&inside, item, "unit", false),
			.retired = json_bool(item, "retired", false),
			.required = json_bool(item, "required", false),
		};
		for (const struct choice *other = first; other < choice; other++)
			if (strcmp(other->key, choice->key) == 0)
				issues_add(r->issues, inside.path, N_("the key “%s” is there twice"), choice->key);
		if (under && depth == CHOICES_DEPTH)
			issues_add(r->issues, inside.path, N_("choices stand under one another %d times at most"),
			           CHOICES_DEPTH);
		else if (under) next = read_level(&inside, under, "choices", choice, depth + 1, first, next);
	}
	return next;
}

static void read_choices(struct reader *r, const json_t *array, const char *name, const struct choice **ret, int *n)
{
	size_t count = count_choices(array, 1);
	if (count == 0 || count > CHOICES_MAX) {
		issues_add(r->issues, at(r, name), N_("a list has 1 to %d choices, this one has %zu"), CHOICES_MAX,
		           count);
		return;
	}
	struct choice *choices = arena_array(r->a, struct choice, count);
	read_level(r, array, name, NULL, 1, choices, choices);
	*ret = choices;
	*n = (int)count;
}

enum code list_parse(struct arena *a, const json_t *definition, struct list *ret, struct issues *issues,
                     struct err *err)
{
	struct reader r = { a, issues, "" };
	int before = issues->count;
	struct list list = { .key = read_key(&r, definition), .label = read_label(&r, definition, "label", true) };
	read_choices(&r, json_object_get(definition, "choices"), "choices", &list.choices, &list.nchoices);
	if (issues->count > before) return issues_code(issues, err);
	*ret = list;
	return OK;
}

static void take_list(struct reader *r, struct field *field, const struct list *lists, int nlists)
{
	const char *name = json_str(field->definition, "list");
	if (name == NULL) {
		read_choices(r, json_object_get(field->definition, "choices"), "choices", &field->choices,
		             &field->nchoices);
		return;
	}
	for (int i = 0; i < nlists; i++) {
		if (strcmp(lists[i].key, name) != 0) continue;
		field->choices = lists[i].choices;
		field->nchoices = lists[i].nchoices;
		return;
	}
	issues_add(r->issues, at(r, "list"), N_("there is no list “%s”"), name);
}

static const struct own_choice *find_own(const struct own_choice *all, const char *key)
{
	for (; all->key; all++)
		if (strcmp(all->key, key) == 0) return all;
	return NULL;
}

static struct choice own_choice(const struct own_choice *own)
{
	struct choice choice = { .key = own->key, .tone = own->tone };
	for (int lang = 0; lang < LANG_COUNT; lang++) choice.label.text[lang] = tr((enum lang)lang, own->label);
	return choice;
}

/* The choices of the type itself: those that the definition names, else all. */
static void take_own_choices(struct reader *r, struct field *field)
{
	const struct own_choice *all = field->type->choices;
	const json_t *named = json_object_get(field->definition, "choices");
	size_t count = json_array_size(named), n = 0;
	while (count == 0 && all[n].key) n++;
	struct choice *choices = arena_array(r->a, struct choice, MAX(count, n) + 1);
	for (size_t i = 0; i < n; i++) choices[i] = own_choice(&all[i]);
	for (size_t i = 0; i < count; i++) {
		const char *key = json_string_value(json_array_get(named, i));
		const struct own_choice *own = find_own(all, key ? key : "");
		if (own) choices[n++] = own_choice(own);
		else
			issues_add(r->issues, at(r, arena_printf(r->a, "choices.%zu", i)),
			           N_("“%s” is not one of the choices of this type"), key ? key : "");
	}
	field->choices = choices;
	field->nchoices = (int)n;
}

/* "Other", after those of the definition: a choice like them for whatever lists, counts or filters. */
static void add_other(struct reader *r, struct field *field)
{
	struct choice *all = arena_array(r->a, struct choice, (size_t)field->nchoices + 1);
	struct label label = label_from_json(r->a, json_object_get(field->definition, "other_label"));
	for (int i = 0; i < field->nchoices; i++) {
		all[i] = field->choices[i];
		if (strcmp(all[i].key, CHOICE_OTHER) == 0)
			issues_add(r->issues, at(r, "other"), N_("the key “%s” is there twice"), CHOICE_OTHER);
	}
	if (*label_text(&label, LANG_FR) == '\0')
		for (int lang = 0; lang < LANG_COUNT; lang++) label.text[lang] = tr((enum lang)lang, N_("Other"));
	all[field->nchoices] = (struct choice){ .key = CHOICE_OTHER, .label = label, .other = true };
	field->choices = all;
	field->nchoices++;
}

/* What a table has besides its columns. */
static void take_lines(struct reader *r, struct field *field)
{
	const json_t *rows = json_object_get(field->definition, "rows"),
	             *second = json_object_get(field->definition, "second");
	if (json_is_array(rows)) read_choices(r, rows, "rows", &field->rows, &field->nrows);
	if (json_is_array(second)) read_choices(r, second, "second", &field->second, &field->nsecond);
}

static void read_field(struct reader *r, const json_t *definition, const struct list *lists, int nlists,
                       struct field *field)
{
	const char *type = json_str_or(definition, "type", "");
	const char *audience = json_str_or(definition, "audience", "public");
	*field = (struct field){
		.key = read_key(r, definition),
		.type = field_type_find(type),
		.label = read_label(r, definition, "label", true),
		.help = read_label(r, definition, "help", false),
		.group = read_label(r, definition, "group", false),
		.inverse = read_label(r, definition, "inverse", false),
		.required = json_bool(definition, "required", false),
		.hidden = json_bool(definition, "hidden", false),
		.target = json_str(definition, "form"),
		.many = json_bool(definition, "many", false),
		.definition = definition,
	};
	if (field->type == NULL) issues_add(r->issues, at(r, "type"), N_("there is no type of field “%s”"), type);
	if (field->type && field->type->computes) field->required = false; /* nobody can answer */
	int found = audience_parse(audience);
	if (found < 0)
		issues_add(r->issues, at(r, "audience"), N_("“%s” is not an audience: public, members or facilitators"),
		           audience);
	else field->audience = (enum audience)found;
	if (field->type && field->type->choices) take_own_choices(r, field);
	else if (field->type && (json_object_get(definition, "list") || json_object_get(definition, "choices")))
		take_list(r, field, lists, nlists);
	if (field->type) take_lines(r, field);
	if (field->type && field->nchoices && json_bool(definition, "other", false)) add_other(r, field);
	if (field->type && field->type->check_definition) {
		struct issues own;
		issues_init(&own, r->a);
		field->type->check_definition(field, &own);
		for (const struct issue *i = own.first; i; i = i->next) {
			char text[512];
			issues_add(r->issues, at(r, i->field), "%s",
			           err_format(&i->err, i->err.msg, text, sizeof(text)));
		}
	}
}

const struct field *form_field(const struct form *form, const char *key)
{
	for (int i = 0; i < form->nfields; i++)
		if (strcmp(form->fields[i].key, key) == 0) return &form->fields[i];
	return NULL;
}

const struct field *form_field_ever(const struct form *form, const char *key)
{
	for (int i = 0; i < form->nretired; i++)
		if (strcmp(form->retired[i].key, key) == 0) return &form->retired[i];
	return form_field(form, key);
}

const struct choice *field_choice(const struct field *field, const char *key)
{
	for (int i = 0; i < field->nchoices; i++)
		if (strcmp(field->choices[i].key, key) == 0) return &field->choices[i];
	return NULL;
}

/* Texts, integers and yes/no: what condition.c turns into keys. */
static bool is_comparable(const json_t *value)
{
	return json_is_string(value) || json_is_integer(value) || json_is_boolean(value);
}

static bool operator_takes(const struct operator* op, const json_t *value)
{
	if (!op->takes_value) return value == NULL;
	if (!op->takes_list) return is_comparable(value);
	for (size_t i = 0; i < json_array_size(value); i++)
		if (!is_comparable(json_array_get(value, i))) return false;
	return json_is_array(value);
}

enum code condition_parse(const struct form *form, const json_t *json, struct condition *ret, struct err *err)
{
	const char *key = json_string_value(json_array_get(json, 0));
	const char *name = json_string_value(json_array_get(json, 1));
	const json_t *value = json_array_get(json, 2);
	const struct operator* op = name ? operator_find(name) : NULL;
	if (key == NULL || op == NULL)
		FAIL(err, E_INPUT, N_("a condition is written [\"field\", \"operator\", value]"));
	if (form_find(form, key) == NULL) FAIL(err, E_INPUT, N_("the form “%s” has no field “%s”"), form->key, key);
	if (!operator_takes(op, value))
		FAIL(err, E_INPUT, N_("the operator “%s” of the field “%s” takes another kind of value"), name, key);
	*ret = (struct condition){ .field = key, .op = op, .value = value };
	return OK;
}

void fields_parse(struct arena *a, const struct form *form, const json_t *definition, const char *name,
                  const struct field *const **ret, int *n, struct issues *issues)
{
	const json_t *array = json_object_get(definition, name);
	size_t count = json_array_size(array);
	const struct field **fields = arena_array(a, const struct field *, count + 1);
	int found = 0;
	for (size_t i = 0; i < count; i++) {
		const char *key = json_string_value(json_array_get(array, i));
		const struct field *field = key ? form_find(form, key) : NULL;
		if (field) fields[found++] = field;
		else
			issues_add(issues, arena_printf(a, "%s.%zu", name, i), N_("the form “%s” has no field “%s”"),
			           form->key, key ? key : "");
	}
	*ret = fields;
	*n = found;
}

static void read_all_fields(struct reader *r, const json_t *array, const struct list *lists, int nlists,
                            struct form *form)
{
	size_t count = json_array_size(array);
	if (count == 0 || count > FORM_FIELDS_MAX) {
		issues_add(r->issues, "fields", N_("a form has 1 to %d fields, this one has %zu"), FORM_FIELDS_MAX,
		           count);
		return;
	}
	struct field *fields = arena_array(r->a, struct field, count);
	form->fields = fields;
	form->nfields = (int)count;
	for (size_t i = 0; i < count; i++) {
		struct reader inside = { r->a, r->issues, arena_printf(r->a, "fields.%zu", i) };
		read_field(&inside, json_array_get(array, i), lists, nlists, &fields[i]);
		fields[i].position = (int)i;
		for (size_t j = 0; j < i; j++)
			if (strcmp(fields[j].key, fields[i].key) == 0)
				issues_add(r->issues, inside.path, N_("the key “%s” is there twice"), fields[i].key);
	}
	form_parts_make(r->a, form, r->issues);
	form_expressions_read(r->a, form, r->issues);
}

/* Their keys are still theirs. */
static void read_retired(struct reader *r, const json_t *array, const struct list *lists, int nlists, struct form *form)
{
	size_t count = json_array_size(array);
	if (count > FORM_RETIRED_MAX) {
		issues_add(r->issues, "retired", N_("a form has at most %d fields that are asked no more"),
		           FORM_RETIRED_MAX);
		return;
	}
	struct field *fields = arena_array(r->a, struct field, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct reader inside = { r->a, r->issues, arena_printf(r->a, "retired.%zu", i) };
		read_field(&inside, json_array_get(array, i), lists, nlists, &fields[i]);
		if (form_field_ever(form, fields[i].key))
			issues_add(r->issues, inside.path, N_("the key “%s” is there twice"), fields[i].key);
		form->retired = fields;
		form->nretired = (int)i + 1;
	}
}

/* What is confidential ends: a rule that erases goes with it. */
static void read_confidential(struct form *form, struct issues *issues)
{
	struct retention rule = retention_read(form, issues);
	const json_t *said = json_object_get(form->definition, "confidential");
	if (said == NULL || json_is_false(said)) return;
	int64_t months = json_int(said, "journal", READING_MONTHS);
	if (months < 1 || months > READING_MONTHS_MAX)
		issues_add(issues, "journal", N_("Give a number of months, from 1 to %d."), READING_MONTHS_MAX);
	if (rule.months == 0 || rule.then != RETENTION_ERASE)
		issues_add(issues, "retention",
		           N_("Confidential pages end: say after how many months they are erased for ever."));
	form->confidential = (int)months;
}

enum code form_parse(struct arena *a, const json_t *definition, const struct list *lists, int nlists, struct form *ret,
                     struct issues *issues, struct err *err)
{
	struct reader r = { a, issues, "" };
	int before = issues->count;
	struct form form = {
		.key = read_key(&r, definition),
		.version = (int)json_int(definition, "version", 1),
		.label = read_label(&r, definition, "label", true),
		.plural = read_label(&r, definition, "plural", true),
		.add = read_label(&r, definition, "add", true),
		.icon = json_str(definition, "icon"),
		.definition = definition,
		.asleep = json_bool(definition, "asleep", false),
	};
	read_all_fields(&r, json_object_get(definition, "fields"), lists, nlists, &form);
	read_retired(&r, json_object_get(definition, "retired"), lists, nlists, &form);
	read_confidential(&form, issues);
	form.survey = form.nfields ? survey_read(a, &form, issues) : NULL;
	form.asleep |= form.survey != NULL;
	form.title = form.survey ? &survey_title : form_field(&form, json_str_or(definition, "title", ""));
	if (form.survey) (void)0;
	else if (form.title == NULL) issues_add(issues, "title", N_("“title” must name one of the fields"));
	else if (form.title->type == NULL || strcmp(form.title->type->name, "text") != 0)
		issues_add(issues, "title", N_("the title is one line of text: a field of type “text”"));
	else if (form.title->audience != AUDIENCE_PUBLIC)
		issues_add(issues, "title", N_("the title is for everybody: its audience is public"));
	const char *category = json_str(definition, "category");
	if (category) {
		form.category = form_field(&form, category);
		if (form.category == NULL || form.category->nchoices == 0)
			issues_add(issues, "category", N_("“category” must name a field with choices"));
	}
	const char *comments = json_str_or(definition, "comments", comments_names[COMMENTS_OPEN]);
	form.comments = strcmp(comments, comments_names[COMMENTS_CLOSED]) == 0 ? COMMENTS_CLOSED : COMMENTS_OPEN;
	if (form.comments == COMMENTS_OPEN && strcmp(comments, comments_names[COMMENTS_OPEN]) != 0)
		issues_add(issues, "comments", N_("“comments” is open or closed"));
	(void)call_read(&form, issues);
	(void)debate_end_field(&form, issues);
	(void)meeting_read(&form, issues);
	(void)debate_summary_field(&form, issues);
	fields_parse(a, &form, definition, "summary", &form.summary, &form.nsummary, issues);
	if (issues->count > before) return issues_code(issues, err);
	*ret = form;
	return OK;
}

/* The expressions of a form's fields, from the definition: names, the short form of conditions, circles, readers. */
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/form_answers.h"
#include "core/form_part.h"
#include "core/operator.h"

/* ---- Names ---- */

static void offer_choices(const struct form_names *names, const struct field *field, struct expression_name *ret)
{
	struct expression_choice *choices = arena_array(names->a, struct expression_choice,
	                                                (size_t)field->nchoices + 1);
	for (int i = 0; i < field->nchoices; i++)
		choices[i] = (struct expression_choice){ field->choices[i].key,
			                                 label_text(&field->choices[i].label, names->lang) };
	ret->choices = choices;
	ret->nchoices = field->nchoices;
}

static bool find_name(void *context, const char *name, struct expression_name *ret)
{
	const struct form_names *names = context;
	const struct field *field = form_find(names->form, name);
	if (field == NULL || field->type == NULL) return false;
	*ret = (struct expression_name){ .name = arena_strdup(names->a, name) };
	ret->label = label_text(&field->label, names->lang);
	ret->type = field_means(field);
	if (field->nchoices && !names->any_choice) offer_choices(names, field, ret);
	return true;
}

struct expression_names form_names(struct form_names *names)
{
	return (struct expression_names){ find_name, names };
}

/* ---- The short form ---- */

static const char *written(struct arena *a, const json_t *value)
{
	if (json_is_string(value)) return json_string_value(value);
	if (json_is_boolean(value)) return json_is_true(value) ? "true" : "false";
	return arena_printf(a, "%lld", (long long)json_integer_value(value));
}

/* A day, a month ("2026-11") or a year, with what it is compared by: the first or the last of its days. */
static const char *day_text(struct arena *a, const char *text, bool last)
{
	struct date d = { 0 };
	int64_t day;
	if (expression_day(text, &day)) d = date_from_days(day);
	else if (expression_day(arena_printf(a, "%s-01", text), &day)) {
		d = date_from_days(day);
		if (last) d.day = date_month_days(d.year, d.month);
	} else if (expression_day(arena_printf(a, "%s-01-01", text), &day)) {
		d = date_from_days(day);
		if (last) d = (struct date){ d.year, 12, 31 };
	} else {
		return NULL;
	}
	return arena_printf(a, "date(%d, %d, %d)", d.year, d.month, d.day);
}

static const char *literal(struct arena *a, const struct field *field, const json_t *value)
{
	const char *text = written(a, value);
	char number[NUMBER_SIZE];
	switch (field_means(field)) {
	case EXPRESSION_NUMBER: return number_parse(text, LANG_FR, number, NULL) == OK ? arena_strdup(a, number) : NULL;
	case EXPRESSION_YES_NO:
		return strcmp(field->type->key ? field->type->key(field, text, a) : text, "1") == 0 ? "yes" : "no";
	case EXPRESSION_MISSING:
		return expression_quoted(a, field->type->key ? field->type->key(field, text, a) : text);
	default: return *text ? expression_quoted(a, text) : NULL;
	}
}

static const char *one_of(struct arena *a, const char *name, const struct field *field, const json_t *values)
{
	struct buf out;
	int n = 0;
	buf_init(&out, a, 0);
	buf_printf(&out, "%s in (", name);
	for (size_t i = 0; i < json_array_size(values); i++) {
		const char *text = literal(a, field, json_array_get(values, i));
		if (text) buf_printf(&out, "%s%s", n++ ? ", " : "", text);
	}
	buf_putc(&out, ')');
	return n ? buf_str(&out) : "no";
}

static const char *about_day(struct arena *a, const char *name, enum operator_kind kind, const json_t *value)
{
	const char *text = written(a, value), *first = day_text(a, text, false), *last = day_text(a, text, true);
	if (first == NULL) return kind == OP_NOT_EQUAL ? "yes" : "no";
	switch (kind) {
	case OP_LESS: return arena_printf(a, "%s < %s", name, first);
	case OP_AT_MOST: return arena_printf(a, "%s <= %s", name, last);
	case OP_MORE: return arena_printf(a, "%s > %s", name, last);
	case OP_AT_LEAST: return arena_printf(a, "%s >= %s", name, first);
	case OP_NOT_EQUAL: return arena_printf(a, "not (%s >= %s and %s <= %s)", name, first, name, last);
	default: return arena_printf(a, "%s >= %s and %s <= %s", name, first, name, last);
	}
}

static bool has_order(enum expression_type type)
{
	return type == EXPRESSION_NUMBER || type == EXPRESSION_TEXT;
}

const char *form_condition_text(struct arena *a, const struct form *form, const struct condition *condition)
{
	const struct field *field = form_find(form, condition->field);
	const char *name = expression_name_text(a, condition->field);
	enum expression_type type = field_means(field);
	enum operator_kind kind = condition->op->kind;
	if (kind == OP_EMPTY) return arena_printf(a, "empty(%s)", name);
	if (kind == OP_NOT_EMPTY) return arena_printf(a, "not empty(%s)", name);
	if (kind == OP_IN || kind == OP_NOT_IN) {
		if (type == EXPRESSION_DATE) return kind == OP_IN ? "no" : "yes"; /* days are not listed */
		const char *in = one_of(a, name, field, condition->value);
		return kind == OP_IN ? in : arena_printf(a, "not (%s)", in);
	}
	if (type == EXPRESSION_DATE) return about_day(a, name, kind, condition->value);
	const char *text = literal(a, field, condition->value);
	bool orders = kind == OP_LESS || kind == OP_AT_MOST || kind == OP_MORE || kind == OP_AT_LEAST;
	if (text == NULL || (orders && !has_order(type))) return kind == OP_NOT_EQUAL ? "yes" : "no";
	if (kind != OP_CONTAINS) return arena_printf(a, "%s %s %s", name, condition->op->name, text);
	bool within = type == EXPRESSION_TEXT || type == EXPRESSION_SEVERAL;
	return arena_printf(a, within ? "contains(%s, %s)" : "%s = %s", name, text);
}

/* ---- Reading ---- */

struct reading {
	struct arena *a;
	struct form *form;
	struct issues *issues;
	unsigned char state[FORM_FIELDS_MAX]; /* of what is computed, then of circles */
};

enum { NEW, OPEN, DONE };

static struct field *field_at(struct reading *x, int i)
{
	return (struct field *)&x->form->fields[i];
}

static const char *path_of(struct reading *x, const struct field *field, const char *member)
{
	return arena_printf(x->a, "fields.%d.%s", field->position, member);
}

static void compute_read(struct reading *x, struct field *field);

/* What is computed has a type once it is read: the names it uses first. */
static bool find_while_reading(void *context, const char *name, struct expression_name *ret)
{
	struct reading *x = context;
	struct form_names names = { x->a, x->form, LANG_FR, false };
	const struct field *field = form_field(x->form, name);
	if (field && field->type && field->type->computes) compute_read(x, field_at(x, field->position));
	return find_name(&names, name, ret);
}

static const struct expression *read_text(struct reading *x, const char *path, const char *text,
                                          enum expression_type wanted)
{
	const struct expression_names names = { find_while_reading, x };
	const struct expression *e = NULL;
	struct err why;
	if (expression_read(x->a, text, LANG_EN, &names, wanted, &e, NULL, &why) == OK) return e;
	issues_add_err(x->issues, path, &why);
	return NULL;
}

static void compute_read(struct reading *x, struct field *field)
{
	unsigned char *state = &x->state[field->position];
	const char *text = json_str(field->definition, "value");
	if (*state != NEW) return;
	*state = OPEN;
	if (text == NULL || text_is_blank(text))
		issues_add(x->issues, path_of(x, field, "value"), N_("Say how it is computed, such as: prix * 2"));
	else field->computed = read_text(x, path_of(x, field, "value"), text, EXPRESSION_MISSING);
	*state = DONE;
}

/* ["field", "operator", value] is short for a text. Its answers are not compared with those offered: lists change. */
static const struct expression *read_short(struct reading *x, const char *path, const json_t *json)
{
	struct condition condition;
	struct err why;
	const struct expression *e = NULL;
	struct form_names any = { x->a, x->form, LANG_FR, true };
	const struct expression_names names = form_names(&any);
	enum code code = condition_parse(x->form, json, &condition, &why);
	if (code == OK && form_find(x->form, condition.field)->type == NULL) return NULL; /* told already */
	if (code == OK)
		code = expression_read(x->a, form_condition_text(x->a, x->form, &condition), LANG_EN, &names,
		                       EXPRESSION_YES_NO, &e, NULL, &why);
	if (code != OK) issues_add_err(x->issues, path, &why);
	return e;
}

static const struct expression *read_condition(struct reading *x, const char *path, const json_t *said)
{
	if (json_is_string(said)) return read_text(x, path, json_string_value(said), EXPRESSION_YES_NO);
	return said ? read_short(x, path, said) : NULL;
}

const struct expression *form_condition_read(struct arena *a, const struct form *form, const json_t *said,
                                             const char *path, struct issues *issues)
{
	struct reading *x = arena_new(a, struct reading);
	*x = (struct reading){ .a = a, .form = (struct form *)form, .issues = issues };
	memset(x->state, DONE, sizeof(x->state)); /* what is computed was read with its field */
	return read_condition(x, path, said);
}

static void read_conditions(struct reading *x, struct field *field)
{
	const char *constraint = json_str(field->definition, "constraint");
	field->show_if = read_condition(x, path_of(x, field, "show_if"), json_object_get(field->definition, "show_if"));
	if (constraint)
		field->constraint = read_text(x, path_of(x, field, "constraint"), constraint, EXPRESSION_YES_NO);
	field->refusal = label_from_json(x->a, json_object_get(field->definition, "refusal"));
}

/* ---- What looks at what ---- */

bool expression_looks_at(const struct expression *e, const char *key)
{
	struct arena a;
	const char *const *names;
	size_t len = strlen(key);
	bool found = false;
	if (e == NULL) return false;
	arena_init(&a);
	for (int i = expression_uses(&a, e, &names) - 1; i >= 0 && !found; i--)
		found = strncmp(names[i], key, len) == 0 && (names[i][len] == '\0' || names[i][len] == '.');
	arena_release(&a);
	return found;
}

bool field_looks_at(const struct field *field, const char *key)
{
	return expression_looks_at(field->show_if, key) || expression_looks_at(field->constraint, key) ||
	       expression_looks_at(field->computed, key);
}

static void find_circle(struct reading *x, struct field *field);

static void follow(struct reading *x, struct field *from, const struct expression *e, const char *member)
{
	const char *const *names;
	int n = e ? expression_uses(x->a, e, &names) : 0;
	for (int i = 0; i < n; i++) {
		const char *key = arena_strndup(x->a, names[i], strcspn(names[i], "."));
		const struct field *next = form_field(x->form, key);
		if (next && x->state[next->position] == OPEN)
			issues_add(x->issues, path_of(x, from, member), N_("“%s” and “%s” wait for each other"),
			           label_text(&from->label, LANG_FR), label_text(&next->label, LANG_FR));
		else if (next) find_circle(x, field_at(x, next->position));
	}
}

static void find_circle(struct reading *x, struct field *field)
{
	if (x->state[field->position] != NEW) return;
	x->state[field->position] = OPEN;
	follow(x, field, field->show_if, "show_if");
	follow(x, field, field->computed, "value");
	x->state[field->position] = DONE;
}

/* Nobody reads, computed, what she may not read as it was answered. */
static void check_audience(struct reading *x, const struct field *field)
{
	const char *const *names;
	int n = field->computed ? expression_uses(x->a, field->computed, &names) : 0;
	for (int i = 0; i < n; i++) {
		const struct field *used = form_field(x->form, arena_strndup(x->a, names[i], strcspn(names[i], ".")));
		if (used && used->audience > field->audience)
			issues_add(
			        x->issues, path_of(x, field, "audience"),
			        N_("This is computed from “%s”, which fewer people read: let no more people read it."),
			        label_text(&used->label, LANG_FR));
	}
}

void form_expressions_read(struct arena *a, struct form *form, struct issues *issues)
{
	struct reading *x = arena_new(a, struct reading);
	int before = issues->count;
	*x = (struct reading){ .a = a, .form = form, .issues = issues };
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type && form->fields[i].type->computes) compute_read(x, field_at(x, i));
	for (int i = 0; i < form->nfields; i++) read_conditions(x, field_at(x, i));
	if (issues->count > before) return;
	memset(x->state, 0, sizeof(x->state));
	for (int i = 0; i < form->nfields; i++) find_circle(x, field_at(x, i));
	for (int i = 0; i < form->nfields; i++) check_audience(x, &form->fields[i]);
}

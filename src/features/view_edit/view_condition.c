#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/form_part.h"
#include "core/moment.h"
#include "core/operator.h"
#include "core/relative_day.h"
#include "features/form_edit/question.h"
#include "features/front/rows.h"
#include "features/view_edit/view_edit.h"

enum { TEXT_CHARS = 200, DAYS_MAX = 3660 };

/* ---- How a field is asked about ---- */

enum asked_kind condition_kind(const struct field *field)
{
	/* To add a type: a row, unless it has choices or is a line of text. */
	static const struct {
		const char *type;
		enum asked_kind kind;
	} kinds[] = { { "place", ASKED_NONE },     { "images", ASKED_NONE },   { "files", ASKED_NONE },
		      { "number", ASKED_FIELD },   { "boolean", ASKED_FIELD }, { "person", ASKED_FIELD },
		      { "relation", ASKED_FIELD }, { "scale", ASKED_FIELD } };
	if (field->type->index == NULL || field->type->wide) return ASKED_NONE;
	if (field->nchoices || field->type->choices || field->type->now) return ASKED_CHOICES;
	if (field->type->key_end) return ASKED_DATE;
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].type, field->type->name) == 0) return kinds[i].kind;
	return ASKED_TEXT;
}

/* Of a type whose values are times: now, then the days of the week. */
static int moments(const struct page *p, const struct field *field, struct value_choice *all)
{
	static const char *const keys[] = { KEY_NOW, "1", "2", "3", "4", "5", "6", "7", "8" };
	for (size_t i = 0; i < COUNT(keys); i++)
		all[i] = (struct value_choice){ keys[i], field->type->key_label(field, keys[i], p), 0 };
	return COUNT(keys);
}

int condition_choices(const struct page *p, const struct field *field, struct value_choice **ret)
{
	int room = field->nchoices + 16, n = 0;
	for (const struct own_choice *own = field->type->choices; own && own->key; own++) room++;
	struct value_choice *all = arena_array(p->arena, struct value_choice, (size_t)room);
	*ret = all;
	if (field->type->now) return moments(p, field, all);
	for (int i = 0; i < field->nchoices; i++) {
		int depth = 0;
		for (const struct choice *above = field->choices[i].parent; above; above = above->parent) depth++;
		all[n++] = (struct value_choice){ field->choices[i].key, t(p, &field->choices[i].label), depth };
	}
	for (const struct own_choice *own = field->type->choices; own && own->key && field->nchoices == 0; own++)
		all[n++] = (struct value_choice){ own->key, tr(p->lang, own->label), 0 };
	return n;
}

const char *const *condition_operators(const struct field *field)
{
	static const char *const choices[] = { "in", "notin", "notempty", "empty", NULL }, *const moments_only[] = {
		"in", "notin", NULL
	};
	static const char *const compared[] = { "=", ">=", ">", "<=", "<", "!=", "notempty", "empty", NULL };
	static const char *const same[] = { "=", "!=", "notempty", "empty", NULL };
	static const char *const words[] = { "contains", "=", "!=", "notempty", "empty", NULL };
	switch (condition_kind(field)) {
	case ASKED_CHOICES: return field->type->now ? moments_only : choices;
	case ASKED_DATE: return compared;
	case ASKED_FIELD: return field->type->cell == CELL_NUMBER ? compared : same;
	default: return words;
	}
}

const char *condition_operator_words(const struct page *p, const struct field *field, const char *name)
{
	static const struct {
		const char *name, *words;
	} dates[] = { { "=", N_("is on") },
		      { ">=", N_("is from this day on:") },
		      { ">", N_("is after") },
		      { "<=", N_("is until the end of") },
		      { "<", N_("is before") } };
	for (size_t i = 0; condition_kind(field) == ASKED_DATE && i < COUNT(dates); i++)
		if (strcmp(dates[i].name, name) == 0) return tr(p->lang, dates[i].words);
	return tr(p->lang, operator_find(name)->words);
}

/* ---- A condition as it stands ---- */

const struct field *condition_field(const struct view_edit *e, const json_t *condition)
{
	const char *key = json_string_value(json_array_get(condition, 0));
	return key ? form_find(e->form, key) : NULL;
}

static bool offers(const struct field *field, const char *name)
{
	for (const char *const *o = condition_operators(field); *o; o++)
		if (strcmp(*o, name) == 0) return true;
	return false;
}

const char *condition_operator(const json_t *condition)
{
	const char *name = json_string_value(json_array_get(condition, 1));
	return name ? name : "";
}

bool condition_has(const json_t *condition, const char *key)
{
	const json_t *value = json_array_get(condition, 2);
	if (json_is_string(value)) return strcmp(json_string_value(value), key) == 0;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *text = json_string_value(json_array_get(value, i));
		if (text && strcmp(text, key) == 0) return true;
	}
	return false;
}

static const char *text_of(const json_t *condition)
{
	const char *text = json_string_value(json_array_get(condition, 2));
	return text ? text : "";
}

const char *condition_when(const json_t *condition)
{
	int days;
	if (!relative_day_read(text_of(condition), &days)) return "day";
	return days == 0 ? "today" : days > 0 ? "after" : "before";
}

const char *condition_days(const struct page *p, const json_t *condition)
{
	int days;
	if (!relative_day_read(text_of(condition), &days) || days == 0) return "";
	return arena_printf(p->arena, "%d", days < 0 ? -days : days);
}

const struct field *condition_control(const struct page *p, const struct field *field, int i)
{
	struct field *control = (struct field *)question_control(p, field, row_name(p, "where", i, "value"));
	control->label = condition_kind(field) == ASKED_DATE
	                         ? (struct label){ { _("The given day"), _("The given day") } }
	                         : (struct label){ { _("Value"), _("Value") } };
	control->required = true;
	control->many = false;
	if (field->type->key_end) control->type = field_type_find("date");
	if (condition_kind(field) == ASKED_TEXT) control->type = field_type_find("text");
	return control;
}

/* As the control's type keeps it. */
const json_t *condition_value(const struct page *p, const struct field *field, const json_t *condition)
{
	const json_t *value = json_array_get(condition, 2);
	int days;
	if (json_is_integer(value) && strcmp(field->type->name, "scale") != 0)
		value = json_keep(p->arena,
		                  json_string(arena_printf(p->arena, "%lld", (long long)json_integer_value(value))));
	if (json_is_array(value)) value = json_array_get(value, 0);
	if (strcmp(field->type->name, "boolean") == 0 && json_is_string(value))
		value = json_keep(p->arena, json_boolean(strcmp(json_string_value(value), "true") == 0));
	return relative_day_read(text_of(condition), &days) ? NULL : value;
}

const char *condition_text(const struct page *p, const json_t *condition)
{
	(void)p;
	return text_of(condition);
}

/* ---- Reading ---- */

static struct field_post post_of(struct request *r)
{
	struct field_post post = request_post(r);
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	return post;
}

static json_t *read_choices(struct view_edit *e, const struct field *field, int i, struct issues *issues)
{
	struct request *r = e->r;
	const char *name = row_name(&r->page, "where", i, "value"), *key;
	struct value_choice *all;
	int n = condition_choices(&r->page, field, &all);
	json_t *chosen = json_keep(r->arena, json_array());
	for (int c = 0; c < n; c++)
		for (int k = 0; (key = form_data_nth(&r->form, name, k)) != NULL; k++)
			if (strcmp(key, all[c].key) == 0) json_array_append_new(chosen, json_string(key));
	if (json_array_size(chosen) == 0) issues_add(issues, name, N_("Tick what the condition waits for."));
	return chosen;
}

static json_t *read_control(struct view_edit *e, const struct field *field, int i, struct issues *issues)
{
	const struct field *control = condition_control(&e->r->page, field, i);
	struct field_post post = post_of(e->r);
	int before = issues->count;
	json_t *value = control->type->read(control, &post, issues);
	if (json_is_array(value)) value = json_array_get(value, 0);
	if (value == NULL && issues->count == before)
		issues_add(issues, control->key, N_("Say what the condition waits for."));
	return value;
}

static json_t *read_date(struct view_edit *e, const struct field *field, int i, struct issues *issues)
{
	struct request *r = e->r;
	const char *when = row_form(r, "where", i, "when"), *typed = row_form(r, "where", i, "days");
	char *end;
	long days = strtol(typed, &end, 10);
	if (strcmp(when, "today") == 0) return json_keep(r->arena, json_string("today"));
	if (strcmp(when, "after") != 0 && strcmp(when, "before") != 0) return read_control(e, field, i, issues);
	if (*typed == '\0' || *end || days < 1 || days > DAYS_MAX) {
		issues_add(issues, row_name(&r->page, "where", i, "days"), N_("Write a number of days, from %d to %d."),
		           1, DAYS_MAX);
		days = 7;
	}
	return json_keep(r->arena, json_string(arena_printf(r->arena, "today%c%ld", *when == 'a' ? '+' : '-', days)));
}

static json_t *read_text(struct view_edit *e, int i, struct issues *issues)
{
	struct request *r = e->r;
	const char *name = row_name(&r->page, "where", i, "value"), *text = request_form(r, name);
	struct err why;
	char *clean = NULL;
	if (text_clean(r->arena, text, strlen(text), TEXT_LINE, &clean, &why) != OK) issues_add_err(issues, name, &why);
	else if (*clean == '\0') issues_add(issues, name, N_("Say what the condition waits for."));
	else if (text_length(clean) > TEXT_CHARS) issues_add(issues, name, N_("%d characters at most."), TEXT_CHARS);
	return json_keep(r->arena, json_string(clean ? clean : ""));
}

static json_t *read_value(struct view_edit *e, const struct field *field, int i, struct issues *issues)
{
	switch (condition_kind(field)) {
	case ASKED_CHOICES: return read_choices(e, field, i, issues);
	case ASKED_DATE: return read_date(e, field, i, issues);
	case ASKED_FIELD: return read_control(e, field, i, issues);
	default: return read_text(e, i, issues);
	}
}

/* What comes, of a date; else the first operator, and nothing yet to compare with. NULL: it cannot be looked at.
 */
static json_t *blank_condition(const struct field *field)
{
	if (condition_kind(field) == ASKED_NONE) return NULL;
	if (condition_kind(field) == ASKED_DATE) return json_pack("[s,s,s]", field->key, ">=", "today");
	return json_pack("[s,s]", field->key, condition_operators(field)[0]);
}

void condition_read(struct view_edit *e, struct issues *issues)
{
	struct request *r = e->r;
	json_t *rows = json_keep(r->arena, json_array());
	for (int i = 0; i < rows_sent(r, "where", CONDITIONS_MAX); i++) {
		const struct field *field = form_find(e->form, row_form(r, "where", i, "field"));
		const char *name = row_form(r, "where", i, "op");
		if (field == NULL || condition_kind(field) == ASKED_NONE) continue;
		if (!offers(field, name)) name = condition_operators(field)[0];
		json_t *condition = json_pack("[s,s]", field->key, name);
		json_t *value = operator_find(name)->takes_value ? read_value(e, field, i, issues) : NULL;
		if (value) json_array_append(condition, value);
		json_array_append_new(rows, condition);
	}
	const struct field *added = form_find(e->form, request_form(r, "where-add"));
	rows_do(r, "where", CONDITIONS_MAX, rows, added ? blank_condition(added) : NULL);
	json_object_set(e->typed, "where", rows);
}

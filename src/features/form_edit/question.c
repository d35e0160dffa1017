#include "features/form_edit/question.h"

#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "core/definition.h"
#include "core/form.h"
#include "core/form_change.h"
#include "core/form_part.h"
#include "features/form_edit/question_option.h"
#include "fields/value.h"
#include "web/web.h"

enum { LABEL_MAX = 200, HELP_MAX = 500 /* characters */ };

int question_types(const struct page *p, const struct field_type *const **ret)
{
	const struct field_type *const *all = field_types();
	int n = 0, count = 0;
	while (all[count]) count++;
	const struct field_type **found = arena_array(p->arena, const struct field_type *, (size_t)count + 1);
	for (int i = 0; i < count; i++)
		if (all[i]->label) found[n++] = all[i];
	*ret = found;
	return n;
}

bool question_english(const struct page *p)
{
	for (int i = 0; i < p->model->nforms; i++)
		if (json_is_object(json_object_get(p->model->forms[i].definition, "label"))) return true;
	return false;
}

void question_begin(const struct page *p, const struct form *form, const struct field *field,
                    const struct field_type *type, struct question *ret)
{
	*ret = (struct question){ .form = form, .field = field, .type = field ? field->type : type, .lines = "" };
	ret->typed = json_keep(p->arena, field ? json_copy((json_t *)field->definition) : json_object());
	if (field == NULL) json_object_set_new(ret->typed, "type", json_string(type->name));
	ret->lines = choice_lines_text(p->arena, json_object_get(ret->typed, "choices"), question_english(p));
	question_rows_begin(p, ret);
	question_condition_begin(p, ret);
	ret->mark = definition_mark(p->arena, field ? field->definition : NULL);
}

/* ---- Reading ---- */

const char *question_line(struct request *r, const char *name, size_t max, struct issues *issues)
{
	struct err why;
	char *clean;
	const char *text = request_form(r, name);
	if (text_clean(r->arena, text, strlen(text), TEXT_LINE, &clean, &why) != OK) {
		issues_add_err(issues, name, &why);
		return "";
	}
	if (text_length(clean) > max) issues_add(issues, name, N_("%d characters at most."), (int)max);
	return clean;
}

void question_read_label(struct request *r, json_t *definition, const char *name, size_t max, bool needed,
                         struct issues *issues)
{
	const char *first = question_line(r, name, max, issues), *other = "";
	if (question_english(&r->page)) other = question_line(r, arena_printf(r->arena, "%s-en", name), max, issues);
	if (needed && *first == '\0') issues_add(issues, name, N_("Give it a name."));
	if (*first == '\0' && *other == '\0') json_object_del(definition, name);
	else if (*other && *first)
		json_object_set_new(definition, name, json_pack("{s:s,s:s}", "fr", first, "en", other));
	else json_object_set_new(definition, name, json_string(*first ? first : other));
}

struct reading {
	struct request *r;
	struct question *q;
	struct issues *issues;
};

static void read_label(struct reading *x, const char *name, size_t max, bool needed)
{
	question_read_label(x->r, x->q->typed, name, max, needed, x->issues);
}

static void set_flag(json_t *definition, const char *name, bool value)
{
	if (value) json_object_set_new(definition, name, json_true());
	else json_object_del(definition, name);
}

/* ---- Expressions, default ---- */

struct field_post question_post(struct request *r)
{
	struct field_post post = request_post(r);
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	return post;
}

static void read_default(struct reading *x)
{
	const struct field *control = question_default(&x->r->page, x->q);
	struct issues own;
	if (control == NULL || x->issues->count) return;
	issues_init(&own, x->r->arena);
	struct field_post post = question_post(x->r);
	json_t *value = control->type->read(control, &post, &own);
	if (value && own.count == 0) control->type->check(control, value, &own);
	for (const struct issue *i = own.first; i; i = i->next) issues_add_err(x->issues, i->field, &i->err);
	if (value) json_object_set(x->q->typed, "default", value);
	else json_object_del(x->q->typed, "default");
}

static void read_audience(struct reading *x)
{
	const char *audience = request_form(x->r, "audience");
	if (audience_parse(audience) < 0) issues_add(x->issues, "audience", N_("Say who reads the answers."));
	else if (strcmp(audience, "public") == 0) json_object_del(x->q->typed, "audience");
	else json_object_set_new(x->q->typed, "audience", json_string(audience));
}

void question_read(struct request *r, struct question *q, struct issues *issues)
{
	struct reading x = { r, q, issues };
	bool is_title = q->field && q->field == q->form->title;
	read_label(&x, "label", LABEL_MAX, true);
	read_label(&x, "help", HELP_MAX, false);
	read_label(&x, "group", LABEL_MAX, false);
	question_options_read(r, q, issues);
	question_expression_read(r, q, "constraint", "constraint", EXPRESSION_YES_NO, issues);
	read_label(&x, "refusal", LABEL_MAX, false);
	if (is_title) return; /* always asked, of everybody */
	set_flag(q->typed, "required", q->type->role == ROLE_ASKED && *request_form(r, "required"));
	read_audience(&x);
	question_condition_read(r, q, issues);
	read_default(&x);
}

/* ---- For templates ---- */

const char *question_text(const struct page *p, const json_t *definition, const char *name, enum lang lang)
{
	const json_t *value = json_object_get(definition, name);
	struct label label = label_from_json(p->arena, value);
	const char *text = label.text[lang] ? label.text[lang] : "";
	if (lang == LANG_FR) return *text ? text : label_text(&label, LANG_FR);
	return json_is_object(value) && label.text[LANG_FR] ? text : "";
}

const char *question_option(const struct page *p, const struct question *q, const struct type_option *option)
{
	const json_t *value = json_object_get(q->typed, option->name);
	const char *text = json_string_value(value);
	if (option->kind == OPTION_EXPRESSION) return question_expression(p, q, option->name);
	if (json_is_integer(value)) return arena_printf(p->arena, "%lld", (long long)json_integer_value(value));
	if (text == NULL) return "";
	return option->kind == OPTION_NUMBER && number_valid(text) ? number_format(p->arena, text, 0, p->lang) : text;
}

bool question_offers(const struct question *q, const char *own_choice)
{
	const json_t *offered = json_object_get(q->typed, "choices");
	for (size_t i = 0; i < json_array_size(offered); i++)
		if (strcmp(json_string_value(json_array_get(offered, i)), own_choice) == 0) return true;
	return false;
}

const struct field *question_control(const struct page *p, const struct field *field, const char *name)
{
	struct field *control = arena_new(p->arena, struct field);
	*control = *field;
	control->key = name;
	control->required = false;
	control->show_if = control->constraint = control->computed = NULL;
	control->help = (struct label){ 0 };
	control->audience = AUDIENCE_PUBLIC;
	return control;
}

const struct field *question_alone(const struct page *p, const json_t *definition, const char *key)
{
	struct issues issues;
	struct err why;
	struct form form;
	issues_init(&issues, p->arena);
	json_t *field = json_copy((json_t *)definition);
	json_object_del(field, "show_if");
	json_object_del(field, "constraint");
	json_object_set_new(field, "key", json_string(key));
	json_t *alone = json_keep(p->arena, json_pack("{s:s,s:s,s:s,s:s,s:s,s:[{s:s,s:s,s:s},o]}", "key", "alone",
	                                              "label", "-", "plural", "-", "add", "-", "title", "a", "fields",
	                                              "key", "a", "type", "text", "label", "-", field));
	if (form_parse(p->arena, alone, p->model->lists, p->model->nlists, &form, &issues, &why) != OK) return NULL;
	return &form.fields[1];
}

/* Files cannot be sent before there is a record; people and pages are known when it is written. */
const struct field *question_default(const struct page *p, const struct question *q)
{
	if (q->type->takes != FILES_NONE || q->type->plain || q->type->role == ROLE_TOLD || q->type->computes)
		return NULL;
	if (q->field && q->field == q->form->title) return NULL;
	const struct field *field = question_alone(p, q->typed, "default");
	if (field == NULL && q->field) field = q->field;
	return field ? question_control(p, field, "default") : NULL;
}

bool question_may_order(const struct question *q, const struct field *other)
{
	return other && other != q->field && !other->many && !other->hidden && other->audience == AUDIENCE_PUBLIC &&
	       (other->type->cell == CELL_NUMBER || other->type->cell == CELL_DATE);
}

const char *choice_name(const struct page *p, const json_t *choices, const char *key)
{
	const json_t *choice = choice_find_json(choices, key);
	return choice ? question_text(p, choice, "label", LANG_FR) : key;
}

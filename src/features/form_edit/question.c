#include "features/form_edit/question.h"

#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "core/definition.h"
#include "core/form.h"
#include "core/form_change.h"
#include "core/form_part.h"
#include "core/operator.h"
#include "features/form_edit/question_option.h"
#include "fields/value.h"
#include "web/web.h"

enum { LABEL_MAX = 200, HELP_MAX = 500 /* characters */ };

const char *const question_operators[] = { "=", "!=", "notempty", "empty", "<", "<=", ">", ">=", "contains", NULL };

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

/* ---- Condition, default ---- */

static struct field_post post_of(struct request *r)
{
	struct field_post post = request_post(r);
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	return post;
}

/* What a condition compares with: a text or yes and no, never a list of one. */
static json_t *comparable(struct arena *a, const json_t *value)
{
	if (json_is_array(value)) return json_array_size(value) == 1 ? json_array_get(value, 0) : (json_t *)value;
	if (json_is_object(value)) return json_keep(a, json_string(json_str_or(value, "from", "")));
	return (json_t *)value;
}

static void read_condition_value(struct reading *x, const char *operator, json_t * condition)
{
	json_array_append_new(condition, json_string(operator));
	if (!operator_find(operator)->takes_value) return;
	const struct field *control = question_value_control(&x->r->page, x->q);
	struct field_post post = post_of(x->r);
	int before = x->issues->count;
	json_t *value = control ? control->type->read(control, &post, x->issues) : NULL;
	value = comparable(x->r->arena, value);
	if (value == NULL) {
		if (x->issues->count == before)
			issues_add(x->issues, "if_value", N_("Say which answer the condition waits for."));
		return;
	}
	if (json_is_array(value))
		json_array_set_new(condition, 1, json_string(strcmp(operator, "!=") == 0 ? "notin" : "in"));
	json_array_append(condition, value);
}

static bool is_offered_operator(const char *name)
{
	for (const char *const *o = question_operators; *o; o++)
		if (strcmp(*o, name) == 0) return true;
	return false;
}

static void read_condition(struct reading *x)
{
	struct question *q = x->q;
	const char *key = request_form(x->r, "if_field"), *operator= request_form(x->r, "if_op");
	json_object_del(q->typed, "show_if");
	if (*key == '\0') return;
	const struct field *other = form_find(q->form, key);
	if (other == NULL || !question_may_depend(q, other)) {
		issues_add(x->issues, "if_field",
		           N_("The condition cannot look at this question: choose another one."));
		return;
	}
	json_t *condition = json_keep(x->r->arena, json_pack("[s]", key));
	json_object_set(q->typed, "show_if", condition);
	read_condition_value(x, is_offered_operator(operator) ? operator : "=", condition);
}

static void read_default(struct reading *x)
{
	const struct field *control = question_default(&x->r->page, x->q);
	struct issues own;
	if (control == NULL || x->issues->count) return;
	issues_init(&own, x->r->arena);
	struct field_post post = post_of(x->r);
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
	if (is_title) return; /* always asked, of everybody */
	set_flag(q->typed, "required", q->type->role == ROLE_ASKED && *request_form(r, "required"));
	read_audience(&x);
	read_condition(&x);
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
	control->show_if = NULL;
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
	if (q->type->takes != FILES_NONE || q->type->plain || q->type->role == ROLE_TOLD) return NULL;
	if (q->field && q->field == q->form->title) return NULL;
	const struct field *field = question_alone(p, q->typed, "default");
	if (field == NULL && q->field) field = q->field;
	return field ? question_control(p, field, "default") : NULL;
}

const struct field *question_other(const struct question *q)
{
	const char *key = json_string_value(json_array_get(json_object_get(q->typed, "show_if"), 0));
	return key ? form_find(q->form, key) : NULL;
}

/* One or several of the choices may be waited for: boxes to tick. */
const struct field *question_value_control(const struct page *p, const struct question *q)
{
	const struct field *other = question_other(q);
	if (other == NULL) return NULL;
	struct field *control = (struct field *)question_control(p, other, "if_value");
	const struct field_type *choices = field_type_find("choices");
	control->label = (struct label){ { _("Answer waited for"), _("Answer waited for") } };
	control->required = true; /* nothing is waited for by chance */
	control->definition = other->nchoices ? json_keep(p->arena, json_object())
	                                      : other->definition; /* how many: no matter */
	if (other->nchoices && choices) control->type = choices;
	if (other->type->takes != FILES_NONE || other->type->plain || other->type->long_text || other->type->wide)
		control->type = field_type_find("text");
	return control;
}

const json_t *question_value(const struct question *q)
{
	const json_t *value = json_array_get(json_object_get(q->typed, "show_if"), 2);
	return value;
}

bool question_may_depend(const struct question *q, const struct field *other)
{
	if (q->field == NULL) return true;
	for (int i = 0; other && i <= q->form->nfields; i++) {
		if (other == q->field || other->whole == q->field) return false;
		if (other->whole) other = other->whole;
		other = other->show_if ? form_find(q->form, other->show_if->field) : NULL;
	}
	return other == NULL;
}

bool question_may_order(const struct question *q, const struct field *other)
{
	return other && other != q->field && !other->many && !other->hidden && other->audience == AUDIENCE_PUBLIC &&
	       (other->type->cell == CELL_NUMBER || other->type->cell == CELL_DATE);
}

const char *question_operator_words(const struct page *p, const char *name)
{
	return tr(p->lang, operator_find(name)->words);
}

static const char *value_words(const struct page *p, const struct field *other, const json_t *value)
{
	if (json_is_array(value)) {
		struct buf out;
		buf_init(&out, p->arena, 0);
		for (size_t i = 0; i < json_array_size(value); i++)
			buf_printf(&out, "%s%s", i ? ", " : "", value_words(p, other, json_array_get(value, i)));
		return buf_str(&out);
	}
	const char *text = json_string_value(value);
	if (json_is_boolean(value)) text = json_is_true(value) ? "1" : "0";
	if (json_is_integer(value)) text = arena_printf(p->arena, "%lld", (long long)json_integer_value(value));
	if (text == NULL) return "";
	const char *key = other->type->key ? other->type->key(other, text, p->arena) : text;
	return other->type->key_label ? other->type->key_label(other, key, p) : text;
}

const char *question_condition_words(const struct page *p, const struct form *form, const struct field *field)
{
	const struct condition *condition = field->show_if;
	const struct field *other = condition ? form_find(form, condition->field) : NULL;
	if (other == NULL) return NULL;
	return page_printf(p, _("only if “%s” %s %s"), t(p, &other->label), tr(p->lang, condition->op->words),
	                   condition->op->takes_value ? value_words(p, other, condition->value) : "");
}

const char *question_operator(const struct question *q)
{
	const char *name = json_string_value(json_array_get(json_object_get(q->typed, "show_if"), 1));
	if (name == NULL || strcmp(name, "in") == 0) return "=";
	return strcmp(name, "notin") == 0 ? "!=" : name;
}

const char *choice_name(const struct page *p, const json_t *choices, const char *key)
{
	const json_t *choice = choice_find_json(choices, key);
	return choice ? question_text(p, choice, "label", LANG_FR) : key;
}

/* When a question is asked, chosen in menus or typed, and the other expressions of a question. */
#include <string.h>

#include "base/text.h"
#include "core/form.h"
#include "core/form_answers.h"
#include "core/form_part.h"
#include "core/operator.h"
#include "features/form_edit/question.h"
#include "fields/value.h"
#include "page/form.h"
#include "web/web.h"

const char *const question_operators[] = { "=", "!=", "notempty", "empty", "<", "<=", ">", ">=", "contains", NULL };

const char *question_operator_words(const struct page *p, const char *name)
{
	return tr(p->lang, operator_find(name)->words);
}

const char *question_row_name(const struct page *p, const char *name, int row)
{
	return row ? arena_printf(p->arena, "%s-%d", name, row + 1) : name;
}

/* ---- From the definition ---- */

static const char *menu_operator(const char *name)
{
	if (strcmp(name, "in") == 0) return "=";
	return strcmp(name, "notin") == 0 ? "!=" : name;
}

/* A value as the expression has it → as the other question's control takes it. */
static const json_t *control_value(struct arena *a, const struct field *other, const char *const *values, int n)
{
	if (n == 0) return NULL;
	if (field_means(other) == EXPRESSION_YES_NO) return json_keep(a, json_boolean(strcmp(values[0], "true") == 0));
	if (n == 1) return json_keep(a, json_string(values[0]));
	json_t *all = json_keep(a, json_array());
	for (int i = 0; i < n; i++) json_array_append_new(all, json_string(values[i]));
	return all;
}

static bool begin_rows(const struct page *p, struct question *q, const struct expression *e)
{
	struct expression_simple parts[QUESTION_ROWS];
	int n = expression_simple(p->arena, e, QUESTION_ROWS, parts, &q->condition.any);
	for (int i = 0; i < n; i++) {
		const struct field *other = form_find(q->form, parts[i].name);
		if (other == NULL) return false;
		q->condition.rows[i] =
		        (struct question_row){ other, menu_operator(parts[i].op),
			                       control_value(p->arena, other, parts[i].values, parts[i].nvalues) };
	}
	q->condition.nrows = n;
	return n > 0;
}

void question_condition_begin(const struct page *p, struct question *q)
{
	const json_t *said = json_object_get(q->typed, "show_if");
	q->condition = (struct question_condition){ .text = "" };
	if (json_is_array(said)) {
		const char *key = json_string_value(json_array_get(said, 0));
		const char *op = json_string_value(json_array_get(said, 1));
		const struct field *other = key ? form_find(q->form, key) : NULL;
		if (other && op && operator_find(op))
			q->condition.rows[q->condition.nrows++] = (struct question_row){ other, menu_operator(op),
				                                                         json_array_get(said, 2) };
		return;
	}
	if (!json_is_string(said)) return;
	q->condition.text = question_expression(p, q, "show_if");
	q->condition.typed = q->field == NULL || q->field->show_if == NULL || !begin_rows(p, q, q->field->show_if);
}

/* ---- Expressions ---- */

static enum code read_expression(const struct page *p, const struct question *q, const char *text, enum lang lang,
                                 enum expression_type wanted, const struct expression **ret,
                                 struct expression_mistake *mistake, struct err *err)
{
	struct form_names form = { p->arena, q->form, p->lang, false };
	const struct expression_names names = form_names(&form);
	return expression_read(p->arena, text, lang, &names, wanted, ret, mistake, err);
}

const char *question_expression(const struct page *p, const struct question *q, const char *member)
{
	const char *text = json_str_or(q->typed, member, "");
	const struct expression *e;
	if (*text == '\0' || read_expression(p, q, text, LANG_EN, EXPRESSION_MISSING, &e, NULL, NULL) != OK)
		return text;
	return expression_text(p->arena, e, p->lang);
}

const struct question_mistake *question_mistake(const struct page *p, const struct question *q, const char *text,
                                                enum expression_type wanted)
{
	const struct expression *e;
	struct expression_mistake mistake;
	if (*text == '\0' || read_expression(p, q, text, p->lang, wanted, &e, &mistake, NULL) == OK) return NULL;
	if (mistake.at + mistake.len > strlen(text)) return NULL;
	struct question_mistake *ret = arena_new(p->arena, struct question_mistake);
	ret->before = arena_strndup(p->arena, text, mistake.at);
	ret->wrong = mistake.len ? arena_strndup(p->arena, text + mistake.at, mistake.len) : "…";
	ret->after = text + mistake.at + mistake.len;
	return ret;
}

/* Kept in English; what has a mistake is kept as it was typed, to be mended. */
static const char *kept(struct request *r, struct question *q, const char *name, const char *text,
                        enum expression_type wanted, struct issues *issues)
{
	const struct expression *e;
	struct err why;
	if (read_expression(&r->page, q, text, r->page.lang, wanted, &e, NULL, &why) == OK)
		return expression_text(r->arena, e, LANG_EN);
	issues_add_err(issues, name, &why);
	return text;
}

static const char *typed_text(struct request *r, const char *name, struct issues *issues)
{
	struct err why;
	char *clean;
	const char *text = request_form(r, name);
	if (text_clean(r->arena, text, strlen(text), TEXT_LINE, &clean, &why) == OK) return clean;
	issues_add_err(issues, name, &why);
	return "";
}

void question_expression_read(struct request *r, struct question *q, const char *name, const char *member,
                              enum expression_type wanted, struct issues *issues)
{
	const char *text = typed_text(r, name, issues);
	if (*text == '\0') json_object_del(q->typed, member);
	else json_object_set_new(q->typed, member, json_string(kept(r, q, name, text, wanted, issues)));
}

/* ---- Menus, as they were posted ---- */

/* What a condition compares with: a text or yes and no, never a list of one. */
static json_t *comparable(struct arena *a, const json_t *value)
{
	if (json_is_array(value)) return json_array_size(value) == 1 ? json_array_get(value, 0) : (json_t *)value;
	if (json_is_object(value)) return json_keep(a, json_string(json_str_or(value, "from", "")));
	return (json_t *)value;
}

static const char *offered_operator(const char *name)
{
	for (const char *const *o = question_operators; *o; o++)
		if (strcmp(*o, name) == 0) return *o;
	return question_operators[0];
}

static void read_value(struct request *r, struct question *q, int at, struct issues *issues)
{
	struct question_row *row = &q->condition.rows[at];
	if (!operator_find(row->op)->takes_value) return;
	const struct field *control = question_value_control(&r->page, q, at);
	struct field_post post = question_post(r);
	int before = issues->count;
	json_t *value = control ? control->type->read(control, &post, issues) : NULL;
	row->value = comparable(r->arena, value);
	if (row->value == NULL && issues->count == before)
		issues_add(issues, question_row_name(&r->page, "if_value", at),
		           N_("Say which answer the condition waits for."));
}

static void read_row(struct request *r, struct question *q, const char *key, int posted, struct issues *issues)
{
	const struct field *other = form_find(q->form, key);
	int at = q->condition.nrows;
	if (other == NULL || !question_may_depend(q, other)) {
		issues_add(issues, question_row_name(&r->page, "if_field", posted),
		           N_("The condition cannot look at this question: choose another one."));
		return;
	}
	const char *op = request_form(r, question_row_name(&r->page, "if_op", posted));
	q->condition.rows[at] = (struct question_row){ other, offered_operator(op), NULL };
	q->condition.nrows++;
	if (at == posted) read_value(r, q, at, issues);
	else issues_add(issues, question_row_name(&r->page, "if_field", at), N_("Choose one in the list."));
}

/* ["field", "operator", value] of a row. */
static json_t *row_json(struct arena *a, const struct question_row *row)
{
	const char *op = row->op;
	if (json_is_array(row->value)) op = strcmp(op, "!=") == 0 ? "notin" : "in";
	json_t *json = json_keep(a, json_pack("[s,s]", row->other->key, op));
	if (row->value && operator_find(op)->takes_value) json_array_append(json, (json_t *)row->value);
	return json;
}

/* The rows in one text; of `in` and `or` together, parentheses are not needed: menus make one or the other. */
static const char *rows_text(struct request *r, const struct question *q)
{
	struct buf out;
	buf_init(&out, r->arena, 0);
	for (int i = 0; i < q->condition.nrows; i++) {
		struct condition condition;
		struct err ignored;
		if (condition_parse(q->form, row_json(r->arena, &q->condition.rows[i]), &condition, &ignored) != OK)
			return NULL;
		const char *text = form_condition_text(r->arena, q->form, &condition);
		buf_printf(&out, "%s(%s)", i == 0 ? "" : q->condition.any ? " or " : " and ", text);
	}
	return buf_str(&out);
}

static void read_menus(struct request *r, struct question *q, struct issues *issues)
{
	int before = issues->count;
	q->condition.any = strcmp(request_form(r, "if_join"), "any") == 0;
	for (int i = 0; i < QUESTION_ROWS; i++) {
		const char *key = request_form(r, question_row_name(&r->page, "if_field", i));
		if (*key) read_row(r, q, key, i, issues);
	}
	if (q->condition.nrows == 0 || issues->count > before) return;
	if (q->condition.nrows == 1) {
		json_object_set(q->typed, "show_if", row_json(r->arena, &q->condition.rows[0]));
		return;
	}
	const char *text = rows_text(r, q);
	const struct expression *e;
	struct err why;
	if (text && read_expression(&r->page, q, text, LANG_EN, EXPRESSION_YES_NO, &e, NULL, &why) == OK)
		json_object_set_new(q->typed, "show_if", json_string(expression_text(r->arena, e, LANG_EN)));
	else if (text) issues_add_err(issues, "if_field", &why);
}

void question_condition_read(struct request *r, struct question *q, struct issues *issues)
{
	json_object_del(q->typed, "show_if");
	q->condition = (struct question_condition){ .text = typed_text(r, "if_text", issues),
		                                    .typed = strcmp(request_form(r, "if_way"), "typed") == 0 };
	if (!q->condition.typed) read_menus(r, q, issues);
	else if (*q->condition.text)
		json_object_set_new(q->typed, "show_if",
		                    json_string(kept(r, q, "if_text", q->condition.text, EXPRESSION_YES_NO, issues)));
}

/* ---- For templates ---- */

/* One or several of the choices may be waited for: boxes to tick. */
const struct field *question_value_control(const struct page *p, const struct question *q, int row)
{
	const struct field *other = q->condition.rows[row].other;
	const struct field_type *choices = field_type_find("choices"), *text = field_type_find("text");
	if (row >= q->condition.nrows || other == NULL) return NULL;
	struct field *control = (struct field *)question_control(p, other, question_row_name(p, "if_value", row));
	control->label = (struct label){ { _("Answer waited for"), _("Answer waited for") } };
	control->required = true; /* nothing is waited for by chance */
	if (other->nchoices && choices) control->type = choices;
	bool apart = other->type->takes != FILES_NONE || other->type->plain || other->type->long_text ||
	             other->type->wide;
	if (apart || other->type->computes) control->type = text;
	return control;
}

/* Follows what the other is asked for and computed from; each question once. */
static bool leads_to(const struct form *form, const struct field *from, const struct field *to, bool *seen)
{
	if (from == to) return true;
	if (seen[from->position]) return false;
	seen[from->position] = true;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *next = &form->fields[i];
		bool looks = expression_looks_at(from->show_if, next->key) ||
		             expression_looks_at(from->computed, next->key);
		if (looks && leads_to(form, next, to, seen)) return true;
	}
	return false;
}

bool question_may_depend(const struct question *q, const struct field *other)
{
	bool seen[FORM_FIELDS_MAX] = { false };
	if (other->type->role == ROLE_TOLD || (other->type->parts && other->type->wide))
		return false; /* its lines are */
	if (other->whole) other = other->whole;
	return q->field == NULL || !leads_to(q->form, other, q->field, seen);
}

const char *question_condition_words(const struct page *p, const struct form *form, const struct field *field)
{
	if (field->show_if == NULL) return NULL;
	return page_printf(p, _("only if %s"), condition_said(p, form, field->show_if));
}

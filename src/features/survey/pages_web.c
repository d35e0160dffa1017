/* The pages of a questionnaire: added, ordered, for some people only; which question stands on which. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/form_answers.h"
#include "core/form_change.h"
#include "core/form_part.h"
#include "core/operator.h"
#include "features/form_edit/form_settings.h"
#include "features/survey/edit.h"
#include "features/survey/edit.html.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { LABEL_MAX = 120, WORDS_MAX = 1000 };

const char *page_name(const struct page *p, const struct page_typed *typed, int i)
{
	const char *label = question_text(p, typed->typed, "label", LANG_FR);
	if (*typed->key == '\0') return _("A new page");
	return *label ? page_printf(p, _("Page %d: %s"), i + 1, label) : page_printf(p, _("Page %d"), i + 1);
}

bool page_has_question(const struct pages_typed *x, int i)
{
	for (int f = 0; f < x->form->nfields; f++)
		if (strcmp(x->page_of[f], x->pages[i].key) == 0) return true;
	return false;
}

/* The answer that a condition waits for, in words. */
static const char *value_words(const struct page *p, const struct form *form, const struct condition *condition)
{
	const struct field *other = form_find(form, condition->field);
	const json_t *value = json_is_array(condition->value) ? json_array_get(condition->value, 0) : condition->value;
	const char *text = json_string_value(value);
	if (json_is_boolean(value)) text = json_is_true(value) ? "1" : "0";
	if (json_is_integer(value)) text = arena_printf(p->arena, "%lld", (long long)json_integer_value(value));
	if (text == NULL || other == NULL) return "";
	return other->type->key_label ? other->type->key_label(other, text, p) : text;
}

/* The short form in menus, the others typed. */
static void condition_begin(const struct page *p, const struct form *form, const json_t *said, struct page_typed *ret)
{
	struct condition condition;
	struct form_names words = { p->arena, form, p->lang, true };
	const struct expression_names names = form_names(&words);
	const struct expression *e;
	if (json_is_string(said) && expression_read(p->arena, json_string_value(said), LANG_EN, &names,
	                                            EXPRESSION_YES_NO, &e, NULL, NULL) == OK)
		ret->if_text = expression_text(p->arena, e, p->lang);
	else if (json_is_string(said)) ret->if_text = json_string_value(said);
	if (!json_is_array(said) || condition_parse(form, said, &condition, NULL) != OK) return;
	ret->if_field = condition.field;
	ret->if_op = condition.op->name;
	if (strcmp(ret->if_op, "in") == 0) ret->if_op = "=";
	if (strcmp(ret->if_op, "notin") == 0) ret->if_op = "!=";
	ret->if_value = value_words(p, form, &condition);
}

static void page_begin(const struct page *p, const struct form *form, int i, struct page_typed *ret)
{
	const struct survey_page *page = &form->survey->pages[i];
	const json_t *said = json_array_get(json_object_get(form->definition, "pages"), (size_t)i);
	*ret = (struct page_typed){ .key = page->key,
		                    .typed = json_keep(p->arena, said ? json_copy((json_t *)said) : json_object()),
		                    .place = i + 1,
		                    .random = page->random,
		                    .if_field = "",
		                    .if_op = "",
		                    .if_value = "",
		                    .if_text = "" };
	condition_begin(p, form, json_object_get(said, "show_if"), ret);
}

static enum code begin(struct request *r, struct pages_typed *x, struct err *err)
{
	struct page *p = &r->page;
	TRY(form_edit_may(r, err));
	TRY(survey_of_route(r, &x->form, err));
	const struct survey *survey = x->form->survey;
	x->n = survey->npages + 1;
	x->pages = arena_array(r->arena, struct page_typed, (size_t)x->n);
	for (int i = 0; i < survey->npages; i++) page_begin(p, x->form, i, &x->pages[i]);
	x->pages[x->n - 1] = (struct page_typed){ .key = "",
		                                  .typed = json_keep(r->arena, json_object()),
		                                  .place = x->n,
		                                  .if_field = "",
		                                  .if_op = "",
		                                  .if_value = "",
		                                  .if_text = "" };
	x->page_of = arena_array(r->arena, const char *, (size_t)x->form->nfields + 1);
	for (int f = 0; f < x->form->nfields; f++) x->page_of[f] = survey->pages[survey->page_of[f]].key;
	x->mark = definition_mark(r->arena, form_settings_part(r->arena, x->form->definition));
	return OK;
}

static enum code show(struct request *r, const struct pages_typed *x, struct issues *issues)
{
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Pages of “%s”")), t(&r->page, &x->form->label));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	survey_pages_page(request_out(r), &r->page, x);
	return OK;
}

enum code survey_pages(struct request *r, struct err *err)
{
	struct pages_typed x = { 0 };
	TRY(begin(r, &x, err));
	return show(r, &x, NULL);
}

/* ---- Reading ---- */

/* In French; what the page of languages says in English stays. */
static void read_text(struct request *r, json_t *typed, const char *member, const char *name, size_t max,
                      const char *where, struct issues *issues)
{
	const char *text = text_trim(r->arena, request_form(r, name));
	if (!text_valid(text, strlen(text)) || strlen(text) > max) {
		issues_add(issues, where, N_("This text is too long: %d letters at most."), (int)max);
		return;
	}
	struct label label = label_from_json(r->arena, json_object_get(typed, member));
	const char *english = json_is_object(json_object_get(typed, member)) ? label.text[LANG_EN] : NULL;
	json_t *words = json_object();
	if (*text) json_object_set_new(words, "fr", json_string(text));
	if (english && *english) json_object_set_new(words, "en", json_string(english));
	if (json_object_size(words)) json_object_set(typed, member, words);
	else json_object_del(typed, member);
	json_decref(words);
}

/* What a condition compares with: a text or yes and no, never a list of one. */
static const json_t *comparable(const json_t *value)
{
	if (json_is_array(value)) return json_array_size(value) == 1 ? json_array_get(value, 0) : value;
	return value;
}

/* Kept in English; what has a mistake is shown again as it was typed. */
static void read_typed(struct request *r, const struct form *form, struct page_typed *page, const char *where,
                       struct issues *issues)
{
	struct form_names words = { r->arena, form, r->page.lang, false };
	const struct expression_names names = form_names(&words);
	const struct expression *e;
	struct err why;
	if (expression_read(r->arena, page->if_text, r->page.lang, &names, EXPRESSION_YES_NO, &e, NULL, &why) == OK)
		json_object_set_new(page->typed, "show_if", json_string(expression_text(r->arena, e, LANG_EN)));
	else issues_add_err(issues, where, &why);
}

static void read_condition(struct request *r, const struct form *form, struct page_typed *page, const char *where,
                           struct issues *issues)
{
	const struct field *other = form_find(form, page->if_field);
	const struct operator* op = operator_find(page->if_op);
	struct issues own;
	json_object_del(page->typed, "show_if");
	if (*page->if_text) {
		read_typed(r, form, page, where, issues);
		return;
	}
	if (*page->if_field == '\0') return;
	if (other == NULL || op == NULL) {
		issues_add(issues, where, N_("The condition cannot look at this question: choose another one."));
		return;
	}
	json_t *condition = json_keep(r->arena, json_pack("[s, s]", other->key, op->name));
	if (op->takes_value) {
		issues_init(&own, r->arena);
		const json_t *value = other->type->import ? other->type->import(other, page->if_value, &own) : NULL;
		value = comparable(value);
		if (own.count) issues_add_err(issues, where, &own.first->err);
		else if (value == NULL) issues_add(issues, where, N_("Say which answer the condition waits for."));
		if (value == NULL || own.count) return;
		if (json_is_array(value))
			json_array_set_new(condition, 1, json_string(strcmp(op->name, "!=") == 0 ? "notin" : "in"));
		json_array_append(condition, (json_t *)value);
	}
	json_object_set(page->typed, "show_if", condition);
}

static void read_page(struct request *r, const struct pages_typed *x, int i, struct issues *issues)
{
	const struct page *p = &r->page;
	struct page_typed *page = &x->pages[i];
	const char *where = numbered(p, "page", i);
	read_text(r, page->typed, "label", numbered(p, "label", i), LABEL_MAX, where, issues);
	read_text(r, page->typed, "text", numbered(p, "text", i), WORDS_MAX, where, issues);
	page->place = (int)strtol(request_form(r, numbered(p, "place", i)), NULL, 10);
	page->removed = *request_form(r, numbered(p, "remove", i));
	page->random = *request_form(r, numbered(p, "random", i));
	page->if_field = request_form(r, numbered(p, "if_field", i));
	page->if_op = request_form(r, numbered(p, "if_op", i));
	page->if_value = request_form(r, numbered(p, "if_value", i));
	page->if_text = text_trim(r->arena, request_form(r, numbered(p, "if_text", i)));
	if (page->random) json_object_set_new(page->typed, "random", json_true());
	else json_object_del(page->typed, "random");
	read_condition(r, x->form, page, where, issues);
}

static bool is_page(const struct pages_typed *x, const char *key)
{
	for (int i = 0; i < x->n; i++)
		if (strcmp(x->pages[i].key, key) == 0 && !x->pages[i].removed) return true;
	return false;
}

/* The new page is one when it has a title or a question. */
static bool adds(const struct pages_typed *x)
{
	for (int f = 0; f < x->form->nfields; f++)
		if (strcmp(x->page_of[f], "+") == 0) return true;
	return json_object_get(x->pages[x->n - 1].typed, "label") != NULL;
}

static const char *new_key(struct request *r, const struct pages_typed *x)
{
	json_t *taken = json_keep(r->arena, json_object());
	for (int i = 0; i < x->n; i++) json_object_set_new(taken, x->pages[i].key, json_true());
	const char *label = question_text(&r->page, x->pages[x->n - 1].typed, "label", LANG_FR);
	return key_from_words(r->arena, *label ? label : "page", taken);
}

static int by_place(const void *a, const void *b)
{
	const struct page_typed *x = a, *y = b;
	return x->place != y->place ? (x->place < y->place ? -1 : 1) : 0;
}

/* The pages as they shall be, in order; in `order`, a copy, so that the form can be shown again. */
static int arrange(struct request *r, const struct pages_typed *x, const char *added, struct page_typed *order)
{
	int n = 0;
	for (int i = 0; i < x->n; i++) {
		if (x->pages[i].removed || (i == x->n - 1 && added == NULL)) continue;
		order[n] = x->pages[i];
		if (i == x->n - 1) order[n].key = added;
		n++;
	}
	(void)r;
	/* Pages of the same place keep their order. */
	for (int i = 0; i < n; i++) order[i].place = order[i].place * (SURVEY_PAGES_MAX + 2) + i;
	if (n) qsort(order, (size_t)n, sizeof(*order), by_place);
	return n;
}

struct arranged {
	const struct pages_typed *x;
	const struct page_typed *order;
	int n;
	const char *added;
};

static enum code with_pages(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                            struct err *err)
{
	const struct arranged *g = w->context;
	json_t *next = json_keep(w->r->arena, json_deep_copy(definition)), *pages = json_array(), *field;
	size_t i;
	(void)keys;
	(void)err;
	for (int k = 0; k < g->n; k++) {
		json_t *page = json_copy(g->order[k].typed);
		json_object_set_new(page, "key", json_string(g->order[k].key));
		json_array_append_new(pages, page);
	}
	json_object_set_new(next, "pages", pages);
	json_array_foreach (json_object_get(next, "fields"), i, field) {
		const struct field *known = form_field(g->x->form, json_str_or(field, "key", ""));
		const char *page = known ? g->x->page_of[known->position] : json_str_or(field, "page", "");
		if (g->added && strcmp(page, "+") == 0) page = g->added;
		if (!is_page(g->x, page) && (g->added == NULL || strcmp(page, g->added) != 0)) page = g->order[0].key;
		json_object_set_new(field, "page", json_string(page));
	}
	*ret = next;
	return OK;
}

enum code survey_pages_post(struct request *r, struct err *err)
{
	struct pages_typed x = { 0 };
	struct issues issues, checked;
	TRY(begin(r, &x, err));
	TRY(form_edit_limit(r, err));
	issues_init(&issues, r->arena);
	for (int i = 0; i < x.n; i++) read_page(r, &x, i, &issues);
	for (int f = 0; f < x.form->nfields; f++) {
		const char *to = request_form(r, arena_printf(r->arena, "page-%s", x.form->fields[f].key));
		if (*to && (strcmp(to, "+") == 0 || is_page(&x, to))) x.page_of[f] = arena_strdup(r->arena, to);
	}
	const char *added = adds(&x) ? new_key(r, &x) : NULL;
	struct page_typed *order = arena_array(r->arena, struct page_typed, (size_t)x.n + 1);
	struct arranged g = { .x = &x, .order = order, .added = added };
	g.n = arrange(r, &x, added, order);
	if (g.n == 0) issues_add(&issues, "", N_("A questionnaire has one page at least."));
	if (g.n > SURVEY_PAGES_MAX)
		issues_add(&issues, "", N_("A questionnaire has at most %d pages."), SURVEY_PAGES_MAX);
	if (issues.count) return show(r, &x, &issues);
	struct form_write write = {
		.r = r, .form = x.form->key, .mark = request_form(r, "_mark"), .apply = with_pages, .context = &g
	};
	const char *url = survey_url(&r->page, x.form, "/pages");
	enum code code = form_write(&write, &checked, err);
	if (code == E_INPUT || code == E_CONFLICT) {
		issues_add_err(&issues, "", err);
		return show(r, &x, &issues);
	}
	TRY(code);
	return request_redirect(r, url, "enquete-reglee");
}

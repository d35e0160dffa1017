#include <string.h>

#include "base/text.h"
#include "core/form_change.h"
#include "features/form_edit/question.h"
#include "features/front/home_edit.h"
#include "features/front/rows.h"
#include "features/front/target.h"
#include "features/view/view_list.h"

enum { LINK_TITLE = 60, LINK_TEXT = 120, FIGURE_VALUE = 20, FIGURE_TEXT = 120 };

const char *block_words(const struct page *p, const json_t *block)
{
	const struct block_kind *kind = block_kind_of(block);
	const char *title = block_text(p, block, "title"), *label = kind ? tr(p->lang, kind->label) : "?";
	return *title ? page_printf(p, "%s – %s", label, title) : label;
}

const char *block_mark(const struct page *p, const json_t *block)
{
	return definition_mark(p->arena, block);
}

const json_t *block_pictures(const struct page *p)
{
	return model_setting(p->model, "pictures");
}

const char *block_count(const struct page *p, const struct block_edit *e, const char *name)
{
	int64_t n = json_int(e->typed, name, 0);
	return n ? arena_printf(p->arena, "%lld", (long long)n) : "";
}

const struct form *block_form(const struct page *p, const struct block_edit *e)
{
	const struct view *view = model_view(p->model, json_str_or(e->typed, "view", ""));
	return view ? view->form : NULL;
}

bool block_layout_fits(const struct page *p, const struct block_edit *e, const char *layout)
{
	const struct view *view = model_view(p->model, json_str_or(e->typed, "view", ""));
	return view == NULL || strcmp(view_type_find(view, layout)->name, layout) == 0;
}

/* ---- Markdown ---- */

const struct field *block_text_control(const struct page *p, const struct block_option *option, enum lang lang)
{
	const char *label = tr(p->lang, option->label);
	if (lang != LANG_FR) label = page_printf(p, _("%s – in English"), label);
	json_t *definition = json_keep(
	        p->arena, json_pack("{s:s,s:s,s:i}", "type", "longtext", "label", label, "max", option->max));
	if (option->help && lang == LANG_FR)
		json_object_set_new(definition, "help", json_string(tr(p->lang, option->help)));
	return question_alone(p, definition,
	                      lang == LANG_FR ? option->name : arena_printf(p->arena, "%s-en", option->name));
}

const json_t *block_text_value(const struct page *p, const json_t *block, const char *name, enum lang lang)
{
	const char *text = question_text(p, block, name, lang);
	return *text ? json_keep(p->arena, json_string(text)) : NULL;
}

static const char *read_markdown(struct request *r, const char *name, int max, struct issues *issues)
{
	struct arena *a = r->arena;
	const char *typed = request_form(r, name);
	struct err why;
	char *clean;
	if (text_clean(a, typed, strlen(typed), TEXT_BLOCK, &clean, &why) != OK) {
		issues_add_err(issues, name, &why);
		return "";
	}
	if (text_length(clean) > (size_t)max) issues_add(issues, name, N_("%d characters at most."), max);
	return text_trim(a, clean);
}

void block_text_read(struct request *r, json_t *into, const struct block_option *o, struct issues *issues)
{
	const char *text = read_markdown(r, o->name, o->max, issues), *other = "";
	if (question_english(&r->page))
		other = read_markdown(r, arena_printf(r->arena, "%s-en", o->name), o->max, issues);
	if (o->needed && *text == '\0') issues_add(issues, o->name, N_("Write a text."));
	if (*text == '\0' && *other == '\0') json_object_del(into, o->name);
	else if (*text && *other) json_object_set_new(into, o->name, json_pack("{s:s,s:s}", "fr", text, "en", other));
	else json_object_set_new(into, o->name, json_string(*text ? text : other));
}

static void read_text(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	block_text_read(e->f.r, e->typed, o, issues);
}

/* ---- The other options ---- */

static void read_line(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	question_read_label(e->f.r, e->typed, o->name, (size_t)o->max, o->needed, issues);
}

static void read_view(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	const char *key = request_form(e->f.r, o->name);
	if (model_view(e->f.r->page.model, key) == NULL) issues_add(issues, o->name, N_("Choose a list."));
	json_object_set_new(e->typed, o->name, json_string(key));
}

static void read_layout(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	const char *name = request_form(e->f.r, o->name);
	json_object_del(e->typed, o->name);
	if (*name == '\0') return;
	json_object_set_new(e->typed, o->name, json_string(name));
	if (!block_layout_fits(&e->f.r->page, e, name))
		issues_add(issues, o->name,
		           N_("This list cannot be shown so: choose another layout, or change the list."));
}

static void read_count(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	const char *text = request_form(e->f.r, o->name);
	char *end;
	long n = strtol(text, &end, 10);
	json_object_del(e->typed, o->name);
	if (*text == '\0') return;
	if (*end || n < 1 || n > o->max)
		issues_add(issues, o->name, N_("Write a number from %d to %d, or nothing."), 1, o->max);
	else json_object_set_new(e->typed, o->name, json_integer(n));
}

static void read_picture(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	const char *name = request_form(e->f.r, o->name);
	json_object_del(e->typed, o->name);
	if (*name == '\0') return;
	if (json_object_get(block_pictures(&e->f.r->page), name) == NULL)
		issues_add(issues, o->name, N_("Choose one in the list."));
	json_object_set_new(e->typed, o->name, json_string(name));
}

static void read_number(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	const char *key = request_form(e->f.r, o->name);
	const struct form *form = block_form(&e->f.r->page, e);
	json_object_del(e->typed, o->name);
	if (*key == '\0') return;
	if (form && form_field(form, key) == NULL)
		issues_add(issues, o->name, N_("The records of this list have no such question."));
	json_object_set_new(e->typed, o->name, json_string(key));
}

/* The icon that a link had, while it leads where it did; else that of what it leads to. */
static void add_icon(struct block_edit *e, const json_t *before, json_t *row)
{
	const char *to = json_str_or(row, "to", ""), *icon = target_icon(&e->f.r->page, to);
	for (size_t i = 0; i < json_array_size(before); i++)
		if (strcmp(json_str_or(json_array_get(before, i), "to", ""), to) == 0)
			icon = json_str(json_array_get(before, i), "icon");
	json_object_set_new(row, "icon", json_string(icon ? icon : "arrow-right"));
}

static void read_links(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	struct request *r = e->f.r;
	const json_t *before = json_object_get(e->typed, o->name);
	json_t *rows = json_keep(r->arena, json_array());
	for (int i = 0; i < rows_sent(r, o->name, o->max); i++) {
		json_t *row = json_object();
		row_read_label(r, o->name, i, "title", row, "title", LINK_TITLE, true, issues);
		row_read_label(r, o->name, i, "text", row, "text", LINK_TEXT, false, issues);
		json_object_set_new(row, "to",
		                    json_string(target_read(r, row_name(&r->page, o->name, i, "to"), issues)));
		add_icon(e, before, row);
		json_array_append_new(rows, row);
	}
	rows_do(r, o->name, o->max, rows, json_object());
	if (json_array_size(rows) == 0) issues_add(issues, o->name, N_("Add a link at least."));
	json_object_set(e->typed, o->name, rows);
}

static void read_figure(struct block_edit *e, const char *list, int i, json_t *row, struct issues *issues)
{
	struct request *r = e->f.r;
	const char *view = row_form(r, list, i, "count"), *value = text_trim(r->arena, row_form(r, list, i, "value"));
	row_read_label(r, list, i, "text", row, "text", FIGURE_TEXT, true, issues);
	if (*view) json_object_set_new(row, "count", json_string(view));
	else json_object_set_new(row, "value", json_string(value));
	if (*view && model_view(r->page.model, view) == NULL)
		issues_add(issues, row_name(&r->page, list, i, "count"), N_("Choose a list."));
	if (*view == '\0' && (*value == '\0' || text_length(value) > FIGURE_VALUE || !text_valid(value, strlen(value))))
		issues_add(issues, row_name(&r->page, list, i, "value"),
		           N_("Choose a list to count in, or write a figure of %d characters at most."), FIGURE_VALUE);
}

static void read_figures(struct block_edit *e, const struct block_option *o, struct issues *issues)
{
	json_t *rows = json_keep(e->f.r->arena, json_array());
	for (int i = 0; i < rows_sent(e->f.r, o->name, o->max); i++) {
		json_t *row = json_object();
		read_figure(e, o->name, i, row, issues);
		json_array_append_new(rows, row);
	}
	rows_do(e->f.r, o->name, o->max, rows, json_object());
	if (json_array_size(rows) == 0) issues_add(issues, o->name, N_("Add a figure at least."));
	json_object_set(e->typed, o->name, rows);
}

/* To add a kind of option: features/home/home_block.h, a row here, its controls in home_edit.html. */
static void (*const readers[])(struct block_edit *e, const struct block_option *o, struct issues *issues) = {
	[BLOCK_LINE] = read_line,     [BLOCK_TEXT] = read_text,   [BLOCK_VIEW] = read_view,
	[BLOCK_LAYOUT] = read_layout, [BLOCK_COUNT] = read_count, [BLOCK_PICTURE] = read_picture,
	[BLOCK_NUMBER] = read_number, [BLOCK_LINKS] = read_links, [BLOCK_FIGURES] = read_figures,
};

void block_read(struct block_edit *e, struct issues *issues)
{
	for (const struct block_option *o = e->kind->options; o->name; o++) readers[o->kind](e, o, issues);
}

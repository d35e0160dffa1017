/* What was typed, into the definition of the view. */
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/form.h"
#include "core/form_part.h"
#include "features/form_edit/question.h"
#include "features/front/home_edit.h"
#include "features/front/rows.h"
#include "features/view_edit/view_edit.h"

enum { TITLE_CHARS = 100, EMPTY_CHARS = 200, SEARCH_CHARS = 200, CHART_TITLE = 100, SLUG = 60, INTRO_CHARS = 4000 };

const char *const date_types[] = { "date", "period", "schedule", NULL };
const char *const place_types[] = { "place", NULL };
const char *const where_types[] = { "place", "text", "relation", "link", NULL };
const char *const number_types[] = { "number", NULL };

bool field_is(const struct field *field, const char *const *types)
{
	for (; *types; types++)
		if (strcmp(*types, field->type->name) == 0) return true;
	return false;
}

const struct block_option *view_text_option(void)
{
	static const struct block_option option = { "intro",
		                                    BLOCK_TEXT,
		                                    N_("Text above the list"),
		                                    N_("What it is for, what is missing, how to take part."),
		                                    false,
		                                    INTRO_CHARS };
	return &option;
}

static void set_text(json_t *definition, const char *member, const char *text)
{
	if (*text) json_object_set_new(definition, member, json_string(text));
	else json_object_del(definition, member);
}

/* ---- The form ---- */

/* Whose records it shows from now on; what named the questions of the other form goes. */
static void read_form(struct view_edit *e, struct issues *issues)
{
	static const char *const of_form[] = { "where",    "sort",   "facets", "columns", "group",   "map",
		                               "timeline", "agenda", "charts", "layouts", "template" };
	const struct form *form = model_form(e->r->page.model, request_form(e->r, "form"));
	const char *drawn = request_form(e->r, "_form_was");
	if (form == NULL) {
		issues_add(issues, "form", N_("Choose one in the list."));
		return;
	}
	e->form = form;
	json_object_set_new(e->typed, "form", json_string(form->key));
	e->reformed = *drawn && strcmp(drawn, form->key) != 0;
	if (!e->reformed) return;
	for (size_t i = 0; i < COUNT(of_form); i++) json_object_del(e->typed, of_form[i]);
	json_object_set_new(e->typed, "layout", json_string("cards"));
}

/* ---- Order, facets, columns ---- */

bool view_sorts_by(const struct form *form, const struct field *field)
{
	return field != form->title && field->type->index && field->target == NULL &&
	       field->type->takes == FILES_NONE && !field_is(field, place_types);
}

static void read_sorts(struct view_edit *e, struct issues *issues)
{
	struct request *r = e->r;
	json_t *rows = json_keep(r->arena, json_array());
	for (int i = 0; i < rows_sent(r, "sort", SORTS_MAX); i++) {
		const char *by = row_form(r, "sort", i, "by");
		const char *name = arena_printf(r->arena, "%s%s", *row_form(r, "sort", i, "way") ? "-" : "", by);
		struct sort ignored;
		struct err why;
		if (sort_parse(e->form, name, &ignored, &why) != OK)
			issues_add(issues, row_name(&r->page, "sort", i, "by"), N_("Choose one in the list."));
		json_array_append_new(rows, json_string(name));
	}
	rows_do(r, "sort", SORTS_MAX, rows, json_string("title"));
	json_object_set(e->typed, "sort", rows);
}

/* Questions in an order: each once. */
static void read_fields(struct view_edit *e, const char *list, int max, bool facets, struct issues *issues)
{
	struct request *r = e->r;
	json_t *rows = json_keep(r->arena, json_array());
	for (int i = 0; i < rows_sent(r, list, max); i++) {
		const char *key = row_form(r, list, i, "field");
		const struct field *field = form_find(e->form, key);
		bool twice = false;
		for (size_t j = 0; j < json_array_size(rows); j++)
			twice |= strcmp(json_string_value(json_array_get(rows, j)), key) == 0;
		if (twice && field) continue;
		if (field == NULL || (facets && !field->type->facet))
			issues_add(issues, row_name(&r->page, list, i, "field"), N_("Choose a question."));
		json_array_append_new(rows, json_string(key));
	}
	rows_do(r, list, max, rows, json_string(""));
	json_object_set(e->typed, list, rows);
}

/* ---- Layouts ---- */

bool form_has(const struct form *form, const char *const *types)
{
	for (int i = 0; i < form->nfields; i++)
		if (field_is(&form->fields[i], types)) return true;
	return false;
}

const struct view_type *layout_type(const char *name)
{
	const struct view_type *const *type = view_types;
	while (*type && strcmp((*type)->name, name) != 0) type++;
	return *type;
}

const char *view_readers(const struct page *p, enum audience audience)
{
	static const char *const words[] = { N_("for everybody"), N_("for members only"), N_("for facilitators only") };
	return tr(p->lang, words[audience]);
}

enum audience view_typed_audience(const struct view_edit *e)
{
	int audience = audience_parse(json_str_or(e->typed, "audience", "public"));
	return audience < 0 ? AUDIENCE_PUBLIC : (enum audience)audience;
}

static bool any_groups(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (field_groups(&form->fields[i])) return true;
	return false;
}

const char *view_layout_lack(const struct page *p, const struct form *form, const struct view_type *type)
{
	/* To add a layout that needs something: a row. */
	if (strcmp(type->name, "map") == 0 && !form_has(form, place_types))
		return _("This form has no question of the kind “A place”: add one to draw its pages on a map.");
	if (strcmp(type->name, "timeline") == 0 && !form_has(form, date_types))
		return _("This form has no question whose answer is a date.");
	if (strcmp(type->name, "agenda") == 0 && !form_has(form, date_types))
		return _("This form has no question whose answer is a date.");
	if (strcmp(type->name, "gallery") == 0 && !form_takes_pictures(form))
		return _("This form has no question that takes pictures.");
	if (strcmp(type->name, "chart") == 0 && !any_groups(form))
		return _("This form has no question with choices or a date to count by.");
	return NULL;
}

static const char *layout_at(const struct view_edit *e, size_t i)
{
	const char *name = json_string_value(json_array_get(json_object_get(e->typed, "layouts"), i));
	return name ? name : "";
}

bool view_offers(const struct view_edit *e, const char *layout)
{
	for (size_t i = 0; i < json_array_size(json_object_get(e->typed, "layouts")); i++)
		if (strcmp(layout_at(e, i), layout) == 0) return true;
	return strcmp(json_str_or(e->typed, "layout", "cards"), layout) == 0;
}

static void read_layouts(struct view_edit *e, struct issues *issues)
{
	struct request *r = e->r;
	const char *first = request_form(r, "layout"), *name;
	json_t *layouts = json_keep(r->arena, json_array());
	json_object_set_new(e->typed, "layout", json_string(first));
	for (const struct view_type *const *type = view_types; *type; type++) {
		bool offered = strcmp(first, (*type)->name) == 0;
		for (int i = 0; (name = form_data_nth(&r->form, "layouts", i)) != NULL; i++)
			offered |= strcmp(name, (*type)->name) == 0;
		const char *lack = offered ? view_layout_lack(&r->page, e->form, *type) : NULL;
		if (lack) issues_add(issues, "layout", "%s", lack);
		if (offered) json_array_append_new(layouts, json_string((*type)->name));
	}
	json_object_set(e->typed, "layouts", layouts);
}

static const char *first_field(const struct form *form, const char *const *types)
{
	for (int i = 0; i < form->nfields; i++)
		if (field_is(&form->fields[i], types)) return form->fields[i].key;
	return "";
}

/* The field that a control names, of these types; the first of the form when it says nothing. */
static const char *field_of(struct view_edit *e, const char *control, const char *const *types)
{
	const struct field *field = form_find(e->form, request_form(e->r, control));
	return field && field_is(field, types) ? field->key : first_field(e->form, types);
}

/* The view whose map has these outlines: they come with their source. */
static const struct view *outlined(const struct model *model, const char *outlines)
{
	for (int i = 0; i < model->nviews; i++)
		if (model->views[i].map.outlines && strcmp(model->views[i].map.outlines, outlines) == 0)
			return &model->views[i];
	return NULL;
}

int view_outlines(const struct page *p, const struct view ***ret)
{
	const struct view **found = arena_array(p->arena, const struct view *, (size_t)p->model->nviews + 1);
	int n = 0;
	for (int i = 0; i < p->model->nviews; i++) {
		const struct view *view = &p->model->views[i];
		if (view->map.outlines && outlined(p->model, view->map.outlines) == view) found[n++] = view;
	}
	*ret = found;
	return n;
}

const char *view_outlines_chosen(const struct page *p, const struct view_edit *e)
{
	const struct view **all;
	const json_t *map = json_object_get(e->typed, "map");
	if (map) return json_str_or(map, "outlines", "");
	return view_outlines(p, &all) ? all[0]->map.outlines : "";
}

static void read_map(struct view_edit *e)
{
	const struct view *source = outlined(e->r->page.model, request_form(e->r, "map-outlines"));
	json_t *map = json_object();
	if (!view_offers(e, "map")) {
		json_decref(map);
		json_object_del(e->typed, "map");
		return;
	}
	json_object_set_new(map, "place", json_string(field_of(e, "map-place", place_types)));
	if (source) json_object_set_new(map, "outlines", json_string(source->map.outlines));
	if (source)
		json_object_set(map, "source", json_object_get(json_object_get(source->definition, "map"), "source"));
	json_object_set_new(e->typed, "map", map);
}

static void read_timeline(struct view_edit *e)
{
	json_object_del(e->typed, "timeline");
	if (!view_offers(e, "timeline")) return;
	bool year = strcmp(request_form(e->r, "timeline-step"), "year") == 0;
	json_t *timeline = json_pack("{s:s,s:s}", "by", field_of(e, "timeline-by", date_types), "step",
	                             year ? "year" : "month");
	if (*request_form(e->r, "timeline-descending")) json_object_set_new(timeline, "descending", json_true());
	json_object_set_new(e->typed, "timeline", timeline);
}

bool view_says_where(const json_t *agenda, const struct field *field)
{
	const json_t *places = json_object_get(agenda, "places");
	for (size_t i = 0; i < json_array_size(places); i++) {
		const char *key = json_string_value(json_array_get(places, i));
		if (key && strcmp(key, field->key) == 0) return true;
	}
	return false;
}

static void read_agenda_places(struct view_edit *e, json_t *agenda)
{
	json_t *places = json_array();
	const char *key;
	for (int i = 0; (key = form_data_nth(&e->r->form, "agenda-places[]", i)) != NULL; i++) {
		const struct field *field = form_field(e->form, key);
		if (field && field_is(field, where_types)) json_array_append_new(places, json_string(key));
	}
	if (json_array_size(places)) json_object_set(agenda, "places", places);
	else json_object_del(agenda, "places");
	json_decref(places);
}

/* The other views that it is shown with stay as they are. */
static void read_agenda(struct view_edit *e)
{
	json_t *agenda = json_incref(json_object_get(e->typed, "agenda"));
	json_object_del(e->typed, "agenda");
	if (view_offers(e, "agenda")) {
		if (agenda == NULL) agenda = json_object();
		json_object_set_new(agenda, "by", json_string(field_of(e, "agenda-by", date_types)));
		read_agenda_places(e, agenda);
		json_object_set(e->typed, "agenda", agenda);
	}
	json_decref(agenda);
}

static void read_chart(struct view_edit *e, int i, json_t *chart, struct issues *issues)
{
	static const char *const controls[] = { "shape", "measure", "step" };
	struct request *r = e->r;
	const struct field *by = form_find(e->form, row_form(r, "charts", i, "by"));
	for (size_t c = 0; c < COUNT(controls); c++)
		set_text(chart, controls[c], row_form(r, "charts", i, controls[c]));
	row_read_label(r, "charts", i, "title", chart, "title", CHART_TITLE, false, issues);
	json_object_set_new(chart, "by", json_string(by ? by->key : ""));
	if (by == NULL || !field_groups(by))
		issues_add(issues, row_name(&r->page, "charts", i, "by"), N_("Choose what it counts by."));
	else if (json_object_get(chart, "title") == NULL)
		json_object_set(chart, "title", json_object_get(by->definition, "label"));
	if (by && strcmp(json_str_or(chart, "shape", ""), "line") == 0 && !field_is(by, date_types))
		issues_add(issues, row_name(&r->page, "charts", i, "shape"),
		           N_("A line follows time: choose a date, or another shape."));
	if (strcmp(json_str_or(chart, "measure", "count"), "count") == 0) return;
	const struct field *of = form_find(e->form, row_form(r, "charts", i, "of"));
	if (of == NULL || !field_is(of, number_types))
		issues_add(issues, row_name(&r->page, "charts", i, "of"), N_("Choose the number to add up."));
	json_object_set_new(chart, "of", json_string(of ? of->key : ""));
}

/* Charts stand only where that layout is offered; one at least. */
static void read_charts(struct view_edit *e, struct issues *issues)
{
	struct request *r = e->r;
	json_t *rows = json_keep(r->arena, json_array());
	for (int i = 0; i < rows_sent(r, "charts", CHARTS_MAX); i++) {
		json_t *chart = json_object();
		read_chart(e, i, chart, issues);
		json_array_append_new(rows, chart);
	}
	rows_do(r, "charts", CHARTS_MAX, rows, json_object());
	if (view_offers(e, "chart") && json_array_size(rows) == 0)
		issues_add(issues, "charts", N_("Charts are offered, but there is none yet: add one."));
	if (json_array_size(rows)) json_object_set(e->typed, "charts", rows);
	else json_object_del(e->typed, "charts");
}

/* ---- The rest ---- */

static void read_group(struct view_edit *e)
{
	const struct field *field = form_find(e->form, request_form(e->r, "group"));
	set_text(e->typed, "group", field && field_groups(field) ? field->key : "");
}

static void read_size(struct view_edit *e, struct issues *issues)
{
	const char *text = request_form(e->r, "size");
	char *end;
	long n = strtol(text, &end, 10);
	if (*text == '\0') n = 24;
	else if (*end || n < 1 || n > QUERY_SIZE_MAX)
		issues_add(issues, "size", N_("Write a number from %d to %d, or nothing."), 1, QUERY_SIZE_MAX);
	json_object_set_new(e->typed, "size", json_integer(n));
}

static void read_audience(struct view_edit *e, struct issues *issues)
{
	const char *audience = request_form(e->r, "audience");
	if (audience_parse(audience) < 0) issues_add(issues, "audience", N_("Say who sees this view."));
	set_text(e->typed, "audience", strcmp(audience, "public") == 0 ? "" : audience);
}

static void read_template(struct view_edit *e)
{
	const struct template *template = model_template(e->r->page.model, request_form(e->r, "template"));
	set_text(e->typed, "template", template && template->form == e->form ? template->key : "");
}

static void read_slug(struct view_edit *e, struct issues *issues)
{
	struct request *r = e->r;
	const char *typed = text_trim(r->arena, request_form(r, "slug"));
	while (*typed == '/') typed++;
	struct label title = label_from_json(r->arena, json_object_get(e->typed, "title"));
	const char *slug = text_slug(r->arena, *typed ? typed : label_text(&title, LANG_FR), SLUG);
	if (*typed && !slug_is_valid(slug))
		issues_add(issues, "slug", N_("This cannot be an address: write a word or two."));
	e->named = *typed == '\0';
	set_text(e->typed, "slug", slug);
}

static void read_search(struct view_edit *e, struct issues *issues)
{
	struct arena *a = e->r->arena;
	const char *text = request_form(e->r, "search");
	struct err why;
	char *clean = NULL;
	if (text_clean(a, text, strlen(text), TEXT_LINE, &clean, &why) != OK) issues_add_err(issues, "search", &why);
	else if (text_length(clean) > SEARCH_CHARS)
		issues_add(issues, "search", N_("%d characters at most."), SEARCH_CHARS);
	set_text(e->typed, "search", clean ? clean : "");
}

const char *array_text(const json_t *array, size_t i)
{
	const char *text = json_string_value(json_array_get(array, i));
	return text ? text : "";
}

const char *view_size(const struct page *p, const struct view_edit *e)
{
	return arena_printf(p->arena, "%lld", (long long)json_int(e->typed, "size", 24));
}

void view_read(struct view_edit *e, struct issues *issues)
{
	struct request *r = e->r;
	question_read_label(r, e->typed, "title", TITLE_CHARS, true, issues);
	read_slug(e, issues);
	block_text_read(r, e->typed, view_text_option(), issues);
	question_read_label(r, e->typed, "empty", EMPTY_CHARS, false, issues);
	read_size(e, issues);
	read_audience(e, issues);
	read_search(e, issues);
	e->menu = *request_form(r, "menu");
	read_form(e, issues);
	if (e->form == NULL || e->reformed) return;
	condition_read(e, issues);
	read_sorts(e, issues);
	read_fields(e, "facets", FACETS_MAX, true, issues);
	read_fields(e, "columns", COLUMNS_MAX, false, issues);
	read_layouts(e, issues);
	read_map(e);
	read_timeline(e);
	read_agenda(e);
	read_charts(e, issues);
	read_group(e);
	read_template(e);
}

/* "charts.0.title" is in the section "charts". */
static const char *section_of(struct arena *a, const char *path)
{
	return arena_strndup(a, path, strcspn(path, "."));
}

enum code view_edit_parse(struct view_edit *e, struct view *ret, struct issues *issues, struct err *err)
{
	struct request *r = e->r;
	struct issues own;
	json_t *definition = json_keep(r->arena, json_copy(e->typed));
	if (json_str(definition, "key") == NULL) json_object_set_new(definition, "key", json_string("a_new_view"));
	issues_init(&own, r->arena);
	enum code code = view_parse(r->arena, definition, r->page.model->forms, r->page.model->nforms, ret, &own, err);
	for (const struct issue *i = own.first; i; i = i->next)
		issues_add_err(issues, section_of(r->arena, i->field), &i->err);
	return code;
}

#include <string.h>

#include "core/field_type.h"
#include "core/form.h"
#include "core/operator.h"

enum { VIEW_SIZE = 24, VIEW_SIZE_MAX = 200, VIEW_CONDITIONS = 20, VIEW_SORTS = 4 };

static const struct {
	const char *name;
	int builtin;
} builtin_sorts[] = { { "title", SORT_TITLE }, { "changed", SORT_CHANGED }, { "created", SORT_CREATED } };

enum code sort_parse(const struct form *form, const char *name, struct sort *ret, struct err *err)
{
	struct sort sort = { .descending = *name == '-' };
	if (sort.descending) name++;
	sort.field = form_field(form, name);
	if (sort.field == NULL) {
		size_t i = 0;
		while (i < COUNT(builtin_sorts) && strcmp(builtin_sorts[i].name, name) != 0) i++;
		if (i == COUNT(builtin_sorts))
			FAIL(err, E_INPUT, N_("“%s” is neither a field of “%s” nor title, changed or created"), name,
			     form->key);
		sort.builtin = builtin_sorts[i].builtin;
	} else if (sort.field == form->title) {
		sort.field = NULL;
		sort.builtin = SORT_TITLE;
	}
	*ret = sort;
	return OK;
}

static void keep_error(struct issues *issues, const char *path, const struct err *why)
{
	char text[512];
	issues_add(issues, path, "%s", err_format(why, why->msg, text, sizeof(text)));
}

static void read_where(struct arena *a, const json_t *array, struct view *view, struct issues *issues)
{
	size_t count = json_array_size(array);
	if (count > VIEW_CONDITIONS) {
		issues_add(issues, "where", N_("at most %d conditions"), VIEW_CONDITIONS);
		return;
	}
	struct condition *where = arena_array(a, struct condition, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct err why;
		if (condition_parse(view->form, json_array_get(array, i), &where[view->nwhere], &why) == OK)
			view->nwhere++;
		else keep_error(issues, arena_printf(a, "where.%zu", i), &why);
	}
	view->where = where;
}

static void read_sorts(struct arena *a, const json_t *array, struct view *view, struct issues *issues)
{
	size_t count = json_array_size(array);
	if (count > VIEW_SORTS) {
		issues_add(issues, "sort", N_("at most %d sorts"), VIEW_SORTS);
		return;
	}
	struct sort *sorts = arena_array(a, struct sort, count + 1);
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(array, i));
		struct err why;
		if (sort_parse(view->form, name ? name : "", &sorts[view->nsorts], &why) == OK) view->nsorts++;
		else keep_error(issues, arena_printf(a, "sort.%zu", i), &why);
	}
	view->sorts = sorts;
}

static void read_facets(struct arena *a, const json_t *definition, struct view *view, struct issues *issues)
{
	fields_parse(a, view->form, definition, "facets", &view->facets, &view->nfacets, issues);
	for (int i = 0; i < view->nfacets; i++)
		if (!view->facets[i]->type->facet)
			issues_add(issues, arena_printf(a, "facets.%d", i),
			           N_("the field “%s” has too many different values to choose among"),
			           view->facets[i]->key);
}

static void read_layouts(struct arena *a, const json_t *definition, struct view *view)
{
	const json_t *array = json_object_get(definition, "layouts");
	size_t count = json_array_size(array);
	const char **names = arena_array(a, const char *, count + 2);
	view->layout = json_str_or(definition, "layout", "cards");
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(array, i));
		if (name) names[view->nlayouts++] = name;
	}
	if (view->nlayouts == 0) names[view->nlayouts++] = view->layout;
	view->layouts = names;
}

static void read_saved(const json_t *saved, struct view *view)
{
	view->saved = saved != NULL;
	view->saved_space = json_str(saved, "space");
	(void)id_parse(json_str_or(saved, "by", ""), &view->saved_by);
}

/* A mistake never opens a view. */
static void read_audience(const json_t *definition, struct view *view, struct issues *issues)
{
	const char *name = json_str_or(definition, "audience", audience_name(AUDIENCE_PUBLIC));
	int audience = audience_parse(name);
	if (audience < 0)
		issues_add(issues, "audience", N_("“%s” is not an audience: public, members or facilitators"), name);
	view->audience = audience < 0 ? AUDIENCE_FACILITATORS : (enum audience)audience;
}

enum code view_parse(struct arena *a, const json_t *definition, const struct form *forms, int nforms, struct view *ret,
                     struct issues *issues, struct err *err)
{
	int before = issues->count;
	const char *form = json_str_or(definition, "form", "");
	struct view view = {
		.key = json_str_or(definition, "key", ""),
		.title = label_from_json(a, json_object_get(definition, "title")),
		.intro = label_from_json(a, json_object_get(definition, "intro")),
		.empty = label_from_json(a, json_object_get(definition, "empty")),
		.size = (int)json_int(definition, "size", VIEW_SIZE),
		.search = json_str(definition, "search"),
		.former = json_object_get(definition, "former"),
		.template = json_str(definition, "template"),
		.definition = definition,
	};
	read_saved(json_object_get(definition, "saved"), &view);
	read_audience(definition, &view, issues);
	view.slug = json_str_or(definition, "slug", view.key);
	if (!key_is_valid(view.key)) issues_add(issues, "key", N_("“%s” is not a key"), view.key);
	else if (!slug_is_valid(view.slug))
		issues_add(issues, "slug",
		           N_("“%s” cannot be an address: small letters, digits and hyphens, and not e, f, u or api"),
		           view.slug);
	if (*label_text(&view.title, LANG_FR) == '\0')
		issues_add(issues, "title", N_("the text “%s” is missing"), "title");
	if (view.size < 1 || view.size > VIEW_SIZE_MAX)
		issues_add(issues, "size", N_("a page shows 1 to %d records"), VIEW_SIZE_MAX);
	for (int i = 0; i < nforms && view.form == NULL; i++)
		if (strcmp(forms[i].key, form) == 0) view.form = &forms[i];
	if (view.form == NULL) {
		issues_add(issues, "form", N_("there is no form “%s”"), form);
		return issues_code(issues, err);
	}
	if (view.form->survey) {
		issues_add(issues, "form", N_("Answers to a questionnaire are no pages: no list shows them."));
		return issues_code(issues, err);
	}
	read_where(a, json_object_get(definition, "where"), &view, issues);
	read_sorts(a, json_object_get(definition, "sort"), &view, issues);
	read_facets(a, definition, &view, issues);
	fields_parse(a, view.form, definition, "columns", &view.columns, &view.ncolumns, issues);
	read_layouts(a, definition, &view);
	view_options_parse(a, definition, &view, issues);
	if (issues->count > before) return issues_code(issues, err);
	*ret = view;
	return OK;
}

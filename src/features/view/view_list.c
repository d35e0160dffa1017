#include "features/view/view_list.h"

#include <stdlib.h>
#include <string.h>

#include "core/field_type.h"
#include "core/form.h"
#include "features/view/view.html.h"
#include "net/uri.h"

enum { FACET_CHOICES = 50, EMBED_SIZE = 12 };

/* The keys chosen for a facet, as the field's type writes them in the index. */
static int read_facet(const struct page *p, const struct field *field, const struct form_data *choices,
                      struct facet_choice *ret)
{
	const char **keys = arena_array(p->arena, const char *, FACET_CHOICES);
	int n = 0;
	const char *text;
	for (int i = 0; n < FACET_CHOICES && (text = form_data_nth(choices, field->key, i)) != NULL; i++) {
		if (*text == '\0') continue;
		keys[n++] = field->type->key ? field->type->key(field, text, p->arena) : index_key_text(p->arena, text);
	}
	*ret = (struct facet_choice){ .field = field, .keys = keys, .nkeys = n };
	return n;
}

static void read_facets(const struct page *p, const struct view *view, const struct form_data *choices,
                        struct query *query)
{
	struct facet_choice *chosen = arena_array(p->arena, struct facet_choice, (size_t)view->form->nfields);
	int n = 0;
	for (int i = 0; i < view->form->nfields; i++) {
		const struct field *field = &view->form->fields[i];
		if (field->type->facet && read_facet(p, field, choices, &chosen[n])) n++;
	}
	query->chosen = chosen;
	query->nchosen = n;
}

static void read_sort(const struct page *p, const struct view *view, const struct form_data *choices,
                      struct view_list *list)
{
	const char *name = form_data_get(choices, "tri");
	struct sort *sort = arena_new(p->arena, struct sort);
	struct err ignored;
	list->query.sorts = view->sorts;
	list->query.nsorts = view->nsorts;
	list->sort = "";
	if (name == NULL || *name == '\0' || sort_parse(view->form, name, sort, &ignored) != OK) return;
	list->query.sorts = sort;
	list->query.nsorts = 1;
	list->sort = name;
}

static bool offers(const struct view *view, const char *layout)
{
	for (int i = 0; i < view->nlayouts; i++)
		if (strcmp(view->layouts[i], layout) == 0) return true;
	return false;
}

static int read_size(const struct view *view, const struct form_data *choices)
{
	const char *size = form_data_get(choices, "taille");
	int n = size ? (int)strtol(size, NULL, 10) : view->size;
	return MIN(MAX(n, 1), QUERY_SIZE_MAX);
}

enum code view_list_load(const struct page *p, const struct view *view, const char *base, const char *kept,
                         const struct form_data *choices, struct view_list *ret, struct err *err)
{
	struct view_list list = { .view = view, .base = base, .kept = kept };
	const char *layout = form_data_get(choices, "vue"), *words = form_data_get(choices, "q");
	list.type = view_type_find(layout && offers(view, layout) ? layout : view->layout);
	list.query = (struct query){ .form = view->form,
		                     .where = view->where,
		                     .nwhere = view->nwhere,
		                     .facets = view->facets,
		                     .nfacets = view->nfacets,
		                     .search = words && *words ? words : NULL,
		                     .after = form_data_get(choices, "suite"),
		                     .size = read_size(view, choices) };
	read_facets(p, view, choices, &list.query);
	read_sort(p, view, choices, &list);
	TRY(query_run(p->db, p->arena, p->model, p->actor, &list.query, &list.result, err));
	TRY(record_load_many(p->db, p->arena, p->model, p->actor, list.result.nums, list.result.n, &list.records,
	                     &list.n, err));
	*ret = list;
	return OK;
}

void view_list_render(struct buf *out, const struct page *p, const struct view_list *list)
{
	list->type->render(out, p, list->view, list->records, list->n, t(p, &list->view->title));
}

/* "annuaire taille=3 presentation=list quartier=…" → the view and its choices. */
static const struct view *read_embed(const struct page *p, const char *args, struct form_data *choices)
{
	static const struct {
		const char *written, *name;
	} names[] = { { "presentation", "vue" }, { "présentation", "vue" }, { "layout", "vue" }, { "size", "taille" } };
	size_t len = strcspn(args, " ");
	const struct view *view = model_view(p->model, arena_strndup(p->arena, args, len));
	choices->fields = arena_array(p->arena, struct form_field, EMBED_SIZE);
	for (args += len; *args && choices->count < EMBED_SIZE; args += strcspn(args, " ")) {
		args += strspn(args, " ");
		const char *equals = memchr(args, '=', strcspn(args, " "));
		if (equals == NULL) continue;
		struct form_field *field = &choices->fields[choices->count++];
		field->name = arena_strndup(p->arena, args, (size_t)(equals - args));
		field->value = arena_strndup(p->arena, equals + 1, strcspn(equals + 1, " "));
		for (size_t i = 0; i < COUNT(names); i++)
			if (strcmp(field->name, names[i].written) == 0) field->name = names[i].name;
	}
	return view;
}

void view_embed(struct buf *out, const struct page *p, const char *name, const char *args)
{
	struct form_data choices = { 0 };
	struct view_list list;
	struct err err;
	if (strcmp(name, "vue") != 0 && strcmp(name, "view") != 0) {
		embed_problem(out, p, page_printf(p, _("There is nothing called “%s” to show here."), name));
		return;
	}
	const struct view *view = read_embed(p, args, &choices);
	if (view == NULL) {
		embed_problem(out, p, page_printf(p, _("There is no list called “%s”."), args));
		return;
	}
	const char *layout = form_data_get(&choices, "vue");
	enum code code = view_list_load(p, view, arena_printf(p->arena, "/%s", view->slug), "", &choices, &list, &err);
	if (code != OK) {
		embed_problem(out, p, page_error(p, &err));
		return;
	}
	if (layout) list.type = view_type_find(layout);
	view_embedded(out, p, &list);
}

const char *view_list_count(const struct page *p, const struct view_list *list)
{
	const struct form *form = list->view->form;
	int64_t total = list->result.total;
	if (total > QUERY_COUNT_MAX)
		return page_printf(p, _("more than %s %s"), page_number(p, QUERY_COUNT_MAX), t(p, &form->plural));
	/* French: 0 and 1 are singular; English: 1 only. */
	bool one = total == 1 || (total == 0 && p->lang == LANG_FR);
	return page_printf(p, "%s %s", page_number(p, total), t(p, one ? &form->label : &form->plural));
}

const char *view_list_with(const struct page *p, const struct view_list *list, const char *name, const char *value)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_puts(&url, list->base);
	uri_query_keep(&url, list->kept, name);
	uri_query_add(&url, name, value);
	return buf_str(&url);
}

const char *view_list_next(const struct page *p, const struct view_list *list)
{
	return list->result.next ? view_list_with(p, list, "suite", list->result.next) : NULL;
}

/* The view's own order, the title, the latest changes, and its facets and columns. */
int view_list_sorts(const struct page *p, const struct view_list *list, struct sort_option **ret)
{
	const struct view *view = list->view;
	struct sort_option *options = arena_array(p->arena, struct sort_option, (size_t)view->ncolumns + 3);
	int n = 0;
	options[n++] = (struct sort_option){ "", _("usual order"), false };
	options[n++] = (struct sort_option){ "title", t(p, &view->form->title->label), false };
	for (int i = 0; i < view->ncolumns; i++) {
		const struct field *field = view->columns[i];
		if (field != view->form->title && field->type->index && field->target == NULL)
			options[n++] = (struct sort_option){ field->key, t(p, &field->label), false };
	}
	options[n++] = (struct sort_option){ "-changed", _("latest corrections first"), false };
	for (int i = 0; i < n; i++) options[i].chosen = strcmp(options[i].name, list->sort) == 0;
	*ret = options;
	return n;
}

const char *facet_label(const struct page *p, const struct facet *facet, const struct facet_value *value)
{
	const struct field_type *type = facet->field->type;
	return type->key_label ? type->key_label(facet->field, value->key, p) : value->key;
}

const struct choice *facet_choice_of(const struct facet *facet, const struct facet_value *value)
{
	const struct choice *choice = field_choice(facet->field, value->key);
	return choice && choice->tone ? choice : NULL;
}

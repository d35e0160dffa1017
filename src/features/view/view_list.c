#include "features/view/view_list.h"
#include "features/home/home_block.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/form.h"
#include "core/form_part.h"
#include "features/view/view.html.h"
#include "net/uri.h"
#include "page/qr.h"
#include "page/when.h"

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
	struct facet_choice *chosen = arena_array(p->arena, struct facet_choice, (size_t)form_nasked(view->form));
	int n = 0;
	for (int i = 0; i < form_nasked(view->form); i++) {
		const struct field *field = form_asked(view->form, i);
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

/* "grouper=" without value takes the view's own headings away. */
static const struct field *read_group(const struct view *view, const struct form_data *choices)
{
	const char *name = form_data_get(choices, "grouper");
	if (name == NULL) return view->group;
	const struct field *field = form_find(view->form, name);
	return field && field_groups(field) ? field : NULL;
}

/* Those of the view and those of the reader. */
static const char *both_words(const struct page *p, const char *own, const char *words)
{
	if (words == NULL || *words == '\0') return own;
	return own ? arena_printf(p->arena, "%s %s", own, words) : words;
}

void view_list_read(const struct page *p, const struct view *view, const char *base, const char *kept,
                    const struct form_data *choices, struct view_list *ret)
{
	struct view_list list = { .view = view, .base = base, .kept = kept };
	const char *layout = form_data_get(choices, "vue"), *words = form_data_get(choices, "q");
	const char *after = form_data_get(choices, "suite");
	list.type = view_type_find(view, layout && offers(view, layout) ? layout : view->layout);
	list.day = form_data_get(choices, "le");
	list.span = form_data_get(choices, "par");
	list.group = list.type->groups ? read_group(view, choices) : NULL;
	list.query = (struct query){ .form = view->form,
		                     .where = view->where,
		                     .nwhere = view->nwhere,
		                     .facets = view->facets,
		                     .nfacets = view->nfacets,
		                     .search = both_words(p, view->search, words),
		                     .after = after && *after ? after : NULL,
		                     .now = p->now,
		                     .size = read_size(view, choices) };
	read_facets(p, view, choices, &list.query);
	read_sort(p, view, choices, &list);
	*ret = list;
}

const char *const *view_list_names(const struct page *p, const struct form *form)
{
	static const char *const own[] = { "tri", "grouper", "vue", "suite", "taille", "q", "fait", "le", "par" };
	const char **names = arena_array(p->arena, const char *, (size_t)form_nasked(form) + COUNT(own) + 1);
	for (int i = 0; i < form_nasked(form); i++) names[i] = form_asked(form, i)->key;
	memcpy(names + form_nasked(form), own, sizeof(own));
	return names;
}

enum code view_list_until(const struct page *p, const struct view_list *list, struct err *err)
{
	int64_t until;
	TRY(query_until(p->db, p->model, &list->query, &until, err));
	page_until_ms(p, until);
	return OK;
}

enum code view_list_load(const struct page *p, struct view_list *list, struct err *err)
{
	TRY(view_list_until(p, list, err));
	return list->type->load(p, list, err);
}

void view_list_render(struct buf *out, const struct page *p, const struct view_list *list)
{
	list->type->render(out, p, list);
}

/* "liste", "List", "list": a layout by its name or by its label in any language. */
static const struct view_type *layout_named(const struct page *p, const struct view *view, const char *text)
{
	const char *folded = text_fold(p->arena, text);
	for (const struct view_type *const *type = view_types; *type; type++)
		for (int lang = 0; lang < LANG_COUNT; lang++)
			if (strcmp(text_fold(p->arena, tr((enum lang)lang, (*type)->label)), folded) == 0)
				return view_type_find(view, (*type)->name);
	return view_type_find(view, text);
}

/* "annuaire taille=3 presentation=liste quartier=…" → the view and its choices. */
static const struct view *read_embed(const struct page *p, const char *args, struct form_data *choices)
{
	static const struct {
		const char *written, *name;
	} names[] = { { "presentation", "vue" },
		      { "présentation", "vue" },
		      { "layout", "vue" },
		      { "size", "taille" },
		      { "du", "le" },
		      { "by", "par" } };
	size_t len = strcspn(args, " ");
	const char *name = arena_strndup(p->arena, args, len);
	const struct view *view = page_view_named(p, name);
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

void view_embed(struct buf *out, const struct page *p, const char *args)
{
	struct form_data choices = { 0 };
	struct view_list list;
	struct err err;
	const struct view *view = read_embed(p, args, &choices);
	if (view == NULL) {
		embed_problem(out, p, page_printf(p, _("There is no list called “%s”."), args));
		return;
	}
	const char *layout = form_data_get(&choices, "vue");
	view_list_read(p, view, arena_printf(p->arena, "/%s", view->slug), "", &choices, &list);
	if (layout) list.type = layout_named(p, view, layout);
	list.query.nfacets = 0; /* none are shown there */
	if (view_list_load(p, &list, &err) != OK) {
		embed_problem(out, p, page_error(p, &err));
		return;
	}
	view_embedded(out, p, &list);
}

const char *view_list_count(const struct page *p, const struct view_list *list)
{
	const struct form *form = list->view->form;
	int64_t total = list->result.total;
	const char *many = text_inside(p->arena, t(p, &form->plural));
	if (total > QUERY_COUNT_MAX || list->result.more)
		return page_printf(p, _("more than %s %s"), page_number(p, MIN(total, QUERY_COUNT_MAX)), many);
	/* French: 0 and 1 are singular; English: 1 only. */
	bool one = total == 1 || (total == 0 && p->lang == LANG_FR);
	return page_printf(p, "%s %s", page_number(p, total), one ? text_inside(p->arena, t(p, &form->label)) : many);
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

const char *view_list_address(const struct page *p, const struct view_list *list)
{
	static const char *const passing[] = { "suite", "taille", "fait" };
	const char *kept = list->kept;
	struct buf url;
	for (size_t i = 0; i < COUNT(passing); i++) {
		buf_init(&url, p->arena, 0);
		uri_query_keep(&url, kept, passing[i]);
		kept = *buf_str(&url) == '?' ? buf_str(&url) + 1 : buf_str(&url);
	}
	return *kept ? arena_printf(p->arena, "%s?%s", list->base, kept) : list->base;
}

struct html_safe view_list_qr(const struct page *p, const struct view_list *list)
{
	struct html_safe qr = { "", 0 };
	struct err ignored;
	const char *url = arena_printf(p->arena, "%s%s", p->base_url, view_list_address(p, list));
	return qr_svg(p->arena, url, "", &qr, &ignored) == OK ? qr : (struct html_safe){ "", 0 };
}

const char *view_list_bulk(const struct page *p, const struct view_list *list)
{
	return arena_printf(p->arena, "/-/bulk/%s?%s", list->view->key, list->kept);
}

/* Its bare address may lead to choices that the browser keeps. */
bool view_list_narrows(const struct view_list *list)
{
	for (int i = 0; i < list->result.nfacets; i++)
		if (list->result.facets[i].nvalues > 0) return true;
	return false;
}

const char *view_list_everything(const struct page *p, const struct view_list *list)
{
	return arena_printf(p->arena, "%s?vue=%s", list->base, list->type->name);
}

const char *view_list_keep(const struct page *p, const struct view_list *list)
{
	const char *query = strchr(view_list_address(p, list), '?');
	return arena_printf(p->arena, "/-/choices/%s%s", list->view->key, query ? query : "");
}

const char *view_list_next(const struct page *p, const struct view_list *list)
{
	return list->result.next ? view_list_with(p, list, "suite", list->result.next) : NULL;
}

/* The view's own order, the title, the latest changes, and its facets and columns. */
int view_list_sorts(const struct page *p, const struct view_list *list, struct list_option **ret)
{
	const struct view *view = list->view;
	struct list_option *options = arena_array(p->arena, struct list_option, (size_t)view->ncolumns + 3);
	int n = 0;
	options[n++] = (struct list_option){ "", _("usual order"), false };
	options[n++] = (struct list_option){ "title", t(p, &view->form->title->label), false };
	for (int i = 0; i < view->ncolumns; i++) {
		const struct field *field = view->columns[i];
		if (field != view->form->title && field->type->index && field->target == NULL)
			options[n++] = (struct list_option){ field->key, t(p, &field->label), false };
	}
	options[n++] = (struct list_option){ "-changed", _("latest corrections first"), false };
	for (int i = 0; i < n; i++) options[i].chosen = strcmp(options[i].name, list->sort) == 0;
	*ret = options;
	return n;
}

int view_list_groups(const struct page *p, const struct view_list *list, struct list_option **ret)
{
	const struct view *view = list->view;
	struct list_option *options = arena_array(p->arena, struct list_option, (size_t)view->ncolumns + 2);
	int n = 0;
	*ret = options;
	if (!list->type->groups) return 0;
	options[n++] = (struct list_option){ "", _("nothing"), list->group == NULL };
	for (int i = 0; i < view->ncolumns; i++)
		if (field_groups(view->columns[i]))
			options[n++] = (struct list_option){ view->columns[i]->key, t(p, &view->columns[i]->label),
				                             list->group == view->columns[i] };
	return n > 1 ? n : 0;
}

const char *facet_label(const struct page *p, const struct facet *facet, const struct facet_value *value)
{
	const struct field_type *type = facet->field->type;
	const struct choice *choice = field_choice(facet->field, value->key);
	if (choice && choice->parent) return t(p, &choice->label); /* which stands above it */
	return type->key_label ? type->key_label(facet->field, value->key, p) : value->key;
}

const char *facet_depth(const struct page *p, const struct facet *facet, const struct facet_value *value)
{
	int depth = 0;
	const struct choice *choice = field_choice(facet->field, value->key);
	while (choice && (choice = choice->parent) != NULL) depth++;
	return depth ? arena_printf(p->arena, " under-%d", depth) : "";
}

const struct choice *facet_choice_of(const struct facet *facet, const struct facet_value *value)
{
	const struct choice *choice = field_choice(facet->field, value->key);
	return choice && choice->tone ? choice : NULL;
}

void view_below(struct buf *out, const struct page *p, const struct view *view)
{
	const json_t *blocks = json_object_get(view->definition, "below");
	struct err ignored;
	if (json_array_size(blocks) == 0) return;
	enum code code = home_draw(out, p, blocks, &ignored); /* what cannot be read leaves the rest */
	(void)code;
}

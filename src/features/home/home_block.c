#include "features/home/home_block.h"

#include <string.h>

#include "features/home/home.html.h"
#include "fields/rich_text.h"

enum { NEWS_MAX = 20, FIGURES_MAX = 12 };

const char *block_text(const struct page *p, const json_t *block, const char *name)
{
	struct label label = label_from_json(p->arena, json_object_get(block, name));
	return t(p, &label);
}

static enum code draw_intro(struct buf *out, const struct page *p, const json_t *block, struct err *err)
{
	(void)err;
	home_intro(out, p, block_text(p, block, "title"), rich_text_html(p, block_text(p, block, "text")));
	return OK;
}

/* The view that a block names, read as the block asks; `*ret` without view when there is none. */
static enum code load_view(const struct page *p, const json_t *block, const char *layout, struct view_list *ret,
                           struct err *err)
{
	const struct view *view = model_view(p->model, json_str_or(block, "view", ""));
	struct form_field size = { .name = "taille",
		                   .value = arena_printf(p->arena, "%d", (int)json_int(block, "size", QUERY_SIZE_MAX)) };
	const struct form_data choices = { &size, 1 };
	*ret = (struct view_list){ 0 };
	if (view == NULL) return OK;
	view_list_read(p, view, arena_printf(p->arena, "/%s", view->slug), "", &choices, ret);
	ret->type = view_type_find(view, json_str_or(block, "layout", layout));
	ret->group = NULL;
	ret->query.nfacets = 0; /* a block shows none */
	return view_list_load(p, ret, err);
}

static enum code draw_view(struct buf *out, const struct page *p, const json_t *block, struct err *err)
{
	struct view_list list;
	TRY(load_view(p, block, "list", &list, err));
	if (list.view) home_view(out, p, block_text(p, block, "title"), &list);
	return OK;
}

static enum code draw_news(struct buf *out, const struct page *p, const json_t *block, struct err *err)
{
	struct recent_list list;
	int size = (int)json_int(block, "size", 5);
	TRY(recent_records(p, MAX(1, MIN(size, NEWS_MAX)), &list, err));
	home_news(out, p, block_text(p, block, "title"), &list);
	return OK;
}

static enum code draw_actions(struct buf *out, const struct page *p, const json_t *block, struct err *err)
{
	(void)err;
	home_actions(out, p, block_text(p, block, "title"), json_object_get(block, "links"));
	return OK;
}

/* ---- Plan: a picture with numbered marks, and the list that says the same ---- */

const char *plan_number(const struct page *p, const json_t *block, const struct record *record)
{
	const struct field *field = form_field(record->form, json_str_or(block, "number", ""));
	return field ? field_plain(p, field, record_value(record, field)) : "";
}

const char *plan_mark(const struct record *record)
{
	static const struct {
		const char *shape, *class;
	} marks[] = { { "carre", "mark-full" },
		      { "los", "mark-diamond" },
		      { "rond", "mark-round" },
		      { "tri", "mark-full mark-triangle" } };
	const struct choice *choice = record_category(record);
	for (size_t i = 0; choice && choice->shape && i < COUNT(marks); i++)
		if (strcmp(marks[i].shape, choice->shape) == 0) return marks[i].class;
	return "";
}

int plan_key(const struct page *p, const struct view_list *list, const struct choice ***ret)
{
	const struct field *field = list->view->form->category;
	int n = 0, room = field ? field->nchoices : 0;
	const struct choice **key = arena_array(p->arena, const struct choice *, (size_t)room + 1);
	for (int c = 0; c < room; c++) {
		int i = 0;
		while (i < list->n && record_category(list->records[i]) != &field->choices[c]) i++;
		if (i < list->n) key[n++] = &field->choices[c];
	}
	*ret = key;
	return n;
}

static enum code draw_plan(struct buf *out, const struct page *p, const json_t *block, struct err *err)
{
	struct view_list list;
	struct picture picture;
	TRY(load_view(p, block, "list", &list, err));
	bool there = page_picture(p, json_str_or(block, "picture", ""), &picture);
	if (list.view && list.n) home_plan(out, p, block, there ? &picture : NULL, &list);
	return OK;
}

/* ---- Figures ---- */

/* "value" as written, or how many records a view has ("count"); without value when it has none. */
static enum code read_figure(const struct page *p, const json_t *item, struct figure *ret, struct err *err)
{
	const struct view *view = model_view(p->model, json_str_or(item, "count", ""));
	struct result result = { 0 };
	*ret = (struct figure){ json_str(item, "value"), block_text(p, item, "text") };
	if (view == NULL) return OK;
	const struct query query = { .form = view->form, .where = view->where, .nwhere = view->nwhere, .size = 1 };
	TRY(query_run(p->db, p->arena, p->model, p->actor, &query, &result, err));
	if (result.total) ret->value = page_number(p, MIN(result.total, QUERY_COUNT_MAX));
	return OK;
}

static enum code draw_figures(struct buf *out, const struct page *p, const json_t *block, struct err *err)
{
	struct figure figures[FIGURES_MAX];
	const json_t *item;
	size_t i;
	int n = 0;
	json_array_foreach(json_object_get(block, "items"), i, item) {
		if (n == FIGURES_MAX) break;
		TRY(read_figure(p, item, &figures[n], err));
		if (figures[n].value) n++;
	}
	if (n) home_figures(out, p, block_text(p, block, "title"), figures, n);
	return OK;
}

static const struct block_kind kinds[] = {
	{ "intro", false, draw_intro },     /* title, text */
	{ "view", true, draw_view },        /* title, view, size, layout */
	{ "news", true, draw_news },        /* title, size */
	{ "actions", false, draw_actions }, /* title, links: [{to, icon, title, text}] */
	{ "plan", false, draw_plan },       /* title, view, picture, alt, number, note */
	{ "figures", false, draw_figures }, /* title, items: [{count or value, text}] */
};

const struct block_kind *block_kind_of(const json_t *block)
{
	const char *name = json_str_or(block, "block", "");
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0) return &kinds[i];
	return NULL;
}

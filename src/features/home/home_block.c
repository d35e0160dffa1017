#include "features/home/home_block.h"

#include <string.h>

#include "features/home/home.html.h"
#include "fields/rich_text.h"
#include "page/when.h"

enum { NEWS_MAX = 20, NEWS_LOOKED = 100, FIGURES_MAX = 12 };

const char *block_text(const struct page *p, const json_t *block, const char *name)
{
	struct label label = label_from_json(p->arena, json_object_get(block, name));
	return t(p, &label);
}

const char *block_id(const struct page *p, const struct home_block *block, const char *word)
{
	return block->first ? word : arena_printf(p->arena, "%s-%d", word, block->n);
}

static enum code draw_intro(struct buf *out, const struct page *p, const struct home_block *block, struct err *err)
{
	(void)err;
	struct html_safe text = rich_text_html(p, block_text(p, block->json, "text"));
	if (block->first) home_intro(out, p, block_text(p, block->json, "title"), text);
	else home_text(out, p, block, block_text(p, block->json, "title"), text);
	return OK;
}

static enum code draw_text(struct buf *out, const struct page *p, const struct home_block *block, struct err *err)
{
	(void)err;
	home_text(out, p, block, block_text(p, block->json, "title"),
	          rich_text_html(p, block_text(p, block->json, "text")));
	return OK;
}

/* The view that a block names, read as the block asks; `*ret` without view when there is none. */
static enum code load_view(const struct page *p, const json_t *block, const char *layout, struct view_list *ret,
                           struct err *err)
{
	const struct view *view = page_view(p, json_str_or(block, "view", ""));
	struct form_field size = {
		.name = "taille", .value = arena_printf(p->arena, "%d", (int)json_int(block, "size", QUERY_SIZE_MAX))
	};
	const struct form_data choices = { &size, 1 };
	*ret = (struct view_list){ 0 };
	if (view == NULL) return OK;
	view_list_read(p, view, arena_printf(p->arena, "/%s", view->slug), "", &choices, ret);
	ret->type = view_type_find(view, json_str_or(block, "layout", layout));
	ret->group = NULL;
	ret->query.nfacets = 0;      /* a block shows none */
	ret->query.space = p->space; /* on a space's page: what is in it, and what it shows too */
	ret->query.also = true;
	return view_list_load(p, ret, err);
}

static enum code draw_view(struct buf *out, const struct page *p, const struct home_block *block, struct err *err)
{
	struct view_list list;
	TRY(load_view(p, block->json, "list", &list, err));
	if (list.view) home_view(out, p, block, block_text(p, block->json, "title"), &list);
	return OK;
}

/* On a space's page: what is in it, among the latest of all. */
static void keep_of_space(const struct space *space, int size, struct recent_list *list)
{
	int kept = 0;
	for (int i = 0; i < list->n && kept < size; i++)
		if (list->items[i].record->space == space) list->items[kept++] = list->items[i];
	list->n = kept;
}

static enum code draw_news(struct buf *out, const struct page *p, const struct home_block *block, struct err *err)
{
	struct recent_list list;
	int size = (int)json_int(block->json, "size", 5);
	size = MAX(1, MIN(size, NEWS_MAX));
	TRY(recent_records(p, p->space ? NEWS_LOOKED : size, &list, err));
	if (p->space) keep_of_space(p->space, size, &list);
	home_news(out, p, block, block_text(p, block->json, "title"), &list);
	return OK;
}

static enum code draw_actions(struct buf *out, const struct page *p, const struct home_block *block, struct err *err)
{
	(void)err;
	home_actions(out, p, block, block_text(p, block->json, "title"), json_object_get(block->json, "links"));
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

static enum code draw_plan(struct buf *out, const struct page *p, const struct home_block *block, struct err *err)
{
	struct view_list list;
	struct picture picture;
	TRY(load_view(p, block->json, "list", &list, err));
	bool there = page_picture(p, json_str_or(block->json, "picture", ""), &picture);
	if (list.view && list.n) home_plan(out, p, block, there ? &picture : NULL, &list);
	return OK;
}

/* ---- Figures ---- */

/* "value" as written, or how many records a view has ("count"); without value when it has none. */
static enum code read_figure(const struct page *p, const json_t *item, struct figure *ret, struct err *err)
{
	const struct view *view = page_view(p, json_str_or(item, "count", ""));
	struct result result = { 0 };
	*ret = (struct figure){ json_str(item, "value"), block_text(p, item, "text") };
	if (view == NULL) return OK;
	const struct query query = { .form = view->form,
		                     .space = p->space,
		                     .also = true,
		                     .where = view->where,
		                     .nwhere = view->nwhere,
		                     .now = p->now,
		                     .size = 1 };
	int64_t until;
	TRY(query_until(p->db, p->model, &query, &until, err));
	page_until_ms(p, until);
	TRY(query_run(p->db, p->arena, p->model, p->actor, &query, &result, err));
	if (result.total) ret->value = page_number(p, MIN(result.total, QUERY_COUNT_MAX));
	return OK;
}

static enum code draw_figures(struct buf *out, const struct page *p, const struct home_block *block, struct err *err)
{
	struct figure figures[FIGURES_MAX];
	const json_t *item;
	size_t i;
	int n = 0;
	json_array_foreach (json_object_get(block->json, "items"), i, item) {
		if (n == FIGURES_MAX) break;
		TRY(read_figure(p, item, &figures[n], err));
		if (figures[n].value) n++;
	}
	if (n) home_figures(out, p, block, block_text(p, block->json, "title"), figures, n);
	return OK;
}

/* ---- Kinds ---- */

#define TITLE                                                     \
	{                                                         \
		"title", BLOCK_LINE, N_("Title"), NULL, true, 120 \
	}

static const struct block_option intro_options[] = {
	{ "title", BLOCK_LINE, N_("Title of the page"), N_("Where am I? In a few words."), true, 120 },
	{ "text", BLOCK_TEXT, N_("Text"), N_("Two or three sentences, and a link to go further."), false, 4000 },
	{ 0 },
};
static const struct block_option text_options[] = {
	{ "title", BLOCK_LINE, N_("Title"), NULL, false, 120 },
	{ "text", BLOCK_TEXT, N_("Text"), NULL, true, 4000 },
	{ 0 },
};
static const struct block_option view_options[] = {
	TITLE,
	{ "view", BLOCK_VIEW, N_("List"), N_("What it shows is always up to date."), true, 0 },
	{ "size", BLOCK_COUNT, N_("How many at most"), NULL, false, 24 },
	{ "layout", BLOCK_LAYOUT, N_("Layout"), NULL, false, 0 },
	{ 0 },
};
static const struct block_option news_options[] = {
	TITLE,
	{ "size", BLOCK_COUNT, N_("How many at most"), NULL, false, NEWS_MAX },
	{ 0 },
};
static const struct block_option actions_options[] = {
	TITLE,
	{ "links", BLOCK_LINKS, N_("Links"),
	  N_("Each leads somewhere on the site; its icon is that of what it leads to."), true, 8 },
	{ 0 },
};
static const struct block_option plan_options[] = {
	TITLE,
	{ "view", BLOCK_VIEW, N_("List"), N_("Its records are those of the plan."), true, 0 },
	{ "number", BLOCK_NUMBER, N_("Their number on the plan"),
	  N_("A question of the form whose answer is a number."), false, 0 },
	{ "picture", BLOCK_PICTURE, N_("Picture"), NULL, false, 0 },
	{ "alt", BLOCK_LINE, N_("What the picture shows"), N_("For those who do not see it."), false, 500 },
	{ "note", BLOCK_LINE, N_("Note under the list"), NULL, false, 300 },
	{ 0 },
};
static const struct block_option figures_options[] = {
	TITLE,
	{ "items", BLOCK_FIGURES, N_("Figures"), N_("A figure is counted in a list, or written as it is."), true,
	  FIGURES_MAX },
	{ 0 },
};

const struct block_kind block_kinds[] = {
	{ "intro", N_("Introduction"), N_("The title of the page, and a few sentences"), "house", false, intro_options,
	  draw_intro },
	{ "text", N_("Text"), N_("A title and a text, where you like"), "file-text", false, text_options, draw_text },
	{ "view", N_("List"), N_("The first records of one of the site’s lists"), "list", true, view_options,
	  draw_view },
	{ "news", N_("What is new"), N_("The latest changes that the reader may see"), "newspaper", true, news_options,
	  draw_news },
	{ "actions", N_("Shortcuts"), N_("Links to take part or to find one’s way"), "layout-grid", false,
	  actions_options, draw_actions },
	{ "plan", N_("Plan"), N_("A picture with numbered marks, and the list that says the same"), "map", false,
	  plan_options, draw_plan },
	{ "figures", N_("Figures"), N_("A few numbers, counted or written"), "chart-column", false, figures_options,
	  draw_figures },
	{ 0 },
};

const struct block_kind *block_kind_named(const char *name)
{
	for (const struct block_kind *kind = block_kinds; kind->name; kind++)
		if (strcmp(kind->name, name) == 0) return kind;
	return NULL;
}

const struct block_kind *block_kind_of(const json_t *block)
{
	return block_kind_named(json_str_or(block, "block", ""));
}

/* ---- A whole page ---- */

static bool halves(const json_t *blocks, size_t i)
{
	const struct block_kind *kind = block_kind_of(json_array_get(blocks, i));
	return kind && kind->halves;
}

static bool is_first(const json_t *blocks, size_t i)
{
	const struct block_kind *kind = block_kind_of(json_array_get(blocks, i));
	for (size_t j = 0; j < i; j++)
		if (block_kind_of(json_array_get(blocks, j)) == kind) return false;
	return true;
}

const char *home_title(const struct page *p, const json_t *blocks)
{
	for (size_t i = 0; i < json_array_size(blocks); i++) {
		const json_t *block = json_array_get(blocks, i);
		if (strcmp(json_str_or(block, "block", ""), "intro") == 0) return block_text(p, block, "title");
	}
	return NULL;
}

/* Two blocks that are halves share a line. */
enum code home_draw(struct buf *out, const struct page *p, const json_t *blocks, struct err *err)
{
	bool shared = false;
	for (size_t i = 0; i < json_array_size(blocks); i++) {
		const struct home_block block = { json_array_get(blocks, i), (int)i, is_first(blocks, i) };
		const struct block_kind *kind = block_kind_of(block.json);
		if (kind == NULL) continue;
		bool opens = !shared && halves(blocks, i) && halves(blocks, i + 1);
		if (opens) home_front_open(out, p);
		TRY(kind->draw(out, p, &block, err));
		if (shared) home_front_close(out, p);
		shared = opens;
	}
	return OK;
}
